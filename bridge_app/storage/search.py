"""Questions to the catalog: count, one page, folders. Reads the ledger's states beside it."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId, CloudCopy, Folder, Kind, LibraryId
from bridge_app.domain.query import Query, Sort
from bridge_app.domain.rights import RightsState, RightsWindow
from bridge_app.storage.database import open_reader, storage_errors
from bridge_app.storage.paths import from_blob, to_blob

TRIGRAM = 3
"""Characters; shorter terms are looked for by scanning the narrow text table."""

ORDERS = {
    Sort.NAME: ("name_key", "id"),
    Sort.MODIFIED: ("modified_at", "id"),
    Sort.TAKEN: ("dated", "id"),
    Sort.BYTES: ("bytes", "id"),
    Sort.RATING: ("rating", "id"),
    Sort.KIND: ("kind", "name_key", "id"),
}
REVIEWED = """
        coalesce(r.approval, 'draft') AS approval,
        (r.approval IS NULL OR r.approval = 'draft') AND EXISTS (
            SELECT 1 FROM ledger.decision AS d
            WHERE d.asset = a.id AND d.approval = 'approved' AND d.sha256 <> a.sha256
        ) AS lapsed
    FROM asset AS a LEFT JOIN ledger.review AS r ON r.sha256 = a.sha256
"""
ASSET = f"SELECT a.*, {REVIEWED}"
STANDING = f"""
    SELECT a.library, a.path, a.sha256, a.rights_from, a.rights_until, a.rights_unreadable,
    {REVIEWED} WHERE a.id = ?
"""
PAGE = """
    SELECT a.rowid FROM asset AS a {hint} WHERE {where}
    ORDER BY {order} LIMIT :limit OFFSET :offset
"""
COUNT = "SELECT count(*) FROM asset AS a WHERE {where}"
COUNT_BY_TEXT = "SELECT count(*) FROM found_by AS a WHERE {where}"
SHORT_TERM = "instr((SELECT folded FROM found_by WHERE rowid = a.rowid), :{name}) > 0"
SHORT_TERM_BY_TEXT = "instr(a.folded, :{name}) > 0"
LONG_TERM = "a.rowid IN (SELECT rowid FROM asset_text WHERE asset_text MATCH :{name})"
MANY = 2_000
"""Matches of a term above which walking the sort order is cheaper than sorting them."""
MANY_MATCH = f"""
    SELECT count(*) FROM (
        SELECT 1 FROM asset_text WHERE asset_text MATCH :term LIMIT {MANY}
    )
"""
INDEXES = {
    Sort.NAME: "asset_by_name",
    Sort.MODIFIED: "asset_by_change",
    Sort.TAKEN: "asset_by_date",
    Sort.BYTES: "asset_by_bytes",
    Sort.RATING: "asset_by_rating",
    Sort.KIND: "asset_by_kind",
}
BY_ROWID = ASSET + " WHERE a.rowid IN ({marks})"
BY_ID = ASSET + " WHERE a.id IN (SELECT value FROM json_each(?))"
COPIES = """
    SELECT environment, public_id, resource_type, delivery_type, version, asset_id, format,
        etag, sha256, bytes, url
    FROM ledger.delivery
    WHERE environment = ? AND sha256 IN (SELECT value FROM json_each(?))
"""
FOLDERS = """
    SELECT folder, count(*) FROM asset WHERE library = ? GROUP BY folder ORDER BY folder
