"""Bytes on their way in: hashed while they arrive, small files in memory, large ones on disk."""

import hashlib
import io
from pathlib import Path
from typing import BinaryIO, Self

IN_MEMORY_BYTES = 1 << 20


class Received:
    """A whole file that came in; `md5` is hex.

    What is in memory goes to the disk when somebody needs it there, and is still read from memory.
    """

    def __init__(self, path: Path, data: bytes | memoryview | None, *, md5: str) -> None:
        self._path = path
        self._data = data
        self._on_disk = data is None
        self.bytes = path.stat().st_size if data is None else len(data)
        self.md5 = md5

    def open(self) -> BinaryIO:
        """Read it from its beginning."""
        return self._path.open("rb") if self._data is None else io.BytesIO(self._data)

    def path(self) -> Path:
        """Where it is on disk, until it is kept."""
        if not self._on_disk and self._data is not None:
            with self._path.open("wb", buffering=0) as file:
                file.write(self._data)
            self._on_disk = True
        return self._path

    def keep(self, target: Path) -> None:
        """Put it where it stays. Until that is recorded nobody looks for it there."""
        if self._on_disk or self._data is None:
            self._path.replace(target)
            return
        with target.open("wb", buffering=0) as file:
            file.write(self._data)

    def discard(self) -> None:
        """Nobody wants it; what was kept stays."""
        if self._on_disk:
            self._path.unlink(missing_ok=True)


class Incoming:
    """A file being received. Used as a context: what nobody kept is removed at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: list[bytes | memoryview] = []
        self._waiting_bytes = 0
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._file: BinaryIO | None = None
        self._received: Received | None = None

    def write(self, data: bytes | memoryview) -> None:
        """Take the next bytes; what they are part of must not change afterwards."""
        self._waiting.append(data)
        self._waiting_bytes += len(data)
        if self._waiting_bytes >= IN_MEMORY_BYTES:
            if self._file is None:
                self._file = self._path.open("wb", buffering=0)
            self._file.write(self._hashed())

    def received(self) -> Received:
        """No more bytes come: what there is now."""
        rest: bytes | memoryview | None = self._hashed()
        if self._file is not None and rest is not None:
            self._file.write(rest)
            self._close()
            rest = None
        self._received = Received(self._path, rest, md5=self._md5.hexdigest())
        return self._received

    def _hashed(self) -> bytes | memoryview:
        """What waited, taken over into the digest."""
        one = len(self._waiting) == 1
        data = self._waiting[0] if one else b"".join(self._waiting)
        self._md5.update(data)
        self._waiting, self._waiting_bytes = [], 0
        return data

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._received is not None:
            self._received.discard()
        elif self._file is not None:
            self._close()
            self._path.unlink()
