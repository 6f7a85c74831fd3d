"""What a ledger holds that somebody who leaves has to know of; it is only read, by no other part.

A ledger of an earlier version is not brought up to date for that, and one that another process
writes to is left to it.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bridge_app.domain.errors import StorageTroubleError
from bridge_app.storage.database import storage_errors
from bridge_app.storage.paths import from_blob

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
LIBRARIES = "SELECT location FROM library ORDER BY added_at, id"
JOBS = """
    SELECT kind, count(*), min(name) FROM job
    WHERE state IN ('queued', 'running', 'waiting') GROUP BY kind ORDER BY kind
"""
EDITS = """
    SELECT 'edit', count(*), min(name) FROM edit
    WHERE state IN ('pending', 'sending', 'failed', 'conflict') HAVING count(*) > 0
"""
CONFLICTS = """
    SELECT 'conflict', count(*), min(name) FROM conflict
    WHERE settled_at IS NULL HAVING count(*) > 0
"""
EVENTS = "SELECT 'event', count(*), min(source) FROM channel_event HAVING count(*) > 0"
UNSENT = {"job": JOBS, "edit": EDITS, "conflict": CONFLICTS, "channel_event": EVENTS}
"""Table -> what of it has not arrived anywhere: (what, how many, one of them)."""

HOLDERS = {
    "account": "SELECT environment FROM account ORDER BY environment",
    "organisation": "SELECT id FROM organisation ORDER BY id",
    "shelter": "SELECT account FROM shelter ORDER BY account",
    "stack_destination": "SELECT id FROM stack_destination ORDER BY id",
    "webhook_endpoint": "SELECT id FROM webhook_endpoint ORDER BY id",
    "feed": "SELECT id FROM feed ORDER BY id",
}
"""Table -> those in it that may have a secret in the key store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsentWork:
    """Something that was said here and has not arrived; `what` is a kind of job, or the table."""

    what: str
    count: int
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRemains:
    """`holders` are pairs of a table and who in it may have a secret."""

    libraries: tuple[Path, ...] = ()
    unsent: tuple[UnsentWork, ...] = ()
    holders: tuple[tuple[str, str], ...] = ()


def ledger_remains(ledger: Path) -> LedgerRemains:
    """Read what there is; nothing where there is no ledger.

    Raises StorageTroubleError or DamagedDatabaseError.
    """
    if not ledger.exists():
        return LedgerRemains()
    # Where nobody has it open there is no log to read with it, and none has to be made.
    is_open = ledger.with_name(f"{ledger.name}-wal").exists()
    address = f"{ledger.absolute().as_uri()}?{'mode=ro' if is_open else 'immutable=1'}"
    with storage_errors(ledger), closing(sqlite3.connect(address, uri=True)) as connection:
        try:
            return _read(connection)
        except sqlite3.OperationalError as error:  # a column that an earlier version had not
            raise StorageTroubleError(path=ledger, detail=str(error)) from error


def _read(connection: sqlite3.Connection) -> LedgerRemains:
    there = {row[0] for row in connection.execute(TABLES)}

    def rows(statements: dict[str, str]) -> list[tuple[str, tuple[Any, ...]]]:
        return [
            (table, row)
            for table, statement in statements.items()
            if table in there
            for row in connection.execute(statement)
        ]

    return LedgerRemains(
        libraries=tuple(Path(from_blob(row[0])) for _, row in rows({"library": LIBRARIES})),
        unsent=tuple(
            UnsentWork(what=what, count=count, example=example)
            for _, (what, count, example) in rows(UNSENT)
        ),
        holders=tuple((table, str(row[0])) for table, row in rows(HOLDERS)),
    )
