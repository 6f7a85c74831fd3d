"""Which moment of a film or a sound a comment is about: typed, to the thousandth of a second."""

from PySide6.QtCore import QSignalBlocker, Qt, QTime, Signal
from PySide6.QtWidgets import QTimeEdit

HOUR_S = 3600.0
LAST = QTime(23, 59, 59, 999)
START = QTime(0, 0)


class MomentField(QTimeEdit):
    """`picked` carries the seconds that a person chose; filling it tells nothing."""

    picked = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        # A film's time runs from left to right in every language; Qt would turn the parts round.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAccessibleName(self.tr("Moment"))
        self.setToolTip(self.tr("The moment that the comment is about"))
        self.timeChanged.connect(lambda _: self.picked.emit(self.seconds))
        self.bound(None)

    @property
    def seconds(self) -> float:
        """What it shows, in seconds from the beginning."""
        return START.msecsTo(self.time()) / 1000

    def bound(self, duration_s: float | None) -> None:
        """No later than the end; None where nobody knows how long it is."""
        blocker = QSignalBlocker(self)
        is_short = duration_s is not None and duration_s < HOUR_S
        self.setDisplayFormat("mm:ss.zzz" if is_short else "h:mm:ss.zzz")
        end = START.addMSecs(round(duration_s * 1000)) if is_short and duration_s else LAST
        self.setMaximumTime(end)
        blocker.unblock()

    def show_seconds(self, seconds: float) -> None:
        """Show a moment; nothing is emitted."""
        blocker = QSignalBlocker(self)
        self.setTime(START.addMSecs(round(seconds * 1000)))
        blocker.unblock()
