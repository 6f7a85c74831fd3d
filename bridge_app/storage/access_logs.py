"""Access logs that were imported, and what they say was delivered, by day."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from bridge_app.domain.reports import LogImport
from bridge_app.storage.database import Writer

EPOCH = date(1970, 1, 1)
AT_ONCE = 20_000
"""Rows in one transaction: others who write wait no longer than that takes."""
BEGIN = """
    INSERT INTO access_log (digest, state, name, told, who, at) VALUES ('', 'coming', ?, '{}', ?, ?)
"""
ADD = """
    INSERT INTO delivery_day (day, delivered, referrer, log, requests, bytes)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (day, delivered, referrer, log) DO UPDATE SET
        requests = requests + excluded.requests, bytes = bytes + excluded.bytes
"""
MAKE_WAY = "UPDATE access_log SET state = 'going' WHERE digest = ? AND state = 'counted'"
COUNT = """
    UPDATE access_log SET state = 'counted', digest = ?, told = ?, first_day = ?, last_day = ?
    WHERE number = ?
"""
FIELDS = "digest, name, told, first_day, last_day, who, at"
ALL = f"SELECT {FIELDS} FROM access_log WHERE state = 'counted' ORDER BY number DESC"
OVERLAPPING = """
    SELECT name FROM access_log WHERE state = 'counted' AND digest <> ?
        AND first_day <= ? AND last_day >= ? ORDER BY number
"""
LEFT = "SELECT number FROM access_log WHERE state <> 'counted'"
DAYS = "SELECT DISTINCT day FROM delivery_day WHERE log = ?"
EMPTY = "DELETE FROM delivery_day WHERE day = ? AND log = ?"
DROP = "DELETE FROM access_log WHERE number = ?"
THING = "environment, public_id, resource_type, delivery_type, transformation, format"
FIND = f"SELECT id FROM delivered WHERE ({THING}) = (?, ?, ?, ?, ?, ?)"
PUT = f"INSERT INTO delivered ({THING}) VALUES (?, ?, ?, ?, ?, ?)"
REFERRER = "SELECT id FROM referrer WHERE host = ?"
PUT_REFERRER = "INSERT INTO referrer (host) VALUES (?)"


@dataclass(frozen=True, slots=True)
class Delivered:
    """What an address delivers, without its version; `format` is "" where it has no extension."""

    environment: str
    public_id: str
    resource_type: str
    delivery_type: str
    transformation: str
    format: str


Measure = tuple[int, int, int, int, int | None]
"""Day, number of what was delivered, number of the referring host, requests, and bytes."""


class AccessLogs:
    """Thread-safe; on disk on return. One import at a time, across processes: see `work`.

    What comes with an import counts once all of it is there.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def all(self) -> tuple[LogImport, ...]:
        """The logs that count, the newest first."""
        with self._writer.reading() as connection:
            return tuple(map(_import, connection.execute(ALL)))

    def begin(self, name: str, *, who: str, at: datetime) -> int:
        """A new import; what an unfinished one left is cleared away first."""
        self._clear()
        with self._writer.atomic() as connection:
            made = connection.execute(BEGIN, (name, who, at.isoformat()))
            return int(made.lastrowid or 0)

    def numbers(self, things: Sequence[Delivered], hosts: Sequence[str]) -> tuple[list[int], ...]:
        """The numbers under which these are counted."""
        with self._writer.atomic() as connection:
            found = [_number(connection, FIND, PUT, _key(one)) for one in things]
            return found, [_number(connection, REFERRER, PUT_REFERRER, (one,)) for one in hosts]

    def add(self, number: int, measures: Iterable[Measure]) -> None:
        """Add these to an import."""
        rows = (
            (day, thing, host, number, requests, size)
            for day, thing, host, requests, size in measures
        )
        while some := list(islice(rows, AT_ONCE)):
            with self._writer.atomic() as connection:
                connection.executemany(ADD, some)

    def finish(self, number: int, told: LogImport) -> LogImport:
        """Let an import count, in the place of an earlier one of the same file."""
        first, last = _day(told.first_day), _day(told.last_day)
        with self._writer.atomic() as connection:
            others = connection.execute(OVERLAPPING, (told.digest, last, first)).fetchall()
            connection.execute(MAKE_WAY, (told.digest,))
            connection.execute(COUNT, (told.digest, _text(told), first, last, number))
        self._clear()
        return replace(told, overlaps=tuple(name for (name,) in others))

    def forget(self, digest: str) -> bool:
        """Count a log no longer; was there one?"""
        with self._writer.atomic() as connection:
            there = connection.execute(MAKE_WAY, (digest,)).rowcount > 0
        self._clear()
        return there

    def _clear(self) -> None:
        """Take away what does not count, a day at a time."""
        with self._writer.reading() as connection:
            numbers = [row[0] for row in connection.execute(LEFT)]
        for number in numbers:
            with self._writer.reading() as connection:
                days = [row[0] for row in connection.execute(DAYS, (number,))]
            for day in days:
                with self._writer.atomic() as connection:
                    connection.execute(EMPTY, (day, number))
            with self._writer.atomic() as connection:
                connection.execute(DROP, (number,))


def day_of(number: int) -> date:
    """The day of this number; 0 is 1970-01-01."""
    return EPOCH + timedelta(days=number)


def number_of(day: date) -> int:
    """The other way round."""
    return (day - EPOCH).days


def _day(day: date | None) -> int | None:
    return None if day is None else number_of(day)


def _number(connection: sqlite3.Connection, find: str, put: str, key: tuple[str, ...]) -> int:
    row = connection.execute(find, key).fetchone()
    return int(row[0]) if row else int(connection.execute(put, key).lastrowid or 0)


def _key(one: Delivered) -> tuple[str, ...]:
    kind = (one.resource_type, one.delivery_type)
    return (one.environment, one.public_id, *kind, one.transformation, one.format)


def _text(told: LogImport) -> str:
    return json.dumps(
        {
            "lines": told.lines,
            "counted": told.counted,
            "passed_over": told.passed_over,
            "unknown": told.unknown,
            "unreadable": told.unreadable,
            "samples": list(told.samples),
        }
    )


def _import(row: tuple[str, str, str, int | None, int | None, str, str]) -> LogImport:
    digest, name, text, first, last, who, at = row
    told = json.loads(text)
    samples = tuple(told.pop("samples"))
    return LogImport(
        digest=digest,
        name=name,
        **told,
        samples=samples,
        first_day=None if first is None else day_of(first),
        last_day=None if last is None else day_of(last),
        who=who,
        at=datetime.fromisoformat(at),
    )
