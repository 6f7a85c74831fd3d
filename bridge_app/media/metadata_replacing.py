"""Replaces a file by a new one at once: at any moment it is wholly the old one or the new one."""

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, DiskFullError, FileTroubleError
from bridge_app.media.metadata_errors import (
    MasterChangedError,
    MasterGoneError,
    MasterLockedError,
    MasterReadOnlyError,
)

ORIGINALS = ".asset-bridge-originals"
PIECE = 1 << 20
FULL = (errno.ENOSPC, errno.EDQUOT)
GONE = (errno.ENOENT, errno.ENOTDIR)
READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ETXTBSY)
HELD = (errno.EAGAIN, errno.EBUSY)
NO_LINKS = (errno.ENOTSUP, errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK)
NO_LOCKS = frozenset(
    {errno.EBADF, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
)
"""What disks of the network say that know no locks, or not for a file that is only read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A file that is open for reading and that nobody else holds: its descriptor and its facts."""

    path: Path
    descriptor: int
    status: os.stat_result


def shown(path: Path) -> str:
    """A path as it can be printed."""
    return os.fsencode(path).decode("utf-8", "replace")


def real(path: Path) -> Path:
    """Where links lead to. One that leads to itself is opened, and fails, as any other file."""
    return Path(os.path.realpath(path))


@contextlib.contextmanager
def file_trouble(path: Path) -> Iterator[None]:
    """An `OSError` about a master as the error it means."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskFullError(path=shown(path)) from error
        if error.errno in GONE:
            raise MasterGoneError(
                path=shown(path), detail=QT_TRANSLATE_NOOP("facts", "it is gone")
            ) from error
        if error.errno in HELD:
            raise MasterLockedError(path=shown(path)) from error
        if error.errno in READ_ONLY:
            raise MasterReadOnlyError(path=shown(path), detail=str(error.strerror)) from error
        raise FileTroubleError(path=shown(path), detail=str(error.strerror)) from error


@contextlib.contextmanager
def held(path: Path) -> Iterator[Held]:
    """Open a file that is about to be replaced; refuse one that may not be.

    Raises MasterGoneError, MasterReadOnlyError, MasterLockedError, FileTroubleError.
    """
    with file_trouble(path):
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        with file_trouble(path):
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise FileTroubleError(
                    path=shown(path), detail=QT_TRANSLATE_NOOP("facts", "it is not a file")
                )
            if not status.st_mode & 0o222 or not os.access(path, os.W_OK):
                raise MasterReadOnlyError(
                    path=shown(path), detail=QT_TRANSLATE_NOOP("facts", "it is marked as read-only")
                )
            demand_writable_folder(path)
            _demand_unlocked(descriptor)
        yield Held(path=path, descriptor=descriptor, status=status)
    finally:
        os.close(descriptor)


def _demand_unlocked(descriptor: int) -> None:
    """Raise OSError while another program has locked a file, in either way.

    Neither lock is kept: on some disks of the network it would keep our own child from reading.
    """
    for lock, kind in ((fcntl.flock, fcntl.LOCK_EX), (fcntl.lockf, fcntl.LOCK_SH)):
        try:
            lock(descriptor, kind | fcntl.LOCK_NB)
            lock(descriptor, fcntl.LOCK_UN)
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise


def demand_writable_folder(path: Path) -> None:
    """Raise MasterReadOnlyError unless files can be made beside `path`."""
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise MasterReadOnlyError(
            path=shown(path), detail=QT_TRANSLATE_NOOP("facts", "its folder is read-only")
        )


def take_over(place: Path, old: Held, *, keep_times: bool) -> None:
    """Give the new file what the old one has beside its content: attributes, owner, mode, times.

    Then it is on the disk, whoever wrote it.

    An owner whom only the system's keeper may give stays who writes.
    """
    with file_trouble(old.path):
        for name in os.listxattr(old.descriptor):
            with contextlib.suppress(OSError):
                os.setxattr(place, name, os.getxattr(old.descriptor, name))
        now = place.stat()
        if (now.st_uid, now.st_gid) != (old.status.st_uid, old.status.st_gid):
            with contextlib.suppress(PermissionError):
                os.chown(place, -1, old.status.st_gid)
            with contextlib.suppress(PermissionError):
                os.chown(place, old.status.st_uid, -1)
        place.chmod(stat.S_IMODE(old.status.st_mode))
        if keep_times:
            os.utime(place, ns=(old.status.st_atime_ns, old.status.st_mtime_ns))
        sync_file(place)


def put(place: Path, old: Held, *, backup: bool) -> None:
    """Put the new file in the old one's place, and have the folder on the disk know.

    Raises MasterChangedError if another file lies there by now.
    """
    with file_trouble(old.path):
        if backup:  # first, since copying takes its time where a disk knows no links
            _keep_original(old.path)
        demand_same(old)
        place.replace(old.path)
        sync_folder(old.path.parent)


def put_first(place: Path, path: Path) -> None:
    """Put a new file where there was none. Raises MasterChangedError if there is one by now."""
    with file_trouble(path):
        try:
            os.link(place, path)
        except FileExistsError as error:
            raise MasterChangedError(path=shown(path)) from error
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            _put_without_links(place, path)
        place.unlink(missing_ok=True)
        sync_folder(path.parent)


def _put_without_links(place: Path, path: Path) -> None:
    """The name is taken first, by an empty file, so that nobody else's is replaced."""
    try:
        path.touch(exist_ok=False)
    except FileExistsError as error:
        raise MasterChangedError(path=shown(path)) from error
    try:
        place.replace(path)
    except OSError:
        path.unlink()
        raise


def demand_same(old: Held) -> None:
    """Raise MasterChangedError unless the file at its path is still the one that was opened."""
    with file_trouble(old.path):
        now = old.path.stat()
    before = old.status
    same = ("st_dev", "st_ino", "st_size", "st_mtime_ns")
    if any(getattr(now, name) != getattr(before, name) for name in same):
        raise MasterChangedError(path=shown(old.path))


def sync_file(path: Path) -> None:
    """Have the content of a file on the disk."""
    with path.open("rb", buffering=0) as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def bytes_in(file: Held) -> bytes:
    """The whole content of an open file."""
    with file_trouble(file.path), os.fdopen(os.dup(file.descriptor), "rb") as stream:
        stream.seek(0)
        return stream.read()


def content_of(file: Held) -> str:
    """The SHA-256 of an open file in hex, as it is now."""
    with file_trouble(file.path), os.fdopen(os.dup(file.descriptor), "rb", buffering=0) as stream:
        stream.seek(0)
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sha256_of(path: Path) -> tuple[str, os.stat_result]:
    """SHA-256 of a file in hex, and its facts from the same opening."""
    with file_trouble(path), path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno())


def digests_of(path: Path) -> tuple[str, str, os.stat_result]:
    """SHA-256 and MD5 of a file in hex, and its facts from the same opening."""
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    with file_trouble(path), path.open("rb", buffering=0) as file:
        while piece := file.read(PIECE):
            sha256.update(piece)
            md5.update(piece)
        return sha256.hexdigest(), md5.hexdigest(), os.fstat(file.fileno())


def _keep_original(path: Path) -> None:
    """The first original of a file stays in a hidden folder: another name for it costs nothing."""
    folder = path.parent / ORIGINALS
    folder.mkdir(exist_ok=True)
    kept = folder / path.name
    if kept.exists():
        return
    try:
        os.link(path, kept)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        # Of the same name every time: what a killed copy leaves is written over by the next one.
        part = folder / f".{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]}.part"
        shutil.copy2(path, part)
        sync_file(part)
        part.replace(kept)
    sync_folder(folder)
