"""Has the system's allocator give memory back.

By itself glibc keeps what was freed, for each thread apart, and keeps ever larger pieces once it
has met such: after somebody had scrolled through 100,000 assets, more than 100 MB that nobody used.
Pieces of the size of a picture now go back at once, and threads share two heaps; what becomes free
between smaller pieces goes back when it is much.
"""

import ctypes
import sys
import threading

# Names and numbers of malloc.h.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
SETTINGS = ((M_ARENA_MAX, 2), (M_MMAP_THRESHOLD, 128 << 10), (M_TRIM_THRESHOLD, 256 << 10))
FACTS = (
    *("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks"),
    *("uordblks", "fordblks", "keepcost"),
)
LOOK_S = 5.0
MUCH_BYTES = 16 << 20


class _Facts(ctypes.Structure):
    """`struct mallinfo2` of malloc.h."""

    _fields_ = [(name, ctypes.c_size_t) for name in FACTS]


def give_memory_back() -> bool:
    """To be called before any thread is started; was it understood? Without glibc it is not."""
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and all(mallopt(name, value) for name, value in SETTINGS)


class SpareMemory:
    """Looks now and then, in a thread of its own, how much is free, and has it given back.

    Where the system has no glibc, or one before 2.33, it does nothing.
    """

    def __init__(self) -> None:
        library = ctypes.CDLL(None) if sys.platform == "linux" else None
        self._facts = getattr(library, "mallinfo2", None)
        self._trim = getattr(library, "malloc_trim", None)
        self._least = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="spare-memory", daemon=True)
        if self._facts is not None:
            self._facts.restype = _Facts
            self._thread.start()

    def look(self) -> bool:
        """Give back what became free since it was done last, if that is much; was it?"""
        if self._facts is None or self._trim is None:
            return False
        # What was given back counts as free as well, until it is used again.
        free = int(self._facts().fordblks)
        self._least = min(self._least, free)
        if free - self._least < MUCH_BYTES:
            return False
        self._trim(0)
        self._least = int(self._facts().fordblks)
        return True

    def close(self) -> None:
        """Look no more."""
        self._ended.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_S):
            self.look()
