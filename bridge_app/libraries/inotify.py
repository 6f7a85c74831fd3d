"""Linux's own news of changed files, as far as a tree of folders needs them.

Bound here because watchfiles 1.3 (notify 8) ends for good at a name that is no UTF-8, leaves a
tree half watched at the first folder it may not read, and hides a queue that ran over.
"""

import ctypes
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntFlag
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)
_HEADER = struct.Struct("iIII")
_BUFFER = 1 << 16


class Mask(IntFlag):
    """What happened. Source: inotify(7), <sys/inotify.h>."""

    ATTRIB = 0x4
    CLOSE_WRITE = 0x8
    MOVED_FROM = 0x40
    MOVED_TO = 0x80
    CREATE = 0x100
    DELETE = 0x200
    DELETE_SELF = 0x400
    MOVE_SELF = 0x800
    OVERFLOW = 0x4000
    IGNORED = 0x8000
    IS_FOLDER = 0x4000_0000


_ONLY_FOLDERS = 0x0100_0000
_FORGET_UNLINKED = 0x0400_0000
_WANTED = (
    *(Mask.ATTRIB, Mask.CLOSE_WRITE, Mask.CREATE, Mask.DELETE, Mask.DELETE_SELF),
    *(Mask.MOVED_FROM, Mask.MOVED_TO, Mask.MOVE_SELF),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """News of `name` in the folder that `watch` stands for; "" is the folder itself."""

    watch: int
    mask: Mask
    name: str


class Inotify:
    """A queue of news. Methods raise OSError; ENOSPC when the system has no more watches."""

    def __init__(self) -> None:
        self._descriptor: int = _checked(_LIBC.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))

    def fileno(self) -> int:
        """Readable when there is news."""
        return self._descriptor

    def add(self, folder: Path) -> int:
        """Watch a folder; one that is watched already, by whatever path, keeps its number."""
        flags = sum(_WANTED) | _ONLY_FOLDERS | _FORGET_UNLINKED
        return _checked(
            _LIBC.inotify_add_watch(self._descriptor, os.fsencode(folder), ctypes.c_uint32(flags))
        )

    def remove(self, watch: int) -> None:
        """Watch no more. The news of it ends with IGNORED."""
        _checked(_LIBC.inotify_rm_watch(self._descriptor, watch))

    def read(self) -> Iterator[Event]:
        """The news there are. Does not wait."""
        try:
            while news := os.read(self._descriptor, _BUFFER):
                yield from _events(news)
        except BlockingIOError:
            return

    def close(self) -> None:
        """Give everything back to the system."""
        os.close(self._descriptor)


def _events(news: bytes) -> Iterator[Event]:
    offset = 0
    while offset < len(news):
        watch, mask, _, length = _HEADER.unpack_from(news, offset)
        offset += _HEADER.size
        name = news[offset : offset + length].rstrip(b"\0")
        offset += length
        yield Event(watch=watch, mask=Mask(mask), name=os.fsdecode(name))


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
