"""Libraries of PhotoShelter's kind, and all that may be asked about them.

A part of the worker's door of its own: `worker.shelters`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.domain.assets import Asset, AssetId, LibraryId, LibraryRecord
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, NotFoundError
from bridge_app.domain.shelter import (
    ShelterAsset,
    ShelterContainer,
    shelter_library,
    shelter_of,
)
from bridge_app.libraries.photoshelter.values import MediaWindow
from bridge_app.storage.search import SkippedFile
from bridge_app.storage.shelters import ShelterRecord, WriteBackMode
from bridge_app.work.custom_fields import CustomFieldDefinitions
from bridge_app.work.events import Event
from bridge_app.work.opened_originals import OpenedOriginals
from bridge_app.work.shelter_accounts import ShelterAccounts
from bridge_app.work.shelter_keep import ShelterKeep
from bridge_app.work.shelter_offline import KeptFolder, OfflinePlan, ShelterOffline
from bridge_app.work.shelter_originals import ShelterOriginals
from bridge_app.work.shelter_reads import UNSURE
from bridge_app.work.shelter_standing import DeskStores, ShelterSyncState
from bridge_app.work.shelters import ShelterThreads

if TYPE_CHECKING:
    from bridge_app.libraries.photoshelter.sign_in import SignIn, Step
    from bridge_app.libraries.remote import RemoteLibrary
    from bridge_app.libraries.third_parties import SignedIn

__all__ = ["DeskStores", "KeptFolder", "OfflinePlan", "ShelterDesk", "ShelterSyncState"]
STOP_S = 1.8


class ShelterDesk:
    """Every method may be called from any thread; those marked *blocking* only off the GUI's."""

    def __init__(
        self,
        stores: DeskStores,
        accounts: ShelterAccounts,
        threads: ShelterThreads,
        *,
        offline: ShelterOffline,
        originals: ShelterOriginals,
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._accounts = accounts
        self._threads = threads
        self._offline = offline
        self._originals = originals
        self._now = now
        self._watching = False
        self.custom_fields = CustomFieldDefinitions(
            stores.readers,
            accounts=lambda: (one.account for one in self.records()),
            ask=lambda account: self.service(account).custom_fields(),
            now=now,
        )

    @property
    def opened(self) -> OpenedOriginals:
        """Originals that were fetched to be opened or dragged."""
        return self._originals.opened

    def start(self) -> None:
        """Keep all libraries up to date from now on."""
        self._watching = True
        for record in self.records():
            self._threads.of(record.account).watch()

    # Accounts

    def begin_sign_in(self, sign_in: "SignIn") -> "Step":
        """Send key, e-mail and password. Blocking; raises as `libraries.photoshelter.sign_in`."""
        # httpx takes 0.2 s to load, which a start must not wait for.
        from bridge_app.libraries.photoshelter.sign_in import begin  # noqa: PLC0415

        return begin(sign_in, self._now)

    def add(self, step: "Step", *, name: str = "") -> LibraryRecord:
        """Keep a finished sign-in as a library; its first sync starts if we watch. Blocking.

        One whose organisation is a library already gets the new credentials.
        """
        record = self._accounts.add(step.credentials, name)
        self._begin(step.credentials.account)
        self._stores.emit(ChangeSet(libraries=True, listing=True))
        return record

    def adopt(
        self, kind: str, signed: "SignedIn", *, name: str = "", only: str = ""
    ) -> LibraryRecord:
        """`add` for a library that another package brings; see `third_parties`. Blocking.

        `only` names the account that signs in again. Raises InvalidInputError.
        """
        record = self._accounts.adopt(kind, signed, name, only=only)
        self._begin(shelter_of(record.id) or "")
        self._stores.emit(ChangeSet(libraries=True, listing=True))
        return record

    def libraries(self) -> tuple[LibraryRecord, ...]:
        """All libraries of this kind, from memory."""
        return tuple(record.library for record in self.records())

    def records(self) -> tuple[ShelterRecord, ...]:
        """Their accounts, from memory."""
        return self._accounts.records()

    def record(self, account: str) -> ShelterRecord:
        """One account, from memory. Raises NotFoundError."""
        return self._accounts.record(account)

    def is_signed_in(self, account: str) -> bool:
        """Are there credentials of it, as far as is known? From memory."""
        return self._accounts.is_signed_in(account)

    def sign_out(self, account: str) -> None:
        """End the session at the service and forget the credentials. Blocking.

        The library stays, as it was last seen.
        """
        self._threads.end(account, STOP_S)
        self._accounts.sign_out(account)
        self._stores.emit(ChangeSet(libraries=True))

    def sign_in_again(self, account: str, step: "Step") -> None:
        """Keep new credentials of a library. Blocking.

        Raises InvalidInputError if they are those of another organisation.
        """
        self._accounts.renew(account, step.credentials)
        self._begin(account)
        self._stores.emit(ChangeSet(libraries=True))

    def remove(self, account: str) -> None:
        """Forget a library with its credentials and its cache; decisions stay. Blocking."""
        self._threads.end(account, STOP_S)
        self._accounts.remove(account)
        self._stores.mirror.remove_account(account)
        self._originals.forget_account(account)
        self._stores.emit(ChangeSet(libraries=True, listing=True))

    def remove_library(self, library: LibraryId) -> None:
        """The same by the library; any other kind of library is left alone. Blocking."""
        account = shelter_of(library)
        if account is not None and self._accounts.is_known(account):
            self.remove(account)

    def forget_missing(self, library: LibraryId) -> None:
        """A person says that masters that are gone may be forgotten. Blocking."""
        account = shelter_of(library)
        missing = self._stores.mirror.missing(account) if account else []
        if account and missing:
            self._keep(account).withdraw(missing)
            self._stores.mirror.remove(one.id for one in missing)

    def rename(self, account: str, name: str) -> None:
        """Call a library so. Blocking."""
        self._accounts.rename(account, name)
        self._stores.emit(ChangeSet(libraries=True))

    def set_write_back(self, account: str, mode: WriteBackMode) -> None:
        """How published renditions are recorded at its masters. Blocking."""
        self._accounts.set_write_back(account, mode)

    def reload(self) -> None:
        """Read the accounts anew: another process may have changed them. Blocking."""
        for account in self._accounts.reload():
            if not self._accounts.is_known(account):
                self._threads.end(account, STOP_S)
            elif self._watching:
                self._threads.of(account).watch()

    # Sync

    def sync(self, account: str) -> None:
        """Look at an account now. Raises NotFoundError."""
        self._accounts.record(account)
        self._threads.of(account).request()

    def retry(self) -> None:
        """What kept a sync from its service may have changed: try at once."""
        for record in self.records() if self._watching else ():
            if self._accounts.is_signed_in(record.account):
                self._threads.of(record.account).request()

    def cancel(self, account: str) -> None:
        """End the sync that is under way; what was fetched stays."""
        self._threads.cancel(account)

    def is_idle(self) -> bool:
        """Is nothing being synced or fetched ahead, and nothing asked for?"""
        return self._threads.is_idle()

    def refresh(self, account: str, media_ids: Sequence[str]) -> None:
        """Read these masters (the service's ids) again soon, each by its id."""
        self._threads.of(account).refresh(media_ids)

    def refresh_now(self, asset: AssetId) -> ShelterAsset | None:
        """Read one master by its id and keep what it is now; None if it is gone. Blocking.

        Raises BridgeError, NotFoundError if it is no asset of such a library.
        """
        known = self.shelter_asset(asset)
        if known is None:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "The asset at its service"))
        keep, service = self._keep(known.account), self.service(known.account)
        told = service.media(known.media_id)
        if told is not None and keep.keep([told]):
            told = keep.read_again(known.media_id, service.media)
        if told is not None:
            return told
        at = self._now().isoformat()
        self._stores.mirror.mark_gone(known.account, [known], at, UNSURE)
        self._stores.emit(ChangeSet(assets=frozenset({asset})))
        return None

    def state(self, account: str) -> ShelterSyncState:
        """How far its sync is. Blocking."""
        state = self._stores.mirror.state(account)
        galleries, done = self._stores.containers.galleries(account)
        thread = self._threads.of(account)
        return ShelterSyncState(
            complete=state.complete,
            assets=self._stores.mirror.masters(account),
            galleries=galleries,
            galleries_done=done,
            finished_at=state.finished_at or "",
            trouble=thread.trouble,
            is_running=thread.is_running,
        )

    def unsynced(self, account: str) -> frozenset[str]:
        """The folders whose media were never read to the end. Blocking."""
        with self._stores.readers.lent() as reader:
            return reader.unsynced_folders(account)

    def skipped(self, account: str) -> list[SkippedFile]:
        """The records that could not be taken over, with the reason. Blocking."""
        with self._stores.readers.lent() as reader:
            return reader.skipped(shelter_library(account))

    # Assets

    def shelter_asset(self, asset: AssetId) -> ShelterAsset | None:
        """What the service says of a master; None for any other asset. Blocking."""
        return self.shelter_assets([asset]).get(asset)

    def shelter_assets(self, assets: Sequence[AssetId]) -> dict[AssetId, ShelterAsset]:
        """What the service says of those of these that are its masters. Blocking."""
        with self._stores.readers.lent() as reader:
            return reader.shelter_assets(assets)

    def ancestors(self, asset: AssetId) -> tuple[tuple[str, ...], ...]:
        """For each gallery a master lies in, its name and those above it, nearest first. Blocking.

        As `domain.shelter_reading.read` takes them.
        """
        known = self.shelter_asset(asset)
        if known is None:
            return ()
        return self._stores.containers.tree(known.account).chains(known.galleries)

    def containers_of(self, asset: AssetId) -> tuple[ShelterContainer, ...]:
        """The galleries that a master lies in. Blocking."""
        known = self.shelter_asset(asset)
        if known is None:
            return ()
        tree = self._stores.containers.tree(known.account)
        found = (tree.container(gallery) for gallery in known.galleries)
        return tuple(one for one in found if one is not None)

    def container_at(self, library: LibraryId, folder: str) -> ShelterContainer | None:
        """The container that is shown as this folder; None for the root. Blocking."""
        account = shelter_of(library)
        if account is None or not folder:
            return None
        return self._stores.containers.tree(account).container_at(folder)

    def container(self, account: str, container: str) -> ShelterContainer | None:
        """A container by its id. Blocking."""
        return self._stores.containers.tree(account).container(container)

    def folders_of(self, account: str, container: str) -> tuple[str, ...]:
        """The folders that a container is shown as, the first one first. Blocking."""
        return self._stores.containers.tree(account).paths(container)

    def search_online(self, account: str, words: str) -> list[AssetId]:
        """What the service finds, a page of it; its facts are in the catalog then. Blocking."""
        keep, service = self._keep(account), self.service(account)
        page = service.media_page(MediaWindow(words=words), 1)
        for media_id in keep.keep(page.assets):
            keep.read_again(media_id, service.media)
        masters = [
            one
            for one in page.assets
            if not one.galleries or keep.tree.master_galleries(one.galleries)
        ]
        return [one.id for one in masters]

    # Offline

    def offline_plan(self, account: str, folder: str, *, originals: bool) -> OfflinePlan:
        """What keeping a folder would fetch. Blocking."""
        return self._offline.plan(account, folder, originals=originals)

    def keep_offline(self, account: str, folder: str, *, originals: bool) -> None:
        """Fetch a folder's pictures (and originals) ahead, from now on. Blocking."""
        self._offline.keep(account, folder, originals=originals)
        if self._watching:
            self._threads.of(account).fetch_ahead()

    def let_go(self, account: str, folder: str) -> None:
        """Keep a folder no longer; its originals here go, its pictures when room is needed.

        Blocking.
        """
        self._offline.let_go(account, folder)

    def kept_folders(self, account: str) -> frozenset[str]:
        """The folders that are kept for offline; cheap, unlike `kept`. Blocking."""
        return self._offline.kept_folders(account)

    def kept(self, account: str) -> tuple[KeptFolder, ...]:
        """What is kept for offline, and how much of it is here. Blocking."""
        return self._offline.kept(account)

    def original(
        self,
        asset: Asset,
        folder: Path,
        *,
        on_bytes: Callable[[int], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Path:
        """The master's own file in a folder: from here, or fetched, resumed and verified. Blocking.

        It appears whole or not at all, and never in the place of another file: raises
        NameTakenError, FileTroubleError, OfflineError and what the service's answer raises.
        """
        told = self.shelter_asset(asset.id)
        if told is None:
            raise NotFoundError(what=asset.name)
        return self._originals.give(
            told,
            folder,
            is_kept=self._offline.wants_original(told),
            on_bytes=on_bytes,
            cancelled=cancelled,
        )

    # For the handlers

    def service(self, account: str) -> "RemoteLibrary":
        """Ready for calls. Raises NotFoundError, SignInAgainError or NoKeyringError. Blocking."""
        return self._accounts.service(account)

    # Intake

    def intakes(self, account: str) -> frozenset[str]:
        """The containers (ids) that are marked as intake. Blocking."""
        return self._stores.shelters.intakes(account)

    def set_intake(self, account: str, folder: str, *, on: bool) -> None:
        """Mark a folder as intake, or take the mark away. Blocking. Raises NotFoundError."""
        container = self._offline.container(account, folder)
        self._stores.shelters.set_intake(account, container, on=on, at=self._now())
        self._stores.emit(ChangeSet(libraries=True))

    # The rest

    def hear(self, event: Event) -> None:
        """Take note: the network may be back."""
        self._threads.hear(event)

    def close(self, timeout_s: float) -> None:
        """End; what was under way goes on another time."""
        self._threads.stop()
        self._accounts.close()
        self._threads.close(timeout_s)

    def _begin(self, account: str) -> None:
        if self._watching:
            thread = self._threads.of(account)
            thread.watch()
            thread.request()

    def _keep(self, account: str) -> ShelterKeep:
        return ShelterKeep(account, self._stores.sync, now=self._now)
