"""A film as a strip of its frames, with a handle at both ends of the part that is kept."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bridge_app.ui.theme import Theme

HEIGHT_PX = 56
HANDLE_PX = 10
FRAMES = 8
LEAST_S = 0.1
STEP_S, LARGE_S = 0.1, 1.0
KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class FilmStrip(QWidget):
    """Handles are dragged; arrows move the start, with Alt the end, with Shift by a second.

    It always reads from the left, as films are shown.
    """

    moved = Signal(float, float, bool)  # start and end in seconds; whether it is the end that moves
    released = Signal()

    def __init__(self, theme: Theme, duration_s: float) -> None:
        super().__init__()
        self._theme = theme
        self._duration_s = duration_s
        self._start_s, self._end_s = 0.0, duration_s
        self._frames: dict[int, QImage] = {}
        self._held: str = ""
        self.setMinimumHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)  # noqa: FBT003 - Qt's property
        self.setMouseTracking(True)
        self.setEnabled(duration_s > LEAST_S)
        theme.changed.connect(self.update)

    @property
    def frames(self) -> Mapping[int, QImage]:
        """Those that are here, by their place."""
        return self._frames

    @property
    def moments(self) -> tuple[float, ...]:
        """The seconds that its frames are taken at."""
        return tuple(self._duration_s * (n + 0.5) / FRAMES for n in range(FRAMES))

    def show_frame(self, place: int, image: QImage) -> None:
        """One of the frames is here."""
        if not image.isNull():
            self._frames[place] = image
            self.update()

    def show_part(self, start_s: float, end_s: float) -> None:
        """This is kept; nothing is told."""
        self._start_s, self._end_s = start_s, end_s
        self.update()

    def handle(self, *, end: bool) -> QRectF:
        """Where a handle is."""
        at = self._x(self._end_s if end else self._start_s)
        left = at if end else at - HANDLE_PX
        return QRectF(left, 0, HANDLE_PX, self.height())

    def sizeHint(self) -> QSize:
        """Qt: a frame high."""
        return QSize(FRAMES * HEIGHT_PX // 2, HEIGHT_PX)

    # The mouse and the keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: the handle that is nearer is taken."""
        if event.button() is Qt.MouseButton.LeftButton:
            x = event.position().x()
            middle = (self._x(self._start_s) + self._x(self._end_s)) / 2
            self._held = "end" if x > middle else "start"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: it follows the pointer."""
        if self._held:
            self._move(self._seconds(event.position().x()), is_end=self._held == "end")
            return
        near = any(
            self.handle(end=end).adjusted(-4, 0, 4, 0).contains(event.position())
            for end in (False, True)
        )
        self.setCursor(Qt.CursorShape.SizeHorCursor if near else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: it is let go of."""
        del event
        if self._held:
            self._held = ""
            self.released.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: a handle is moved."""
        towards = KEYS.get(Qt.Key(event.key()))
        if towards is None:
            super().keyPressEvent(event)
            return
        held = event.modifiers()
        is_end = bool(held & Qt.KeyboardModifier.AltModifier)
        step = LARGE_S if held & Qt.KeyboardModifier.ShiftModifier else STEP_S
        self._move((self._end_s if is_end else self._start_s) + towards * step, is_end=is_end)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Qt: a key that was held is let go of."""
        if Qt.Key(event.key()) in KEYS and not event.isAutoRepeat():
            self.released.emit()
        else:
            super().keyReleaseEvent(event)

    def _move(self, to_s: float, *, is_end: bool) -> None:
        start, end = self._start_s, self._end_s
        if is_end:
            end = min(self._duration_s, max(to_s, start + LEAST_S))
        else:
            start = max(0.0, min(to_s, end - LEAST_S))
        start, end = round(start, 2), end if end == self._duration_s else round(end, 2)
        if (start, end) != (self._start_s, self._end_s):
            self.show_part(start, end)
            self.moved.emit(start, end, is_end)

    def _x(self, seconds: float) -> float:
        share = seconds / self._duration_s if self._duration_s else 0.0
        return HANDLE_PX + share * (self.width() - 2 * HANDLE_PX)

    def _seconds(self, x: float) -> float:
        return (x - HANDLE_PX) * self._duration_s / max(1, self.width() - 2 * HANDLE_PX)

    # What is painted

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the frames, what is cut off darkened, and the handles."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        tokens = self._theme.tokens
        strip = QRectF(HANDLE_PX, 0, self.width() - 2 * HANDLE_PX, self.height())
        painter.fillRect(strip, tokens.placeholder)
        width = strip.width() / FRAMES
        for place, image in self._frames.items():
            room = QRectF(strip.left() + place * width, 0, width, strip.height())
            painter.drawImage(room, image, _filled(image, room))
        shade = QColor(tokens.overlay)
        shade.setAlpha(170)
        first, last = self._x(self._start_s), self._x(self._end_s)
        painter.fillRect(QRectF(strip.left(), 0, first - strip.left(), strip.height()), shade)
        painter.fillRect(QRectF(last, 0, strip.right() - last, strip.height()), shade)
        painter.setPen(QPen(tokens.accent, 2))
        painter.drawRect(QRectF(first, 1, last - first, strip.height() - 2))
        for end in (False, True):
            place_of = self.handle(end=end)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.accent)
            painter.drawRoundedRect(place_of, 3, 3)
            painter.setPen(QPen(tokens.panel, 2))
            middle = place_of.center()
            painter.drawLine(middle - QPointF(0, 8), middle + QPointF(0, 8))
        painter.end()


def _filled(image: QImage, room: QRectF) -> QRectF:
    """The middle of a frame, in the shape of its room."""
    scale = min(image.width() / room.width(), image.height() / room.height())
    part = QRectF(0, 0, room.width() * scale, room.height() * scale)
    part.moveCenter(QRectF(image.rect()).center())
    return part
