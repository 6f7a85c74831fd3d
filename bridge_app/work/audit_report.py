"""The audit trail for others: as a table, and as JSON that can be checked without this program."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bridge_app.domain.audit import AuditRecord, Told, head_text
from bridge_app.domain.audit_check import TrailCheck

COLUMNS = (
    "seq",
    "at",
    "kind",
    "who",
    "asset",
    "name",
    "content",
    "transformation",
    "environment",
    "detail",
    "previous",
    "digest",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for a formula, or skips on its way to one."""


class ReportFormat(StrEnum):
    """What a report may be; the value is the file's ending."""

    CSV = "csv"
    JSON = "json"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """A part of the trail, the oldest first, with how the whole trail was found.

    `about` says in words what was asked for, "" for everything. `records` can be read once.
    `made_at` is ISO 8601 in UTC.
    """

    made_at: str
    made_by: str
    about: str
    total: int
    check: TrailCheck
    records: Iterator[AuditRecord]


def csv_bytes(report: AuditReport) -> bytes:
    """The entries as a table in UTF-8 that spreadsheets open; no cell is taken for a formula."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for record in report.records:
        told = {**record_json(record), "detail": detail_text(record.entry.detail)}
        table.writerow([cell(str(told[name])) for name in COLUMNS])
    return text.getvalue().encode("utf-8-sig", "replace")


def json_bytes(report: AuditReport) -> bytes:
    """The report as one JSON object: what was asked, how the trail was found, and the entries."""
    told = {
        "made_at": report.made_at,
        "made_by": report.made_by,
        "about": report.about,
        "trail": check_json(report.check),
        "entries": [record_json(record) for record in report.records],
    }
    return json.dumps(told, indent=1, ensure_ascii=True).encode()


def record_json(record: AuditRecord) -> dict[str, object]:
    """An entry as scripts see it; the names are stable."""
    entry = record.entry
    return {
        "seq": record.seq,
        "at": entry.at,
        "kind": entry.kind.value,
        "who": entry.who,
        "asset": entry.asset,
        "name": entry.name,
        "content": entry.content,
        "transformation": entry.transformation,
        "environment": entry.environment,
        "detail": dict(entry.detail),
        "previous": record.previous,
        "digest": record.digest,
    }


def check_json(check: TrailCheck) -> dict[str, object]:
    """What a check found; the names are stable."""
    return {
        "sound": check.is_sound,
        "entries": check.head.count,
        "head": head_text(check.head),
        "findings": [
            {
                "damage": one.damage.value,
                "first": one.first,
                "last": one.last,
                "sentence": one.sentence(),
                "known": one in check.known,
            }
            for one in (*check.findings, *check.known)
        ],
        "clock_set_back": list(check.set_back),
        "clock_ahead": check.ahead.isoformat() if check.ahead is not None else None,
    }


def detail_text(detail: Mapping[str, Told]) -> str:
    """Facts in one line: `name: value; name: value`; empty ones are left out."""
    told = ((name, _words(value)) for name, value in detail.items())
    return "; ".join(f"{name}: {words}" for name, words in told if words)


def cell(text: str) -> str:
    """A cell that no spreadsheet carries out: an apostrophe before what could be a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _words(value: Told | Iterable[object]) -> str:
    match value:
        case None | "":
            return ""
        case str() | int() | float():
            return str(value)
        case _:
            return ", ".join(map(str, value))
