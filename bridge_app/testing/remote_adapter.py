"""A library at a service (`libraries.remote.RemoteLibrary`) as contracts ask for it."""

from collections.abc import Iterator
from pathlib import Path

from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.shelter import ContainerKind, ShelterAsset, ShelterContainer
from bridge_app.libraries.remote import MediaPage, MediaWindow, RemoteLibrary
from bridge_app.testing.demands import demand, demand_same
from bridge_app.testing.subject import Place, Seen

MOST_PAGES = 50
"""A listing that has not ended by then does not end; contracts put few masters there."""


class RemoteAdapter:
    """Identity is the service's own."""

    def __init__(self, library: RemoteLibrary) -> None:
        self.library = library

    def listed(self) -> list[Seen]:
        """Everything, by pages."""
        places = self.places()
        return [self._told(one, places) for page in self.pages() for one in page.assets]

    def look(self, key: str) -> Seen | None:
        """One master, read by its identity."""
        told = self.library.media(key)
        return None if told is None else self._told(told, self.places())

    def fetch(self, key: str, into: Path) -> None:
        """Its original."""
        told = self.library.media(key)
        if told is None:
            raise NotFoundError(what=key)
        digests = self.library.download(
            key, into, expected=told.bytes, on_bytes=lambda _: None, cancelled=lambda: False
        )
        demand_same(digests.bytes, told.bytes, "what arrived is as long as was told")

    def pages(self, window: MediaWindow | None = None) -> Iterator[MediaPage]:
        """The pages of a window, to the last."""
        for number in range(1, MOST_PAGES + 1):
            page = self.library.media_page(window or MediaWindow(), number)
            yield page
            if not page.has_more:
                return
        demand(None, "a listing comes to its end")

    def places(self) -> dict[str, frozenset[Place]]:
        """Where each gallery lies, by its identity, as the tree is walked from the root."""
        found: dict[str, set[Place]] = {}
        self._walk(None, (), found)
        return {gallery: frozenset(places) for gallery, places in found.items()}

    def container(self, place: Place) -> ShelterContainer:
        """What lies at a place. Raises NotFoundError."""
        *above, name = place
        parent = self.container(tuple(above)).id if above else None
        inside = {one.name: one for page in self.library.containers(parent) for one in page}
        if name not in inside:
            raise NotFoundError(what="/".join(place))
        return inside[name]

    def _walk(self, parent: str | None, place: Place, found: dict[str, set[Place]]) -> None:
        for page in self.library.containers(parent):
            for one in page:
                inside = (*place, one.name)
                if one.kind is ContainerKind.GALLERY:
                    found.setdefault(one.id, set()).add(inside)
                else:
                    self._walk(one.id, inside, found)

    def _told(self, told: ShelterAsset, places: dict[str, frozenset[Place]]) -> Seen:
        where = [place for gallery in told.galleries for place in places.get(gallery, ())]
        return Seen(
            key=told.media_id,
            name=told.file_name,
            places=frozenset(where),
            bytes=told.bytes,
            content=told.version_key,
        )
