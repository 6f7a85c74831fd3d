"""The bytes that leave are the bytes that were approved: read once, compared, then sent."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from bridge_app.domain.errors import FileChangedError, FileTroubleError

WHOLE_BELOW = 12_000_000
"""Bytes; smaller files are sent in one request, from memory."""
CHUNK = 6_000_000
"""Bytes of each part of a larger file; Cloudinary wants more than 5 MB."""


def approved_bytes(path: Path, sha256: str) -> bytes:
    """The file's content, if it is what was approved.

    Raises FileTroubleError or FileChangedError.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _trouble(path, error) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise FileChangedError(name=path.name)
    return data


class ApprovedReader:
    """A file read in parts whose last part is handed out only if the whole was approved.

    The SDK sends each part before it reads the next, so a file that changes on the way never
    becomes an asset: its last part stays here. `read` raises FileChangedError then, and
    whatever `report` raises.
    """

    def __init__(self, path: Path, sha256: str, report: Callable[[int, int], None]) -> None:
        self._path = path
        self._sha256 = sha256
        self._report = report
        self._digest = hashlib.sha256()
        self._sent = 0
        try:
            self._file: BinaryIO = path.open("rb")
            self._size = path.stat().st_size
        except OSError as error:
            raise _trouble(path, error) from error

    def __enter__(self) -> "ApprovedReader":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move, as the SDK does to learn the size."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """The position in bytes."""
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        """The next part."""
        self._report(self._sent, self._size)
        try:
            part = self._file.read(size)
        except OSError as error:
            raise _trouble(self._path, error) from error
        self._digest.update(part)
        self._sent += len(part)
        if (not part or self._sent >= self._size) and self._digest.hexdigest() != self._sha256:
            raise FileChangedError(name=self._path.name)
        return part


def _trouble(path: Path, error: OSError) -> FileTroubleError:
    return FileTroubleError(path=path, detail=error.strerror or str(error))
