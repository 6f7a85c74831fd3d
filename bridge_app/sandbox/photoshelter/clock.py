"""The service's clock, which a test may set: it goes on from there."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class ShelterClock:
    """Tells the time of the service, in UTC. From any thread.

    Args:
        now: The clock that it goes with.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._ahead = timedelta()

    def now(self) -> datetime:
        """This moment, there."""
        return self._now().astimezone(UTC) + self._ahead

    def set(self, moment: datetime) -> None:
        """It is `moment` now (with its zone), and goes on."""
        self._ahead = moment.astimezone(UTC) - self._now().astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """So much time passes at once."""
        self._ahead += by

    def reset(self) -> None:
        """It is what it is."""
        self._ahead = timedelta()
