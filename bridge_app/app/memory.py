"""Has the system's allocator give memory back.

By itself glibc keeps what was freed, for each thread apart, and keeps ever larger pieces once it
has met such: after somebody had scrolled through 100,000 assets, more than 100 MB that nobody used.
Pieces of the size of a picture now go back at once, and threads share two heaps.
"""

import ctypes
import sys

# Names and numbers of malloc.h.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
SETTINGS = ((M_ARENA_MAX, 2), (M_MMAP_THRESHOLD, 128 << 10), (M_TRIM_THRESHOLD, 256 << 10))


def give_memory_back() -> bool:
    """To be called before any thread is started; was it understood? Without glibc it is not."""
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and all(mallopt(name, value) for name, value in SETTINGS)
