"""What is known of a master's metadata, and of a write: the values that writers exchange."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bridge_app.domain.metadata_fields import FieldValue

Record = Mapping[str, FieldValue]
"""`FieldPath.key` of a standard field -> what it says; what is missing says nothing."""


class Way(StrEnum):
    """How a kind of file takes metadata."""

    INSIDE = "inside"
    """Into the file, by exiv2 in a decoder child."""
    EXIFTOOL = "exiftool"
    """Into the file, by the ExifTool that is installed."""
    SIDECAR = "sidecar"
    """Beside the file, as XMP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStamp:
    """Which content a file had: by its system's facts, and by its SHA-256 in hex."""

    bytes: int
    modified_ns: int
    file_key: str
    sha256: str

    @classmethod
    def of(cls, status: os.stat_result, sha256: str) -> "FileStamp":
        """The stamp of a file with these facts and this digest."""
        return cls(
            bytes=status.st_size,
            modified_ns=status.st_mtime_ns,
            file_key=f"{status.st_dev}:{status.st_ino}",
            sha256=sha256,
        )

    def fits(self, status: os.stat_result) -> bool:
        """Is a file with these facts the one that was stamped?"""
        return FileStamp.of(status, self.sha256) == self


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """What a master says now, its sidecar included, and which content said so.

    `differs` names the fields whose places in the file disagree; `sidecar` is the stamp of the
    sidecar, None while there is none. `format` is the content's, as in `Facts.format`.
    """

    stamp: FileStamp
    format: str
    record: Record
    differs: tuple[str, ...] = ()
    sidecar: FileStamp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a write made, or is about to make: the master's content before and after.

    With `Way.SIDECAR`, `before` and `after` are the same and `sidecar` is the new one's stamp.
    `record` is what the master says afterwards. `md5` is that of `after`.
    """

    path: Path
    target: Path
    way: Way
    before: FileStamp
    after: FileStamp
    md5: str
    sidecar: FileStamp | None = None
    record: Record = field(default_factory=dict)
    differs: tuple[str, ...] = ()


Prepared = Callable[[Written], None]
"""Called before a file is replaced, to put on record what it is about to become."""


def unprepared(written: Written) -> None:
    """For callers that have nothing to put on record before a file is replaced."""
    del written
