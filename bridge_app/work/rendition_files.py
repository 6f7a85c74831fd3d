"""Files that appear whole or not at all, and never in another one's place by accident."""

import errno
import os
import uuid
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, FileTroubleError
from bridge_app.libraries.errors import disk_trouble, shown

NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS})
"""What file systems without hard links answer, such as that of most memory cards."""
PART = ".part"


class FileTakenError(FileTroubleError):
    """There is another file of that name."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{path} was not written: {detail}. The file that is there was left as it is."
    )


class NotWrittenError(FileTroubleError):
    """The disk did not take it."""

    text = QT_TRANSLATE_NOOP("errors", "{path} was not written: {detail}. Nothing is left of it.")


class Writing(StrEnum):
    """What became of a file that was to be written."""

    WRITTEN = "written"
    REPLACED = "replaced"
    ALREADY_THERE = "already_there"


def write_whole(
    path: Path, data: bytes, *, replaces: bool = False, with_folders: bool = True
) -> Writing:
    """Write a file with its folders. One with the same content is there already, and stays.

    Raises FileTakenError, if it is another one and `replaces` is not said; NotWrittenError or
    DiskFullError, and then nothing is left of it.
    """
    with disk_trouble(path, kind=NotWrittenError):
        if with_folders:
            path.parent.mkdir(parents=True, exist_ok=True)
        there = path.exists() or path.is_symlink()
        if there and _holds(path, data):
            return Writing.ALREADY_THERE
        if there and not replaces:
            raise _taken(path)
        part = _written_beside(path, data)
        try:
            if replaces:
                part.replace(path)
            else:
                _put(part, path)
        finally:
            part.unlink(missing_ok=True)
        settle(path.parent)
    return Writing.REPLACED if there else Writing.WRITTEN


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _written_beside(path: Path, data: bytes) -> Path:
    """The content in the same folder, under a name that nobody else has."""
    part = path.with_name(f".rendition-{uuid.uuid4().hex}{PART}")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def _put(part: Path, path: Path) -> None:
    """Give it its name, unless another file got it meanwhile."""
    try:
        path.hardlink_to(part)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if path.exists():
            raise _taken(path) from error
        part.rename(path)


def settle(folder: Path) -> None:
    """Have the new name on the disk too, where folders can be asked for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _taken(path: Path) -> FileTakenError:
    return FileTakenError(
        path=shown(path), detail=QT_TRANSLATE_NOOP("facts", "another file has this name")
    )
