"""What a picture is compared with: the version that was approved before, or its master."""

from collections import OrderedDict

from PySide6.QtCore import QObject, QSizeF, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.decoded import decoded
from bridge_app.ui.messages import date_text, error_text, moment_day, one_line
from bridge_app.ui.review.making import painted_fast
from bridge_app.ui.review.panes import Pane
from bridge_app.ui.review.subjects import Key, Subject
from bridge_app.ui.studio.previews import Shown
from bridge_app.work.differences import Comparison
from bridge_app.work.worker import Worker

KEPT = 12
"""Versions before in memory, 5 MB each."""


class Earlier(QObject):
    """GUI thread only; read when somebody compares, for the picture that is looked at."""

    arrived = Signal(object)  # Key

    def __init__(self, worker: Worker, asker: Asker, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._asker = asker
        self._panes: OrderedDict[Key, Pane] = OrderedDict()
        self._scores: dict[Key, tuple[float, float]] = {}
        self._running: set[Key] = set()
        self._round = 0

    def pane(self, subject: Subject) -> Pane:
        """The version before, as much of it as is here; it is asked for if it is not."""
        found = self._panes.get(subject.key)
        if found is not None:
            return found
        self._ask(subject)
        label = self.tr("Version before")
        return Pane(key=subject.key, label=label, size=QSizeF(1, 1), note=self.tr("Comparing…"))

    def scores(self, subject: Subject) -> tuple[float, float] | None:
        """How much differs: the share of the pixels, and how much it looks different; 0..1."""
        return self._scores.get(subject.key)

    def forget(self) -> None:
        """Decisions and versions are others now; what is on its way is void as well."""
        self._round += 1
        self._running.clear()
        self._panes.clear()
        self._scores.clear()

    def _ask(self, subject: Subject) -> None:
        key = subject.key
        if key in self._running:
            return
        self._running.add(key)
        asked_in = self._round

        def work() -> tuple[Comparison, QImage] | None:
            found = self._worker.differences.against_approved(
                subject.asset.id, subject.transformation
            )
            return (found, painted_fast(decoded(found.before))) if found is not None else None

        def done(found: tuple[Comparison, QImage] | None) -> None:
            if not self._is_due(key, asked_in):
                return
            if found is not None:
                difference = found[0].difference
                self._scores[key] = (difference.pixels, difference.perceptual)
            self._take(key, self._pane(key, found))

        def failed(error: BridgeError) -> None:
            if self._is_due(key, asked_in):
                label = self.tr("Version before")
                note = error_text(error)
                self._take(key, Pane(key=key, label=label, size=QSizeF(1, 1), note=note))

        self._asker.ask(work, done, failed)

    def _is_due(self, key: Key, asked_in: int) -> bool:
        """Who looks at what was forgotten meanwhile is told, and asks again."""
        if not isValid(self):
            return False
        if asked_in != self._round:
            self.arrived.emit(key)
            return False
        return True

    def _pane(self, key: Key, found: tuple[Comparison, QImage] | None) -> Pane:
        if found is None:
            note = self.tr("No version before this one was approved, or its picture is gone")
            return Pane(key=key, label=self.tr("Version before"), size=QSizeF(1, 1), note=note)
        comparison, image = found
        day = moment_day(comparison.approved.at)
        label = self.tr("Approved by {who}, {day}").format(
            who=one_line(comparison.approved.who), day=date_text(day) if day else ""
        )
        shown = Shown(
            text=key[2],
            image=image,
            size=(image.width(), image.height()),
            fidelity="exact",
            reasons=(),
            sharp=False,
        )
        return Pane(key=key, label=label, size=QSizeF(image.size()), shown=shown)

    def _take(self, key: Key, pane: Pane) -> None:
        self._running.discard(key)
        self._panes[key] = pane
        while len(self._panes) > KEPT:
            self._scores.pop(self._panes.popitem(last=False)[0], None)
        self.arrived.emit(key)
