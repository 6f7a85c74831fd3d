"""How many Admin API calls an hour a cloud may make, and the headers that say so."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bridge_app.sandbox.cloudinary.errors import CloudinaryError

HOUR = timedelta(hours=1)


class RateLimit:
    """Counts the calls of one cloud by the clock's hour."""

    def __init__(self, calls_per_hour: int, now: Callable[[], datetime]) -> None:
        self._limit = calls_per_hour
        self._now = now
        self._hour: datetime | None = None
        self._used = 0

    def count(self, cost: int = 1) -> None:
        """One more call; dear ones count several times.

        Raises:
            CloudinaryError: 420, there were too many in this hour.
        """
        hour = self._now().replace(minute=0, second=0, microsecond=0)
        if hour != self._hour:
            self._hour, self._used = hour, 0
        self._used += cost
        if self._used > self._limit:
            again = (hour + HOUR).strftime("%Y-%m-%d %H:%M:%S UTC")
            raise CloudinaryError(
                420,
                f"Rate Limit Exceeded. Limit of {self._limit} api operations reached. "
                f"Try again on {again}",
            )

    def headers(self) -> dict[str, str]:
        """What every Admin reply carries."""
        reset = (self._hour or self._now()) + HOUR
        return {
            "X-FeatureRateLimit-Limit": str(self._limit),
            "X-FeatureRateLimit-Remaining": str(max(self._limit - self._used, 0)),
            "X-FeatureRateLimit-Reset": reset.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        }
