"""Makes the parts bottom up and closes them in reverse."""

import getpass
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self, TypeVar

import platformdirs
from filelock import FileLock, Timeout

from bridge_app.app.cloud_parts import cloud_change_handler, cloud_desk, make_hearing
from bridge_app.app.editing_parts import edit_handler, make_editing
from bridge_app.app.governance_parts import approval_handlers, governance_desk, told_first
from bridge_app.app.reference_parts import going_on_after_sign_in, reference_handlers
from bridge_app.app.rendition_parts import (
    export_handlers,
    making_handlers,
    preset_shelf,
    rendition_desk,
)
from bridge_app.app.retraction_parts import retraction_desk, retraction_handlers
from bridge_app.app.shelter_parts import shelter_accounts, shelter_desk, shelter_pictures
from bridge_app.app.stock import open_stock
from bridge_app.app.write_back_parts import Lent, recorders, recording_handlers
from bridge_app.delivery import provisioning
from bridge_app.delivery.connections import install
from bridge_app.delivery.learning import LearningConnections
from bridge_app.delivery.limits import Budgets
from bridge_app.delivery.listing import Listing
from bridge_app.delivery.upload_presets import UploadPresets
from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, NotFoundError
from bridge_app.libraries.library import Library
from bridge_app.libraries.local import LocalLibrary
from bridge_app.libraries.watcher import Watcher
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.cloud_mirror import CloudMirror
from bridge_app.storage.secrets import Secret, SecretStore, choose_store
from bridge_app.storage.settings import SettingsFile
from bridge_app.work.cloud_jobs import CLOUD_CHANGE
from bridge_app.work.cloud_pictures import CloudPictures
from bridge_app.work.crew import Announcer, Crew, Stock
from bridge_app.work.dispatcher import Handler
from bridge_app.work.environments import Environments, OpenStore
from bridge_app.work.events import Connectivity, Event
from bridge_app.work.handlers.push import PushHandler
from bridge_app.work.handlers.take_in import TakeInHandler
from bridge_app.work.jobs import EDIT, PUSH, TAKE_IN
from bridge_app.work.layer_pictures import CatalogLayers
from bridge_app.work.lessons import Lessons
from bridge_app.work.mirror import Mirrors
from bridge_app.work.mirror_proof import MirrorStores
from bridge_app.work.pictures import Pictures
from bridge_app.work.scan_run import Stores
from bridge_app.work.scanner import Scanner
from bridge_app.work.studio import StudioDesk
from bridge_app.work.transfers import Transfers
from bridge_app.work.worker import Worker

HOME = "ASSET_BRIDGE_HOME"
PASSPHRASE = "ASSET_BRIDGE_PASSPHRASE"  # noqa: S105 - the variable's name
CHILDREN = 2
DEMO_CLOUD = "bridge-demo"
"""The name of the sandbox as an account."""
STOP_S = 1.8

Clock = Callable[[], datetime]
T = TypeVar("T")


class AlreadyOpenError(BridgeError):
    """Another Asset Bridge works on this profile."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Asset Bridge is open already on this profile ({path}). Use that window; what you "
        "queue elsewhere is carried out by it.",
    )


def utc_now() -> datetime:
    """The only clock; everything else takes it as an argument."""
    return datetime.fromtimestamp(time.time(), UTC)


def profile_home() -> Path:
    """Where the profile lives: `ASSET_BRIDGE_HOME`, or the system's place for user data."""
    chosen = os.environ.get(HOME)
    return Path(chosen) if chosen else Path(platformdirs.user_data_path("asset-bridge"))


