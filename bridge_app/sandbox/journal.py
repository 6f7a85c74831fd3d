"""Rows that survive `kill -9`: an append-only file of JSON lines, one line a transaction.

A line is written by one system call, so a process killed at any instant leaves whole lines and
at most one torn end, which is cut off. Nothing is synced: power loss is no concern of a sandbox.
"""

import errno
import fcntl
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bridge_app.domain.errors import InvalidInputError

Row = dict[str, Any]
"""The JSON of one row."""

Change = tuple[str, str, Row | None]
"""A table, a key, and the row's new content; None removes the row."""

COMPACT_FROM = 2_000
"""Below this many lines, rewriting the file is not worth it."""


class Journal:
    """Tables of JSON rows in one file. Not thread-safe: its owner holds a lock."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = self._lock = -1
        self._size = 0

    def open(self) -> dict[str, dict[str, Row]]:
        """Read everything and get ready to append: table -> key -> row, in order of creation.

        Raises:
            InvalidInputError: Another process, or another object of this one, has it open.
        """
        self._lock = _locked(self._path.with_suffix(".lock"))
        tables: dict[str, dict[str, Row]] = {}
        lines, whole = self._read(tables)
        if lines > COMPACT_FROM and lines > 2 * sum(map(len, tables.values())):
            whole = self._rewrite(tables)
        self._descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.ftruncate(self._descriptor, whole)
        self._size = whole
        return tables

    def append(self, changes: Iterable[Change]) -> None:
        """Write one transaction, all of it or nothing.

        Raises:
            OSError: The disk is full or gone; the file is as it was before.
        """
        line = _line(changes)
        written = 0
        try:
            written = os.write(self._descriptor, line)
        finally:
            if written < len(line):
                os.ftruncate(self._descriptor, self._size)
        if written < len(line):
            raise OSError(errno.ENOSPC, "the disk is full", str(self._path))
        self._size += written

    def close(self) -> None:
        """Stop appending."""
        for descriptor in (self._descriptor, self._lock):
            if descriptor >= 0:
                os.close(descriptor)
        self._descriptor = self._lock = -1

    def _read(self, tables: dict[str, dict[str, Row]]) -> tuple[int, int]:
        """Replay the whole lines into `tables`; how many there are, and how many bytes."""
        lines = whole = 0
        if not self._path.exists():
            return lines, whole
        with self._path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break
                _apply(json.loads(line), tables)
                lines, whole = lines + 1, whole + len(line)
        return lines, whole

    def _rewrite(self, tables: dict[str, dict[str, Row]]) -> int:
        """Write only what is still there; the new size in bytes."""
        fresh = self._path.with_suffix(".fresh")
        with fresh.open("wb") as file:
            for table, rows in tables.items():
                file.writelines(_line([(table, key, row)]) for key, row in rows.items())
        fresh.replace(self._path)
        return self._path.stat().st_size


def _locked(path: Path) -> int:
    """A descriptor that holds the lock until it is closed, or its process ends."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise InvalidInputError(
            what=f"The folder {path.parent}", detail="another sandbox is using it"
        ) from error
    return descriptor


def _line(changes: Iterable[Change]) -> bytes:
    """One transaction as bytes."""
    return json.dumps(list(changes), separators=(",", ":")).encode() + b"\n"


def _apply(changes: list[Change], tables: dict[str, dict[str, Row]]) -> None:
    """Carry one transaction out in memory."""
    for table, key, row in changes:
        if row is None:
            tables.get(table, {}).pop(key, None)
        else:
            tables.setdefault(table, {})[key] = row
