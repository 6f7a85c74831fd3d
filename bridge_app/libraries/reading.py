"""Reading a master's bytes: never a device, never a pipe, and never two versions at once."""

import errno
import fcntl
import hashlib
import os
import signal
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from bridge_app.libraries.errors import FileChangedWhileReadingError, disk_trouble, shown
from bridge_app.libraries.library import Digests

PIECE = 1 << 20
"""Bytes read at a time."""

Version = tuple[int, int, int, int]
"""What differs when a file was replaced or written to: device, inode, bytes, time in ns."""


def version_of(status: os.stat_result) -> Version:
    """The version of a file that its status tells of."""
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


@contextmanager
def opened(place: Path) -> Iterator[FileIO]:
    """The file at `place`, open for reading and unbuffered.

    Raises OSError; ENXIO for what is no ordinary file, which is not opened. The flag keeps a
    pipe that takes the file's place in between from stopping us.
    """
    _demand_regular(place.stat(), place)
    descriptor = os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        _demand_regular(os.fstat(descriptor), place)
        yield file


def pieces(file: FileIO) -> Iterator[memoryview]:
    """What is in the file, up to its end. A piece is valid until the next one is asked for."""
    buffer = memoryview(bytearray(PIECE))
    while count := file.readinto(buffer):
        yield buffer[:count]


def pieces_of_one_version(file: FileIO, place: Path, name: str) -> Iterator[memoryview]:
    """The same from a file just opened at `place`, which errors call `name`.

    Raises FileChangedWhileReadingError as soon as the file has grown, and otherwise at its end
    if what is at `place` by then is not what was opened.
    """
    before = os.fstat(file.fileno())
    total = 0
    for piece in pieces(file):
        total += len(piece)
        if total > before.st_size:
            break
        yield piece
    if total != before.st_size or version_of(place.stat()) != version_of(before):
        raise FileChangedWhileReadingError(path=shown(name))


def digest_of(place: Path, name: str, *, on_bytes: Callable[[int], None]) -> Digests:
    """Both hashes of the file at `place` in one read; `name` is what errors call it.

    Raises FileChangedWhileReadingError, FileTroubleError, and what `on_bytes` raises.
    """
    sha256, md5, total = hashlib.sha256(), hashlib.md5(usedforsecurity=False), 0
    with disk_trouble(name), opened(place) as file:
        for piece in pieces_of_one_version(file, place, name):
            sha256.update(piece)
            md5.update(piece)
            total += len(piece)
            on_bytes(len(piece))
    return Digests(sha256=sha256.hexdigest(), md5=md5.hexdigest(), bytes=total)


def is_open_for_writing(place: Path) -> bool:
    """Has any program the file open to write to it? False where the system does not tell.

    Linux gives a lease for reading only to files that nobody writes to. It tells the owner alone,
    and of disks of this machine. Whoever opens the file in the moment of the lease waits for its
    end, and we would be sent a signal, which has to be one that ends nothing.
    """
    try:
        with opened(place) as file:
            fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _demand_regular(status: os.stat_result, place: Path) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), os.fspath(place))
