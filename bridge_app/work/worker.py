"""The one door to everything that takes time: what the window and the command line may ask."""

import contextlib
import threading
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.delivery.accounts import Account, NewAccount
from bridge_app.delivery.links import DeliveryLink
from bridge_app.domain.approvals import Approval, Decision, Ruling
from bridge_app.domain.assets import Asset, AssetId, LibraryId, LibraryRecord
from bridge_app.domain.changes import FROM_ELSEWHERE, ChangeSet
from bridge_app.domain.cloud import FolderMode, environment_of
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.jobs import JobRecord, TransferSummary, WaitingFor
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.push_plan import PushPlan, PushTarget
from bridge_app.domain.shelter import shelter_of
from bridge_app.domain.uses import ANY_USE, Use
from bridge_app.storage.search import CatalogReader
from bridge_app.storage.secrets import Secret
from bridge_app.storage.thumbs import PREVIEW_EDGE, THUMB_EDGE, ThumbsReader
from bridge_app.work.crew import Stock
from bridge_app.work.desks import Desks
from bridge_app.work.events import Connectivity, Event
from bridge_app.work.jobs import TakeIn
from bridge_app.work.push_plans import PushPlans

if TYPE_CHECKING:
    from bridge_app.delivery.upload_presets import UploadPreset
    from bridge_app.work.approvals import ReviewState
    from bridge_app.work.crew_port import Crew
    from bridge_app.work.pictures import Delivered


