"""The bytes that leave are the bytes that were approved: compared as they are read, then sent."""

import hashlib
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from bridge_app.domain.errors import FileChangedError, FileTroubleError

IN_MEMORY_BELOW = 1 << 20
"""Bytes; smaller files are read whole before anything is sent."""
PART = 20_000_000
"""Bytes of each part of a large file but the last; a file of no more is one request.

The SDK's own default. Cloudinary wants more than 5 MB, and all parts but the last to be equal.
Source: reference/cloudinary.md 3.4.
"""
BLOCK = 1 << 18
"""Bytes read, hashed and handed to the network at a time."""


def approved_bytes(path: Path, sha256: str) -> bytes:
    """The file's content, if it is what was approved.

    Raises FileTroubleError or FileChangedError.
    """
    try:
        # Not by `Path.read_bytes`: it asks the system twice as much, for each of thousands.
        with io.FileIO(path) as file:
            data = file.readall()
    except OSError as error:
        raise _trouble(path, error) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise FileChangedError(name=path.name)
    return data


class SentOnce:
    """Content that is read once, from its beginning to its end, while it is sent in parts.

    Methods raise what reading it raises, and whatever `report(done, total)` raises.
    """

    def __init__(self, report: Callable[[int, int], None]) -> None:
        self.size = 0
        self._report = report
        self._read = 0

    def pass_over(self, length: int) -> None:
        """Read what was sent by an earlier run, which belongs to the whole."""
        for _ in self._blocks(length):
            self._report(length, self.size)

    def part(self, length: int) -> "FilePart":
        """The next bytes, as content that the sender reads while it sends."""
        return FilePart(length, self._sent_blocks(length))

    def _sent_blocks(self, length: int) -> Iterator[memoryview]:
        for block in self._blocks(length):
            self._report(self._read - len(block), self.size)
            yield block

    def _blocks(self, length: int) -> Iterator[memoryview]:
        """The next bytes; each block is valid until the next one is asked for."""
        raise NotImplementedError


class ApprovedFile(SentOnce):
    """A file that is read once, from its beginning to its end, while it is sent.

    Its last block is handed out only if the whole was approved, so a file that changes on the
    way never becomes an asset. Memory is one block, whatever the size. Methods raise
    FileTroubleError, FileChangedError, and whatever `report(done, total)` raises.
    """

    def __init__(self, path: Path, sha256: str, report: Callable[[int, int], None]) -> None:
        super().__init__(report)
        self._path = path
        self._sha256 = sha256
        self._digest = hashlib.sha256()
        try:
            self._file: BinaryIO = path.open("rb", buffering=0)
            self.size = os.fstat(self._file.fileno()).st_size
        except OSError as error:
            raise _trouble(path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()

    def _blocks(self, length: int) -> Iterator[memoryview]:
        buffer = memoryview(bytearray(min(BLOCK, max(1, length))))
        left = length
        while left:
            try:
                count = self._file.readinto(buffer[:left])  # type: ignore[attr-defined]
            except OSError as error:
                raise _trouble(self._path, error) from error
            block = buffer[:count]
            self._digest.update(block)
            self._read += count
            left -= count
            if not count or (self._read >= self.size and not self._is_approved()):
                raise FileChangedError(name=self._path.name)
            yield block

    def _is_approved(self) -> bool:
        """Is what was read the approved content, and all that the file holds now?"""
        grown = os.fstat(self._file.fileno()).st_size != self._read
        return not grown and self._digest.hexdigest() == self._sha256


class FilePart:
    """Part of a file as the sender's content; it can be read once."""

    def __init__(self, length: int, blocks: Iterator[memoryview]) -> None:
        self._length = length
        self._blocks = blocks

    def __len__(self) -> int:
        return self._length

    def blocks(self) -> Iterator[memoryview]:
        """The content; each block is valid until the next one is asked for."""
        return self._blocks


def _trouble(path: Path, error: OSError) -> FileTroubleError:
    return FileTroubleError(path=path, detail=error.strerror or str(error))
