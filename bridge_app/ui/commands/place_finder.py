"""Finds libraries and folders by name, among as many as there are: off the GUI thread."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.domain.query import Query
from bridge_app.ui.commands.command import Command, Found, Sort, find
from bridge_app.ui.commands.matching import Findable
from bridge_app.ui.commands.menu_commands import BETWEEN
from bridge_app.ui.messages import one_line
from bridge_app.ui.models.branches import Branches
from bridge_app.ui.models.folder_tree import LIBRARY_ICONS

Go = Callable[[Query], None]


class PlaceFinder:
    """`take` what the sidebar shows; `find` may be asked in any thread."""

    def __init__(self, go: Go) -> None:
        self._go = go
        self._libraries: Sequence[LibraryRecord] = ()
        self._folders: Mapping[LibraryId, Branches] = {}
        self._made: list[Command] | None = None

    def take(
        self, libraries: Sequence[LibraryRecord], folders: Mapping[LibraryId, Branches]
    ) -> None:
        """These are the places now."""
        shapes = {library: branches.shape for library, branches in self._folders.items()}
        same = shapes == {library: branches.shape for library, branches in folders.items()}
        if not same or list(self._libraries) != list(libraries):
            self._libraries, self._folders, self._made = tuple(libraries), folders, None

    def find(self, typed: str, recent: Sequence[str]) -> list[Found]:
        """The places whose names fit."""
        made = self._made
        if made is None:
            # Only names are made here; whoever takes others meanwhile makes them anew.
            made = [
                command
                for library in self._libraries
                for command in self._of(library, self._folders.get(library.id, Branches()))
            ]
            self._made = made
        return find(made, typed, recent)

    def _of(self, library: LibraryRecord, branches: Branches) -> Iterator[Command]:
        title = one_line(library.name)
        whole = Query(library=library.id)
        yield self._command(whole, title, "", LIBRARY_ICONS[library.kind])
        ways = {"": title}
        waiting = [""]
        while waiting:
            above = waiting.pop()
            for folder in branches.below.get(above, ()):
                place = Query(library=library.id, folder=folder.path)
                name = one_line(folder.name)
                yield self._command(place, name, ways[above], "folder")
                ways[folder.path] = BETWEEN.join((ways[above], name))
                waiting.append(folder.path)

    def _command(self, place: Query, title: str, where: str, icon: str) -> Command:
        return Command(
            name=place_name(place),
            found_by=Findable(name=title, around=where),
            sort=Sort.PLACE,
            icon=icon,
            run=partial(self._go, place),
        )


def place_name(place: Query) -> str:
    """What a place is remembered by."""
    return f"place:{place.library or ''}:{place.folder}"
