"""A PhotoShelter-style service in memory for stories about syncs: counted calls, faults at will."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bridge_app.domain.assets import Asset, Kind
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.query import Query
from bridge_app.domain.shelter import (
    ContainerKind,
    ShelterAsset,
    ShelterContainer,
    shelter_library,
)
from bridge_app.libraries.photoshelter.values import (
    Capabilities,
    MediaPage,
    MediaWindow,
    RecordTrouble,
)
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.shelter_containers import ShelterContainers
from bridge_app.storage.shelter_mirror import ShelterMirror
from bridge_app.work.events import Event, ScanProgress
from bridge_app.work.shelter_keep import ShelterStores
from bridge_app.work.shelter_run import RunMemory, ShelterRun

ACCOUNT = "brand"
LIBRARY = shelter_library(ACCOUNT)
PER_PAGE = 200
BEGINNING = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
GALLERY, COLLECTION = ContainerKind.GALLERY, ContainerKind.COLLECTION


def moment(seconds: int) -> str:
    """So many seconds after the beginning, as the service tells it."""
    return (BEGINNING + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Shelf:
    """What the service holds. `fault` is called before each answer and may raise."""

    containers_by_id: dict[str, ShelterContainer] = field(default_factory=dict)
    assets: dict[str, ShelterAsset] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    clock: int = 0
    tells_totals: bool = True
    fault: Callable[[str], None] = lambda _call: None
    calls: list[str] = field(default_factory=list)
    _number: int = 0

    # Filling

    def collection(self, name: str, *parents: str) -> str:
        """Make a collection; its id."""
        return self._container(COLLECTION, name, parents)

    def gallery(self, name: str, *parents: str) -> str:
        """Make a gallery; its id."""
        return self._container(GALLERY, name, parents)

    def _container(self, kind: ContainerKind, name: str, parents: tuple[str, ...]) -> str:
        self._number += 1
        made = ShelterContainer(
            id=f"{'C' if kind is COLLECTION else 'G'}0000{self._number:011}",
            kind=kind,
            name=name,
            parents=parents,
            created_at=self.tick(),
            modified_at=moment(self.clock),
        )
        self.containers_by_id[made.id] = made
        for parent in parents:
            self.touch(parent)
        return made.id

    def add(self, name: str, *galleries: str, **facts: object) -> str:
        """Put a picture into galleries; its id."""
        self._number += 1
        self.tick()
        asset = ShelterAsset(
            account=ACCOUNT,
            media_id=f"I0000{self._number:011}",
            kind=Kind.IMAGE,
            file_name=name,
            bytes=1_000 + self._number,
            width=300,
            height=200,
            galleries=galleries,
            created_at=moment(self.clock),
            modified_at=moment(self.clock),
        )
        self.assets[asset.media_id] = replace(asset, **facts)  # type: ignore[arg-type]
        for gallery in galleries:
            self.touch(gallery)
        return asset.media_id

    def fill(self, *, galleries: int, assets: int) -> list[str]:
        """Galleries in collections of fifty, with assets spread evenly; the gallery ids."""
        shelves = [self.collection(f"Season {number}") for number in range(-(-galleries // 50))]
        made = [
            self.gallery(f"Shoot {number:04}", shelves[number // 50]) for number in range(galleries)
        ]
        for number in range(assets):
            self.add(f"frame-{number:06}.jpg", made[number % galleries])
        return made

    def change(self, media_id: str, **facts: object) -> None:
        """Somebody edits a record."""
        self.tick()
        known = self.assets[media_id]
        self.assets[media_id] = replace(known, modified_at=moment(self.clock), **facts)  # type: ignore[arg-type]

    def move(self, media_id: str, *galleries: str) -> None:
        """Somebody puts a picture into other galleries; its own record does not show that."""
        known = self.assets[media_id]
        self.assets[media_id] = replace(known, galleries=galleries)
        self.tick()
        for gallery in {*known.galleries, *galleries}:
            self.touch(gallery)

    def delete(self, media_id: str) -> None:
        """Somebody deletes a picture."""
        del self.assets[media_id]

    def rename(self, container: str, name: str) -> None:
        """Somebody renames a container."""
        self.tick()
        self.containers_by_id[container] = replace(
            self.containers_by_id[container], name=name, modified_at=moment(self.clock)
        )

    def reparent(self, container: str, *parents: str) -> None:
        """Somebody moves a container."""
        known = self.containers_by_id[container]
        self.tick()
        self.containers_by_id[container] = replace(known, parents=parents)
        for one in {*known.parents, *parents}:
            self.touch(one)

    def touch(self, container: str) -> None:
        """It has changed now."""
        self.containers_by_id[container] = replace(
            self.containers_by_id[container], modified_at=moment(self.clock)
        )

    def tick(self) -> str:
        """A second passes; what the clock shows then."""
        self.clock += 1
        return moment(self.clock)

    # Answering

    def capabilities(self) -> Capabilities:
        """See the service."""
        return Capabilities(listing_includes=True)

    def server_time(self) -> datetime | None:
        """See the service."""
        self._asked("time")
        return BEGINNING + timedelta(seconds=self.clock)

    def containers(
        self, parent: str | None, *, first_page: int = 1
    ) -> Iterator[tuple[ShelterContainer, ...]]:
        """See the service."""
        inside = [
            one
            for one in self.containers_by_id.values()
            if (parent in one.parents if parent else not one.parents)
        ]
        yield from self._paged(f"children {parent}", inside, first_page)

    def all_containers(self, kind: ContainerKind) -> Iterator[tuple[ShelterContainer, ...]]:
        """See the service."""
        listed = [one for one in self.containers_by_id.values() if one.kind is kind]
        bare = [replace(one, parents=()) for one in listed]
        yield from self._paged(f"all {kind}", bare, 1)

    def container(self, container_id: str) -> ShelterContainer | None:
        """See the service."""
        self._asked(f"read {container_id}")
        return self.containers_by_id.get(container_id)

    def _paged(
        self, call: str, listed: list[ShelterContainer], first_page: int
    ) -> Iterator[tuple[ShelterContainer, ...]]:
        page = first_page
        while True:
            self._asked(f"{call} page {page}")
            found = listed[(page - 1) * PER_PAGE : page * PER_PAGE]
            yield tuple(found)
            if page * PER_PAGE >= len(listed):
                return
            page += 1

    def media_page(self, window: MediaWindow, page: int) -> MediaPage:
        """See the service."""
        self._asked(f"media {window} page {page}")
        found = [one for one in self.assets.values() if _is_in(one, window)]
        found.sort(key=lambda one: (one.created_at, one.media_id))
        here = found[(page - 1) * PER_PAGE : page * PER_PAGE]
        return MediaPage(
            assets=tuple(one for one in here if one.media_id not in self.broken),
            total=len(found) if self.tells_totals else None,
            has_more=page * PER_PAGE < len(found),
            troubles=tuple(
                RecordTrouble(id=one.media_id, reason=self.broken[one.media_id])
                for one in here
                if one.media_id in self.broken
            ),
        )

    def media_total(self, window: MediaWindow) -> int | None:
        """See the service."""
        self._asked(f"count {window}")
        found = [one for one in self.assets.values() if _is_in(one, window)]
        return len(found) if self.tells_totals else None

    def media(self, media_id: str) -> ShelterAsset | None:
        """See the service."""
        self._asked(f"read {media_id}")
        return self.assets.get(media_id)

    def _asked(self, call: str) -> None:
        self.fault(call)
        self.calls.append(call)

    def pages_asked(self) -> Counter[str]:
        """How often each page was given."""
        return Counter(call for call in self.calls if " page " in call)


def _is_in(one: ShelterAsset, window: MediaWindow) -> bool:
    """Does a window hold it?"""
    return (
        (not window.galleries or bool(set(window.galleries) & set(one.galleries)))
        and one.modified_at >= window.modified_from
        and (not window.modified_until or one.modified_at <= window.modified_until)
        and one.created_at >= window.created_from
        and (not window.created_until or one.created_at <= window.created_until)
        and window.words.casefold() in one.file_name.casefold()
    )


MakeSyncs = Callable[[Shelf], "Syncs"]


class Clock:
    """A clock that stands still until it is put forward."""

    def __init__(self) -> None:
        self.now = BEGINNING + timedelta(days=2)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, step: timedelta) -> None:
        """Let time pass."""
        self.now += step


class Syncs:
    """Syncs by hand, without a thread, into a catalog and a ledger."""

    def __init__(self, shelf: Shelf, catalog: Catalog, decisions: Decisions) -> None:
        self.shelf = shelf
        self.catalog = catalog
        self.decisions = decisions
        self.mirror = ShelterMirror(catalog.writer)
        self.clock = Clock()
        self.heard: list[Event] = []
        self.memory = RunMemory()
        self.stores = ShelterStores(
            mirror=self.mirror,
            containers=ShelterContainers(catalog.writer),
            decisions=decisions,
            emit=self.heard.append,
        )

    def sync(
        self, *, sweep: bool = False, cancelled: Callable[[], bool] = lambda: False
    ) -> ScanProgress:
        """One sync, as a program that has just been started does it."""
        run = ShelterRun(
            self.shelf,
            ACCOUNT,
            self.stores,
            cancelled=cancelled,
            now=self.clock,
            memory=self.memory,
        )
        return run.sync(sweep=sweep)

    def sync_to_the_end(self, errors: type[BridgeError] = BridgeError) -> int:
        """Sync again after each trouble until one comes to its end; how often that took."""
        for attempt in range(1, 1_000):
            try:
                self.sync()
            except errors:
                continue
            return attempt
        raise AssertionError("a thousand syncs did not come to their end")

    def calls_of(self, *, sweep: bool = False) -> list[str]:
        """The calls that one sync takes."""
        before = len(self.shelf.calls)
        self.sync(sweep=sweep)
        return self.shelf.calls[before:]

    def found(self, **query: object) -> list[Asset]:
        """What the catalog shows of the library."""
        reader = self.catalog.reader()
        try:
            asked = Query(library=LIBRARY, **query)  # type: ignore[arg-type]
            return reader.page(asked, offset=0, limit=100_000, now=self.clock())
        finally:
            reader.close()

    def folders(self) -> dict[str, int]:
        """The folders that the catalog shows, with how much lies in them."""
        reader = self.catalog.reader()
        try:
            return {folder.path: folder.assets for folder in reader.folders(LIBRARY)}
        finally:
            reader.close()

    def names(self, **query: object) -> list[str]:
        """Their names."""
        return [asset.name for asset in self.found(**query)]
