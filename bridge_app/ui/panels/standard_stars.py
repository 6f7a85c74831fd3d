"""The rating as stars: clicked, or typed as a digit."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import stars_text
from bridge_app.ui.theme import Theme

STAR_PX, GAP_PX, EDGE_PX = 18, 6, 4
STARS = 5
REJECTED = -1


class StarsEditor(QWidget):
    """Five stars and the sign of what is rejected; the same again takes it away.

    0 to 5 say it at once, X that it is rejected, Delete that there is no rating; the arrow keys
    move by one.
    """

    said = Signal(str)
    stepWanted = Signal(int)  # assets on, or back

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._value: int | None = None
        self._mixed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    @property
    def value(self) -> int | None:
        """What is shown: -1 to 5, None for no rating or several."""
        return self._value

    def show_value(self, value: FieldValue, *, mixed: bool) -> None:
        """What is there."""
        number = value if isinstance(value, int) else None
        if (number, mixed) != (self._value, self._mixed):
            self._value, self._mixed = number, mixed
            self.setAccessibleDescription(self._words())
            self.setToolTip(self._words())
            self.update()

    def sizeHint(self) -> QSize:
        """Qt: six signs in a row."""
        width = (STARS + 1) * (STAR_PX + GAP_PX) + GAP_PX + 2 * EDGE_PX
        return QSize(width, STAR_PX + 2 * EDGE_PX + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the signs."""
        del event
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ratio = self.devicePixelRatioF()
        quiet = tokens.text_disabled
        for number in range(1, STARS + 1):
            lit = self._value is not None and number <= self._value
            name, ink = ("star-filled", tokens.star) if lit else ("star", quiet)
            painter.drawPixmap(self._place(number), self._icons.pixmap(name, ink, STAR_PX, ratio))
        ink = tokens.negative.soft_ink if self._value == REJECTED else quiet
        painter.drawPixmap(self._place(0), self._icons.pixmap("ban", ink, STAR_PX, ratio))
        if self._mixed:
            painter.setPen(QPen(tokens.text_muted, 2))
            middle = self._place(1).center().y() + 1
            ends = (self._place(1).left(), self._place(STARS).right())
            painter.drawLine(QPoint(min(ends), middle), QPoint(max(ends), middle))
        if self.hasFocus():
            painter.setPen(QPen(tokens.focus, 2))
            radius = tokens.radius.control
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a star says so many, the sign before them that it is rejected."""
        for number in range(STARS + 1):
            room = self._place(number).adjusted(-GAP_PX // 2, -EDGE_PX, GAP_PX // 2, EDGE_PX)
            if room.contains(event.position().toPoint()):
                chosen = number or REJECTED
                self._say(None if chosen == self._value else chosen)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: digits say it; the arrows move by one."""
        key, text = event.key(), event.text()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        more = Qt.Key.Key_Left if mirrored else Qt.Key.Key_Right
        less = Qt.Key.Key_Right if mirrored else Qt.Key.Key_Left
        if len(text) == 1 and text in "012345":
            self._say(int(text))
        elif text.lower() == "x":
            self._say(REJECTED)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._say(None)
        elif key in (more, less):
            step = 1 if key == more else -1
            self._say(min(max((self._value or 0) + step, 0), STARS))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: no ring."""
        super().focusOutEvent(event)
        self.update()

    def finish(self) -> None:
        """Nothing is ever half typed here."""

    def _say(self, value: int | None) -> None:
        if value != self._value or self._mixed:
            self.show_value(value, mixed=False)
            self.said.emit("" if value is None else str(value))

    def _place(self, number: int) -> QRect:
        """0 is the sign before the stars."""
        apart = 0 if number == 0 else GAP_PX
        x = EDGE_PX + number * (STAR_PX + GAP_PX) + apart
        place = QRect(x, EDGE_PX + 1, STAR_PX, STAR_PX)
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)

    def _words(self) -> str:
        if self._mixed:
            return self.tr("Several values")
        if self._value == REJECTED:
            return self.tr("Rejected")
        return self.tr("No rating") if self._value is None else stars_text(self._value)
