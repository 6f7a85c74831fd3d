"""Writes docs/mapping.md: `python -m bridge_app.cli.mapping_page > docs/mapping.md`.

The table is the one that the program uses, so the page cannot promise anything else.
"""

import sys

from bridge_app.domain.field_mapping import LOSSES, FieldMapping, MappingRow
from bridge_app.domain.mapping_sources import source_named
from bridge_app.domain.mapping_table import default_mapping

ARROWS = {"push": "→", "both": "↔", "none": ""}
_INTRODUCTION = """# What a master says at Cloudinary

A master's record at PhotoShelter and its copies at Cloudinary say the same things in different
places. The field mapping says what goes where. It is data: *PhotoShelter → Field Mapping…* shows
and changes it, `asset-bridge mapping` prints, checks and replaces it, and a dry run shows what
would be sent of chosen masters.

`→` is carried with every push. `↔` is carried with every push too, and may be changed at either
side: the dry run names what says something else at Cloudinary now, and `mapping bring-back` carries
it back where nobody has changed the master meanwhile. Nothing is carried back by itself. Rows
without an arrow stay at the master.

This page is made by `python -m bridge_app.cli.mapping_page > docs/mapping.md`.

## The table

"""
_HEAD = "| Master | IPTC, XMP, PLUS | | Cloudinary | Lossless |\n| --- | --- | --- | --- | --- |\n"
_REST = """
## What is lost

A row is lossless if everything its standard allows (IPTC's lengths, for texts that have one) comes
back from Cloudinary letter by letter. Property tests hold every row of the table, and every place
that a person may choose for it, to that. The others lose this, and nothing else:

{losses}
Where a row has several places, the one that keeps most is read back: `rights_end` comes from the
access control, to the second, and not from the field with the day.

Besides, on the way from the service into the mapping:

- control characters other than line breaks become spaces, and texts over 20,000 characters are
  cut, with a note at the asset;
- keywords are a set: their order is not kept, nor how often one is there; the namespace of
  `campaign:spring` counts without capitals;
- keywords `approval:…` and the custom field “Approval Status” are the approval, and are carried
  as such only;
- a moment of the rights block is carried to the second, rounded so that the window never gets
  wider;
- the focal point of a picture is not carried.

## Rights

The window becomes access control: outside of it only signed tokens open the file, whatever
happens to this program. Of `rights_start` the latest of embargo and start holds, of `rights_end`
the earliest of the licence's date and the rights block's. Without the rows to `access.start` and
`access.end` copies stay open until they are retracted; the check says so.

A rights block that cannot be read keeps the asset from being pushed. Regions other than the world,
channels without the web, and `max_px` make the copy open with a token only, whatever the window.
What else it says (`credit`, `ai`, and keys that are not known) travels as the text of the block,
and as notes at the asset; nothing enforces it.

## Approval

The state is read from the custom field “Approval Status”, else from the workspace review, else
from a keyword `approval:<state>`, else from the nearest gallery or collection whose name begins
with `_Approved` or `_Review`. Everything below an `_Archive` is archived. Where sources disagree
the asset counts as approved only if every one of them says so. A word that means no state approves
nothing.

A decision made here is written to the custom field if there is one with an option of that name,
else to the keyword. The service is read first: where it was told something stricter meanwhile,
that holds, and the record says so.

## Fields at Cloudinary

Structured metadata fields that a product environment lacks are listed by the check, and can be
created by it (`mapping check --create-fields`). Until then their values are left out, never the
whole push. Lists get the values they need; a field that is there keeps all it has.

A target is `tags`, `display_name`, `context.KEY`, `metadata.EXTERNAL_ID:TYPE` (string, integer,
date, enum, set), `access.start` or `access.end`. A source is one of the table, `keyword:NAMESPACE`
or `custom:FIELD`. Several members of a list in one text are separated by semicolons, which a
backslash escapes.
"""


def page(mapping: FieldMapping) -> str:
    """The whole page as Markdown."""
    lossy = [row for row in mapping.rows if row.carries and row.loss is not None]
    losses = "".join(f"- `{row.source}`: {LOSSES[row.loss]}.\n" for row in lossy if row.loss)
    rows = "".join(map(_line, mapping.rows))
    return _INTRODUCTION + _HEAD + rows + _REST.format(losses=losses)


def _line(row: MappingRow) -> str:
    source = source_named(row.source)
    targets = ", ".join(f"`{target}`" for target in row.targets)
    kept = ""
    if row.carries:
        kept = "yes" if row.loss is None else LOSSES[row.loss]
    cells = (
        f"`{row.source}`",
        source.standard if source else "",
        ARROWS[row.direction.value],
        targets,
        kept,
    )
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    sys.stdout.write(page(default_mapping()))
