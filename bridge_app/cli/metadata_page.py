"""Writes docs/metadata.md: `python -m bridge_app.cli.metadata_page > docs/metadata.md`.

The tables are those that the program uses, so the page cannot promise anything else.
"""

import sys
from collections.abc import Iterator

from bridge_app.domain.metadata_templates import CODES, VARIABLES
from bridge_app.domain.standard_fields import FIELDS, GROUP_LABELS, Group, Shape, StandardField
from bridge_app.domain.standard_schema import MOST_LETTERS, MOST_WORDS

SHAPES = {
    Shape.TEXT: "text",
    Shape.PROSE: "text with line breaks",
    Shape.NAMES: "names",
    Shape.BAG: "words",
    Shape.MOMENT: "date",
    Shape.WHOLE: "number",
    Shape.CHOICE: "choice",
    Shape.COORDINATE: "coordinate",
    Shape.LINK: "address",
}
TOLD = {
    "filename": "the file's name",
    "name": "the file's name without its extension",
    "ext": "its extension",
    "folder": "its folder in the library",
    "library": "the library's name",
    "who": "the person at this desk",
    "counter": "its place in the selection, from 1; `{counter:4}` has four digits",
    "date": "the day it was taken; `{date:%d.%m.%Y}` is written so",
    "today": "today, written likewise",
    "gps.city": "the city at its coordinate",
    "gps.state": "the state there",
    "gps.country": "the country there",
    "gps.country_iso": "the country's code",
}
"""What each variable beside the fields is filled with."""
_INTRODUCTION = """# Standard fields of masters

What a master says of itself, in the terms of IPTC Core and Extension, PLUS, XMP, Dublin Core, IIM
and EXIF: the part that people edit. Copyright owners, licensors, places, artworks and products
shown, persons, image regions and their like are lists: what is listed here is the first one,
`licensor_name#2` that of the second, up to the fiftieth. Whatever else a file says stays in it.

`XMP`, `IIM` and `EXIF` are where a field lives in a file, `PhotoShelter` is its attribute in the
service's IPTC record (`media.` an attribute of the media itself, which is only read), `Cloudinary`
where the [field mapping](mapping.md) puts it as it comes; each environment may have another. A
field with *languages* has an alternative for each: `alt_text[de]`, and `alt_text` for the default.
A *fact* is read, and not edited here.

This page is made by `python -m bridge_app.cli.metadata_page > docs/metadata.md`.

## The fields
"""
_HEAD = """
### {group}

| Field | Meaning | Holds | XMP | IIM | EXIF | PhotoShelter | Cloudinary |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""
_REST = """
## What can be said

- A text has at most {text:,} characters, a text with line breaks {prose:,}, a word {word}; a field
  of words has at most {words:,}. XMP has no limits of its own; where a kind of file or a service
  takes less, the writer says so, and keeps what was said.
- IIM has its own, older limits in bytes; what is longer stands in full in XMP, and cut in IIM.
- Control characters (but line breaks and tabs in texts that have lines), halves of surrogate pairs
  and code points that are no characters are refused: no file keeps them.
- A date is as precise as it is said: `2026`, `2026-12`, `2026-12-01`, `2026-12-01T09:30`, with
  seconds, their parts, and a zone. There is no year 0.
- A coordinate is latitude and longitude in decimal degrees, to six decimals; degrees, minutes and
  seconds (`48°51'30.1"N 2°17'40.2"E`), `geo:` addresses and links of maps are taken too.
- Words are separated by commas, semicolons or line breaks where people write them; a word that
  holds one of these stands in quotation marks. They are a set: their order is not kept.
- Names are separated by semicolons, and keep their order.
- A choice is said by its label, its value, or the end of its address: `MR-UMR`.

## Templates

A template says texts of fields: in the place of what is there (*set*), behind it or as further
words (*add*), or only where nothing is said (*fill*). Variables stand in braces: the identity of
any field above, with its language, or one of these. `{{{{` and `}}}}` are braces themselves.

| Variable | Filled with |
| --- | --- |
{variables}
A date is written with {codes};
what it does not say is empty. A text whose variables are all empty changes nothing. The place at a
coordinate is known from other masters within ten kilometres that name their city; no service is
asked.

## Vocabularies

A vocabulary is a text file, as Lightroom and Photo Mechanic exchange it: a word on each line, below
the word it belongs to, one tab further in; `{{synonym}}` lines below their word; `[group]` orders
words and is never written into files. A word that stands in two places brings along only what both
have in common. A closed vocabulary refuses other words; what a master says already may stay.

## Tables

A table (CSV) has a column `File` (the path in the library, or the file's name where only one has
it) or `Asset` (the identity), and columns of fields by identity or label. It is written as UTF-8
with a byte order mark; commas, semicolons, tabs and bars, and UTF-8, UTF-16 and Windows Latin are
read. Only cells that differ from the record are said. An empty cell says nothing, unless
`--clear-empty` asks for it. A cell that a spreadsheet would take for a formula is written behind an
apostrophe, and read back without it.
"""


def page() -> str:
    """The whole page."""
    groups = "".join(map(_group, Group))
    variables = "".join(f"| `{{{name}}}` | {TOLD[name]} |\n" for name in VARIABLES)
    rest = _REST.format(
        text=MOST_LETTERS[Shape.TEXT],
        prose=MOST_LETTERS[Shape.PROSE],
        word=MOST_LETTERS[Shape.BAG],
        words=MOST_WORDS,
        variables=variables,
        codes=", ".join(f"`%{code}`" for code in CODES),
    )
    return _INTRODUCTION + groups + rest


def _group(group: Group) -> str:
    rows = "".join(_row(field) for field in FIELDS if field.group is group)
    return _HEAD.format(group=GROUP_LABELS[group]) + rows


def _row(field: StandardField) -> str:
    meaning = f"{field.label}. {field.meaning}".replace("|", "\\|")
    cells = (meaning, ", ".join(_holds(field)), *map(_code, _places(field)))
    return f"| `{field.id}` | {' | '.join(cells)} |\n"


def _holds(field: StandardField) -> Iterator[str]:
    yield SHAPES[field.shape]
    if field.most is not None:
        yield f"at most {field.most:,} characters"
    if field.least is not None:
        yield f"{field.least} to {field.greatest}"
    if field.by_language:
        yield "languages"
    if not field.editable:
        yield "fact"


def _places(field: StandardField) -> tuple[str, ...]:
    return field.xmp, field.iim, field.exif, field.shelter, field.cloud


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


if __name__ == "__main__":
    sys.stdout.write(page())
