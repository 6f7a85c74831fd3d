"""One campaign in every market: what differs by market and language, from a small table.

The table is CSV with a line for each variant. `market`, `language`, `preset` and `image` say which
variant it is and which picture it shows; every other column is a variable that presets use: the
column `headline` fills `$(headline)` in a text overlay, `layer:logo` names an image for `l_$logo`.
Source of the language's rules: reference/cloudinary.md, 9.8 and 9.11.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.presets import LANGUAGE, MARKET, RenditionPreset

MARKET_COLUMN, LANGUAGE_COLUMN, PRESET_COLUMN, IMAGE_COLUMN = (
    "market",
    "language",
    "preset",
    "image",
)
OWN_COLUMNS = (MARKET_COLUMN, LANGUAGE_COLUMN, PRESET_COLUMN, IMAGE_COLUMN)
LAYER = "layer:"
"""How the name of a column begins that holds public IDs for overlays."""
_VARIABLE = re.compile(r"[A-Za-z][A-Za-z0-9]+")
_USED = re.compile(r"\$\(([A-Za-z][A-Za-z0-9]*)\)|\$([A-Za-z][A-Za-z0-9]*)")
_USED_AS_LAYER = re.compile(r"(?:^|[,/])[lu]_(?:image:)?\$\(?([A-Za-z][A-Za-z0-9]*)")
_DEFINED = re.compile(r"(?:^|[,/])\$([A-Za-z][A-Za-z0-9]*)_")
MOST_LINES = 10_000
LONGEST_CELL = 10_000
SEPARATORS = ",;\t"


class LocalisedTableError(InvalidInputError):
    """A table that cannot be read, with the line."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The table of variants cannot be used: line {line}: {detail}. Nothing was changed.",
    )

    def __init__(self, *, line: int, detail: str) -> None:
        super().__init__(line=line, detail=detail, what="The table of variants")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What one market and language gets.

    `image` names another master ("" for the asset itself), `preset` the only preset it is for (""
    for all), `values` fill variables; those of `layers` are public IDs.
    """

    market: str = ""
    language: str = ""
    preset: str = ""
    image: str = ""
    values: tuple[tuple[str, str], ...] = ()
    layers: tuple[tuple[str, str], ...] = ()

    def definitions(self) -> Mapping[str, str]:
        """Each variable with its value as it stands in a transformation."""
        words = {name: _quoted(value) for name, value in self.values}
        return words | {name: _quoted_id(value) for name, value in self.layers}


EVERYWHERE = (Variant(),)
"""No table: one variant, for everybody."""


def read_table(text: str) -> tuple[Variant, ...]:
    """The variants of a CSV table; the separator is a comma, a semicolon or a tab.

    Raises LocalisedTableError, which names the line (the header is line 1).
    """
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    if not lines:
        raise LocalisedTableError(line=1, detail=QT_TRANSLATE_NOOP("facts", "it is empty"))
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise LocalisedTableError(line=1, detail=QT_TRANSLATE_NOOP("facts", "it is no text"))
    separator = max(SEPARATORS, key=lines[0].count)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        header = [cell.strip() for cell in next(reader)]
        _check_header(header)
        return tuple(_variants(reader, header))
    except csv.Error as error:
        raise LocalisedTableError(line=max(1, reader.line_num), detail=str(error)) from error


def _variants(reader: Iterable[list[str]], header: Sequence[str]) -> Iterable[Variant]:
    for number, cells in enumerate(reader, start=2):
        if number > MOST_LINES:
            raise LocalisedTableError(line=number, detail=f"there are more than {MOST_LINES}")
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            detail = f"it has {len(cells)} cells, the header has {len(header)}"
            raise LocalisedTableError(line=number, detail=detail)
        yield _variant(dict(zip(header, (cell.strip() for cell in cells), strict=True)), number)


def _variant(row: Mapping[str, str], number: int) -> Variant:
    market, language = row.get(MARKET_COLUMN, ""), row.get(LANGUAGE_COLUMN, "")
    if market and not MARKET.fullmatch(market):
        raise LocalisedTableError(line=number, detail=f"“{market[:40]}” is no market")
    if language and not LANGUAGE.fullmatch(language):
        raise LocalisedTableError(line=number, detail=f"“{language[:40]}” is no language")
    for column, cell in row.items():
        if len(cell) > LONGEST_CELL:
            raise LocalisedTableError(line=number, detail=f"the text in {column} is too long")
    return Variant(
        market=market,
        language=language,
        preset=row.get(PRESET_COLUMN, ""),
        image=row.get(IMAGE_COLUMN, ""),
        values=tuple(
            (name, cell)
            for name, cell in row.items()
            if name not in OWN_COLUMNS and not name.startswith(LAYER)
        ),
        layers=tuple(
            (name.removeprefix(LAYER), cell)
            for name, cell in row.items()
            if name.startswith(LAYER) and cell
        ),
    )


def _check_header(header: Sequence[str]) -> None:
    names = [name.removeprefix(LAYER) for name in header]
    for name in names:
        if name not in OWN_COLUMNS and not _VARIABLE.fullmatch(name):
            detail = f"“{name[:40]}” names no variable: two letters or digits at least, no others"
            raise LocalisedTableError(line=1, detail=detail)
        if names.count(name) > 1:
            raise LocalisedTableError(line=1, detail=f"the column {name} is there twice")
    if not {MARKET_COLUMN, LANGUAGE_COLUMN} & set(header):
        raise LocalisedTableError(
            line=1, detail=QT_TRANSLATE_NOOP("facts", "there is no column market or language")
        )


def table_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as CSV with commas, as `read_table` reads it."""
    written = _Written()
    csv.writer(written, lineterminator="\n").writerows([header, *rows])
    return "".join(written)


