"""Keeps the pictures around the one that is looked at, so that the next one is there at once."""

from collections import OrderedDict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.messages import error_text
from bridge_app.ui.pixels import PICTURED
from bridge_app.ui.review.making import Made, OpenMasters, draft, real
from bridge_app.ui.review.subjects import Key, Subject
from bridge_app.ui.studio.previews import Shown
from bridge_app.work.worker import Worker

KEPT_BYTES = 320 << 20
"""Large pictures in memory; those looked at longest ago go first."""
KEPT_SMALL = 400
"""Small ones; each takes a quarter of a megabyte at most."""
AT_ONCE = 2
AHEAD, BEHIND = 14, 4


class Preloading(QObject):
    """GUI thread only. `want` says what is seen and what will be; the newest word counts.

    What is looked at goes first, then its neighbours. At most two pictures are made at a time.
    """

    arrived = Signal(object)  # Key: its picture is there, or a better one
    failed = Signal(object)  # Key: there is none

    def __init__(self, worker: Worker, asker: Asker, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._asker = asker
        self._masters = OpenMasters(worker)
        self._large: OrderedDict[Key, Shown] = OrderedDict()
        self._bytes = 0
        self._small: OrderedDict[Key, QImage] = OrderedDict()
        self._troubles: dict[Key, str] = {}
        self._final: set[Key] = set()
        self._waiting: list[Subject] = []
        self._running: dict[Key, Subject] = {}
        self._is_open = True

    @property
    def kept_bytes(self) -> int:
        """What the large pictures take."""
        return self._bytes

    @property
    def is_quiet(self) -> bool:
        """Nothing is under way and nothing waits."""
        return not self._running and not self._waiting

    def shown(self, subject: Subject) -> Shown | None:
        """The best picture there is so far; None while or because there is none."""
        found = self._large.get(subject.key)
        if found is not None:
            self._large.move_to_end(subject.key)
        return found

    def small(self, subject: Subject) -> QImage | None:
        """The small picture; None while or because there is none."""
        return self._small.get(subject.key)

    def trouble(self, subject: Subject) -> str:
        """Why there is no picture, in a sentence; "" if there is or may be one."""
        if subject.asset.kind not in PICTURED or subject.asset.error:
            return self.tr("There is no picture of this file")
        return self._troubles.get(subject.key, "")

    def is_final(self, subject: Subject) -> bool:
        """Is what is shown the real file, or as near to it as there is here?"""
        return subject.key in self._final

    def want(self, subjects: Sequence[Subject]) -> None:
        """These pictures, the most urgent first; what was wanted before is given up."""
        self._waiting = [one for one in subjects if self._is_missing(one)]
        self._go_on()

    def want_real(self, subject: Subject) -> None:
        """Have the real file made of what is looked at; `arrived` tells when it is there."""
        if self._is_open and not self.is_final(subject) and not self.trouble(subject):
            self._start(subject, self._make_real)

    def close(self) -> None:
        """Nothing is made or told any more; the decoders end elsewhere."""
        self._is_open = False
        self._waiting = []
        self._large.clear()
        self._small.clear()
        self._bytes = 0
        self._asker.ask(self._masters.close, _over, _over)

    def _is_missing(self, subject: Subject) -> bool:
        there = subject.key in self._large and subject.key in self._small
        return not there and subject.key not in self._running and not self.trouble(subject)

    def _go_on(self) -> None:
        while self._is_open and self._waiting and len(self._running) < AT_ONCE:
            self._start(self._next(), self._make_draft)

    def _next(self) -> Subject:
        """The first; behind it rather one of another master, whose decoder is free."""
        busy = {one.asset.id for one in self._running.values()}
        for place, one in enumerate(self._waiting):
            if place == 0 and not busy:
                break
            if one.asset.id not in busy:
                return self._waiting.pop(place)
        return self._waiting.pop(0)

    def _make_draft(self, subject: Subject) -> Made | None:
        return draft(self._worker, self._masters, subject)

    def _make_real(self, subject: Subject) -> Made | None:
        return real(self._worker, subject)

    def _start(self, subject: Subject, make: Callable[[Subject], Made | None]) -> None:
        self._running[subject.key] = subject
        is_real = make == self._make_real

        def done(made: Made | None) -> None:
            if self._ended(subject):
                self._take(subject.key, made, is_real=is_real)

        def failed(error: BridgeError) -> None:
            if self._ended(subject):
                self._refuse(subject.key, error, is_real=is_real)

        self._asker.decode.put(lambda _: make(subject), done, failed, urgent=True)

    def _ended(self, subject: Subject) -> bool:
        if not isValid(self) or not self._is_open:
            return False
        self._running.pop(subject.key, None)
        self._go_on()
        return True

    def _take(self, key: Key, made: Made | None, *, is_real: bool) -> None:
        if is_real:
            self._final.add(key)
        if made is None:
            return
        before = self._large.pop(key, None)
        self._bytes += made.bytes - (before.image.sizeInBytes() if before is not None else 0)
        self._large[key] = made.shown
        self._small[key] = made.small
        self._small.move_to_end(key)
        while self._bytes > KEPT_BYTES and len(self._large) > 1:
            gone, shown = self._large.popitem(last=False)
            self._bytes -= shown.image.sizeInBytes()
            self._final.discard(gone)
        while len(self._small) > KEPT_SMALL:
            self._small.popitem(last=False)
        self.arrived.emit(key)

    def _refuse(self, key: Key, error: BridgeError, *, is_real: bool) -> None:
        if is_real:
            self._final.add(key)  # the preview stays, and nobody asks again
            return
        self._troubles[key] = error_text(error)
        self.failed.emit(key)


def around(subjects: Sequence[Subject], row: int, *, onward: int = 1) -> list[Subject]:
    """What to have ready when `row` is looked at: it, then more ahead than behind.

    `onward` is 1 or -1: which way somebody pages.
    """
    steps = [0, *range(1, AHEAD + 1)]
    ahead = [row + step * onward for step in steps]
    behind = [row - step * onward for step in range(1, BEHIND + 1)]
    order = [*ahead[:3], behind[0], *ahead[3:], *behind[1:]]
    return [subjects[at] for at in order if 0 <= at < len(subjects)]


def _over(_: object) -> None:
    """The decoders are gone, or were gone before."""
