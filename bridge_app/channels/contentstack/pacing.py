"""Not faster than an organization may: a bucket each for reads and writes."""

import threading
from collections.abc import Callable
from enum import StrEnum


class Sort(StrEnum):
    """What a call counts as."""

    READ = "read"
    WRITE = "write"
    MANY = "many"


PER_S = {Sort.READ: 8.0, Sort.WRITE: 5.0, Sort.MANY: 1 / 1.2}
"""Below the service's 10, 10 and 1, which all programs of an organization share."""


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
        self._level[Sort.MANY] = 1.0
        self._at = clock()

    def take(self, sort: Sort) -> None:
        """Wait until such a call may be made."""
        with self._lock:
            self._fill()
            # It may go below nothing: whoever comes next waits for that, too.
            self._level[sort] -= 1.0
            wait_s = max(0.0, -self._level[sort] / PER_S[sort])
        if wait_s:
            self._pause(wait_s)

    def has_room(self, sort: Sort) -> bool:
        """Could such a call be made without waiting?"""
        with self._lock:
            self._fill()
            return self._level[sort] >= 1.0

    def _fill(self) -> None:
        now = self._clock()
        passed, self._at = now - self._at, now
        for name, rate in PER_S.items():
            self._level[name] = min(max(1.0, rate), self._level[name] + passed * rate)