def table_rows(table: Sequence[Variant]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The header and the lines of a table, with all columns of its own."""
    words = dict.fromkeys(name for one in table for name, _ in one.values)
    layers = dict.fromkeys(name for one in table for name, _ in one.layers)
    rows = []
    for one in table:
        told, named = dict(one.values), dict(one.layers)
        own = (one.market, one.language, one.preset, one.image)
        rows.append(
            own
            + tuple(told.get(name, "") for name in words)
            + tuple(named.get(name, "") for name in layers)
        )
    return (*OWN_COLUMNS, *words, *(f"{LAYER}{name}" for name in layers)), tuple(rows)


def columns_used(presets: Iterable[RenditionPreset]) -> tuple[str, ...]:
    """The columns of a table that these presets would be filled from, beside its own."""
    found: dict[str, str] = {}
    for preset in presets:
        layers = set(_USED_AS_LAYER.findall(preset.transformation))
        for first, second in _USED.findall(preset.transformation):
            name = first or second
            if _VARIABLE.fullmatch(name):
                found.setdefault(name, f"{LAYER}{name}" if name in layers else name)
    return tuple(found.values())


class _Written(list[str]):
    """What is written comes in pieces."""

    def write(self, text: str) -> None:
        self.append(text)


def variants_for(preset: RenditionPreset, table: Sequence[Variant]) -> tuple[Variant, ...]:
    """The lines of a table that a preset is made for."""
    return tuple(
        one
        for one in table
        if one.preset in ("", preset.name) and preset.serves(one.market, one.language)
    )


def localised(transformation: str, variant: Variant) -> str:
    """A transformation with the variables of a variant defined in front of it.

    Only those that it uses: the text of a derived asset is its identity, and what it does not use
    would make a new one. A named transformation gets all of them, since what it uses is not known.
    """
    defined = variant.definitions()
    used = {first or second for first, second in _USED.findall(transformation)}
    is_named = re.search(r"(?:^|[,/])t_", transformation) is not None
    chosen = {name: value for name, value in defined.items() if name in used or is_named}
    own = set(_DEFINED.findall(transformation)) & chosen.keys()
    kept = transformation
    for name in own:
        kept = re.sub(rf"((?:^|[,/])\${name})_[^,/]*", rf"\g<1>_{_literal(chosen[name])}", kept)
    front = [f"${name}_{value}" for name, value in chosen.items() if name not in own]
    return "/".join(filter(None, [",".join(front), kept]))


def unfilled(transformation: str, variant: Variant) -> tuple[str, ...]:
    """The variables that a transformation uses and nobody gives a value to."""
    known = variant.definitions().keys() | set(_DEFINED.findall(transformation))
    used = dict.fromkeys(first or second for first, second in _USED.findall(transformation))
    return tuple(name for name in used if name not in known)


def _literal(text: str) -> str:
    return text.replace("\\", r"\\")


def _quoted(text: str) -> str:
    """A text between its marks, escaped as a text overlay's: comma and slash twice."""
    once = text.replace("\r\n", "\n").replace(",", "%2C").replace("/", "%2F")
    return f"!{quote(once, safe='', errors='replace')}!"


def _quoted_id(public_id: str) -> str:
    """A public ID as a layer names it: its folders are parted by colons."""
    named = public_id.strip("/").replace("/", ":")
    return f"!{quote(named, safe=':', errors='replace')}!"
