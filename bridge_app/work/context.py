"""What a running handler may ask of the worker: to report, and to hear that it must stop."""

import threading
from collections.abc import Callable
from datetime import datetime

from bridge_app.work.outcome import CancelledError

Report = Callable[[int, int], None]


class Context:
    """Handed to a handler with its job; `report` doubles as the place where it is stopped."""

    def __init__(self, *, attempt: int, now: Callable[[], datetime], report: Report) -> None:
        self.attempt = attempt
        self.now = now
        self._report = report
        self._stop = threading.Event()
        self._given_up = False
        self._advanced = False

    def report(self, done: int, total: int) -> None:
        """Say how far it is, in bytes or items. Raises CancelledError when asked to stop."""
        if self._stop.is_set():
            raise CancelledError
        self._report(done, total)

    def advance(self) -> None:
        """Something is done that stays done; a run that gets further never uses up the tries."""
        self._advanced = True

    @property
    def advanced(self) -> bool:
        """Did this run get further than the one before?"""
        return self._advanced

    def stop(self, *, for_good: bool = False) -> None:
        """Ask the handler to stop at its next report; from any thread.

        `for_good`: a person gave it up, and what it keeps for a later run is not needed.
        """
        self._given_up = self._given_up or for_good
        self._stop.set()

    @property
    def given_up(self) -> bool:
        """Has a person given it up?"""
        return self._given_up

    @property
    def stopped(self) -> bool:
        """Has it been asked to stop?"""
        return self._stop.is_set()
