"""The one door to everything that takes time: what the window and the command line may ask."""

import contextlib
import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bridge_app.delivery.accounts import Account, NewAccount
from bridge_app.delivery.links import DeliveryLink
from bridge_app.domain.approvals import Approval, Decision
from bridge_app.domain.assets import Asset, AssetId, LibraryId, LibraryRecord
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.jobs import JobRecord, TransferSummary, WaitingFor
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.push_plan import PushPlan, PushTarget, plan_push
from bridge_app.storage.accounts import Places
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.jobs import Jobs
from bridge_app.storage.search import CatalogReader, Readers
from bridge_app.storage.secrets import Secret
from bridge_app.storage.thumbs import PREVIEW_EDGE, THUMB_EDGE, Thumbs, ThumbsReader
from bridge_app.work.environments import Environments
from bridge_app.work.events import Connectivity, Event
from bridge_app.work.jobs import TakeIn
from bridge_app.work.pictures import Delivered, Pictures
from bridge_app.work.scanner import Scanner
from bridge_app.work.transfers import Transfers


class Announcer:
    """Hands events to those who listen; called from any worker thread."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Event], None]] = []

    def listen(self, listener: Callable[[Event], None]) -> None:
        """Hear every event from now on; the listener must not block."""
        self._listeners.append(listener)

    def tell(self, event: Event) -> None:
        """Tell everybody."""
        for listener in self._listeners:
            listener(event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """The stores the worker works on."""

    catalog: Catalog
    thumbs: Thumbs
    places: Places
    decisions: Decisions
    deliveries: Deliveries
    jobs: Jobs
    readers: Readers


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Those who do the work."""

    announcer: Announcer
    scanner: Scanner
    transfers: Transfers
    environments: Environments
    pictures: Pictures


