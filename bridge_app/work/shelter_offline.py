"""Keeps collections for offline: what that would fetch, and fetching it ahead.

What was fetched is kept by content, so that it is fetched once, and a new version again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import (
    FileTroubleError,
    MediaError,
    NotFoundError,
    RefusedByServiceError,
)
from bridge_app.domain.shelter import ShelterAsset, shelter_library
from bridge_app.libraries.photoshelter.errors import StoppedError
from bridge_app.storage.search import Readers
from bridge_app.storage.shelter_containers import ShelterContainers
from bridge_app.storage.shelter_folders import MasterFacts
from bridge_app.storage.shelters import KeptContainer, Shelters
from bridge_app.storage.thumbs import PREVIEW_EDGE, THUMB_EDGE, Thumbs
from bridge_app.work.events import Event
from bridge_app.work.shelter_originals import ShelterOriginals
from bridge_app.work.shelter_pictures import WITHOUT, ShelterPictures

EDGES = (THUMB_EDGE, PREVIEW_EDGE)
UNTOUCHED = timedelta(days=1)
"""After that a file that nobody wants goes; a fetch under way touches its own."""
USUAL_BYTES = {THUMB_EDGE: 40_000, PREVIEW_EDGE: 260_000}
"""What a picture takes as long as none is here to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflinePlan:
    """What keeping a folder for offline would fetch.

    `assets` lie in it; `previews` of them lack pictures here, which take about `preview_bytes`.
    `original_bytes` is the size of the originals that are wanted and not here (0 unless originals
    were asked for). `already` lack nothing.
    """

    assets: int
    previews: int
    preview_bytes: int
    original_bytes: int
    already: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFolder:
    """A folder that is kept for offline, and how much of it is here; "" is the whole library."""

    folder: str
    container: str
    originals: bool
    assets: int
    already: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineStores:
    """What keeping for offline reads and writes, and who hears of it."""

    shelters: Shelters
    containers: ShelterContainers
    readers: Readers
    thumbs: Thumbs
    emit: Callable[[Event], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Missing:
    """What of an asset is to be fetched."""

    edges: tuple[int, ...]
    original: bool


class ShelterOffline:
    """Blocking; any thread; raises BridgeError only."""

    def __init__(
        self,
        stores: OfflineStores,
        pictures: ShelterPictures,
        originals: ShelterOriginals,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._pictures = pictures
        self._originals = originals
        self._now = now
        self._hopeless: set[str] = set()

    def plan(self, account: str, folder: str, *, originals: bool) -> OfflinePlan:
        """What keeping a folder would fetch."""
        assets = self._masters(account, folder)
        held = self._held()
        missing = [(one, self._edges(one, held)) for one in assets]
        sizes = self._stores.thumbs.usual_bytes()
        wanted = [one for one in assets if originals and not self._originals.is_kept(one)]
        lacking = {one.media_id for one, edges in missing if edges}
        return OfflinePlan(
            assets=len(assets),
            previews=len(lacking),
            preview_bytes=sum(
                sizes.get(edge, USUAL_BYTES[edge]) for _, edges in missing for edge in edges
            ),
            original_bytes=sum(one.bytes for one in wanted),
            already=len(assets) - len(lacking | {one.media_id for one in wanted}),
        )

    def keep(self, account: str, folder: str, *, originals: bool) -> None:
        """Keep a folder from now on. Raises NotFoundError."""
        kept = KeptContainer(container=self.container(account, folder), originals=originals)
        before = {one.container: one for one in self._stores.shelters.kept(account)}
        was = before.get(kept.container)
        self._stores.shelters.keep(account, kept, at=self._now())
        if was is not None and was.originals and not originals:
            self._forget_originals(account, folder)
        self._stores.emit(ChangeSet(libraries=True))

    def let_go(self, account: str, folder: str) -> None:
        """Keep it no longer; the originals here go, unless another kept folder wants them."""
        self._stores.shelters.let_go(account, self.container(account, folder))
        self._forget_originals(account, folder)
        self._stores.emit(ChangeSet(libraries=True))

    def kept_folders(self, account: str) -> frozenset[str]:
        """The folders that are kept, without a look at what is here of them."""
        return frozenset(self._folders(account, with_originals=False))

    def kept(self, account: str) -> tuple[KeptFolder, ...]:
        """What is kept, and how much of it is here."""
        tree = self._stores.containers.tree(account)
        found: list[KeptFolder] = []
        for one in self._stores.shelters.kept(account):
            paths = tree.paths(one.container) if one.container else ("",)
            for path in paths[:1]:
                plan = self.plan(account, path, originals=one.originals)
                found.append(
                    KeptFolder(
                        folder=path,
                        container=one.container,
                        originals=one.originals,
                        assets=plan.assets,
                        already=plan.already,
                    )
                )
        return tuple(found)

    def wants_original(self, asset: ShelterAsset) -> bool:
        """Is its original kept for offline?"""
        folders = self._folders(asset.account, with_originals=True)
        return any(
            one.id == asset.id for folder in folders for one in self._masters(asset.account, folder)
        )

    def fetch(self, account: str, is_stopped: Callable[[], bool]) -> None:
        """Fetch what is missing of all that is kept. Raises StoppedError when `is_stopped`."""
        held = self._held()
        for kept in self._stores.shelters.kept(account):
            for folder in self._paths(account, kept.container):
                self._fetch_folder(account, folder, kept, held, is_stopped)
        self._prune(account)

    def _prune(self, account: str) -> None:
        folders = self._folders(account, with_originals=True)
        masters = [one for folder in folders for one in self._masters(account, folder)]
        wanted = {self._originals.place(one) for one in masters}
        self._originals.prune(account, wanted, before=self._now() - UNTOUCHED)

    def _fetch_folder(
        self,
        account: str,
        folder: str,
        kept: KeptContainer,
        held: dict[int, frozenset[str]],
        is_stopped: Callable[[], bool],
    ) -> None:
        for one in self._masters(account, folder):
            wants = kept.originals and one.version_key not in self._hopeless
            wish = _Missing(
                edges=self._edges(one, held),
                original=wants and not self._originals.is_kept(one),
            )
            if is_stopped():
                raise StoppedError
            if wish.edges or wish.original:
                self._fetch_one(one, wish, is_stopped)
        self._stores.emit(ChangeSet(libraries=True))

    def container(self, account: str, folder: str) -> str:
        """The container of a folder; "" for the whole library. Raises NotFoundError."""
        if not folder:
            return ""
        found = self._stores.containers.tree(account).container_at(folder)
        if found is None:
            raise NotFoundError(what=f"The folder {folder}")
        return found.id

    def _fetch_one(self, one: MasterFacts, wish: _Missing, is_stopped: Callable[[], bool]) -> None:
        """What cannot be had of one asset is left out; the others are fetched."""
        with self._stores.readers.lent() as reader:
            told = reader.shelter_assets([one.id]).get(one.id)
        if told is None:
            return
        try:
            if wish.original:
                self._originals.keep(told, cancelled=is_stopped)
            for edge in wish.edges:
                self._pictures.fetched(told, edge, is_urgent=False)
        except (MediaError, RefusedByServiceError, FileTroubleError):
            self._hopeless.add(told.version_key)
        self._stores.emit(ChangeSet(assets=frozenset({one.id})))

    def _edges(self, one: MasterFacts, held: dict[int, frozenset[str]]) -> tuple[int, ...]:
        """The sizes in which it has no picture here, and could have one."""
        if one.kind in WITHOUT or one.version_key in self._hopeless:
            return ()
        return tuple(edge for edge in EDGES if one.version_key not in held[edge])

    def _held(self) -> dict[int, frozenset[str]]:
        return {edge: self._stores.thumbs.held(edge) for edge in EDGES}

    def _masters(self, account: str, folder: str) -> list[MasterFacts]:
        with self._stores.readers.lent() as reader:
            return reader.shelter_masters(shelter_library(account), folder)

    def _paths(self, account: str, container: str) -> Iterable[str]:
        if not container:
            return ("",)
        return self._stores.containers.tree(account).paths(container)[:1]

    def _folders(self, account: str, *, with_originals: bool) -> list[str]:
        kept = self._stores.shelters.kept(account)
        return [
            path
            for one in kept
            if one.originals or not with_originals
            for path in self._paths(account, one.container)
        ]

    def _forget_originals(self, account: str, folder: str) -> None:
        others = self._folders(account, with_originals=True)
        wanted = {one.media_id for path in others for one in self._masters(account, path)}
        self._originals.forget(
            one for one in self._masters(account, folder) if one.media_id not in wanted
        )
