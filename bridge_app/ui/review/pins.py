"""Comments on the picture itself: shown, chosen, and set by mouse or keyboard."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter

from bridge_app.domain.comments import Point, Region
from bridge_app.ui.review.drawing import PEN, STEP_PX, pen_px, place_of, point_of, stroke_of
from bridge_app.ui.review.pin_paint import (
    INKS,
    Draft,
    Pin,
    PinPainter,
    ink_colour,
    mark_of,
)
from bridge_app.ui.theme import Theme

STEP = 0.01
FAR_STEP = 0.05
CENTRE = QPointF(0.5, 0.5)
ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class Tool(StrEnum):
    """What the pointer does on the picture."""

    LOOK = ""
    PIN = "pin"  # a click sets a point, a drag a region
    DRAW = "draw"


class PinOverlay(QObject):
    """Painted over the picture under review; fits `PinLayer`. GUI thread only.

    `placed` and `drawn` tell what a person set for the comment being written; it is shown once
    `show_draft` says so.
    """

    changed = Signal()  # paint again
    chosen = Signal(str)  # the thread whose pin was clicked
    placed = Signal(object)  # Point | Region
    drawn = Signal(object)  # Stroke
    toolChanged = Signal(object)  # Tool

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pins: tuple[Pin, ...] = ()
        self._draft = Draft()
        self._lit = ""
        self._tool = Tool.LOOK
        self._ink = INKS[0]
        self._picture = QRectF()
        self._start: QPointF | None = None
        self._end = QPointF(CENTRE)
        self._line: list[QPointF] = []
        self._pressed: Pin | None = None
        self._by_keys = False
        theme.changed.connect(self.changed)

    @property
    def pins(self) -> tuple[Pin, ...]:
        """What is shown."""
        return self._pins

    @property
    def tool(self) -> Tool:
        """What the pointer does."""
        return self._tool

    @property
    def ink(self) -> str:
        """The name of the colour that is drawn in."""
        return self._ink

    @property
    def lit(self) -> str:
        """The thread that stands out; "" for none."""
        return self._lit

    @property
    def is_placing(self) -> bool:
        """Would a click set something?"""
        return self._tool is not Tool.LOOK

    def show_pins(self, pins: Sequence[Pin]) -> None:
        """Show these threads."""
        self._pins = tuple(pins)
        self._pressed = None
        self.changed.emit()

    def show_draft(self, draft: Draft) -> None:
        """Show what belongs to the comment being written."""
        self._draft = draft
        self.changed.emit()

    def light(self, thread: str) -> None:
        """Let one thread stand out; "" for none. Nothing is emitted but `changed`."""
        if thread != self._lit:
            self._lit = thread
            self.changed.emit()

    def use(self, tool: Tool) -> None:
        """Take another tool in hand; what was begun with the old one is dropped."""
        self._start, self._line, self._by_keys = None, [], False
        self._end = QPointF(CENTRE)
        if tool is not self._tool:
            self._tool = tool
            self.toolChanged.emit(tool)
        self.changed.emit()

    def set_ink(self, name: str) -> None:
        """Draw in another colour, one of `INKS`."""
        self._ink = name

    # What the canvas calls

    def paint(self, painter: QPainter, picture_rect: QRectF) -> None:
        """Paint over the picture that lies in `picture_rect` (logical pixels of the canvas)."""
        self._picture = QRectF(picture_rect)
        painter.save()
        brush = PinPainter(painter, self._picture, self._theme)
        for pin in self._pins:
            if pin.thread != self._lit:
                brush.pin(pin, lit=False)
        for pin in self._pins:
            if pin.thread == self._lit:
                brush.pin(pin, lit=True)
        brush.draft(self._draft)
        self._paint_begun(brush)
        painter.restore()

    def mouse_press(self, at: QPointF) -> bool:
        """The left button went down; `at` in shares of the picture."""
        self._pressed = None
        if self._tool is Tool.LOOK:
            self._pressed = self._below(at)
            return self._pressed is not None
        if not QRectF(0, 0, 1, 1).contains(at):
            return False
        self._by_keys = False
        self._start = self._end = QPointF(at)
        self._line = [self._on_canvas(at)] if self._tool is Tool.DRAW else []
        self.changed.emit()
        return True

    def mouse_move(self, at: QPointF) -> bool:
        """The pointer moved, with or without a button."""
        if self._start is None:
            return self._pressed is not None
        self._end = QPointF(at)
        if self._tool is Tool.DRAW:
            here = self._on_canvas(at)
            if (here - self._line[-1]).manhattanLength() < STEP_PX:
                return True
            self._line.append(here)
        self.changed.emit()
        return True

    def mouse_release(self, at: QPointF) -> bool:
        """The left button went up."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None:
            if pressed == self._below(at):
                self.light(pressed.thread)
                self.chosen.emit(pressed.thread)
            return True
        if self._start is None:
            return False
        if self._tool is Tool.DRAW:
            self._finish_line()
        else:
            self._finish_place(place_of(self._start, at, self._picture))
        return True

    def key_press(self, event: QKeyEvent) -> bool:
        """A key on the picture: arrows move the cross, with Shift they open a region.

        Enter sets the pin, Escape puts the tool away. False: the key is not meant for pins.
        """
        key = Qt.Key(event.key())
        if self._tool is Tool.LOOK:
            return False
        if key == Qt.Key.Key_Escape:
            self.use(Tool.LOOK)
            return True
        if self._tool is not Tool.PIN:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            start = self._start if self._start is not None else self._end
            self._finish_place(place_of(start, self._end, self._picture))
            return True
        if key not in ARROWS:
            return False
        self._step(ARROWS[key], event.modifiers())
        return True

    # What is begun

    def _step(self, towards: QPointF, held: Qt.KeyboardModifier) -> None:
        far = bool(held & Qt.KeyboardModifier.ControlModifier)
        grows = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if grows and self._start is None:
            self._start = QPointF(self._end)
        elif not grows:
            self._start = None
        moved = point_of(self._end + towards * (FAR_STEP if far else STEP))
        self._end = QPointF(moved.x, moved.y)
        self._by_keys = True
        self.changed.emit()

    def _finish_place(self, place: Point | Region) -> None:
        self.use(Tool.LOOK)
        self.placed.emit(place)

    def _finish_line(self) -> None:
        stroke = stroke_of(self._line, self._picture, self._ink)
        self._start, self._line = None, []
        self.changed.emit()
        if stroke is not None:
            self.drawn.emit(stroke)

    def _paint_begun(self, brush: PinPainter) -> None:
        tokens = self._theme.tokens
        if self._tool is Tool.DRAW and len(self._line) > 1:
            brush.line(self._line, ink_colour(self._ink, tokens), pen_px(PEN, self._picture))
        if self._tool is not Tool.PIN:
            return
        if self._start is not None:
            begun = place_of(self._start, self._end, self._picture)
            if isinstance(begun, Region):
                brush.region(begun, tokens.accent, dashed=True, lit=True)
        if self._by_keys:
            brush.cross(self._on_canvas(self._end))

    # What is where

    def _on_canvas(self, at: QPointF) -> QPointF:
        picture = self._picture
        return QPointF(
            picture.left() + at.x() * picture.width(), picture.top() + at.y() * picture.height()
        )

    def _below(self, at: QPointF) -> Pin | None:
        """The pin at a place: the one that stands out, else the one painted last."""
        where = self._on_canvas(at)
        in_front = sorted(self._pins, key=lambda pin: pin.thread == self._lit)
        for pin in reversed(in_front):
            disc = mark_of(pin, self._picture, lit=pin.thread == self._lit)
            if disc is not None and disc.contains(where):
                return pin
        return None