class Worker:
    """Every method may be called from any thread.

    Those marked *blocking* read, decode or send; the window calls them off its own thread.
    """

    def __init__(
        self, stock: Stock, crew: Crew, *, who: Callable[[], str], now: Callable[[], datetime]
    ) -> None:
        self._stock = stock
        self._crew = crew
        self._who = who
        self._now = now
        self._libraries = stock.places.libraries()
        self._lock = threading.Lock()
        self._ledger_version = stock.places.version()

    def start(self) -> None:
        """Begin to watch the libraries and to run what is queued."""
        self._crew.transfers.on_rest = self._look_outside
        self._crew.transfers.start()
        self._crew.scanner.start(self._libraries)

    def listen(self, listener: Callable[[Event], None]) -> None:
        """Hear every event from now on, on worker threads."""
        self._crew.announcer.listen(listener)

    def catalog_reader(self) -> CatalogReader:
        """A reader for one thread, closed by its owner."""
        return self._stock.catalog.reader()

    def thumbs_reader(self) -> ThumbsReader:
        """A reader for one thread, closed by its owner."""
        return self._stock.thumbs.reader()

    # Libraries

    def libraries(self) -> tuple[LibraryRecord, ...]:
        """All libraries, from memory."""
        return self._libraries

    def add_library(self, folder: Path) -> LibraryRecord:
        """Add a local folder; a look through it starts. Blocking.

        A folder that is a library already is looked through again. Raises InvalidInputError.
        """
        place = folder.expanduser().absolute()
        if not place.is_dir():
            raise InvalidInputError(what=str(folder), detail="it is not a folder")
        with self._lock:
            for known in self._libraries:
                if Path(known.location) == place:
                    self.scan(known.id)
                    return known
            record = LibraryRecord(
                id=LibraryId(uuid.uuid4().hex[:12]),
                name=place.name.encode("utf-8", "replace").decode() or str(place),
                location=str(place),
            )
            self._stock.places.add_library(record, at=self._now())
            self._libraries = self._stock.places.libraries()
        self._crew.scanner.add(record)
        self._crew.announcer.tell(ChangeSet(libraries=True, listing=True))
        return record

    def remove_library(self, library: LibraryId) -> None:
        """Forget a library; its files and the decisions about them stay. Blocking."""
        self._crew.scanner.remove(library)
        with self._lock:
            self._stock.places.remove_library(library)
            self._libraries = self._stock.places.libraries()
        self._stock.catalog.remove_library(library)
        self._crew.announcer.tell(ChangeSet(libraries=True, listing=True))

    def scan(self, library: LibraryId) -> None:
        """Look through a library again."""
        self._crew.scanner.request(library, None)

    def cancel_scan(self, library: LibraryId) -> None:
        """End the look; what was read stays."""
        self._crew.scanner.cancel(library)

    def is_scanning(self) -> bool:
        """Is any library being looked through, or waiting for it?"""
        return not self._crew.scanner.is_idle()

    def forget_missing(self, library: LibraryId) -> None:
        """A person says that what is gone may be forgotten. Blocking."""
        self._stock.catalog.forget_missing(library)
        self._crew.announcer.tell(ChangeSet(libraries=True, listing=True))

    def take_in(self, sources: Sequence[Path], library: LibraryId, folder: str) -> None:
        """Queue the copying of dropped files into a library's folder."""
        wish = TakeIn(
            sources=tuple(str(source.absolute()) for source in sources),
            library=library,
            folder=folder,
        )
        self._crew.transfers.add([wish.new_job(uuid.uuid4().hex)])

    def locate(self, paths: Sequence[Path]) -> list[AssetId]:
        """Which of these files are assets of our libraries. Blocking."""
        found: list[AssetId] = []
        with self._stock.readers.lent() as reader:
            for path in paths:
                for library in self._libraries:
                    with contextlib.suppress(ValueError):
                        inside = path.absolute().relative_to(library.location).as_posix()
                        asset = reader.at_path(library.id, inside)
                        found.extend([asset] if asset else [])
        return found

    def file_path(self, asset: Asset) -> Path:
        """Where the asset's file lies. Raises NotFoundError."""
        for library in self._libraries:
            if library.id == asset.library:
                return Path(library.location) / asset.path
        raise NotFoundError(what=f"The library of {asset.name}")

    # Review

    def decide(
        self,
        assets: Sequence[AssetId],
        approval: Approval,
        *,
        comment: str = "",
        initiator: object | None = None,
    ) -> int:
        """Record a decision on the content of these assets. Blocking; on disk on return."""
        with self._stock.readers.lent() as reader:
            found = reader.assets(assets)
        count = self._stock.decisions.add(
            found, approval, comment=comment, who=self._who(), at=self._now()
        )
        touched = frozenset(asset.id for asset in found)
        self._crew.announcer.tell(ChangeSet(assets=touched, initiator=initiator))
        return count

    def history(self, asset: AssetId) -> list[Decision]:
        """Everything decided about this asset and its content, oldest first. Blocking."""
        with self._stock.readers.lent() as reader:
            found = reader.assets([asset])
        return self._stock.decisions.history(asset, found[0].sha256 if found else None)

    # Pictures

    def thumbnail(self, asset: AssetId) -> bytes:
        """A grid cell's picture, from the cache or made now. Blocking; raises MediaError."""
        return self._crew.pictures.picture(asset, THUMB_EDGE)

    def preview(self, asset: AssetId) -> bytes:
        """A large picture, from the cache or made now. Blocking; raises MediaError."""
        return self._crew.pictures.picture(asset, PREVIEW_EDGE)

    def rendition(self, asset: AssetId, preset: RenditionPreset) -> Delivered:
        """The picture that comes from the delivery URL. Blocking."""
        online = self.connectivity() is not Connectivity.WORK_OFFLINE
        return self._crew.pictures.rendition(asset, preset, online=online)

    def link(self, asset: Asset, preset: RenditionPreset) -> DeliveryLink:
        """A rendition's address. Raises GateRefusalError or NotFoundError."""
        return self._crew.pictures.link(asset, preset)

    def original_url(self, asset: AssetId) -> str:
        """The address of the delivered master, if the gate lets it be known. Blocking."""
        return self._crew.pictures.original_url(asset)

    # Pushing

    def plan_push(self, assets: Sequence[AssetId], target: PushTarget) -> PushPlan:
        """What a push would do now. Blocking. Raises NotFoundError without an account."""
        account = self.current_account()
        if account is None:
            raise NotFoundError(what="A Cloudinary account")
        with self._stock.readers.lent() as reader:
            found = reader.assets(assets, environment=account.environment)
        queued = self._stock.jobs.queued_pushes(account.environment)
        remote = self._stock.deliveries.remote_state(account.environment, queued)
        return plan_push(
            found,
            target=target,
            environment=account.environment,
            remote=remote,
            now=self._now(),
        )

    def push(self, plan: PushPlan) -> str:
        """Queue what the plan sends; on disk on return. Returns the batch. Blocking."""
        return self._crew.transfers.push(plan)

    def batch(self, batch: str) -> list[JobRecord]:
        """The jobs that were queued together. Blocking."""
        return self._stock.jobs.batch(batch)

    def transfers(self, *, limit: int = 500) -> list[JobRecord]:
        """Jobs for a list: unfinished first, then the newest. Blocking."""
        return self._crew.transfers.recent(limit)

    def summary(self) -> TransferSummary:
        """All pushes in one line."""
        return self._crew.transfers.summary()

    def cancel(self, jobs: Sequence[int] | None = None) -> None:
        """Cancel these jobs, or all unfinished pushes."""
        self._crew.transfers.cancel(jobs)

    def retry(self, jobs: Sequence[int] | None = None) -> None:
        """Try these jobs again, or all failed pushes."""
        self._crew.transfers.retry(jobs)

    def clear_finished(self) -> None:
        """Empty the list of finished transfers; what they delivered stays recorded."""
        self._crew.transfers.clear_finished()

    @property
    def paused(self) -> bool:
        """Is sending paused?"""
        return self._crew.transfers.paused

    def pause(self) -> None:
        """Send nothing more until `resume`."""
        self._crew.transfers.set_paused(paused=True)

    def resume(self) -> None:
        """Send again."""
        self._crew.transfers.set_paused(paused=False)

    # Connection and accounts

    def connectivity(self) -> Connectivity:
        """Can the delivery side be reached, as far as is known?"""
        return self._crew.transfers.connectivity.state

    def set_work_offline(self, *, on: bool) -> None:
        """Use no network until this is switched off again."""
        self._crew.transfers.connectivity.set_work_offline(on=on)

    def accounts(self) -> tuple[Account, ...]:
        """All product environments, from memory."""
        return self._crew.environments.accounts()

    def current_account(self) -> Account | None:
        """The product environment in use."""
        return self._crew.environments.current()

    def add_account(self, new: NewAccount) -> Account:
        """Check a key with the service, then keep and use it. Blocking."""
        account = self._crew.environments.add(new)
        self._account_changed()
        return account

    def open_key_store(self, passphrase: Secret) -> None:
        """Keep secrets in the encrypted file. Blocking. Raises WrongPassphraseError."""
        self._crew.environments.open_key_store(passphrase)
        self._crew.transfers.release(WaitingFor.ACCOUNT)

    def use_account(self, environment: str) -> None:
        """Switch to another product environment. Blocking."""
        self._crew.environments.use(environment)
        self._account_changed()

    def remove_account(self, environment: str) -> None:
        """Forget a product environment and its secret. Blocking."""
        self._crew.environments.remove(environment)
        self._account_changed()

    def _look_outside(self) -> None:
        """Take over what the command line wrote into the ledger meanwhile."""
        version = self._stock.places.version()
        if version == self._ledger_version:
            return
        self._ledger_version = version
        self._crew.environments.reload()
        known = {library.id for library in self._libraries}
        with self._lock:
            self._libraries = self._stock.places.libraries()
        there = {library.id for library in self._libraries}
        for library in known - there:
            self._crew.scanner.remove(library)
        for record in self._libraries:
            if record.id not in known:
                self._crew.scanner.add(record)
        self._crew.transfers.release(WaitingFor.ACCOUNT)
        self._crew.announcer.tell(ChangeSet(libraries=True, listing=True, jobs=True, accounts=True))

    def _account_changed(self) -> None:
        self._crew.transfers.release(WaitingFor.ACCOUNT)
        self._crew.announcer.tell(ChangeSet(accounts=True, listing=True))
