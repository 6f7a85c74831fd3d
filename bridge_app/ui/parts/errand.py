"""Something long that was asked for: it goes on whatever closes, and can be stopped."""

import threading
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.parts.beside_dialog import Outcome

T = TypeVar("T")
LOOK_MS = 150


class ErrandStoppedError(BridgeError):
    """Nobody wants it any more."""

    text = QT_TRANSLATE_NOOP("errors", "It was stopped. Nothing of it was kept.")


class Told:
    """How far it is, told by who carries it out; who is not wanted any more is broken off."""

    def __init__(self) -> None:
        self.done = self.total = 0
        self.stopped = threading.Event()

    def __call__(self, done: int, total: int = 0) -> None:
        """So much is done of so much, 0 where nobody knows. Raises ErrandStoppedError."""
        self.done, self.total = done, total
        if self.stopped.is_set():
            raise ErrandStoppedError


class Errand(QObject):
    """GUI thread only. Whoever lists it hears `progressed` now and then, and `ended` once.

    `owner` hears what came of it, unless it is gone by then.

    Signals:
        progressed: `told` may know more.
        ended: Outcome.
    """

    progressed = Signal()
    ended = Signal(object)

    def __init__(self, asker: Asker, *, icon: str, title: str, owner: QObject) -> None:
        super().__init__(asker)
        self._asker, self._owner = asker, owner
        self.icon, self.title = icon, title
        self.told = Told()
        timer = QTimer(self, interval=LOOK_MS)
        timer.timeout.connect(self.progressed)
        timer.start()

    def carry_out(
        self,
        work: Callable[[Told], T],
        take: Callable[[T], object],
        failed: Callable[[BridgeError], object],
    ) -> None:
        """Have it done off the GUI thread."""
        owner = self._owner

        def done(answer: T) -> None:
            if isValid(owner):
                take(answer)
            self._end(Outcome())

        def fail(error: BridgeError) -> None:
            if isValid(owner):
                failed(error)
            self._end(Outcome(trouble=error))

        self._asker.ask(lambda: work(self.told), done, fail)

    def stop(self) -> None:
        """It is not wanted any more."""
        self.told.stopped.set()

    def _end(self, outcome: Outcome) -> None:
        self.ended.emit(outcome)
        self.deleteLater()
