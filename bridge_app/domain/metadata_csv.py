"""Captions, keywords and other fields as a table (CSV) that spreadsheets edit.

The first columns say which asset a line is about: `File` (its path), and `Asset` (its identity).
A cell that a spreadsheet would take for a formula gets an apostrophe, which reading takes off.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.edits import FieldPath, Record, same
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError, NotFoundError
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_fields import field_of, parsed_value, path_named
from bridge_app.domain.standard_fields import text_of as field_text

FILE, ASSET = "File", "Asset"
OWN = MappingProxyType(
    {
        "file": FILE,
        "path": FILE,
        "file name": FILE,
        "filename": FILE,
        "name": FILE,
        "asset": ASSET,
        "id": ASSET,
    }
)
"""What the columns that name the asset are called, in small letters."""
SEPARATORS = ",;\t|"
MOST_LINES = 200_000
LONGEST_CELL = 4 << 20
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_NUMBERS = re.compile(r"[+-]?\d[\d.]*(,[+-]?\d[\d.]*)?", re.ASCII)
"""A rating of -1, a coordinate: no formula, although it begins like one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong in a table; the header is line 1. `column` is "" for the whole line."""

    line: int
    detail: str
    column: str = ""

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", {self.column}" if self.column else "")
        return f"{where}: {self.detail}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a table: which asset, and a value for each column that has one."""

    number: int
    file: str
    asset: AssetId | None
    values: Mapping[FieldPath, FieldValue]
    empty: tuple[FieldPath, ...] = ()
    """Columns whose cell is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that was read; what is faulty is left out of `lines`, and told in `faults`."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An asset as a table names it: `file` is its path in its library."""

    asset: AssetId
    file: str
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDiff:
    """What a table would change, asset by asset, and what of it cannot be done."""

    changes: Mapping[AssetId, tuple[Change, ...]]
    faults: tuple[Fault, ...] = ()


def table_text(assets: Iterable[Named], columns: Sequence[FieldPath], *, separator: str) -> str:
    """A table of these assets; the caller writes it as UTF-8 with a byte order mark.

    Its lines end as RFC 4180 has it.
    """
    rows = [(FILE, ASSET, *map(heading, columns))]
    rows += [
        (one.file, one.asset, *(_cell_text(path, one.record.get(path)) for path in columns))
        for one in assets
    ]
    lines = (separator.join(_quoted(_guarded(cell), separator) for cell in row) for row in rows)
    return "".join(f"{line}\r\n" for line in lines)


def heading(path: FieldPath) -> str:
    """What a column is called: the field's identity and language, `alt_text[de]`."""
    return path.key


def read_table(text: str) -> Table:
    """The table of a text whose lines end by line feeds, whatever separates its cells.

    Raises InvalidInputError for what is no table.
    """
    import csv  # noqa: PLC0415 - few starts of the program need it

    csv.field_size_limit(LONGEST_CELL)
    first = text.removeprefix("\ufeff").partition("\n")[0]
    if not first.strip():
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "The table"),
            detail=QT_TRANSLATE_NOOP("facts", "its first line names no columns"),
        )
    separator = max(SEPARATORS, key=first.count)
    lines_there = (f"{line}\n" for line in text.removeprefix("\ufeff").split("\n"))
    reader = csv.reader(lines_there, delimiter=separator)
    faults: list[Fault] = []
    try:
        header = _header(next(reader), faults)
        lines = tuple(_lines(_numbered(reader), header, faults))
    except csv.Error as error:
        raise InvalidInputError(what=f"Line {reader.line_num}", detail=str(error)) from error
    return Table(lines=lines, faults=tuple(faults))


def table_diff(table: Table, assets: Sequence[Named], *, clear_empty: bool = False) -> TableDiff:
    """What the table changes of these assets: only what differs from their records.

    A line is about the asset of its identity, or the one whose path, or else whose file name, it
    has. An empty cell says nothing; with `clear_empty` it empties the field.
    """
    faults = list(table.faults)
    found: dict[AssetId, tuple[Change, ...]] = {}
    lines: dict[AssetId, int] = {}
    index = _Index(assets)
    for line in table.lines:
        named, detail = index.find(line)
        if named is not None and named.asset in lines:
            detail = f"line {lines[named.asset]} is about the same asset"
        if named is None or detail:
            faults.append(Fault(line=line.number, detail=detail))
            continue
        lines[named.asset] = line.number
        if changes := tuple(_differing(line, named.record, clear_empty=clear_empty)):
            found[named.asset] = changes
    return TableDiff(changes=found, faults=tuple(sorted(faults, key=lambda one: one.line)))


