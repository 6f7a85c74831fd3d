"""Writes reports into files: whole, in one go, with all rows."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bridge_app.domain.delivery_extract import SCHEMA
from bridge_app.domain.report_columns import COLUMNS, DELIVERY
from bridge_app.domain.reports import (
    SUFFIXES,
    Exported,
    ExportFormat,
    ReportKind,
    ReportScope,
    Row,
    SavedReport,
    Schedule,
)
from bridge_app.libraries.errors import shown
from bridge_app.storage.access_logs import AccessLogs, day_of
from bridge_app.work.delivery_extract import DeliveryExtract
from bridge_app.work.insight_reports import InsightReports
from bridge_app.work.report_files import (
    appearing,
    digest_of,
    empty_table,
    write_rows,
    write_tables,
)

if TYPE_CHECKING:
    import pyarrow as pa

T = TypeVar("T")
Told = Callable[[int], None]
TOLD_ROWS = 1_000
LONGEST_STEM = 200
"""Bytes of a file's name; disks take 255 with what stands around it."""
ROW_GROUP = 250_000
"""Rows that are written together at least: each text stands there once in all of them."""


def _unheard(rows: int) -> None:
    """Nobody asks how far it is."""


def _counted(rows: Iterable[T], told: Told, before: int = 0) -> Iterator[T]:
    for number, row in enumerate(rows, before):
        if not number % TOLD_ROWS:
            told(number)
        yield row


class _Heard:
    """What was delivered, day by day; `told` hears how many rows were handed out."""

    def __init__(self, extract: DeliveryExtract, told: Told) -> None:
        self._extract = extract
        self._told = told
        self._rows = 0
        self.days = extract.days

    def rows(self, day: int) -> Iterator[tuple[Row, str | None]]:
        """The rows of a day."""
        for row in self._extract.rows(day):
            if not self._rows % TOLD_ROWS:
                self._told(self._rows)
            self._rows += 1
            yield row

    def tables(self) -> "Iterator[tuple[int, pa.Table]]":
        """The tables of all days."""
        for day, table in self._extract.tables():
            self._told(self._rows)
            self._rows += table.num_rows
            yield day, table


class InsightExport:
    """Thread-safe; everything blocks."""

    def __init__(self, reports: InsightReports, logs: AccessLogs) -> None:
        self._reports = reports
        self._logs = logs

    def write(
        self,
        kind: ReportKind,
        scope: ReportScope,
        to: Path,
        form: ExportFormat,
        *,
        at: datetime,
        told: Told = _unheard,
    ) -> Exported:
        """Write the report to a file, or into a folder that is there, under its own name.

        What was delivered makes a file for each day in a folder, with a manifest beside each;
        a day that was written before is written anew. Raises NotWrittenError, DiskFullError.
        """
        is_folder = to.is_dir()
        if kind is ReportKind.DELIVERY:
            with self._reports.extract(scope) as extract:
                if is_folder:
                    return self._days(_Heard(extract, told), to, form, at=at)
                return Exported(paths=(str(to),), rows=_whole(_Heard(extract, told), to, form))
        path = to / f"{kind.value}{SUFFIXES[form]}" if is_folder else to
        with self._reports.answer(kind, scope) as answer:
            found = _counted((row for row, _ in answer.rows), told)
            rows = write_rows(path, form, COLUMNS[kind], found)
        return Exported(paths=(str(path),), rows=rows)

    def _days(
        self, extract: "_Heard", folder: Path, form: ExportFormat, *, at: datetime
    ) -> Exported:
        paths: list[str] = []
        count = 0
        for day, path, rows in _by_day(extract, folder, form):
            count += rows
            manifest = path.with_name(f"usage_{day_of(day).isoformat()}.manifest.json")
            self._tell(manifest, path, day, rows, at=at)
            paths += (str(path), str(manifest))
        return Exported(paths=tuple(paths), rows=count)

    def _tell(self, manifest: Path, path: Path, day: int, rows: int, *, at: datetime) -> None:
        """What a file of a day is, and what it was made of; written after it."""
        when = day_of(day)
        logs = [
            one
            for one in self._logs.all()
            if one.first_day and one.last_day and one.first_day <= when <= one.last_day
        ]
        told = {
            "file": path.name,
            "rows": rows,
            "sha256": digest_of(path),
            "schema": SCHEMA,
            "generated_at": at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "sources": [{"name": one.name, "sha256": one.digest} for one in logs],
            "partial": any(one.unknown or one.unreadable for one in logs),
        }
        with appearing(manifest) as part:
            part.write_text(json.dumps(told, indent=2) + "\n", "utf-8")


def _whole(extract: "_Heard", to: Path, form: ExportFormat) -> int:
    if form is ExportFormat.PARQUET:
        return write_tables(to, _or_empty(_ahead(_grouped(table for _, table in extract.tables()))))
    days = (extract.rows(day) for day in extract.days)
    return write_rows(to, form, DELIVERY, (row for row, _ in chain.from_iterable(days)))


def _by_day(extract: "_Heard", folder: Path, form: ExportFormat) -> Iterator[tuple[int, Path, int]]:
    def path(day: int) -> Path:
        return folder / f"usage_{day_of(day).isoformat()}{SUFFIXES[form]}"

    if form is ExportFormat.PARQUET:
        for day, table in extract.tables():
            yield day, path(day), write_tables(path(day), [table])
        return
    for day in extract.days:
        rows = (row for row, _ in extract.rows(day))
        yield day, path(day), write_rows(path(day), form, DELIVERY, rows)


def _grouped(tables: "Iterator[pa.Table]") -> "Iterator[pa.Table]":
    """Small days together: each text stands only once in all of them."""
    # Arrow takes a while to load, and few write Parquet.
    import pyarrow as pa  # noqa: PLC0415

    some: list[pa.Table] = []
    for table in tables:
        some.append(table)
        if sum(one.num_rows for one in some) >= ROW_GROUP:
            yield pa.concat_tables(some)
            some = []
    if some:
        yield pa.concat_tables(some)


def _ahead(tables: "Iterator[pa.Table]") -> "Iterator[pa.Table]":
    """The next one is made while one is written: Arrow lets other threads run."""
    with ThreadPoolExecutor(1, thread_name_prefix="report") as maker:
        coming = maker.submit(next, tables, None)
        while (table := coming.result()) is not None:
            coming = maker.submit(next, tables, None)
            yield table


def _or_empty(tables: "Iterator[pa.Table]") -> "Iterator[pa.Table]":
    """A file without rows has its columns all the same."""
    first = next(tables, None)
    yield empty_table(DELIVERY) if first is None else first
    yield from tables


def scheduled_file(name: str, schedule: Schedule, kept: Iterable[SavedReport]) -> Path:
    """Where a saved report is written: never where another one in its folder is."""
    own = _file(name, schedule)
    if own.stem == name:
        return own
    is_shared = any(
        one.name != name and one.schedule is not None and _file(one.name, one.schedule) == own
        for one in kept
    )
    mark = f"-{hashlib.sha256(name.encode()).hexdigest()[:6]}" if is_shared else ""
    return own.with_name(f"{own.stem}{mark}{own.suffix}")


def _file(name: str, schedule: Schedule) -> Path:
    """What a name asks for; signs that no file has are dashes, and long names are cut."""
    plain = "".join(c if c.isalnum() or c in " -_." else "-" for c in shown(name))
    cut = plain.encode()[:LONGEST_STEM].decode(errors="ignore").strip(" .")
    return Path(schedule.folder) / f"{cut or 'report'}{SUFFIXES[schedule.format]}"
