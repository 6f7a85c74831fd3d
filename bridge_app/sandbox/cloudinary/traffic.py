"""How much was delivered, day by day, as `usage` tells; a restart begins anew."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime


class Traffic:
    """Requests and bytes of one product environment. Used on the event loop."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._bytes: Counter[str] = Counter()
        self._requests: Counter[str] = Counter()

    def count(self, size: int) -> None:
        """One more file was asked for; a part of it counts as the whole."""
        day = self._now().date().isoformat()
        self._bytes[day] += size
        self._requests[day] += 1

    def total(self, day: str = "") -> tuple[int, int]:
        """Bytes and requests, of one day (yyyy-mm-dd) or of all."""
        if day:
            return self._bytes[day], self._requests[day]
        return self._bytes.total(), self._requests.total()
