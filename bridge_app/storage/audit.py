"""The audit trail in the ledger: entries join it in the transaction of what they tell."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridge_app.domain.audit import (
    AuditEntry,
    AuditFilter,
    AuditKind,
    AuditRecord,
    Head,
    link_digest,
    record_texts,
)
from bridge_app.storage.audit_heads import HeadFile, table_head
from bridge_app.storage.database import (
    DamagedDatabaseError,
    Writer,
    open_reader,
    storage_errors,
)
from bridge_app.storage.recorded import newest_recorded

if TYPE_CHECKING:
    from bridge_app.domain.audit_check import TrailCheck, TrailRow

COLUMNS = (
    "seq, at, kind, who, asset, name, content, transformation, environment, detail, previous,"
    " digest"
)
LAST = "SELECT seq, digest FROM audit ORDER BY seq DESC LIMIT 1"
ADD = f"INSERT INTO audit ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
SET_HEAD = """
    INSERT INTO audit_head (only, count, digest) VALUES (1, ?, ?)
    ON CONFLICT (only) DO UPDATE SET count = excluded.count, digest = excluded.digest
"""
NEWEST_OF = f"""
    SELECT {COLUMNS} FROM audit WHERE asset = ? AND environment = ? ORDER BY seq DESC LIMIT 1
"""
ALL = f"SELECT {COLUMNS} FROM audit ORDER BY seq"
DECISIONS = "SELECT digest FROM decision"
PEOPLE = "SELECT DISTINCT who FROM audit WHERE who <> '' ORDER BY who COLLATE NOCASE"
WHERE = """
    (:assets IS NULL OR asset IN (SELECT value FROM json_each(:assets)))
    AND (:who = '' OR folded(who) = :who)
    AND (:kinds IS NULL OR kind IN (SELECT value FROM json_each(:kinds)))
    AND (:since = '' OR at >= :since) AND (:until = '' OR at < :until)
    AND (:words = '' OR instr(folded(name || ' ' || who || ' ' || detail), :words) > 0)
"""
COUNT = f"SELECT count(*) FROM audit WHERE {WHERE}"
NEWEST = f"""
    SELECT {COLUMNS} FROM audit WHERE {WHERE} AND seq < :before ORDER BY seq DESC LIMIT :limit
"""
OLDEST = f"SELECT {COLUMNS} FROM audit WHERE {WHERE} ORDER BY seq"
NO_BOUND = 2**62
KINDS = frozenset(kind.value for kind in AuditKind)


def entry(connection: sqlite3.Connection, told: AuditEntry) -> None:
    """Add an entry to the trail, in the transaction that is open on the ledger's `connection`."""
    entries(connection, [told])


def entries(connection: sqlite3.Connection, told: Sequence[AuditEntry]) -> None:
    """Add entries, in their order, in the transaction that is open on the ledger's `connection`.

    They are bound to the head that is kept, so that a trail that was shortened shows its gap.
    """
    last = _last(connection)
    head = table_head(connection) or last
    _append(connection, told, head if head.count >= last.count else last)


def _append(connection: sqlite3.Connection, told: Iterable[AuditEntry], head: Head) -> None:
    rows = []
    for one in told:
        texts = record_texts(one)
        digest = link_digest(head.count + 1, texts, head.digest)
        rows.append((head.count + 1, *texts, head.digest, digest))
        head = Head(count=head.count + 1, digest=digest)
    connection.executemany(ADD, rows)
    if rows:
        connection.execute(SET_HEAD, (head.count, head.digest))


def _last(connection: sqlite3.Connection) -> Head:
    row = connection.execute(LAST).fetchone()
    return Head(count=row[0], digest=str(row[1])) if row else Head()