"""
SKIPPED = "SELECT path, reason FROM skipped WHERE library = ? ORDER BY path"
IDS_BEGINNING = "SELECT id FROM asset WHERE id >= ? AND id < ? LIMIT 20"
AT_PATH = "SELECT id FROM asset WHERE library = ? AND path = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedFile:
    """A file that a scan could not take, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an asset lies and how it stands, as the gate asks at the last moment."""

    library: LibraryId
    path: str
    sha256: str | None
    approval: Approval
    lapsed: bool
    rights: RightsWindow


class CatalogReader:
    """Questions to catalog and ledger, for one thread; `interrupt` may come from any."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._connection.row_factory = sqlite3.Row
        self._path = path

    @classmethod
    def open(cls, catalog: Path, ledger: Path) -> "CatalogReader":
        """Open both files for reading."""
        return cls(open_reader(catalog, attached={"ledger": ledger}), catalog)

    def interrupt(self) -> None:
        """Stop the running question; it raises InterruptedQueryError."""
        self._connection.interrupt()

    def count(self, query: Query, *, now: datetime) -> int:
        """How many assets the query finds at `now` (UTC)."""
        where, values = conditions(query, now)
        if query.terms() and where == text_conditions(query, SHORT_TERM)[0]:
            where = text_conditions(query, SHORT_TERM_BY_TEXT)[0]
            return int(self._rows(COUNT_BY_TEXT.format(where=where), values)[0][0])
        return int(self._rows(COUNT.format(where=where), values)[0][0])

    def page(self, query: Query, *, offset: int, limit: int, now: datetime) -> list[Asset]:
        """Rows `offset` to `offset + limit` of the query's answer, in its order."""
        where, values = conditions(query, now)
        hint = f"INDEXED BY {INDEXES[query.sort]}" if self._finds_many(query) else ""
        sql = PAGE.format(hint=hint, where=where, order=order(query))
        found = self._rows(sql, {**values, "limit": limit, "offset": offset})
        rowids = [int(row[0]) for row in found]
        rows = self._rows(BY_ROWID.format(marks=", ".join("?" * len(rowids))), rowids)
        by_rowid = {int(row["rowid"]): row for row in rows}
        kept = [by_rowid[rowid] for rowid in rowids if rowid in by_rowid]
        return self._with_copies(kept, query.environment)

    def ids(self, query: Query, *, now: datetime) -> list[AssetId]:
        """The identities of everything the query finds, in its order."""
        where, values = conditions(query, now)
        sql = f"SELECT a.id FROM asset AS a WHERE {where} ORDER BY {order(query)}"
        return [AssetId(row[0]) for row in self._rows(sql, values)]

    def assets(self, ids: Sequence[AssetId], *, environment: str | None = None) -> list[Asset]:
        """These assets in the order asked for; what is not there any more is left out."""
        found = self._with_copies(self._rows(BY_ID, [json.dumps(list(ids))]), environment)
        by_id = {asset.id: asset for asset in found}
        return [by_id[asset] for asset in ids if asset in by_id]

    def standing(self, asset: AssetId) -> Standing | None:
        """What the gate has to know of one asset; None if it is not there."""
        rows = self._rows(STANDING, [asset])
        if not rows:
            return None
        row = rows[0]
        return Standing(
            library=LibraryId(row["library"]),
            path=from_blob(row["path"]),
            sha256=row["sha256"],
            approval=Approval(row["approval"]),
            lapsed=bool(row["lapsed"]),
            rights=_rights(row),
        )

    def folders(self, library: LibraryId) -> list[Folder]:
        """All folders that hold assets or lead to some, sorted by path; "" is the root."""
        counts: dict[str, int] = {"": 0}
        for raw, assets in self._rows(FOLDERS, [library]):
            path = from_blob(raw)
            for ancestor in _ancestors(path):
                counts[ancestor] = counts.get(ancestor, 0) + int(assets)
        return [
            Folder(library=library, path=path, name=path.rpartition("/")[2], assets=assets)
            for path, assets in sorted(counts.items())
        ]

    def skipped(self, library: LibraryId) -> list[SkippedFile]:
        """The files that could not be taken, with the reason."""
        rows = self._rows(SKIPPED, [library])
        return [SkippedFile(path=from_blob(row[0]), reason=row[1]) for row in rows]

    def at_path(self, library: LibraryId, path: str) -> AssetId | None:
        """The asset that lies at this path of a library."""
        rows = self._rows(AT_PATH, [library, to_blob(path)])
        return AssetId(rows[0][0]) if rows else None

    def ids_beginning(self, start: str) -> list[AssetId]:
        """The identities that begin with these characters."""
        rows = self._rows(IDS_BEGINNING, [start, start + "~"])
        return [AssetId(row[0]) for row in rows]

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _finds_many(self, query: Query) -> bool:
        """Does every word match so much that the first rows of the sort order come soon?"""
        terms = query.terms()
        narrowed = query.library or query.approvals or query.pushed is not None or query.rights
        if not terms or narrowed:
            return False
        return all(
            len(term) < TRIGRAM or self._rows(MANY_MATCH, {"term": _phrase(term)})[0][0] >= MANY
            for term in terms
        )

    def _rows(self, sql: str, values: Sequence[object] | dict[str, object]) -> list[sqlite3.Row]:
        with storage_errors(self._path):
            return self._connection.execute(sql, values).fetchall()

    def _with_copies(self, rows: Iterable[sqlite3.Row], environment: str | None) -> list[Asset]:
        rows = list(rows)
        copies: dict[str, CloudCopy] = {}
        if environment is not None and rows:
            digests = json.dumps([row["sha256"] for row in rows if row["sha256"]])
            for copy in self._rows(COPIES, [environment, digests]):
                copies[copy["sha256"]] = CloudCopy(**dict(copy))
        return [asset_from(row, copies.get(row["sha256"] or "")) for row in rows]