def key_store(home: Path) -> OpenStore:
    """How the key store of a profile is chosen: keyring, or encrypted file with a passphrase."""

    def opened(passphrase: Secret | None) -> SecretStore:
        from_environment = os.environ.get(PASSPHRASE)
        if passphrase is None and from_environment:
            passphrase = Secret(from_environment)
        return choose_store(profile=home, passphrase=passphrase)

    return opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A whole application without a face."""

    home: Path
    stock: Stock
    worker: Worker
    environments: Environments
    decoder: DecoderPool
    settings: SettingsFile
    tell: Callable[[Event], None]
    closing: ExitStack

    def close(self) -> None:
        """Close everything, last made first; within about two seconds."""
        self.closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def build(
    home: Path, *, open_store: OpenStore, now: Clock = utc_now, decoder: DecoderPool | None = None
) -> Parts:
    """Make the parts of the profile in `home`. Raises BridgeError; nothing is left open then.

    A `decoder` that is handed in stays its owner's to close.
    """
    with ExitStack() as making:
        settings = SettingsFile(home / "settings.json")
        pool = decoder or DecoderPool(size=CHILDREN)
        stock = open_stock(home, making, now)
        crew = _crew(stock, settings, pool, making, open_store=open_store, now=now)
        if decoder is None:
            making.callback(pool.close)
        worker = Worker(stock, crew, who=lambda: _who(settings), now=now)
        worker.listen(going_on_after_sign_in(stock, crew.transfers))
        return Parts(
            home=home,
            stock=stock,
            worker=worker,
            environments=crew.environments,
            decoder=pool,
            settings=settings,
            tell=crew.announcer.tell,
            closing=making.pop_all(),
        )


@contextmanager
def sole_worker(home: Path) -> Iterator[None]:
    """Hold the profile's lock: one process at a time runs its jobs. Raises AlreadyOpenError."""
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "worker.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise AlreadyOpenError(path=home) from error
    try:
        yield
    finally:
        lock.release()


