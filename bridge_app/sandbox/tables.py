"""Tables of JSON rows that survive a restart: what belongs to no single product environment."""

import threading
from pathlib import Path

from bridge_app.sandbox.journal import Journal, Row


class Tables:
    """Rows by table and key, in memory and in a journal. From any thread."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._journal = Journal(directory / "journal.jsonl")
        self._lock = threading.Lock()
        self._tables: dict[str, dict[str, Row]] = {}

    def open(self) -> None:
        """Read the disk and get ready to write.

        Raises:
            InvalidInputError: Another sandbox has the folder open.
            OSError: The folder cannot be read or written.
        """
        self._directory.mkdir(parents=True, exist_ok=True)
        with self._lock:
            self._tables = self._journal.open()

    def close(self) -> None:
        """Stop writing. What is in memory can still be read."""
        self._journal.close()

    def rows(self, table: str) -> dict[str, Row]:
        """A table's rows by key, in order of creation; a changed row is put back as a new one."""
        with self._lock:
            return dict(self._tables.get(table, {}))

    def put_row(self, table: str, key: str, row: Row) -> None:
        """Create or replace a row."""
        with self._lock:
            self._journal.append([(table, key, row)])
            self._tables.setdefault(table, {})[key] = row

    def delete_row(self, table: str, key: str) -> None:
        """Remove a row that exists."""
        with self._lock:
            self._journal.append([(table, key, None)])
            del self._tables[table][key]