class _Index:
    """Assets by what a line may call them."""

    def __init__(self, assets: Sequence[Named]) -> None:
        self._by_id = {one.asset: one for one in assets}
        self._by_file: dict[str, list[Named]] = {}
        self._by_name: dict[str, list[Named]] = {}
        for one in assets:
            self._by_file.setdefault(one.file, []).append(one)
            self._by_name.setdefault(one.file.rpartition("/")[2], []).append(one)

    def find(self, line: Line) -> tuple[Named | None, str]:
        """The asset of a line, or what is wrong."""
        if line.asset is not None and line.asset in self._by_id:
            return self._by_id[line.asset], ""
        file = line.file.replace("\\", "/")
        fits = self._by_file.get(file) or self._by_name.get(file.rpartition("/")[2], [])
        if len(fits) > 1:
            return None, f"“{line.file}” could be any of {len(fits)} assets"
        return (fits[0], "") if fits else (None, f"“{line.file or line.asset}” is not there")


def _differing(line: Line, record: Record, *, clear_empty: bool) -> Iterator[Change]:
    for path, value in line.values.items():
        if not same(value, record.get(path)):
            yield Change(path=path, value=value)
    if clear_empty:
        for path in line.empty:
            if record.get(path) is not None:
                yield Change(path=path)


def _header(cells: Sequence[str], faults: list[Fault]) -> list[FieldPath | str]:
    """For each column its path, FILE or ASSET, or "" for one that is left out."""
    found: list[FieldPath | str] = []
    for cell in cells:
        column = _column(cell, faults)
        if column and column in found:
            faults.append(Fault(line=1, column=cell, detail="the column is there twice"))
            column = ""
        found.append(column)
    if not {FILE, ASSET} & {one for one in found if isinstance(one, str)}:
        raise InvalidInputError(
            what=QT_TRANSLATE_NOOP("facts", "The table"),
            detail=QT_TRANSLATE_NOOP("facts", "it has no column File or Asset"),
        )
    return found


def _column(cell: str, faults: list[Fault]) -> FieldPath | str:
    name = _plain(cell).strip()
    if not name:
        return ""
    if name.casefold() in OWN:
        return OWN[name.casefold()]
    try:
        path = path_named(name)
    except (NotFoundError, InvalidInputError):
        faults.append(Fault(line=1, column=name, detail="there is no such field; it is left out"))
        return ""
    field = field_of(path)
    if field is not None and not field.editable:
        detail = "the field is a fact and is not edited; it is left out"
        faults.append(Fault(line=1, column=name, detail=detail))
        return ""
    return path


def _numbered(reader: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its first line: a cell may hold line breaks."""
    number = 1
    for cells in reader:
        number += 1
        yield number, cells
        number += sum(cell.count("\n") for cell in cells)


def _lines(
    rows: Iterable[tuple[int, list[str]]],
    header: Sequence[FieldPath | str],
    faults: list[Fault],
) -> Iterator[Line]:
    for count, (number, cells) in enumerate(rows):
        if count >= MOST_LINES:
            faults.append(Fault(line=number, detail=f"there are more than {MOST_LINES:,} lines"))
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            detail = f"it has {len(cells)} cells, the first line has {len(header)}"
            faults.append(Fault(line=number, detail=detail))
            continue
        line, wrong = _line(number, dict(zip(header, cells, strict=False)))
        faults.extend(wrong)
        if line is not None:
            yield line


def _line(
    number: int, cells: Mapping[FieldPath | str, str]
) -> tuple[Line | None, tuple[Fault, ...]]:
    own = {name: _plain(cells.get(name, "")).strip() for name in (FILE, ASSET)}
    if not any(own.values()):
        return None, (Fault(line=number, detail="it names no asset"),)
    values: dict[FieldPath, FieldValue] = {}
    faults: list[Fault] = []
    empty: list[FieldPath] = []
    for path, cell in cells.items():
        if not isinstance(path, FieldPath):
            continue
        field = field_of(path)
        try:
            value = parsed_value(field, _plain(cell)) if field else _plain(cell).strip() or None
        except InvalidInputError as error:
            detail = str(error.facts.get("detail", error))
            faults.append(Fault(line=number, column=heading(path), detail=detail))
            continue
        if value is None:
            empty.append(path)
        else:
            values[path] = value
    asset = AssetId(own[ASSET]) if own[ASSET] else None
    line = Line(number=number, file=own[FILE], asset=asset, values=values, empty=tuple(empty))
    return line, tuple(faults)


def _cell_text(path: FieldPath, value: FieldValue) -> str:
    field = field_of(path)
    return str(value or "") if field is None else field_text(field, value)


def _quoted(cell: str, separator: str) -> str:
    if cell == cell.strip() and not any(mark in cell for mark in (separator, '"', "\n", "\r")):
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def _guarded(text: str) -> str:
    if _FORMULA.match(text) and not _NUMBERS.fullmatch(text):
        return f"'{text}"
    return text


def _plain(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
