"""Memory that a decoder child draws into and its parent reads: a frame a pipe takes 10 ms for."""

import fcntl
import mmap
import os
from typing import Self


class SharedFrame:
    """Room for one frame, of a size that neither side can change any more.

    One question at a time is answered through it: its bytes are the child's until the answer
    is there, and the parent's until it asks again. Where the system knows no such memory (it is
    Linux's), frames go through the pipe.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._bytes = mmap.mmap(descriptor, 0)

    @classmethod
    def of(cls, room: int) -> Self | None:
        """New memory of `room` bytes; None where there is no such thing."""
        if not hasattr(os, "memfd_create"):
            return None
        descriptor = os.memfd_create("frame", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.ftruncate(descriptor, room)
        # a child that shrank it would end the process that reads there
        seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
        return cls(descriptor)

    @property
    def descriptor(self) -> int:
        """What a child is started with, to open the same memory."""
        return self._descriptor

    def put(self, data: bytes) -> bool:
        """Lay a frame there; False when it is larger than the room."""
        if len(data) > len(self._bytes):
            return False
        self._bytes[: len(data)] = data
        return True

    def taken(self, count: object) -> bytes | None:
        """A copy of the first `count` bytes; None for what cannot be a count of them."""
        if type(count) is not int or not 0 <= count <= len(self._bytes):
            return None
        return self._bytes[:count]

    def close(self) -> None:
        """Give it back. Whoever else has opened it keeps it."""
        self._bytes.close()
        os.close(self._descriptor)
