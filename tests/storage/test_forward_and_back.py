"""A profile goes forward with the program, and is refused kindly by an older one."""

import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_app.app.stock import open_stock
from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.domain.errors import DiskFullError, NewerDatabaseError, StorageTroubleError
from bridge_app.storage import database
from bridge_app.storage.accounts import Places
from bridge_app.storage.catalog import Catalog
from bridge_app.storage.ledger import (
    MIGRATIONS_KEPT,
    backups,
    before_migrations,
    open_ledger,
    restore,
)
from bridge_app.storage.migrations import STEPS

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
KILLED = 9
LAST = STEPS["ledger"][-1]
DIES = """
import os, sys
from pathlib import Path
from bridge_app.storage.migrations import ledger as steps
from bridge_app.storage.ledger import open_ledger

steps.ledger(name="9998_well")(lambda db: db.execute("CREATE TABLE well (x)"))
def dies(db):
    db.execute("CREATE TABLE half (x)")
    os._exit(9)
steps.ledger(name="9999_dies")(dies)
from bridge_app.storage import database
database.STEPS["ledger"] = (*database.STEPS["ledger"], "9998_well", "9999_dies")
open_ledger(Path(sys.argv[1]))
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    writer = open_ledger(path)
    record = LibraryRecord(id=LibraryId("first"), name="first", location="/first")
    Places(writer).add_library(record, at=NOW)
    writer.close()
    return path


def record(path: Path, step: str) -> None:
    """A newer version was here."""
    with closing(sqlite3.connect(path)) as connection, connection:
        row = connection.execute("SELECT * FROM _sqlite_migrations LIMIT 1")
        columns = [column[0] for column in row.description]
        values = dict(zip(columns, row.fetchone(), strict=True)) | {"name": step}
        values.pop("id", None)
        named = ", ".join(values)
        marks = ", ".join("?" * len(values))
        connection.execute(
            f"INSERT INTO _sqlite_migrations ({named}) VALUES ({marks})",  # noqa: S608
            tuple(values.values()),
        )


def libraries(path: Path) -> list[str]:
    writer = open_ledger(path)
    found = [one.name for one in Places(writer).libraries()]
    writer.close()
    return found


def test_what_a_newer_version_wrote_is_left_alone_and_said_so(ledger: Path, tmp_path: Path) -> None:
    record(ledger, "9999_from_the_future")
    before = ledger.read_bytes()
    with pytest.raises(NewerDatabaseError, match="update the program; nothing was changed"):
        open_ledger(ledger)
    with ExitStack() as making, pytest.raises(NewerDatabaseError):
        open_stock(tmp_path, making, lambda: NOW, str)
    assert ledger.read_bytes() == before
    assert before_migrations(ledger) == []
    assert backups(ledger) == []
    assert not (tmp_path / "catalog.db").exists()


def test_a_newer_cache_is_put_aside_and_made_again(ledger: Path, tmp_path: Path) -> None:
    Catalog.open(tmp_path / "catalog.db", ledger=ledger).close()
    record(tmp_path / "catalog.db", "9999_from_the_future")
    with ExitStack() as making:
        open_stock(tmp_path, making, lambda: NOW, str)
    assert (tmp_path / "newer-20260615T120000-catalog.db").exists()
    assert database.pending_steps(tmp_path / "catalog.db", "catalog") == ()


def test_the_ledger_is_copied_before_it_is_brought_forward(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert before_migrations(ledger) == []
    # An older version, to which the last step is unknown, and then this one.
    with closing(sqlite3.connect(ledger)) as connection, connection:
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (LAST,))
    assert database.pending_steps(ledger, "ledger") == (LAST,)
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        open_ledger(ledger)  # what the step makes is there: this ledger was not really older
    (kept,) = before_migrations(ledger)
    assert kept.name == f"before-{LAST}.db"
    monkeypatch.setitem(STEPS, "ledger", STEPS["ledger"][:-1])
    assert libraries(kept) == ["first"]


def test_killed_while_it_is_brought_forward_nothing_is_half_done_or_lost(ledger: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DIES, str(ledger)], check=False, env={**os.environ}, timeout=60
    )
    assert done.returncode == KILLED
    with closing(sqlite3.connect(ledger)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        steps = {row[0] for row in connection.execute("SELECT name FROM _sqlite_migrations")}
    assert "well" in tables
    assert "half" not in tables
    assert "9998_well" in steps
    assert "9999_dies" not in steps
    # The version that went on the way is newer now; the copy opens with this one.
    (kept,) = before_migrations(ledger)
    assert kept.name == "before-9998_well.db"
    restore(ledger, kept, now=NOW)
    assert libraries(ledger) == ["first"]


def test_a_few_copies_are_kept(ledger: Path) -> None:
    folder = ledger.parent / "backups"
    folder.mkdir()
    for number in range(MIGRATIONS_KEPT + 2):
        (folder / f"before-000{number}_old.db").write_bytes(b"")
    with closing(sqlite3.connect(ledger)) as connection, connection:
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (LAST,))
    with pytest.raises(sqlite3.OperationalError):
        open_ledger(ledger)
    assert len(before_migrations(ledger)) == MIGRATIONS_KEPT


def forget_last_step(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as connection, connection:
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (LAST,))


def test_the_copy_that_was_just_made_is_kept_beside_those_of_later_steps(ledger: Path) -> None:
    folder = ledger.parent / "backups"
    folder.mkdir()
    for number in range(MIGRATIONS_KEPT):
        (folder / f"before-900{number}_newer.db").write_bytes(b"")
    forget_last_step(ledger)
    with pytest.raises(sqlite3.OperationalError):
        open_ledger(ledger)
    assert folder / f"before-{LAST}.db" in before_migrations(ledger)
    assert len(before_migrations(ledger)) == MIGRATIONS_KEPT


def test_without_room_for_a_copy_nothing_is_brought_forward_and_no_half_is_left(
    ledger: Path,
) -> None:
    forget_last_step(ledger)
    before = ledger.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, hard))
    try:
        with pytest.raises((DiskFullError, StorageTroubleError)):
            open_ledger(ledger)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list((ledger.parent / "backups").iterdir()) == []
    assert ledger.read_bytes() == before


def test_a_restoring_that_is_stopped_leaves_a_ledger_in_its_place(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = ledger.with_name("copy.db")
    copy.write_bytes(ledger.read_bytes())
    rename = Path.rename
    for name in ("replace", "rename"):

        def stopped(self: Path, target: Path) -> Path:
            if target == ledger:
                raise KeyboardInterrupt
            return rename(self, target)

        monkeypatch.setattr(Path, name, stopped)
    with pytest.raises(KeyboardInterrupt):
        restore(ledger, copy, now=NOW)
    assert ledger.exists()
    monkeypatch.undo()
    assert libraries(ledger) == ["first"]
