"""How a database of ours is opened, written and read.

One writer connection per file, shared by all threads behind a lock, with short transactions;
any number of readers, one per thread, that WAL never blocks.
"""

import importlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal, Self

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    DiskFullError,
    NewerDatabaseError,
    StorageTroubleError,
)
from bridge_app.storage.migrations import STEPS

BUSY_TIMEOUT_MS = 10_000
READER_CACHE_KIB = 4_096
"""There are some of them, for each thread its own."""
LISTING_CACHE_KIB = 16_384
"""For the one that lists and searches while somebody types."""
HAS_STEPS = "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'"
APPLIED_STEPS = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"


class InterruptedQueryError(BridgeError):
    """The query was stopped because its answer is not wanted any more."""

    text = QT_TRANSLATE_NOOP("errors", "The search was stopped.")


class DamagedDatabaseError(StorageTroubleError):
    """The file is not a sound database."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The database {path} is damaged ({detail}). It was left as it is."
    )


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's and the file system's errors into ours; a bug stays a bug."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _translated(path, error) from error
    except OSError as error:
        if error.errno == 28:
            raise DiskFullError(path=path.parent) from error
        raise StorageTroubleError(path=path, detail=error.strerror or str(error)) from error


def _translated(path: Path, error: sqlite3.DatabaseError) -> Exception:
    """Our error for SQLite's; programming errors are handed back as they are."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return DiskFullError(path=path.parent)
    if code == sqlite3.SQLITE_INTERRUPT:
        return InterruptedQueryError()
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DamagedDatabaseError(path=path, detail=str(error))
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
        return _full_or_broken(path, error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StorageTroubleError(path=path, detail=str(error))
    return error


def _full_or_broken(path: Path, error: sqlite3.DatabaseError) -> BridgeError:
    """A full disk shows as an I/O error while SQLite maps its shared memory."""
    with suppress(OSError):
        import shutil  # noqa: PLC0415 - for trouble alone

        if shutil.disk_usage(path.parent).free < 1 << 20:
            return DiskFullError(path=path.parent)
    return StorageTroubleError(path=path, detail=str(error))


class Writer:
    """The one connection that writes to a database file; safe to share between threads."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.RLock()
        self._is_closed = False
        self._followers: list[Callable[[sqlite3.Connection], None]] = []

    def on_commit(self, follow: Callable[[sqlite3.Connection], None]) -> None:
        """After each transaction `follow` may read what is there now; it must not raise."""
        with self._lock:
            self._followers.append(follow)

    @classmethod
    def open(
        cls, path: Path, schema: str, *, synchronous: Literal["FULL", "NORMAL", "OFF"]
    ) -> Self:
        """Open or create the database and bring it to today's `schema`, a key of `STEPS`.

        Raises NewerDatabaseError, DamagedDatabaseError, DiskFullError, StorageTroubleError.
        """
        with storage_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            try:
                connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute(f"PRAGMA synchronous = {synchronous}")
                connection.execute("PRAGMA foreign_keys = ON")
                # REPLACE deletes what it replaces: then the triggers about deleting are asked too.
                connection.execute("PRAGMA recursive_triggers = ON")
                _migrate(path, connection, schema)
            except BaseException:
                connection.close()
                raise
            return cls(path, connection)

    @contextmanager
    def atomic(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is on disk afterwards, or none of it.

        One inside another (of the same thread: others wait) is a part of that one.
        """
        with self._lock, storage_errors(self.path):
            self._check_open()
            if self._connection.in_transaction:
                yield from self._inner()
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._roll_back()
                raise
            try:
                self._connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            for follow in self._followers:
                follow(self._connection)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A read that sees the writer's own state; for small questions only."""
        with self._lock, storage_errors(self.path):
            self._check_open()
            yield self._connection

    def version(self) -> int:
        """A number that changes when another process has written to the file."""
        with self.reading() as connection:
            number: int = connection.execute("PRAGMA data_version").fetchone()[0]
        return number

    def state(self) -> tuple[int, int]:
        """Something that is another one as soon as anybody has written to the file."""
        with self.reading() as connection:
            version: int = connection.execute("PRAGMA data_version").fetchone()[0]
            return version, connection.total_changes

    def close(self) -> None:
        """Give the file back; the write-ahead log is folded in."""
        with self._lock, storage_errors(self.path):
            self._is_closed = True
            try:
                # Statistics for the planner; on a full disk they are made another time.
                with suppress(sqlite3.OperationalError):
                    self._connection.execute("PRAGMA optimize")
            finally:
                self._connection.close()

    def _check_open(self) -> None:
        """A thread that did not end in time is told so, like any other trouble."""
        if self._is_closed:
            raise StorageTroubleError(
                path=self.path, detail=QT_TRANSLATE_NOOP("facts", "it is closed")
            )

    def _inner(self) -> Iterator[sqlite3.Connection]:
        """A part of an open transaction; where it fails, only it is undone."""
        self._connection.execute("SAVEPOINT part")
        try:
            yield self._connection
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO part")
                self._connection.execute("RELEASE part")
            raise
        self._connection.execute("RELEASE part")

    def _roll_back(self) -> None:
        """SQLite ends the transaction by itself after some errors (a full disk is one)."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


def _migrate(path: Path, connection: sqlite3.Connection, schema: str) -> None:
    """Bring the database to today's schema; sqlite-utils is loaded only if a step is missing."""
    applied = _applied(connection, schema)
    if applied - set(STEPS[schema]):
        raise NewerDatabaseError(path=path)
    if applied != set(STEPS[schema]):
        steps = importlib.import_module(f"bridge_app.storage.migrations.{schema}")
        database = importlib.import_module("sqlite_utils").Database
        getattr(steps, schema).apply(database(connection, execute_plugins=False))


def pending_steps(path: Path, schema: str) -> tuple[str, ...]:
    """The steps that opening this file would take; none for one that a newer version wrote."""
    with storage_errors(path), closing(sqlite3.connect(path)) as connection:
        applied = _applied(connection, schema)
    if not applied or applied - set(STEPS[schema]):
        return ()
    return tuple(step for step in STEPS[schema] if step not in applied)


def newest_step(path: Path, schema: str) -> str:
    """The newest step that this file has taken; "" for one that has taken none."""
    with storage_errors(path), closing(sqlite3.connect(path)) as connection:
        return max(_applied(connection, schema), default="")


def _applied(connection: sqlite3.Connection, schema: str) -> set[str]:
    """The steps that sqlite-utils recorded in this database."""
    if connection.execute(HAS_STEPS).fetchone() is None:
        return set()
    return {row[0] for row in connection.execute(APPLIED_STEPS, (schema,))}


def open_reader(
    path: Path,
    *,
    attached: dict[str, Path] | None = None,
    cache_kib: int = READER_CACHE_KIB,
) -> sqlite3.Connection:
    """A connection that cannot write, for one thread; `attached` maps schema names to files."""
    with storage_errors(path):
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute(f"PRAGMA cache_size = -{cache_kib}")
        connection.execute("PRAGMA temp_store = MEMORY")
        for schema, other in (attached or {}).items():
            connection.execute(f"ATTACH DATABASE ? AS {schema}", (str(other),))
        connection.execute("PRAGMA query_only = ON")
        return connection


def check_integrity(path: Path) -> None:
    """Raise DamagedDatabaseError unless the file is a sound database."""
    with storage_errors(path):
        connection = sqlite3.connect(path)
        try:
            (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            connection.close()
    if answer != "ok":
        raise DamagedDatabaseError(path=path, detail=answer)