class AuditTrail:
    """The trail as it is read; thread-safe. Each reading has a connection of its own."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._file = HeadFile(writer.path)
        with writer.reading() as connection:
            self._file.follow(connection)
            is_new = self._file.is_new(connection)
        if is_new:
            with writer.atomic() as connection:
                self._file.expect(connection)
        writer.on_commit(self._file.follow)

    def add(self, told: AuditEntry) -> None:
        """An entry that tells of nothing else in the ledger; on disk on return."""
        self.add_all([told])

    def add_all(self, told: Iterable[AuditEntry]) -> None:
        """The same of several: all, or none."""
        with self._writer.atomic() as connection:
            for one in told:
                entry(connection, one)

    def add_once(self, told: Iterable[AuditEntry]) -> None:
        """The same of several, but for those that say just what the newest of their asset says."""
        with self._writer.atomic() as connection:
            for one in told:
                row = connection.execute(NEWEST_OF, (one.asset, one.environment)).fetchone()
                if row is None or tuple(row[2:10]) != record_texts(one)[1:]:
                    entry(connection, one)

    def accept(self, told: AuditEntry) -> None:
        """An entry that takes note of damage. It is bound to the trail's last entry as it stands.

        From there on the head is kept again.
        """
        with self._writer.atomic() as connection:
            _append(connection, [told], _last(connection))
        with self._writer.atomic() as connection:
            self._file.begin_again(connection)

    def count(self, wanted: AuditFilter) -> int:
        """How many entries are meant."""
        with self._reading() as connection:
            number: int = connection.execute(COUNT, _values(wanted)).fetchone()[0]
        return number

    def newest(
        self, wanted: AuditFilter, *, limit: int, before: int | None = None
    ) -> list[AuditRecord]:
        """The newest of those that are meant, the newest first; of those before number `before`."""
        values = {**_values(wanted), "limit": limit, "before": before or NO_BOUND}
        with self._reading() as connection:
            return [_record(row) for row in connection.execute(NEWEST, values)]

    def oldest_first(self, wanted: AuditFilter) -> Iterator[AuditRecord]:
        """All that are meant, as they are at the beginning of the reading."""
        with self._reading() as connection:
            yield from map(_record, connection.execute(OLDEST, _values(wanted)))

    def people(self) -> tuple[str, ...]:
        """Everybody who is named in the trail."""
        with self._reading() as connection:
            return tuple(row[0] for row in connection.execute(PEOPLE))

    def latest(self) -> datetime | None:
        """The newest moment on record, since a person last took note that a clock was ahead."""
        with self._writer.reading() as connection:
            return newest_recorded(connection)

    def check(self, elsewhere: Head | None = None) -> "TrailCheck":
        """Look at every entry, at the heads, and at the record of decisions.

        `elsewhere` is a head that was kept by a person.
        """
        # Few commands check the trail; all write to it.
        from bridge_app.domain.audit_check import TrailReading  # noqa: PLC0415

        # The file first: it is never ahead of a ledger that is read after it.
        file = self._file.read()
        with self._reading() as connection, _no_table_missing(self._writer.path):
            connection.execute("BEGIN")
            reading = TrailReading(heads=self._file.heads(connection, file, elsewhere))
            for found in connection.execute(ALL):
                row = _row(found)
                reading.take(row, accepted=_accepted(row), decision=_decision(row))
            decisions = frozenset(str(row[0]) for row in connection.execute(DECISIONS))
            return reading.check(decisions)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        path = self._writer.path
        with storage_errors(path), closing(open_reader(path)) as connection:
            # What was altered may be no text at all, and has to be shown all the same.
            connection.text_factory = _text
            connection.create_function("folded", 1, _folded, deterministic=True)
            yield connection


@contextmanager
def _no_table_missing(path: Path) -> Iterator[None]:
    """A ledger that was opened had all its tables: somebody took one away."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise DamagedDatabaseError(path=path, detail=str(error)) from error


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _folded(value: object) -> str:
    return str(value).casefold()


def _values(wanted: AuditFilter) -> dict[str, object]:
    kinds = [kind.value for kind in wanted.kinds]
    return {
        "assets": None if wanted.assets is None else json.dumps(sorted(wanted.assets)),
        "who": wanted.who.casefold(),
        "kinds": json.dumps(kinds) if kinds else None,
        "since": wanted.since,
        "until": wanted.until,
        "words": wanted.words.casefold(),
    }


def _record(row: Sequence[Any]) -> AuditRecord:
    seq, *texts, previous, digest = row
    at, kind, who, asset, name, content, transformation, environment, detail = map(str, texts)
    return AuditRecord(
        seq=seq,
        entry=AuditEntry(
            at=at,
            kind=AuditKind(kind) if kind in KINDS else AuditKind.OTHER,
            who=who,
            asset=asset,
            name=name,
            content=content,
            transformation=transformation,
            environment=environment,
            detail=_told(detail),
        ),
        previous=str(previous),
        digest=str(digest),
    )


def _told(detail: str) -> dict[str, Any]:
    """The facts; what somebody altered may be anything."""
    try:
        told = json.loads(detail)
    except ValueError:
        told = None
    return told if isinstance(told, dict) else {"altered": detail}


def _row(row: Sequence[Any]) -> "TrailRow":
    from bridge_app.domain.audit_check import TrailRow  # noqa: PLC0415

    return TrailRow(seq=row[0], texts=tuple(row[1:10]), previous=row[10], digest=row[11])


def _accepted(row: "TrailRow") -> list[str]:
    """The damage that an entry took note of."""
    if row.texts[1] != AuditKind.ACCEPTANCE:
        return []
    found = _told(str(row.texts[8])).get("findings")
    return list(map(str, found)) if isinstance(found, list) else []


def _decision(row: "TrailRow") -> str:
    """The digest of the decision that an entry tells of."""
    if row.texts[1] != AuditKind.DECISION:
        return ""
    return str(_told(str(row.texts[8])).get("decision", ""))