def _crew(
    stock: Stock,
    settings: SettingsFile,
    decoder: DecoderPool,
    making: ExitStack,
    *,
    open_store: OpenStore,
    now: Clock,
) -> Crew:
    """Those who work on the stock; the last registered is the first to be closed."""
    budgets = Budgets(now=now)
    connections = LearningConnections(now=now, budgets=budgets)
    install(connections)
    provisioning.install(connections)
    making.callback(connections.clear)
    announcer = Announcer()
    lessons = Lessons(
        stock.places.facts,
        now=now,
        on_change=lambda: announcer.tell(ChangeSet(accounts=True)),
    )
    environments = Environments(
        stock.places,
        open_store=open_store,
        lessons=lessons,
        locks=stock.places.folder,
        now=now,
    )
    connections.listener = environments
    scanner = Scanner(
        Stores(
            catalog=stock.catalog,
            thumbs=stock.thumbs,
            decoder=decoder,
            readers=ThreadPoolExecutor(CHILDREN + 1, thread_name_prefix="reader"),
            emit=announcer.tell,
        ),
        open_library=_open_library,
        watch=Watcher,
        now_ns=time.time_ns,
    )
    making.callback(scanner.close, STOP_S)

    def file_path(library: LibraryId, path: str) -> Path:
        place = scanner.library(library)
        if place is None:
            raise NotFoundError(what=f"The library of {path}")
        return place.place(path)

    editing = make_editing(
        stock, environments, lessons, announcer, who=lambda: _who(settings), now=now
    )

    def read_again(environment: str, assets: Sequence[str]) -> None:
        mirrors.refresh(environment, assets)

    def is_allowed_out() -> bool:
        return transfers.connectivity.state is not Connectivity.WORK_OFFLINE

    services = shelter_accounts(stock, secrets=environments.secrets, now=now)
    shelter_views = shelter_pictures(stock, services, decoder, online=is_allowed_out)
    shelters = shelter_desk(
        stock, services, shelter_views, announcer, online=is_allowed_out, now=now
    )
    announcer.listen(shelters.hear)
    governance = governance_desk(
        stock,
        editing,
        shelters,
        queue=lambda jobs: transfers.add(jobs),  # noqa: PLW0108 - there is no `transfers` yet
        who=lambda: _who(settings),
        now=now,
    )

    layers = CatalogLayers(
        stock.readers, file_path=file_path, account=environments.current, now=now
    )
    handlers: dict[str, Handler] = {
        CLOUD_CHANGE: cloud_change_handler(
            stock,
            environments,
            refresh=read_again,
            look_again=lambda environment: mirrors.request(environment),  # noqa: PLW0108 - as above
            emit=announcer.tell,
            now=now,
        ),
        EDIT: edit_handler(stock, editing, announcer),
        PUSH: PushHandler(
            stock.readers,
            opened=environments.opened,
            file_path=file_path,
            log=stock.uploads,
            record=stock.retractions,
        ),
        TAKE_IN: TakeInHandler(library=scanner.library, look=scanner.request),
        **approval_handlers(stock, shelters, announcer),
        **told_first(
            reference_handlers(stock, environments, shelters, words=governance.words), stock
        ),
        **retraction_handlers(stock, environments, announcer, refresh=read_again),
        **recording_handlers(
            stock,
            shelters,
            environments,
            refresh=read_again,
            desk=lambda: recording.write_back,
        ),
        **export_handlers(stock, decoder, file_path=file_path, layers=layers),
        **told_first(
            making_handlers(stock, environments, shelters, who=lambda: _who(settings)), stock
        ),
    }
    transfers = Transfers(
        stock.jobs,
        handlers,
        emit=announcer.tell,
        reachable=environments.is_reachable,
        now=now,
        settings=settings.load(),
    )
    editing.wake = transfers.nudge
    recording = recorders(
        stock,
        shelters,
        announcer,
        making,
        Lent(
            queue=transfers.add,
            cancel=transfers.cancel,
            decided=governance.tell,
            who=lambda: _who(settings),
            now=now,
        ),
    )
    transfers.on_recorded = recording.write_back.heard
    making.callback(transfers.close, STOP_S)
    # Before the transfers: their calls to services end, instead of being waited for.
    making.callback(shelters.close, STOP_S)
    pictures = Pictures(
        stock.readers,
        stock.thumbs,
        decoder,
        cloud=CloudPictures(
            stock.readers,
            stock.thumbs,
            decoder,
            credentials=environments.credentials,
            online=is_allowed_out,
        ),
        shelter=shelter_views,
        file_path=file_path,
        account=environments.current,
        now=now,
    )
    making.callback(pictures.close)
    mirrors = Mirrors(
        MirrorStores(
            mirror=CloudMirror(stock.catalog.writer),
            deliveries=stock.deliveries,
            emit=announcer.tell,
        ),
        open_listing=lambda environment: Listing(environments.credentials(environment)),
        current=lambda: account.environment if (account := environments.current()) else None,
        known=lambda name: any(one.environment == name for one in environments.accounts()),
        online=lambda: transfers.connectivity.state is Connectivity.ONLINE,
        now=now,
    )
    making.callback(mirrors.close, STOP_S)
    announcer.listen(mirrors.hear)
    hearing = make_hearing(
        stock,
        environments,
        mirrors,
        online=lambda: transfers.connectivity.state is Connectivity.ONLINE,
        tell=announcer.tell,
        now=now,
    )
    making.callback(hearing.close, STOP_S)
    return Crew(
        announcer=announcer,
        budgets=budgets,
        presets=UploadPresets(credentials=environments.credentials),
        scanner=scanner,
        transfers=transfers,
        environments=environments,
        lessons=lessons,
        mirrors=mirrors,
        hearing=hearing,
        cloud_desk=cloud_desk(stock, environments, queue=transfers.add, now=now),
        editing=editing,
        pictures=pictures,
        shelters=shelters,
        recording=recording,
        governance=governance,
        retractions=retraction_desk(
            stock, environments, announcer, making, queue=transfers.add, now=now
        ),
        rendition_presets=preset_shelf(stock, environments, announcer, now),
        renditions=rendition_desk(
            stock, environments, decoder, file_path=file_path, queue=transfers.add, now=now
        ),
        studio=StudioDesk(
            decoder,
            file_path=file_path,
            picture=pictures.picture,
            link=pictures.link,
            account=environments.current,
            layers=layers,
        ),
    )


def _open_library(record: LibraryRecord) -> Library:
    return LocalLibrary(Path(record.location))


def _who(settings: SettingsFile) -> str:
    """Who signs decisions: the chosen name, or that of the system's account."""
    return settings.load().who or getpass.getuser()
