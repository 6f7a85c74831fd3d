"""How much of what others do is read at once: each read is a call of the hourly number."""

from dataclasses import dataclass
from datetime import datetime, timedelta

AT_ONCE = 100
"""Calls that may be made one after the other."""
ONE_MORE = timedelta(minutes=1)
"""After so long there may be another one."""


@dataclass(slots=True)
class Allowance:
    """Calls that are left; more come with time, up to `AT_ONCE`."""

    left: float = AT_ONCE
    at: datetime | None = None

    def take(self, calls: int, now: datetime) -> bool:
        """May so many be made now? They are, then."""
        if self.at is not None:
            self.left = min(AT_ONCE, self.left + max(0.0, (now - self.at) / ONE_MORE))
        self.at = now
        if calls > self.left:
            return False
        self.left -= calls
        return True
