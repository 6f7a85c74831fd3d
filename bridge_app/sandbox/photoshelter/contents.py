"""The bytes of files: stored ones, and those that are made up when somebody wants them.

Fifty thousand masters of a hundred megabytes cost nothing as long as nobody downloads them.
"""

import hashlib
import threading
from collections.abc import Iterator, Mapping, Set
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from bridge_app.sandbox.photoshelter.drawn import drawn_file, filler
from bridge_app.sandbox.photoshelter.kinds import size_in_pixels
from bridge_app.sandbox.photoshelter.records import FileVersion, Media

PIECE_BYTES = 1 << 20
MADE_UP_BYTES = 1 << 20
"""How large a made-up file is where nobody says."""


class Content(Protocol):
    """The bytes of one file; from any thread."""

    @property
    def size(self) -> int:
        """Bytes."""

    def read(self, start: int, length: int) -> bytes:
        """What stands from `start` on; shorter at the end."""


class StoredContent:
    """A file on disk, open while this object is; it survives its removal."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._lock = threading.Lock()
        self.size = path.stat().st_size

    def read(self, start: int, length: int) -> bytes:
        """What stands from `start` on; shorter at the end."""
        with self._lock:
            self._file.seek(start)
            return self._file.read(length)

    def __del__(self) -> None:
        self._file.close()


class MadeUpContent:
    """A drawn picture where its kind can be drawn, and filling up to the size that is stated."""

    def __init__(self, seed: str, *, head: bytes, size: int) -> None:
        self._head = head[:size]
        self._filler = filler(seed)
        self.size = size

    def read(self, start: int, length: int) -> bytes:
        """What stands from `start` on; shorter at the end."""
        end = min(start + length, self.size)
        if start >= end:
            return b""
        drawn = self._head[start:end]
        at = start + len(drawn)
        first = at % len(self._filler)
        rounds = (end - at + first) // len(self._filler) + 1
        return drawn + (self._filler * rounds)[first : first + end - at]


class Contents:
    """Finds, stores and measures the bytes of files. From any thread.

    Args:
        directory: Where stored bytes are.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._digests: dict[str, tuple[str, str]] = {}

    def version(
        self,
        *,
        number: int,
        data: bytes | None,
        size: int | None,
        measures: Mapping[str, Any],
        at: datetime,
    ) -> FileVersion:
        """A file of a media item: `data`, which is kept, or `size` bytes that are made up.

        `measures` are `width`, `height` and `duration_s`; a picture's are read from `data`.
        """
        known = dict(measures)
        if data is None:
            length = MADE_UP_BYTES if size is None else size
            return FileVersion(number=number, size=length, uploaded_at=at, **known)
        if known["width"] is None:
            known["width"], known["height"] = size_in_pixels(data)
        return FileVersion(
            number=number, size=len(data), content=self.keep(data), uploaded_at=at, **known
        )

    def sweep(self, named: Set[str]) -> None:
        """Remove stored bytes that no file names."""
        if self._directory.is_dir():
            for file in self._directory.iterdir():
                if file.name not in named:
                    file.unlink()

    def keep(self, data: bytes) -> str:
        """Store bytes; their name."""
        name = hashlib.sha256(data).hexdigest()
        self._directory.mkdir(parents=True, exist_ok=True)
        target = self.path(name)
        if not target.exists():
            target.write_bytes(data)
        return name

    def keep_file(self, file: Path) -> str:
        """Store a file, which goes from where it was; the name of its bytes."""
        with file.open("rb") as opened:
            name = hashlib.file_digest(opened, "sha256").hexdigest()
        self._directory.mkdir(parents=True, exist_ok=True)
        file.replace(self.path(name))
        return name

    def path(self, name: str) -> Path:
        """The file of stored bytes."""
        return self._directory / name

    def open(self, media: Media, version: FileVersion | None = None) -> Content:
        """The bytes of the file that counts, or of another version."""
        version = version or media.file
        if version.content:
            return StoredContent(self.path(version.content))
        seed = _seed(media, version)
        return MadeUpContent(seed, head=drawn_file(media, version), size=version.size)

    def digests(self, media: Media, version: FileVersion | None = None) -> tuple[str, str]:
        """MD5 and SHA-1 of a file, in hex. Reads all of it the first time."""
        version = version or media.file
        known = version.content or _seed(media, version)
        if known not in self._digests:
            md5, sha1 = hashlib.md5(usedforsecurity=False), hashlib.sha1(usedforsecurity=False)
            for piece in pieces(self.open(media, version)):
                md5.update(piece)
                sha1.update(piece)
            self._digests[known] = md5.hexdigest(), sha1.hexdigest()
        return self._digests[known]


def pieces(content: Content, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """The bytes from `start` up to `end`, a piece at a time."""
    at, last = start, content.size if end is None else end
    while at < last:
        piece = content.read(at, min(PIECE_BYTES, last - at))
        if not piece:
            return
        yield piece
        at += len(piece)


def _seed(media: Media, version: FileVersion) -> str:
    """What made-up bytes are made from: another version has other ones."""
    return f"{media.id}/{version.number}/{version.size}"
