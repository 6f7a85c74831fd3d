"""A walk through the window in a few steps: each points at a real part, and none is in the way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.ui.messages import number_text
from bridge_app.ui.parts.announcing import announce
from bridge_app.ui.theme import Theme

CARD_PX = 340
GAP_PX = 12
RING_PX = 3
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right)
OVER = -1
"""The step that stands for: not wanted any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TourStep:
    """What a step says, and the part it points at."""

    title: str
    text: Callable[[], str]
    """Asked for when it is shown: keys may have been changed since."""
    part: Callable[[], QWidget]


class Ring(QWidget):
    """A line around a part; the mouse goes through it."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setVisible(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the line."""
        del event
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.focus, RING_PX))
        inner = QRectF(self.rect()).adjusted(RING_PX, RING_PX, -RING_PX, -RING_PX)
        painter.drawRoundedRect(inner, tokens.radius.card, tokens.radius.card)


class Tour(QFrame):
    """The card with the words of a step. Arrows and Enter go on, Escape leaves it for later.

    Signals:
        moved: The step that would come next: its number, `OVER` after the last or a dismissal.
    """

    moved = Signal(int)

    def __init__(self, theme: Theme, steps: Sequence[TourStep], window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._steps = tuple(steps)
        self.step = 0
        self._ring = Ring(theme, window)
        self._title = QLabel(wordWrap=True)
        self._text = QLabel(wordWrap=True)
        self._place_in = QLabel()
        self.back = QPushButton(self.tr("&Back"), autoDefault=False)
        self.on = QPushButton(autoDefault=False)
        self.later = QPushButton(self.tr("&Later"), autoDefault=False)
        self.never = QPushButton(self.tr("&Do not show again"), autoDefault=False)
        self._build()
        window.installEventFilter(self)
        self.setVisible(False)

    @property
    def title(self) -> str:
        """The title of the step that is shown; "" while none is."""
        return "" if self.isHidden() else self._title.text()

    def begin(self, step: int) -> None:
        """Show a step; one that is over begins anew."""
        self._show(step if 0 <= step < len(self._steps) else 0)

    def leave(self) -> None:
        """Go; the step stays for the next time."""
        self._end(self.step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the keys of the tour."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.leave()
            case Qt.Key.Key_Right | Qt.Key.Key_PageDown | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._go(1)
            case Qt.Key.Key_Left | Qt.Key.Key_PageUp:
                self._go(-1)
            case _:
                super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: stay beside the part when the window changes its size; arrows are the tour's."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if watched is not self._window and event.key() in ARROWS:
                self.keyPressEvent(event)
                return True
            return super().eventFilter(watched, event)
        if watched is self._window and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self.setProperty("surface", "card")
        self.setFixedWidth(CARD_PX)
        self._title.setProperty("tone", "strong")
        self._place_in.setProperty("tone", "caption")
        self.on.setProperty("kind", "primary")
        self.never.setProperty("kind", "quiet")
        self.later.setProperty("kind", "quiet")
        self.back.clicked.connect(lambda: self._go(-1))
        self.on.clicked.connect(lambda: self._go(1))
        self.later.clicked.connect(self.leave)
        self.never.clicked.connect(lambda: self._end(OVER))
        for button in (self.back, self.on, self.later, self.never):
            # Buttons would hand the keyboard on among themselves.
            button.installEventFilter(self)
        ways = QHBoxLayout()
        ways.addWidget(self._place_in, 1)
        ways.addWidget(self.back)
        ways.addWidget(self.on)
        leaving = QHBoxLayout()
        leaving.addWidget(self.never)
        leaving.addStretch(1)
        leaving.addWidget(self.later)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 10)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addSpacing(4)
        layout.addLayout(ways)
        layout.addLayout(leaving)

    def _go(self, by: int) -> None:
        step = self.step + by
        if step >= len(self._steps):
            self._end(OVER)
        elif step >= 0:
            self._show(step)

    def _show(self, number: int) -> None:
        self.step, step = number, self._steps[number]
        is_last = number == len(self._steps) - 1
        self._title.setText(step.title)
        text = step.text()
        self._text.setText(text)
        words = self.tr("{number} of {total}").format(
            number=number_text(number + 1), total=number_text(len(self._steps))
        )
        self._place_in.setText(words)
        self.back.setEnabled(number > 0)
        self.on.setText(self.tr("&Done") if is_last else self.tr("&Next"))
        self.setAccessibleName(f"{step.title}. {text} {words}")
        self.setVisible(True)
        self._place()
        self.on.setFocus()
        self.moved.emit(number)
        announce(self, self.accessibleName())

    def _place(self) -> None:
        """Beside the part where there is room, else over its lower edge."""
        part, room = self._steps[self.step].part(), self._window.rect()
        here = QRect(part.mapTo(self._window, QPoint(0, 0)), part.size())
        self._ring.setGeometry(here.adjusted(-RING_PX, -RING_PX, RING_PX, RING_PX))
        self._ring.setVisible(part.isVisible())
        self.adjustSize()
        size = self.size()
        after, before = here.right() + GAP_PX, here.left() - GAP_PX - size.width()
        x = after if after + size.width() <= room.right() else before
        y = here.top() + GAP_PX
        if x < room.left():
            x, y = here.center().x() - size.width() // 2, here.bottom() + GAP_PX
            if y + size.height() > room.bottom():
                y = here.bottom() - GAP_PX - size.height()
        x = max(GAP_PX, min(x, room.right() - size.width() - GAP_PX))
        y = max(GAP_PX, min(y, room.bottom() - size.height() - GAP_PX))
        self.move(x, y)
        self._ring.raise_()
        self.raise_()

    def _end(self, step: int) -> None:
        self.setVisible(False)
        self._ring.setVisible(False)
        self.moved.emit(step)
