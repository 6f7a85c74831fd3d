"""The ledger file: opened, checked, backed up every day, and shared by its subjects."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bridge_app.storage.database import (
    Writer,
    check_integrity,
    pending_steps,
    storage_errors,
)

BACKUPS_KEPT = 7
MIGRATIONS_KEPT = 3
"""Copies of before a newer version brought the ledger forward."""


def open_ledger(path: Path) -> Writer:
    """Check and open the ledger, or create it.

    One of an older version is copied before it is brought forward (see `before_migrations`).

    Raises DamagedDatabaseError (see `backups` and `restore`), NewerDatabaseError,
    DiskFullError or StorageTroubleError; the file is then left as it is.
    """
    if path.exists():
        check_integrity(path)
        _keep_before_migration(path)
    return Writer.open(path, "ledger", synchronous="FULL")


def back_up(ledger: Path, *, now: datetime) -> Path | None:
    """Make today's verified copy, unless there is one; keep the last seven. Returns the new one."""
    target = _backup_folder(ledger) / f"ledger-{now:%Y-%m-%d}.db"
    if target.exists():
        return None
    with storage_errors(target):
        _copy(ledger, target)
        for old in backups(ledger)[BACKUPS_KEPT:]:
            old.unlink()
    return target


def backups(ledger: Path) -> list[Path]:
    """The verified copies, newest first."""
    return sorted(_backup_folder(ledger).glob("ledger-*.db"), reverse=True)


def before_migrations(ledger: Path) -> list[Path]:
    """The verified copies of before the ledger was brought forward, newest first.

    With one of them in the ledger's place an older version of the program can be used again.
    """
    return sorted(_backup_folder(ledger).glob("before-*.db"), reverse=True)


def _keep_before_migration(ledger: Path) -> None:
    """One copy for each step forward; a start that was killed in it makes the same one again."""
    pending = pending_steps(ledger, "ledger")
    if not pending:
        return
    target = _backup_folder(ledger) / f"before-{pending[0]}.db"
    with storage_errors(target):
        _copy(ledger, target)
        others = [one for one in before_migrations(ledger) if one != target]
        for old in others[MIGRATIONS_KEPT - 1 :]:
            old.unlink()


def _copy(ledger: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".part")
    fresh.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(ledger)) as source, closing(sqlite3.connect(fresh)) as copy:
            source.backup(copy)
        check_integrity(fresh)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)  # half a copy would only fill a disk that is full already


def restore(ledger: Path, backup: Path, *, now: datetime) -> Path:
    """Put a copy in the ledger's place; the damaged file is kept aside. Returns where."""
    check_integrity(backup)
    aside = ledger.with_name(f"{ledger.stem}-damaged-{now:%Y%m%dT%H%M%S}.db")
    with storage_errors(ledger):
        fresh = ledger.with_suffix(".restored")
        fresh.write_bytes(backup.read_bytes())
        try:  # whenever this ends, a ledger is in its place: no empty one is made
            os.link(ledger, aside)
        except OSError:  # a file system without links
            ledger.rename(aside)
        for suffix in ("-wal", "-shm"):
            log = ledger.with_name(ledger.name + suffix)
            if log.exists():
                log.rename(aside.with_name(aside.name + suffix))
        fresh.replace(ledger)
    return aside


def _backup_folder(ledger: Path) -> Path:
    return ledger.parent / "backups"
