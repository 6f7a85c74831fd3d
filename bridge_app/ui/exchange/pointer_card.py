"""What is said below the pointer while the files of a drag are still being made."""

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QVBoxLayout

from bridge_app.ui.messages import bytes_text
from bridge_app.work.exchange.departure import Departure

BESIDE = QPoint(20, 56)
FOLLOW_MS = 40
SHOWN_AFTER_MS = 250
"""What is made sooner needs no word."""
WIDTH_PX, STEPS = 260, 1000


class PointerCard(QFrame):
    """Follows the pointer until it is closed; the mouse goes through it."""

    def __init__(self, departure: Departure) -> None:
        flags = Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint
        super().__init__(None, flags | Qt.WindowType.WindowTransparentForInput)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._departure = departure
        self._held = False
        self._words = QLabel(wordWrap=True)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setRange(0, STEPS if departure.total_bytes else 0)
        self._bar.setAccessibleName(self.tr("Getting files ready"))
        self.setProperty("surface", "card")
        self.setFixedWidth(WIDTH_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(6)
        layout.addWidget(self._words)
        layout.addWidget(self._bar)
        self._following = QTimer(self, interval=FOLLOW_MS)
        self._following.timeout.connect(self._follow)
        QTimer.singleShot(SHOWN_AFTER_MS, self, self._appear)

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def hold(self) -> None:
        """The person has let go; the drop waits for the files."""
        self._held = True
        self._appear()

    def paint_now(self) -> None:
        """Show how far it is at once, also where no events are handled."""
        if self.isVisible():
            self._say()
            self.repaint()

    def end(self) -> None:
        """The drag is over."""
        self._following.stop()
        self.close()
        self.deleteLater()

    def _appear(self) -> None:
        if self._departure.has_ended:
            return
        self._follow()
        self.show()
        self._following.start()

    def _follow(self) -> None:
        if self._departure.has_ended:
            self.hide()
            return
        self._say()
        if not self._held:
            self.move(self._place())

    def _place(self) -> QPoint:
        """Beside the pointer, on its screen; on the other side where there is no room."""
        pointer = QCursor.pos()
        screen = QGuiApplication.screenAt(pointer) or QGuiApplication.primaryScreen()
        place, room = pointer + BESIDE, screen.availableGeometry()
        if place.x() + self.width() > room.right():
            place.setX(pointer.x() - BESIDE.x() - self.width())
        if place.y() + self.height() > room.bottom():
            place.setY(pointer.y() - BESIDE.y() - self.height())
        return place

    def _say(self) -> None:
        departure = self._departure
        count = len(departure.wishes)
        words = self.tr("Getting %Ln file(s) ready…", "", count)
        if self._held:
            words = self.tr(
                "Dropped as soon as %Ln file(s) are ready. Press Esc to cancel.", "", count
            )
        total = departure.total_bytes
        if total:
            done = min(departure.done_bytes, total)
            self._bar.setValue(done * STEPS // total)
            amount = self.tr("{done} of {total}")
            amount = amount.format(done=bytes_text(done), total=bytes_text(total))
            words = f"{words}\n{amount}"
        self._words.setText(words)
        self.adjustSize()