class Worker(Desks):
    """Every method may be called from any thread.

    Those marked *blocking* read, decode or send; the window calls them off its own thread.
    """

    def __init__(
        self, stock: Stock, crew: "Crew", *, who: Callable[[], str], now: Callable[[], datetime]
    ) -> None:
        super().__init__(stock, crew, who=who, now=now)
        self._libraries = stock.places.libraries()
        self._lock = threading.Lock()
        self._ledger_version = stock.places.version()
        self._is_watching = False
        self._plans = PushPlans(stock, now=now)

    def start(self) -> None:
        """Begin to look after everything: libraries, services, the cloud, and what is queued."""
        self._crew.editing.start()
        self.start_sending()
        self._is_watching = True
        for watching in (self.hearing, self.shelters, self._crew.recording, self._crew.watchers):
            watching.start()
        self._crew.outside.start()
        if not self._stock.stacks.is_empty():
            self.contentstack.catch_up()

    def start_sending(self) -> None:
        """Begin to run what is queued, and to look through local libraries.

        What may not be delivered any more is taken away meanwhile, as ever.
        """
        self._crew.transfers.on_rest = self._look_outside
        self._crew.transfers.start()
        self._crew.scanner.start(self._libraries)
        self.retractions.start()

    def listen(self, listener: Callable[[Event], None]) -> None:
        """Hear every event from now on, on worker threads."""
        self._crew.announcer.listen(listener)

    def forget(self, listener: Callable[[Event], None]) -> None:
        """Let who listened hear nothing any more."""
        self._crew.announcer.forget(listener)

    def catalog_reader(self) -> CatalogReader:
        """A reader for one thread, closed by its owner."""
        return self._stock.catalog.reader()

    def thumbs_reader(self) -> ThumbsReader:
        """A reader for one thread, closed by its owner."""
        return self._stock.thumbs.reader()

    # Libraries

    def libraries(self) -> tuple[LibraryRecord, ...]:
        """All libraries, from memory."""
        return self._libraries + self.cloud.libraries() + self.shelters.libraries()

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
        """Forget a library; its files and the decisions about them stay. Blocking.

        Of a mirrored environment only the mirror goes.
        """
        environment = environment_of(library)
        if environment is not None:
            self.cloud.forget(environment)
        self.shelters.remove_library(library)
        self._crew.scanner.remove(library)
        with self._lock:
            self._stock.places.remove_library(library)
            self._libraries = self._stock.places.libraries()
        self._stock.catalog.remove_library(library)
        self._crew.announcer.tell(ChangeSet(libraries=True, listing=True))

    def scan(self, library: LibraryId) -> None:
        """Look through a library again."""
        environment = environment_of(library)
        if environment is not None:
            self.cloud.sync(environment)
        elif (account := shelter_of(library)) is not None:
            self.shelters.sync(account)
        else:
            self._crew.scanner.request(library, None)

    def cancel_scan(self, library: LibraryId) -> None:
        """End the look; what was read stays."""
        self._crew.scanner.cancel(library)
        self.cloud.cancel(library)
        self.shelters.cancel(shelter_of(library) or "")

    def refresh_cloud(self, asset_ids: Iterable[str], environment: str | None = None) -> None:
        """Read these assets (Cloudinary's asset IDs) again soon, each by its ID.

        They are those of the environment in use unless another one is named.
        """
        account = self.current_account()
        name = environment or (account.environment if account else None)
        if name is not None:
            self.cloud.refresh(name, asset_ids)

    def is_scanning(self) -> bool:
        """Is any library being looked through, or waiting for it?"""
        is_idle = self._crew.scanner.is_idle()
        if self._is_watching:
            is_idle = is_idle and self.cloud.is_idle() and self.shelters.is_idle()
        return not is_idle

    def forget_missing(self, library: LibraryId) -> None:
        """A person says that what is gone may be forgotten. Blocking."""
        self.shelters.forget_missing(library)
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
        """Where the asset's file lies. Raises NotFoundError or that it is elsewhere."""
        for library in self._libraries:
            if library.id == asset.library:
                return Path(library.location) / asset.path
        # With the desks of the cloud and of services, which a start need not load.
        from bridge_app.work.cloud_shelf import OnlyInCloudError  # noqa: PLC0415
        from bridge_app.work.shelter_originals import OnlyAtShelterError  # noqa: PLC0415

        if environment_of(asset.library) is not None:
            raise OnlyInCloudError(name=asset.name)
        if shelter_of(asset.library) is not None:
            raise OnlyAtShelterError(name=asset.name)
        raise NotFoundError(what=f"The library of {asset.name}")

    # Review

    def decide(
        self,
        assets: Sequence[AssetId],
        approval: Approval,
        *,
        comment: str = "",
        transformation: str = "",
        stage: str = "",
        initiator: object | None = None,
    ) -> int:
        """Record a decision on assets, or a rendition of each. Blocking; on disk on return."""
        asked = {"comment": comment, "transformation": transformation, "stage": stage}
        return self.approvals.rule(assets, Ruling(approval=approval, **asked), initiator)

    def history(self, asset: AssetId) -> list[Decision]:
        """Everything decided about this asset and its content, oldest first. Blocking."""
        return self.approvals.history(asset)

    def standing(
        self, asset: AssetId, transformation: str = "", use: Use = ANY_USE
    ) -> "ReviewState":
        """How a master or a rendition stands now, in the environment in use. Blocking."""
        return self.approvals.standing(asset, transformation, use)

    # Pictures

    def thumbnail(self, asset: AssetId) -> bytes:
        """A grid cell's picture, from the cache or made now. Blocking; raises MediaError."""
        return self._crew.pictures.picture(asset, THUMB_EDGE)

    def preview(self, asset: AssetId) -> bytes:
        """A large picture, from the cache or made now. Blocking; raises MediaError."""
        return self._crew.pictures.picture(asset, PREVIEW_EDGE)

    def film_frame(self, asset: AssetId, seconds: float) -> bytes:
        """What is seen of a film at a moment. Blocking; raises NotFoundError, MediaError."""
        return self._crew.pictures.film_frame(asset, seconds, PREVIEW_EDGE)

    def pull(
        self, asset: AssetId, folder: Path, on_bytes: Callable[[int], None] | None = None
    ) -> tuple[Path, bool]:
        """Download a cloud asset's file: its path, whether it is new. Raises NameTakenError."""
        return self._crew.pictures.pull(asset, folder, on_bytes)

    def rendition(self, asset: AssetId, preset: RenditionPreset) -> "Delivered":
        """The picture that comes from the delivery URL. Blocking."""
        online = self.connectivity() is not Connectivity.WORK_OFFLINE
        return self._crew.pictures.rendition(asset, preset, online=online)

    def link(self, asset: Asset, preset: RenditionPreset) -> DeliveryLink:
        """A rendition's address. Raises GateRefusalError or NotFoundError."""
        return self._crew.pictures.link(asset, preset)

    def original_url(self, asset: AssetId) -> str:
        """The address of the delivered master, if the gate lets it be known. Blocking."""
        return self.audit.asked("address", asset, self._crew.pictures.original_url)

    # Pushing

    def plan_push(self, assets: Sequence[AssetId], target: PushTarget) -> PushPlan:
        """What a push would do now. Blocking. Raises NotFoundError without an account."""
        account = self.current_account()
        if account is None:
            raise NotFoundError(what="A Cloudinary account")
        self._stock.check_outside_plugins(target)
        if target.preset and not target.folder and account.folder_mode is FolderMode.FIXED:
            folder = self._crew.presets.folder_of(account.environment, target.preset)
            target = replace(target, folder=folder)
        if target.metadata:
            target = self.editing.checked_target(account.environment, target)
        return self._plans.plan(assets, target, account)

    def upload_presets(self, environment: str) -> "tuple[UploadPreset, ...]":
        """The presets of an environment; asked for once, then from memory. Blocking."""
        presets = self._crew.presets
        return presets.known(environment) or presets.listed(environment)

    def push(self, plan: PushPlan) -> str:
        """Queue what the plan sends; on disk on return. Returns the batch. Blocking."""
        self._stock.deliveries.products.keep(plan)
        return self._crew.transfers.push(self.audit.told(plan))

    def batch(self, batch: str) -> list[JobRecord]:
        """The jobs that were queued together. Blocking."""
        return self._stock.jobs.batch(batch)

    def job(self, number: int) -> JobRecord | None:
        """One of them, unless it is gone. Blocking."""
        return self._stock.jobs.one(number)

    def transfers(self, *, limit: int = 500) -> list[JobRecord]:
        """Jobs for a list: unfinished first, then the newest. Blocking."""
        return self._crew.transfers.recent(limit)

    def summary(self) -> TransferSummary:
        """All pushes in one line."""
        return self._crew.transfers.summary()

    def cancel(self, jobs: Sequence[int] | None = None) -> None:
        """Cancel these jobs, or all unfinished pushes and renditions."""
        self._crew.transfers.cancel(jobs)

    def retry(self, jobs: Sequence[int] | None = None) -> None:
        """Try these jobs again, or all failed pushes and renditions."""
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
        self.shelters.retry()
        self._crew.transfers.release(WaitingFor.ACCOUNT)
        self._crew.announcer.tell(ChangeSet(keys=True))

    def use_account(self, environment: str) -> None:
        """Switch to another product environment. Blocking."""
        self._crew.environments.use(environment)
        self._account_changed()

    def _look_outside(self) -> None:
        """Take over what the command line wrote into the ledger meanwhile."""
        version = self._stock.places.version()
        if version == self._ledger_version:
            return
        self._ledger_version = version
        self._crew.environments.reload()
        self.shelters.reload()
        self._crew.lessons.reload()
        known = {library.id for library in self._libraries}
        with self._lock:
            self._libraries = self._stock.places.libraries()
        for library in known - {record.id for record in self._libraries}:
            self._crew.scanner.remove(library)
        for record in self._libraries:
            if record.id not in known:
                self._crew.scanner.add(record)
        self._crew.transfers.release(WaitingFor.ACCOUNT)
        self._crew.announcer.tell(FROM_ELSEWHERE)

    def _account_changed(self) -> None:
        self._crew.transfers.release(WaitingFor.ACCOUNT)
        self._crew.announcer.tell(ChangeSet(accounts=True, listing=True))
