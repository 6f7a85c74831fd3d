"""New files on their way to their places: hidden, locked, and gone when nothing comes of them."""

import contextlib
import fcntl
import os
import re
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

from bridge_app.media.metadata_replacing import NO_LOCKS, file_trouble

NAME = re.compile(r"\.asset-bridge-([0-9a-f]{16})\.(tmp|xmp)(_exiftool_tmp)?")


class NewFiles:
    """The new files of one application; thread-safe.

    Another one, which cleans up in the same folder, knows by their locks that they are no
    leftovers. What ExifTool writes cannot be locked: the packet of the same number stands for it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[Path, list[int]] = {}

    @contextlib.contextmanager
    def beside(self, path: Path, *, packet: Path | None = None) -> Iterator[Path]:
        """A name for a new file in the folder of `path`; one that is still there goes at the end.

        Args:
            path: A file in the folder.
            packet: The file that is locked for this one.
        """
        number = packet.stem.rpartition("-")[2] if packet else secrets.token_hex(8)
        with self._named(path.parent / f".asset-bridge-{number}.tmp") as place:
            yield place

    @contextlib.contextmanager
    def packet_beside(self, path: Path) -> Iterator[Path]:
        """A name for a packet of XMP in the folder of `path`, gone at the end."""
        name = f".asset-bridge-{secrets.token_hex(8)}.xmp"
        with self._named(path.parent / name) as place:
            yield place

    def write(self, place: Path, data: bytes) -> None:
        """Write a file that nobody else can read yet, down to the disk; again if it is there."""
        with file_trouble(place), self._open_to_write(place) as descriptor:
            _lock(descriptor, fcntl.LOCK_EX)
            os.ftruncate(descriptor, 0)
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)

    def remove_leftovers(self, folder: Path) -> int:
        """Take away what interrupted writes left in a folder; how many files that were."""
        try:
            found = {entry: NAME.fullmatch(entry.name) for entry in folder.iterdir()}
        except OSError:
            return 0
        numbers = {entry: match[1] for entry, match in found.items() if match}
        busy = {number for entry, number in numbers.items() if self._is_busy(entry)}
        removed = 0
        for entry in (entry for entry, number in numbers.items() if number not in busy):
            with contextlib.suppress(OSError):  # whoever may not now, may at another start
                entry.unlink()
                removed += 1
        return removed

    @contextlib.contextmanager
    def _named(self, place: Path) -> Iterator[Path]:
        with self._lock:
            self._open[place] = []
        try:
            yield place
        finally:
            with self._lock:
                descriptors = self._open.pop(place)
            with contextlib.suppress(OSError):  # another start takes it away
                place.unlink()
            for descriptor in descriptors:
                os.close(descriptor)

    @contextlib.contextmanager
    def _open_to_write(self, place: Path) -> Iterator[int]:
        """A descriptor; afterwards one that only reads keeps the lock.

        Whoever takes the file in at its place waits for those who have it open to write to it.
        """
        with self._lock:
            before, self._open[place] = self._open[place], []
            flags = os.O_RDWR | os.O_CLOEXEC | (0 if before else os.O_CREAT | os.O_EXCL)
            for descriptor in before:
                os.close(descriptor)
            descriptor = os.open(place, flags, 0o600)
        try:
            yield descriptor
            _lock(descriptor, fcntl.LOCK_SH)  # our own child has to read it, on whatever disk
            reading = os.open(place, os.O_RDONLY | os.O_CLOEXEC)
            with self._lock:
                self._open[place].append(reading)
            _lock(reading, fcntl.LOCK_SH)
        finally:
            os.close(descriptor)

    def _is_busy(self, place: Path) -> bool:
        """Is somebody writing it, here or elsewhere?"""
        with self._lock:
            if place in self._open:
                return True
        try:
            descriptor = os.open(place, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            _lock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False


def _lock(descriptor: int, kind: int) -> None:
    """Lock a new file for as long as it is open, where the disk knows locks."""
    try:
        fcntl.flock(descriptor, kind)
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise
