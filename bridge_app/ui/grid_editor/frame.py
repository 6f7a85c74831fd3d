"""The table as it stood when something was asked: which master and field each place means.

It goes along into another thread, where rows and columns of the window cannot be asked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bridge_app.domain.assets import AssetId
from bridge_app.domain.grid_edits import Area, Place
from bridge_app.ui.grid_editor.columns import GridColumn
from bridge_app.ui.grid_editor.drafts import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Texts for cells; `left` places were meant too, but cannot take any."""

    texts: Mapping[Cell, str] = field(default_factory=dict)
    left: int = 0


MakeWish = Callable[[], Wish]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Masters by row, fields by column."""

    ids: tuple[AssetId, ...]
    columns: tuple[GridColumn, ...]

    def cell(self, place: Place) -> Cell:
        """What a place is about."""
        return self.ids[place[0]], self.columns[place[1]].path

    def wish(self, placed: Mapping[Place, str], *, left: int = 0) -> Wish:
        """These texts, but for the columns that nobody writes."""
        writable = [column.field.editable for column in self.columns]
        texts = {self.cell(place): text for place, text in placed.items() if writable[place[1]]}
        return Wish(texts=texts, left=left + len(placed) - len(texts))

    def everywhere(self, areas: Iterable[Area], text: str) -> Wish:
        """One text for all places of these rectangles."""
        return self.wish(dict.fromkeys(places_in(areas), text))


def places_in(areas: Iterable[Area]) -> Iterator[Place]:
    """All places of these rectangles."""
    for area in areas:
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                yield row, column


def size_of(areas: Iterable[Area]) -> int:
    """How many cells these rectangles have."""
    return sum(area.rows * area.columns for area in areas)
