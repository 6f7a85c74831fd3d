"""Makes reports of the rows that storage finds."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import groupby

from bridge_app.domain.assets import AssetId, LibraryId
from bridge_app.domain.environments import Meter, Usage
from bridge_app.domain.optimisation import is_optimised, saving
from bridge_app.domain.query import Query
from bridge_app.domain.reports import NOTHING, Behind, Cell, LogImport, ReportKind, Row
from bridge_app.storage.insights import (
    COPIES,
    ENDING,
    HEAVY,
    LEAST_USED,
    MISSING,
    MOST_USED,
    UNUSED,
)
from bridge_app.storage.paths import from_blob, shown

MOST_BEHIND = 5_000
"""Assets behind one row: as many as a listing takes at once."""
ABOUT_ASSETS = {
    ReportKind.MOST_USED: MOST_USED,
    ReportKind.LEAST_USED: LEAST_USED,
    ReportKind.UNUSED: UNUSED,
    ReportKind.RIGHTS_ENDING: ENDING,
    ReportKind.HEAVY: HEAVY,
    ReportKind.DUPLICATES: COPIES,
    ReportKind.MISSING_METADATA: MISSING,
}
"""Reports with a row for each asset, and what is asked for them."""
GROUPS = {
    ReportKind.BY_CAMPAIGN: "campaign",
    ReportKind.BY_OWNER: "owner",
    ReportKind.BY_LIBRARY: "library",
    ReportKind.BY_FORMAT: "format",
}
LACKING = {
    "no_title": "title",
    "no_caption": "caption",
    "no_alt_text": "alt_text",
    "no_keywords": "keywords",
    "no_creator": "creator",
    "no_copyright": "copyright",
}
IN_BYTES = frozenset({"storage", "bandwidth"})
Named = Callable[[str], str]
"""A library's name by its identity."""
Found = tuple[Row, Behind]


def moment(text: str | None) -> datetime | None:
    """A moment as it was kept, in UTC; None where there is none."""
    if not text:
        return None
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def one_asset(row: sqlite3.Row, named: Named) -> Row:
    """The columns that all reports about assets begin with."""
    return (
        row["id"],
        row["name"],
        shown(from_blob(row["path"])),
        named(row["library"]),
        row["format"],
        row["bytes"],
        row["approval"],
        row["places"],
        moment(row["last_used"]),
        row["requests"],
        row["bytes_delivered"],
    )


def about_assets(
    kind: ReportKind, rows: Iterable[sqlite3.Row], named: Named, now: datetime
) -> Iterator[Found]:
    """The rows of `ABOUT_ASSETS`."""
    if kind is ReportKind.DUPLICATES:
        yield from _copies(rows, named)
        return
    for row in rows:
        more: Row = ()
        if kind is ReportKind.UNUSED:
            more = (moment(row["modified_at"]),)
        elif kind is ReportKind.RIGHTS_ENDING:
            ends = moment(row["rights_until"])
            more = (ends, (ends - now) // timedelta(days=1) if ends else None)
        elif kind is ReportKind.HEAVY:
            more = (row["width"], row["height"])
        elif kind is ReportKind.MISSING_METADATA:
            more = (", ".join(name for key, name in LACKING.items() if row[key]),)
        yield (*one_asset(row, named), *more), Behind(assets=(AssetId(row["id"]),))


def _copies(rows: Iterable[sqlite3.Row], named: Named) -> Iterator[Found]:
    """All with one content are a group; what is spare is told of each but the first."""
    for number, (content, some) in enumerate(groupby(rows, key=lambda row: row["content"]), 1):
        group = list(some)
        behind = Behind(assets=tuple(AssetId(row["id"]) for row in group[:MOST_BEHIND]))
        for place, row in enumerate(group):
            spare = row["bytes"] if place else 0
            yield (number, *one_asset(row, named), content, row["copies"], spare), behind


def in_groups(kind: ReportKind, rows: Iterable[sqlite3.Row], named: Named) -> Iterator[Found]:
    """The rows of `GROUPS`; a group without a name is of those that say nothing."""
    for row in rows:
        key = from_blob(row["named"] or b"")
        name: Cell = shown(key) or None
        behind = Behind(assets=_ids(row["ids"]))
        if kind is ReportKind.BY_LIBRARY:
            name, behind = named(key), Behind(query=Query(library=LibraryId(key)))
        yield (name, *_totals(row)), behind


def by_preset(rows: Iterable[sqlite3.Row]) -> Iterator[Found]:
    """The rows of that report."""
    for row in rows:
        made = (row["renditions"], row["assets"], row["bytes"])
        cells = (row["preset"] or None, *made, row["requests"], row["bytes_delivered"])
        yield cells, Behind(assets=_ids(row["ids"]))


def savings(rows: Iterable[sqlite3.Row], named: Named) -> Iterator[Found]:
    """What is not optimised, with what it would weigh; nobody can tell of films and documents."""
    for row in rows:
        transformation, form, now = row["transformation"], row["format"], row["bytes"]
        if is_optimised(transformation, form):
            continue
        less = saving(now, form, row["share"])
        told = (None, None, None) if less is None else (less.bytes, now - less.bytes, less.basis)
        behind = Behind(assets=(AssetId(row["id"]),))
        facts = (row["id"], row["name"], named(row["library"]), transformation or None, form)
        optimised, saved, basis = told
        basis_text = basis.value if basis is not None else None
        yield (*facts, row["requests"], now, optimised, saved, basis_text), behind


def meters(environment: str, usage: Usage, *, by_day: bool) -> Iterator[Found]:
    """A row for each thing that is metered."""
    counts = {"resources": usage.resources, "derived_resources": usage.derived}
    counts["requests"] = usage.requests
    told = dict(usage.meters) | {
        name: Meter(used=count) for name, count in counts.items() if count is not None
    }
    day = (usage.read_at.astimezone(UTC).date(),) if by_day else ()
    for name, meter in told.items():
        unit = "bytes" if name in IN_BYTES else "credits" if name == "credits" else "count"
        facts = (meter.used, meter.limit, meter.share, meter.credits_used, unit, usage.read_at)
        yield (*day, environment, name, *facts), NOTHING


def imported(logs: Iterable[LogImport]) -> Iterator[Found]:
    """A row for each log."""
    for one in logs:
        counts = (one.lines, one.counted, one.passed_over, one.unknown, one.unreadable)
        days = (one.first_day, one.last_day)
        yield (one.name, one.digest, one.at, *days, *counts, "\n".join(one.samples)), NOTHING


def names_of(known: Mapping[str, str]) -> Named:
    """A library's name; its identity where nobody knows it any more."""
    return lambda library: known.get(library, library)


def _totals(row: sqlite3.Row) -> Row:
    names = ("assets", "bytes", "approved", "in_use", "places", "requests", "bytes_delivered")
    return tuple(row[name] for name in names)


def _ids(text: str) -> tuple[AssetId, ...]:
    return tuple(AssetId(one) for one in json.loads(text)[:MOST_BEHIND])
