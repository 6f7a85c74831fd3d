"""The feed of images that goes out: one line for each image of a product on each channel.

For spreadsheets, a cell that would be taken for a formula gets an apostrophe before it.
"""

import codecs
import json
from collections.abc import Mapping
from enum import StrEnum

COLUMNS = (
    *("sku", "gtin", "product_name", "brand", "category", "campaign", "market", "language"),
    *("slot", "position", "alt_text", "channel", "preset", "url", "format", "width", "height"),
    *("asset", "file_name", "public_id", "version", "sha256", "rights_expires"),
)
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula. Source: OWASP, CSV injection."""


class OutForm(StrEnum):
    """How a feed is written."""

    CSV = "csv"
    JSON_LINES = "jsonl"


def header() -> str:
    """The first line of a table."""
    return _joined(COLUMNS)


def is_feed(beginning: bytes) -> bool:
    """Does a file that begins so hold such a feed? Later versions may have more columns."""
    told = beginning.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    first = told.partition("\n")[0]
    is_table = first.startswith(header().rstrip())
    return is_table or (first.startswith('{"sku":') and '"public_id":' in first)


def table_line(row: Mapping[str, object], *, for_spreadsheets: bool) -> str:
    """One line of a table, with its end as RFC 4180 has it."""
    cells = ("" if row.get(name) is None else str(row[name]) for name in COLUMNS)
    return _joined(tuple(neutralised(cell) if for_spreadsheets else cell for cell in cells))


def json_line(row: Mapping[str, object]) -> str:
    """One object on one line."""
    told = {name: row.get(name) for name in COLUMNS}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"


def neutralised(cell: str) -> str:
    """The same for a spreadsheet: what it would carry out is text."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULAS) else cell


def _joined(cells: tuple[str, ...]) -> str:
    return ",".join(map(_quoted, cells)) + "\r\n"


def _quoted(cell: str) -> str:
    if not any(sign in cell for sign in ',"\r\n'):
        return cell
    return '"' + cell.replace('"', '""') + '"'