class Readers:
    """Readers lent to whoever has a question, so that no two threads ever share one."""

    def __init__(self, make: Callable[[], CatalogReader]) -> None:
        self._make = make
        self._free: SimpleQueue[CatalogReader] = SimpleQueue()

    @contextmanager
    def lent(self) -> Iterator[CatalogReader]:
        """A reader for the length of one question."""
        try:
            reader = self._free.get_nowait()
        except Empty:
            reader = self._make()
        try:
            yield reader
        finally:
            self._free.put(reader)

    def close(self) -> None:
        """Close those that are not lent."""
        while True:
            try:
                self._free.get_nowait().close()
            except Empty:
                return


def order(query: Query) -> str:
    """The ORDER BY terms, from a closed mapping of ours."""
    direction = " DESC" if query.descending else ""
    return ", ".join(f"a.{column}{direction}" for column in ORDERS[query.sort])


def conditions(query: Query, now: datetime) -> tuple[str, dict[str, object]]:
    """The WHERE clause of a query and its values."""
    text, values = text_conditions(query, SHORT_TERM)
    clauses = [text] if text else []
    _place(query, clauses, values)
    _states(query, now, clauses, values)
    _facts(query, clauses, values)
    return " AND ".join(clauses) or "1", values


def text_conditions(query: Query, short: str) -> tuple[str, dict[str, object]]:
    """The clauses of the words of a query; `short` is that of words below a trigram."""
    clauses: list[str] = []
    values: dict[str, object] = {}
    for number, term in enumerate(query.terms()):
        name = f"term{number}"
        is_short = len(term) < TRIGRAM
        clauses.append((short if is_short else LONG_TERM).format(name=name))
        values[name] = term if is_short else _phrase(term)
    return " AND ".join(clauses), values


def _phrase(term: str) -> str:
    """A term as FTS5 takes it literally."""
    return '"' + term.replace('"', '""') + '"'


def _place(query: Query, clauses: list[str], values: dict[str, object]) -> None:
    if query.library is None:
        return
    clauses.append("a.library = :library")
    values["library"] = query.library
    if query.folder:
        clauses.append("(a.folder = :folder OR (a.folder >= :below AND a.folder < :beyond))")
        raw = to_blob(query.folder)
        values.update(folder=raw, below=raw + b"/", beyond=raw + b"0")


