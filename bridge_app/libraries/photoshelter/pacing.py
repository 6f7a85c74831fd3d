"""How fast a service is asked: so many calls at once, so many in a second, and a pause if it asks.

Source: reference/photoshelter.md, 5 (rate limits; the numbers are ours).
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bridge_app.libraries.photoshelter.errors import StoppedError

AT_ONCE = 4
PER_SECOND = 8.0


class Pacing:
    """A gate that calls pass; thread-safe, one for each service.

    After a rest, as many calls as belong to one second pass without a wait.

    Args:
        at_once: Calls on their way at one time.
        per_s: Calls that may start in a second.
        clock: Seconds that only grow.
        wait: Waits so many seconds; True if everything is to stop instead.
    """

    def __init__(
        self,
        *,
        at_once: int = AT_ONCE,
        per_s: float = PER_SECOND,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        self._stopping = threading.Event()
        self._wait = wait or self._stopping.wait
        self._clock = clock
        self._interval_s = 1.0 / per_s
        self._burst_s = 1.0 - self._interval_s
        self._slots = threading.Semaphore(at_once)
        self._lock = threading.Lock()
        self._due = 0.0
        self._held_until = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and hold it while a call is on its way. Raises StoppedError."""
        with self._slots:
            self.started()
            yield

    def started(self) -> None:
        """Wait until one more call may start. Raises StoppedError."""
        self.pause(self._delay_s())

    def pause(self, seconds: float) -> None:
        """Wait. Raises StoppedError if everything is to stop."""
        if self._stopping.is_set() or (seconds > 0 and self._wait(seconds)):
            raise StoppedError

    def hold_back(self, seconds: float) -> None:
        """Start nothing for so long: the service asked for it."""
        with self._lock:
            self._held_until = max(self._held_until, self._clock() + seconds)

    def stop(self) -> None:
        """End all waits, now and from now on."""
        self._stopping.set()

    def _delay_s(self) -> float:
        """How long the next call has to wait; counts it as started then."""
        with self._lock:
            now = self._clock()
            start = max(now, self._due - self._burst_s, self._held_until)
            self._due = max(self._due, start) + self._interval_s
            return start - now
