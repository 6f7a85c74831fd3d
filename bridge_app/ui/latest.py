"""One question after another: only the answer to the newest is let through.

Dialogs use it so that a slow answer can neither overwrite a newer one nor reach a closed dialog.
"""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from bridge_app.domain.errors import BridgeError
from bridge_app.storage.search import CatalogReader
from bridge_app.ui.asker import Asker

T = TypeVar("T")


class Latest:
    """Wraps an `Asker` with a ticket; GUI thread only.

    Args:
        asker: Runs the work elsewhere and brings the answer back to the GUI thread.
        owner: Who asks; once Qt has deleted it, answers are dropped.
    """

    def __init__(self, asker: Asker, owner: QObject) -> None:
        self._asker = asker
        self._owner = owner
        self._ticket = 0
        self._open = 0

    @property
    def waiting(self) -> bool:
        """Is the newest question still without an answer?"""
        return self._open == self._ticket and self._ticket > 0

    def ask(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[BridgeError], None],
    ) -> None:
        """Have a blocking call made; every earlier answer is void from now on."""
        self._asker.ask(work, *self._ticketed(done, failed))

    def read(
        self,
        work: Callable[[CatalogReader], T],
        done: Callable[[T], None],
        failed: Callable[[BridgeError], None],
    ) -> None:
        """Put a question to the catalog; every earlier answer is void from now on."""
        self._asker.read(work, *self._ticketed(done, failed))

    def _ticketed(
        self, done: Callable[[T], None], failed: Callable[[BridgeError], None]
    ) -> tuple[Callable[[T], None], Callable[[BridgeError], None]]:
        self._ticket += 1
        self._open = ticket = self._ticket

        def arrived(answer: T) -> None:
            if self._settles(ticket):
                done(answer)

        def refused(error: BridgeError) -> None:
            if self._settles(ticket):
                failed(error)

        return arrived, refused

    def forget(self) -> None:
        """Drop whatever is still to come."""
        self._ticket += 1
        self._open = 0

    def _settles(self, ticket: int) -> bool:
        if ticket != self._ticket or not isValid(self._owner):
            return False
        self._open = 0
        return True
