"""Reports as files: CSV, lines of JSON, Parquet. A file appears whole, or what was there stays."""

import csv
import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bridge_app.domain.reports import Cell, Column, ColumnType, ExportFormat, Row
from bridge_app.libraries.errors import disk_trouble
from bridge_app.work.rendition_files import PART, NotWrittenError, settle

# Few write Parquet, and Arrow takes a while to load.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With what a text begins that spreadsheets take for a formula."""
AT_ONCE = 50_000
BLOCK = 1 << 20


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """A place beside `path` to write to; what is there at the end takes the place of `path`.

    On disk on return. Raises NotWrittenError or DiskFullError, and then nothing is left of it.
    """
    with disk_trouble(path, kind=NotWrittenError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".report-{uuid.uuid4().hex}{PART}")
        try:
            yield part
            with part.open("rb") as file:
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        settle(path.parent)


def write_rows(
    path: Path, form: ExportFormat, columns: Sequence[Column], rows: Iterable[Row]
) -> int:
    """Write rows to a file; how many. Raises as `appearing` does."""
    counted = _Counted(rows)
    with appearing(path) as part:
        if form is ExportFormat.PARQUET:
            _write_parquet(part, columns, counted)
        elif form is ExportFormat.JSON:
            with part.open("x", encoding="utf-8") as file:
                _write_json(file, columns, counted)
        else:
            # A mark at the beginning tells spreadsheets that it is UTF-8.
            safe = form is ExportFormat.SPREADSHEET
            encoding = "utf-8-sig" if safe else "utf-8"
            with part.open("x", encoding=encoding, errors="replace", newline="") as file:
                _write_csv(file, columns, counted, safe=safe)
    return counted.count


def write_tables(path: Path, tables: Iterable["pa.Table"]) -> int:
    """Write tables of Arrow to one Parquet file; how many rows. Raises as `appearing` does."""
    rows = 0
    with appearing(path) as part:
        writer: parquet.ParquetWriter | None = None
        try:
            for table in tables:
                writer = writer or parquet_writer(part, table.schema)
                writer.write_table(table)
                rows += table.num_rows
        finally:
            if writer is not None:
                writer.close()
    return rows


def parquet_writer(path: Path, schema: "pa.Schema") -> "parquet.ParquetWriter":
    """Texts are texts for whoever reads it, however they were handed over.

    Readers leave out what they do not want by days and numbers; statistics of texts take more
    time than the rest of the writing.
    """
    import pyarrow as pa
    from pyarrow import parquet

    texts = (pa.types.is_string, pa.types.is_dictionary)
    told = [one.name for one in schema if not any(is_text(one.type) for is_text in texts)]
    return parquet.ParquetWriter(
        path, schema, compression="snappy", store_schema=False, write_statistics=told
    )


def empty_table(columns: Sequence[Column]) -> "pa.Table":
    """A table without rows."""
    return arrow_schema(columns).empty_table()


def arrow_schema(columns: Sequence[Column]) -> "pa.Schema":
    """The columns as Arrow has them."""
    import pyarrow as pa

    types = {
        ColumnType.TEXT: pa.string(),
        ColumnType.INTEGER: pa.int64(),
        ColumnType.NUMBER: pa.float64(),
        ColumnType.BOOLEAN: pa.bool_(),
        ColumnType.DATE: pa.date32(),
        ColumnType.TIME: pa.timestamp("us", tz="UTC"),
    }
    return pa.schema([(one.name, types[one.type]) for one in columns])


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()


def cell_text(cell: Cell) -> str:
    """A cell as CSV has it: nothing for what was not measured, times as ISO 8601 in UTC."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _write_csv(file: TextIO, columns: Sequence[Column], rows: Iterable[Row], *, safe: bool) -> None:
    """As RFC 4180; `safe` puts an apostrophe before what would be a formula."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([one.name for one in columns])
    for row in rows:
        texts = map(cell_text, row)
        if not safe:
            writer.writerow(list(texts))
            continue
        told = zip(row, texts, strict=True)
        writer.writerow([_neutral(text) if isinstance(cell, str) else text for cell, text in told])


def _neutral(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _write_json(file: TextIO, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    names = [one.name for one in columns]
    for row in rows:
        cells = [cell_text(one) if isinstance(one, date) else one for one in row]
        file.write(json.dumps(dict(zip(names, cells, strict=True))) + "\n")


def _write_parquet(part: Path, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    import pyarrow as pa

    schema = arrow_schema(columns)
    writer = parquet_writer(part, schema)
    coming = iter(rows)
    try:
        while some := list(islice(coming, AT_ONCE)):
            cells = [
                pa.array(map(_plain, one), field.type) for one, field in _by_column(some, schema)
            ]
            writer.write_table(pa.Table.from_arrays(cells, schema=schema))
    finally:
        writer.close()


def _by_column(rows: list[Row], schema: "pa.Schema") -> "Iterator[tuple[Row, pa.Field]]":
    return zip(zip(*rows, strict=True), schema, strict=True)


def _plain(cell: Cell) -> Cell:
    """A text of bytes that are none would not be taken."""
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell


class _Counted:
    """Rows, and how many went by."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row
