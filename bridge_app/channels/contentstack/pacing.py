"""Not faster than an organization may: a bucket each for reads and writes."""

import threading
from collections.abc import Callable
from enum import StrEnum


class Sort(StrEnum):
    """What a call counts as."""

    READ = "read"
    WRITE = "write"


PER_S = {Sort.READ: 8.0, Sort.WRITE: 5.0}
"""Below the service's 10 and 10, which all programs of an organization share."""


class Pacing:
    """Thread-safe.

    Args:
        clock: Seconds that only grow.
        pause: Waits so many seconds.
    """

    def __init__(self, *, clock: Callable[[], float], pause: Callable[[float], object]) -> None:
        self._clock = clock
        self._pause = pause
        self._lock = threading.Lock()
        self._level = dict(PER_S)
        self._at = clock()

    def take(self, sort: Sort) -> None:
        """Wait until such a call may be made."""
        with self._lock:
            now = self._clock()
            passed, self._at = now - self._at, now
            for name, rate in PER_S.items():
                self._level[name] = min(rate, self._level[name] + passed * rate)
            # It may go below nothing: whoever comes next waits for that, too.
            self._level[sort] -= 1.0
            wait_s = max(0.0, -self._level[sort] / PER_S[sort])
        if wait_s:
            self._pause(wait_s)
