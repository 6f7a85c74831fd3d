"""One opened file inside the child: its head, its bytes, its format. Nothing opens it again."""

import mmap
import os
import stat
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from types import TracebackType
from typing import Self

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, DecoderLimitError, FileTroubleError
from bridge_app.media.signatures import HEAD_BYTES, format_of

WHOLE_BYTES = 64 << 20
MAPPED_BYTES = 1 << 30

Buffer = bytes | mmap.mmap


@dataclass(slots=True, kw_only=True)
class Source:
    """A file that is being read, by content.

    `head` holds its first bytes, `size` all of them counted; `format` is a signature's name.
    """

    file: BufferedReader
    head: bytes
    size: int
    format: str
    _data: Buffer | None = None

    @classmethod
    def open(cls, path: Path) -> "Source":
        """Open and recognise a file. Raises FileTroubleError."""
        try:
            # Without O_NONBLOCK a named pipe would hang the child until its time is over.
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise FileTroubleError(path=path, detail=error.strerror) from error
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            os.close(descriptor)
            raise FileTroubleError(path=path, detail=QT_TRANSLATE_NOOP("facts", "it is not a file"))
        file = os.fdopen(descriptor, "rb")
        try:
            head = file.read(HEAD_BYTES)
        except OSError as error:
            file.close()
            raise FileTroubleError(path=path, detail=error.strerror) from error
        size = status.st_size
        return cls(file=file, head=head, size=size, format=format_of(head))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.file.close()  # a mapping still in use by a decoder goes with its last user

    @property
    def data(self) -> Buffer:
        """All bytes: read while they are few, mapped when many.

        Raises DecoderLimitError when there are more than the address space is made for.
        """
        if self._data is None:
            if self.size <= len(self.head):
                self._data = self.head
            elif self.size <= WHOLE_BYTES:
                self.file.seek(0)
                self._data = self.file.read()
            elif self.size <= MAPPED_BYTES:
                self._data = mmap.mmap(self.file.fileno(), 0, access=mmap.ACCESS_READ)
            else:
                raise DecoderLimitError(detail=f"it is larger than {MAPPED_BYTES >> 30} GiB")
        return self._data

    def stream(self) -> BufferedReader:
        """The open file, at its beginning."""
        self.file.seek(0)
        return self.file


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A picture of a file: its longest side, and the most pixels that may be decoded for it.

    Of a film the one that is seen `at_s` seconds after its beginning; None: one that stands for it.
    """

    source: Source
    edge_px: int
    pixels: int
    at_s: float | None = None
