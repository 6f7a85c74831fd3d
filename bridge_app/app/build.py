"""Makes the parts bottom up and closes them in reverse."""

import getpass
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from bridge_app.app.cloud_parts import cloud_change_handler, cloud_desk, make_hearing, make_mirrors
from bridge_app.app.difference_parts import (
    Eyes,
    LentToWatchers,
    approval_watchers,
    moderation_handlers,
)
from bridge_app.app.editing_parts import edit_handler, make_editing
from bridge_app.app.governance_parts import approval_handlers, governance_desk, told_first
from bridge_app.app.reference_parts import (
    going_on_after_sign_in,
    push_handler,
    reference_handlers,
)
from bridge_app.app.rendition_parts import (
    export_handlers,
    making_handlers,
    preset_shelf,
    rendition_desk,
)
from bridge_app.app.retraction_parts import retraction_desk, retraction_handlers
from bridge_app.app.review_parts import LentToReviewers, review_desk
from bridge_app.app.rights_parts import rights_desk
from bridge_app.app.shelter_parts import shelter_accounts, shelter_desk, shelter_pictures
from bridge_app.app.stock import open_stock
from bridge_app.app.write_back_parts import Lent, recorders, recording_handlers
from bridge_app.delivery import provisioning
from bridge_app.delivery.connections import install
from bridge_app.delivery.learning import LearningConnections
from bridge_app.delivery.limits import Budgets
from bridge_app.delivery.upload_presets import UploadPresets
from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import NotFoundError
from bridge_app.libraries.library import Library
from bridge_app.libraries.local import LocalLibrary
from bridge_app.libraries.watcher import Watcher
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.storage.settings import SettingsFile
from bridge_app.work.audit import AuditDesk
from bridge_app.work.cloud_jobs import CLOUD_CHANGE
from bridge_app.work.cloud_pictures import CloudPictures
from bridge_app.work.crew import Announcer, Crew, Stock
from bridge_app.work.dispatcher import Handler
from bridge_app.work.environments import Environments, OpenStore
from bridge_app.work.events import Connectivity, Event
from bridge_app.work.handlers.take_in import TakeInHandler
from bridge_app.work.jobs import EDIT, PUSH, TAKE_IN
from bridge_app.work.layer_pictures import CatalogLayers
from bridge_app.work.lessons import Lessons
from bridge_app.work.pictures import Pictures
from bridge_app.work.scan_run import Stores
from bridge_app.work.scanner import Scanner
from bridge_app.work.studio import StudioDesk
from bridge_app.work.transfers import Transfers
from bridge_app.work.worker import Worker

CHILDREN = 2
DEMO_CLOUD = "bridge-demo"
"""The name of the sandbox as an account."""
STOP_S = 1.8

Clock = Callable[[], datetime]
T = TypeVar("T")


def utc_now() -> datetime:
    """The only clock; everything else takes it as an argument."""
    return datetime.fromtimestamp(time.time(), UTC)


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
        stock = open_stock(home, making, now, lambda: _who(settings))
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
    who = partial(_who, settings)
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
        place = scanner.library(library) or _unwatched(stock, library)
        if place is None:
            raise NotFoundError(what=f"The library of {path}")
        return place.place(path)

    editing = make_editing(stock, environments, lessons, announcer, who=who, now=now)

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
        who=who,
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
        ),
        EDIT: edit_handler(stock, editing, announcer),
        PUSH: push_handler(stock, environments, file_path=file_path),
        TAKE_IN: TakeInHandler(library=scanner.library, look=scanner.request),
        **approval_handlers(stock, shelters, announcer),
        **moderation_handlers(stock, environments, announcer),
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
        **told_first(making_handlers(stock, environments, shelters, who=who), stock),
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
            who=who,
            now=now,
        ),
    )
    transfers.on_recorded = recording.write_back.heard
    making.callback(transfers.close, STOP_S)
    # Before the transfers: their calls to services end, instead of being waited for.
    making.callback(shelters.close, STOP_S)
    pictures = making.enter_context(
        closing(
            Pictures(
                stock.readers,
                stock.thumbs,
                decoder,
                stock.gate,
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
            )
        )
    )
    mirrors = make_mirrors(
        stock,
        environments,
        announcer,
        making,
        online=lambda: transfers.connectivity.state is Connectivity.ONLINE,
        now=now,
    )
    hearing = make_hearing(
        stock,
        environments,
        mirrors,
        online=lambda: transfers.connectivity.state is Connectivity.ONLINE,
        tell=announcer.tell,
        now=now,
    )
    making.callback(hearing.close, STOP_S)
    watchers = approval_watchers(
        stock,
        environments,
        announcer,
        making,
        eyes=Eyes(decoder=decoder, layers=layers, pictures=pictures),
        lent=LentToWatchers(
            queue=transfers.add,
            online=lambda: transfers.connectivity.state is Connectivity.ONLINE,
            now=now,
        ),
    )
    return Crew(
        announcer=announcer,
        audit=AuditDesk(stock.audit, stock.readers, who=who, now=now),
        budgets=budgets,
        presets=UploadPresets(credentials=environments.credentials),
        scanner=scanner,
        transfers=transfers,
        environments=environments,
        lessons=lessons,
        mirrors=mirrors,
        hearing=hearing,
        cloud_desk=cloud_desk(stock, environments, queue=transfers.add),
        editing=editing,
        pictures=pictures,
        shelters=shelters,
        recording=recording,
        reviews=review_desk(
            stock,
            editing,
            environments,
            announcer,
            LentToReviewers(moderation=watchers.moderation, who=who, now=now),
        ),
        governance=governance,
        watchers=watchers,
        rights=rights_desk(stock, announcer, transfers, who=who, now=now),
        retractions=retraction_desk(
            stock, environments, announcer, making, queue=transfers.add, now=now
        ),
        rendition_presets=preset_shelf(stock, environments, announcer, now),
        renditions=rendition_desk(
            stock, environments, decoder, file_path=file_path, queue=transfers.add, who=who, now=now
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


def _unwatched(stock: Stock, library: LibraryId) -> Library | None:
    """The library where nobody watches it: in a command beside the window."""
    found = (one for one in stock.places.libraries() if one.id == library)
    return next(map(_open_library, found), None)


def _open_library(record: LibraryRecord) -> Library:
    return LocalLibrary(Path(record.location))


def _who(settings: SettingsFile) -> str:
    """Who signs decisions: the chosen name, or that of the system's account."""
    return settings.load().who or getpass.getuser()
