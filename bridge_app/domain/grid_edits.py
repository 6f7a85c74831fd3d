"""What is done with many cells at once: pasted, filled down, searched and replaced; rows in order.

Pure: a place is (row, column) in the table as it is shown, a value what the domain keeps.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import FieldPath, same
from bridge_app.domain.grid_tables import Block
from bridge_app.domain.master_sheet import SaidMaster
from bridge_app.domain.metadata_fields import FieldValue, normalised
from bridge_app.domain.reading_order import beginning_key

Place = tuple[int, int]
"""Row and column, from 0."""

DIGITS = re.compile(r"(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle of chosen cells: rows and columns from the first to the last, both inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> int:
        """How many rows."""
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        """How many columns."""
        return self.right - self.left + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Where the texts of a block go; `outside` of its cells have no place in the table."""

    texts: Mapping[Place, str]
    outside: int = 0


def spread(block: Block, area: Area, *, rows: int, columns: int) -> Spread:
    """How a block is pasted onto the chosen cells of a table of that size, as spreadsheets do.

    A chosen area that is a multiple of the block is filled with it; else the block goes once to
    the area's first cell, also beyond the area.
    """
    if not block:
        return Spread(texts={})
    high, wide = len(block), len(block[0])
    down = area.rows if area.rows % high == 0 else high
    across = area.columns if area.columns % wide == 0 else wide
    shown_down = min(down, rows - area.top)
    shown_across = min(across, columns - area.left)
    texts = {
        (area.top + row, area.left + column): block[row % high][column % wide]
        for row in range(shown_down)
        for column in range(shown_across)
    }
    return Spread(texts=texts, outside=down * across - len(texts))


def filled_down(chosen: Iterable[Place]) -> dict[Place, Place]:
    """For each chosen place but the topmost of its column: the place its value comes from."""
    tops: dict[int, int] = {}
    others: list[Place] = []
    for row, column in sorted(chosen):
        if column in tops:
            others.append((row, column))
        else:
            tops[column] = row
    return {(row, column): (tops[column], column) for row, column in others}


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for, and what takes its place.

    Without `case` capital letters are like small ones; with `whole` a word is found only where
    no letter or digit stands beside it. An empty `what` finds nothing.
    """

    what: str
    instead: str = ""
    case: bool = False
    whole: bool = False


def finds(search: Search, value: FieldValue) -> int:
    """How often a value holds what is looked for."""
    pattern = _pattern(search)
    if pattern is None or value is None:
        return 0
    return sum(len(pattern.findall(text)) for text in _texts(value))


def replaced(search: Search, value: FieldValue) -> FieldValue:
    """The value with everything replaced; of several words each by itself, emptied ones go."""
    pattern = _pattern(search)
    if pattern is None or value is None:
        return value

    def other(text: str) -> str:
        return pattern.sub(lambda _: search.instead, text)

    if isinstance(value, tuple):
        # Also an order matters: the words stay where they were.
        words = [other(word).strip() for word in value]
        kept = tuple(dict.fromkeys(word for word in words if word))
        return kept if kept != value else value
    if isinstance(value, int):
        text = other(str(value))
        return int(text) if _is_whole(text) else text
    return normalised(other(value))


def in_order(
    values: Sequence[tuple[str, FieldValue]], *, descending: bool = False, language: str = ""
) -> tuple[int, ...]:
    """The rows in the order of their values: numbers by size, letters as the language has them.

    Each row gives its name, which decides among equals, and its value. Rows without a value come
    last, whichever way the others go.
    """
    said = [row for row, (_, value) in enumerate(values) if value is not None]
    silent = [row for row, (_, value) in enumerate(values) if value is None]
    by_name = sorted(said, key=lambda row: _key(values[row][0], language))
    ordered = sorted(by_name, key=lambda row: _key(values[row][1], language), reverse=descending)
    return (*ordered, *sorted(silent, key=lambda row: _key(values[row][0], language)))


def _key(value: FieldValue, language: str) -> tuple[tuple[int, int, str], ...]:
    """Numbers within a text count as numbers: 2 comes before 10."""
    text = "; ".join(value) if isinstance(value, tuple) else str(value)
    return tuple(_parts(beginning_key(text, language)))


def _parts(text: str) -> Iterator[tuple[int, int, str]]:
    for part in DIGITS.split(text):
        # Longer runs of digits than any number of ours are letters to us.
        if part.isdecimal() and len(part) <= 18:
            yield 0, int(part), ""
        elif part:
            yield 1, 0, part


def _texts(value: FieldValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _is_whole(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) <= 18


def _pattern(search: Search) -> re.Pattern[str] | None:
    return _compiled(search.what, case=search.case, whole=search.whole)


@lru_cache(maxsize=16)
def _compiled(what: str, *, case: bool, whole: bool) -> re.Pattern[str] | None:
    if not what:
        return None
    literal = re.escape(what)
    words = rf"(?<!\w){literal}(?!\w)" if whole else literal
    return re.compile(words, 0 if case else re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """What one field of one master says, and what it would say."""

    asset: AssetId
    name: str
    path: FieldPath
    before: FieldValue
    after: FieldValue


def cell_changes(
    masters: Iterable[SaidMaster], changes: Mapping[AssetId, Sequence[Change]]
) -> Iterator[CellChange]:
    """What these changes would make different, master by master, to be looked at before."""
    for said in masters:
        record = said.record()
        for change in changes.get(said.asset.id, ()):
            before = record.get(change.path)
            after = change.after(before)
            if not same(before, after):
                yield CellChange(
                    asset=said.asset.id,
                    name=said.asset.name,
                    path=change.path,
                    before=before,
                    after=after,
                )
