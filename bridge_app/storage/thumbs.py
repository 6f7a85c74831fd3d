"""Thumbnails and previews by content and size: bounded, least recently used goes first."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from bridge_app.storage.database import Writer, open_reader, storage_errors

THUMB_EDGE = 512
"""Pixels of the longer edge: the largest grid cell at a device pixel ratio of 2, nearly."""
PREVIEW_EDGE = 1600
"""Pixels of the longer edge of the inspector's and the quick look's picture."""
MAX_BYTES = 4 << 30

GET = "SELECT pixels FROM picture WHERE sha256 = ? AND edge_px = ?"
HELD = "SELECT sha256 FROM picture WHERE edge_px = ?"
PUT = """
    INSERT INTO picture (sha256, edge_px, used, bytes, pixels)
    VALUES (?, ?, (SELECT coalesce(max(used), 0) + 1 FROM picture), ?, ?)
    ON CONFLICT (sha256, edge_px)
    DO UPDATE SET pixels = excluded.pixels, bytes = excluded.bytes, used = excluded.used
"""
TOUCH = """
    UPDATE picture SET used = (SELECT max(used) + 1 FROM picture)
    WHERE sha256 = ? AND edge_px = ?
"""
TOTAL = "SELECT coalesce(sum(bytes), 0) FROM picture"
OLDEST = "SELECT sha256, edge_px, bytes FROM picture ORDER BY used"
SAMPLE = "SELECT edge_px, bytes FROM picture LIMIT 2000"
CARRY = """
    INSERT INTO picture (sha256, edge_px, used, bytes, pixels)
    SELECT ?, edge_px, used, bytes, pixels FROM picture WHERE sha256 = ?
    ON CONFLICT DO NOTHING RETURNING bytes
"""
DROP = "DELETE FROM picture WHERE sha256 = ? AND edge_px = ?"


class ThumbsReader:
    """Pictures for one thread."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def get(self, sha256: str, edge_px: int) -> bytes | None:
        """The encoded picture, JPEG or PNG; None if there is none yet."""
        with storage_errors(self._path):
            row = self._connection.execute(GET, (sha256, edge_px)).fetchone()
        return None if row is None else bytes(row[0])

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()


class Thumbs:
    """Writes of the picture cache; thread-safe."""

    def __init__(self, writer: Writer, *, max_bytes: int = MAX_BYTES) -> None:
        self._writer = writer
        self._max_bytes = max_bytes
        with writer.reading() as connection:
            self._bytes: int = connection.execute(TOTAL).fetchone()[0]

    @classmethod
    def open(cls, path: Path, *, max_bytes: int = MAX_BYTES) -> "Thumbs":
        """Open or create the cache."""
        return cls(Writer.open(path, "thumbs", synchronous="OFF"), max_bytes=max_bytes)

    def reader(self) -> ThumbsReader:
        """A connection for one thread."""
        return ThumbsReader(open_reader(self._writer.path), self._writer.path)

    def put(self, pictures: Sequence[tuple[str, int, bytes]]) -> None:
        """Keep (sha256, edge_px, encoded picture) triples, and stay within the bound."""
        with self._writer.atomic() as connection:
            for sha256, edge_px, pixels in pictures:
                connection.execute(PUT, (sha256, edge_px, len(pixels), pixels))
                self._bytes += len(pixels)
            if self._bytes > self._max_bytes:
                self._evict(connection)

    def carry(self, before: str, sha256: str) -> None:
        """A new content that is the same picture as the one before has its pictures."""
        with self._writer.atomic() as connection:
            added = connection.execute(CARRY, (sha256, before)).fetchall()
            self._bytes += sum(size for (size,) in added)
            if self._bytes > self._max_bytes:
                self._evict(connection)

    def held(self, edge_px: int) -> frozenset[str]:
        """The contents that have a picture of this size."""
        with self._writer.reading() as connection:
            return frozenset(row[0] for row in connection.execute(HELD, (edge_px,)))

    def usual_bytes(self) -> dict[int, int]:
        """How much a picture of each size takes, by some of those that are here."""
        with self._writer.reading() as connection:
            rows = connection.execute(SAMPLE).fetchall()
        sizes: dict[int, list[int]] = {}
        for edge_px, size in rows:
            sizes.setdefault(edge_px, []).append(size)
        return {edge_px: sum(found) // len(found) for edge_px, found in sizes.items()}

    def touch(self, used: Iterable[tuple[str, int]]) -> None:
        """These pictures were looked at: they go last."""
        with self._writer.atomic() as connection:
            connection.executemany(TOUCH, list(used))

    def close(self) -> None:
        """Close the writer."""
        self._writer.close()

    def _evict(self, connection: sqlite3.Connection) -> None:
        """Drop the longest unused pictures until a tenth of the bound is free again."""
        self._bytes = connection.execute(TOTAL).fetchone()[0]
        if self._bytes <= self._max_bytes:
            return
        for sha256, edge_px, size in connection.execute(OLDEST).fetchall():
            if self._bytes <= self._max_bytes * 9 // 10:
                return
            connection.execute(DROP, (sha256, edge_px))
            self._bytes -= size