def _states(query: Query, now: datetime, clauses: list[str], values: dict[str, object]) -> None:
    if query.approvals:
        clauses.append(_approval_clause(query.approvals))
    if query.rights:
        values["now"] = now.isoformat()
        clauses.append("(" + " OR ".join(RIGHTS_CLAUSES[state] for state in query.rights) + ")")
    if query.pushed is not None:
        values["environment"] = query.environment
        copies = "SELECT sha256 FROM ledger.delivery WHERE environment IS :environment"
        if query.pushed:
            clauses.append(f"a.sha256 IN ({copies})")
        else:
            clauses.append(f"(a.sha256 IS NULL OR a.sha256 NOT IN ({copies}))")
    if query.unreadable:
        clauses.append("a.error IS NOT NULL")


def _approval_clause(approvals: frozenset[Approval]) -> str:
    decided = ", ".join(f"'{approval.value}'" for approval in sorted(approvals))
    clause = f"a.sha256 IN (SELECT sha256 FROM ledger.review WHERE approval IN ({decided}))"
    if Approval.DRAFT not in approvals:
        return clause
    undecided = "SELECT sha256 FROM ledger.review WHERE approval <> 'draft'"
    return f"({clause} OR a.sha256 IS NULL OR a.sha256 NOT IN ({undecided}))"


RIGHTS_CLAUSES = {
    RightsState.UNREADABLE: "a.rights_unreadable IS NOT NULL",
    RightsState.ENDED: "(a.rights_unreadable IS NULL AND a.rights_until <= :now)",
    RightsState.NOT_YET: "(a.rights_unreadable IS NULL AND a.rights_from > :now"
    " AND (a.rights_until IS NULL OR a.rights_until > :now))",
    RightsState.OPEN: "(a.rights_unreadable IS NULL AND"
    " (a.rights_from IS NULL OR a.rights_from <= :now) AND"
    " (a.rights_until IS NULL OR a.rights_until > :now))",
}


def _facts(query: Query, clauses: list[str], values: dict[str, object]) -> None:
    if query.kinds:
        clauses.append(_one_of("a.kind", [kind.value for kind in query.kinds]))
    if query.orientations:
        clauses.append(_one_of("a.shape", [shape.value for shape in query.orientations]))
    if query.min_rating:
        clauses.append("a.rating >= :rating")
        values["rating"] = query.min_rating
    if query.taken_from:
        clauses.append("a.dated >= :since")
        values["since"] = query.taken_from
    if query.taken_until:
        clauses.append("a.dated <= :until")
        values["until"] = query.taken_until


def _one_of(column: str, choices: Sequence[str]) -> str:
    """A clause over values of our own enums, never over text from outside."""
    return f"{column} IN ({', '.join(repr(choice) for choice in sorted(choices))})"


def _ancestors(path: str) -> list[str]:
    if not path:
        return [""]
    parts = path.split("/")
    return ["", *("/".join(parts[: depth + 1]) for depth in range(len(parts)))]


PLAIN_FIELDS = tuple(
    name
    for name in Asset.__dataclass_fields__
    if name not in ("path", "folder", "kind", "keywords", "approval", "lapsed", "rights", "cloud")
)
"""The fields of an asset that a row holds as they are."""


def asset_from(row: sqlite3.Row, cloud: CloudCopy | None) -> Asset:
    """The value a row describes."""
    fields: dict[str, Any] = {name: row[name] for name in PLAIN_FIELDS}
    fields |= {
        "path": from_blob(row["path"]),
        "folder": from_blob(row["folder"]),
        "kind": Kind(row["kind"]),
        "keywords": tuple(json.loads(row["keywords"])),
        "approval": Approval(row["approval"]),
        "lapsed": bool(row["lapsed"]),
        "rights": _rights(row),
        "cloud": cloud,
    }
    return Asset(**fields)


def _rights(row: sqlite3.Row) -> RightsWindow:
    return RightsWindow(
        starts=_moment(row["rights_from"]),
        ends=_moment(row["rights_until"]),
        unreadable=row["rights_unreadable"],
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
