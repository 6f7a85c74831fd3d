"""The folders of one library by what they lie in, put together off the GUI thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from bridge_app.domain.assets import Folder


class Mark(Enum):
    """What a place of a service tells besides its name."""

    NONE = "none"
    UNSYNCED = "unsynced"
    """What lies there has not been read yet."""
    KEPT = "kept"
    """Its pictures are kept for times without a network."""
    BUSY = "busy"
    """It is being read."""
    TROUBLE = "trouble"
    """The last reading failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMarks:
    """The marks of one library: of its folders by their paths, and of itself with a sentence."""

    unsynced: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    library: Mark = Mark.NONE
    note: str = ""

    def of(self, path: str) -> Mark:
        """The mark of a folder; the library itself is ""."""
        if not path:
            return self.library
        if path in self.unsynced:
            return Mark.UNSYNCED
        return Mark.KEPT if path in self.kept else Mark.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Branches:
    """Folders by the path of what they lie in; "" is the library.

    `assets` counts those of the whole library, None where nobody knows, `counts` those of each
    folder by its path. Two with the same `shape`
    have the same rows.
    """

    assets: int | None = None
    below: Mapping[str, tuple[Folder, ...]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    shape: tuple[tuple[str, str], ...] = ()


NO_BRANCHES = Branches()


def branches_of(folders: Sequence[Folder]) -> Branches:
    """Group folders by what they lie in; one whose place is unknown lies in the library."""
    found = [folder for folder in folders if folder.path]
    paths = {folder.path for folder in found}
    top = next((folder.assets for folder in folders if not folder.path), None)
    below: dict[str, list[Folder]] = {}
    for folder in found:
        above = folder.path.rpartition("/")[0]
        below.setdefault(above if above in paths else "", []).append(folder)
    return Branches(
        assets=top,
        below={path: tuple(inside) for path, inside in below.items()},
        counts={folder.path: folder.assets for folder in found},
        shape=tuple((folder.path, folder.name) for folder in found),
    )
