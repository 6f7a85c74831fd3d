"""How pins, regions and strokes look: readable on any picture, told apart without their colours."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from bridge_app.domain.comments import Point, Region, Stroke
from bridge_app.ui.messages import number_text
from bridge_app.ui.review.drawing import (
    anchor_of,
    pen_px,
    region_to_canvas,
    stroke_path,
    to_canvas,
)
from bridge_app.ui.theme import Badge, Theme, Tokens

PIN_PX = 24.0
LIT_PX = 30.0
HALO_PX = 2.0
CROSS_PX = 14.0
INKS = ("negative", "warning", "positive", "info")
"""The colours one can draw in: names of badges in `Tokens`, which are seen on any picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One thread on the picture: its number in the panel, where it is about, and what was drawn.

    `is_earlier`: it was said of an earlier version, so its place may not fit any more.
    """

    thread: str
    number: int
    place: Point | Region | None = None
    strokes: tuple[Stroke, ...] = ()
    resolved: bool = False
    is_earlier: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What belongs to the comment that is being written."""

    place: Point | Region | None = None
    strokes: tuple[Stroke, ...] = ()


def ink_colour(name: str, tokens: Tokens) -> QColor:
    """The colour of a stroke; a name that nobody knows is drawn like a fault."""
    badge: Badge = getattr(tokens, name if name in INKS else INKS[0])
    return badge.fill


def mark_of(pin: Pin, picture: QRectF, *, lit: bool) -> QRectF | None:
    """The disc with a pin's number on the canvas; None where a thread has no place."""
    where = anchor_of(pin.place) if pin.place is not None else _first_point(pin.strokes)
    if where is None:
        return None
    edge = LIT_PX if lit else PIN_PX
    disc = QRectF(0, 0, edge, edge)
    disc.moveCenter(to_canvas(where, picture))
    return disc


class PinPainter:
    """Draws over one picture; made anew for each painting.

    Args:
        painter: The canvas' painter.
        picture: Where the picture lies, in logical pixels.
        theme: Where tokens and fonts come from.
    """

    def __init__(self, painter: QPainter, picture: QRectF, theme: Theme) -> None:
        self._painter = painter
        self._picture = picture
        self._theme = theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def pin(self, pin: Pin, *, lit: bool) -> None:
        """One thread: strokes, then the region, then its number above both."""
        self._painter.setOpacity(0.55 if pin.is_earlier and not lit else 1.0)
        if not pin.resolved or lit:
            self.strokes(pin.strokes)
            if isinstance(pin.place, Region):
                self.region(pin.place, self._badge(pin).fill, dashed=pin.is_earlier, lit=lit)
        disc = mark_of(pin, self._picture, lit=lit)
        if disc is not None:
            self._disc(disc, pin, lit=lit)
        self._painter.setOpacity(1.0)

    def draft(self, draft: Draft) -> None:
        """What the comment that is being written will say where."""
        accent = self._theme.tokens.accent
        self.strokes(draft.strokes)
        if isinstance(draft.place, Region):
            self.region(draft.place, accent, dashed=True, lit=True)
        elif draft.place is not None:
            disc = QRectF(0, 0, PIN_PX, PIN_PX)
            disc.moveCenter(to_canvas(draft.place, self._picture))
            self._ground(disc, accent)
            self._painter.setBrush(self._theme.tokens.accent_text)
            self._painter.drawEllipse(disc.center(), 4.0, 4.0)

    def strokes(self, strokes: Sequence[Stroke]) -> None:
        """Lines as they were drawn, each with a rim that parts it from the picture."""
        for stroke in strokes:
            points = [to_canvas(point, self._picture) for point in stroke.points]
            colour = ink_colour(stroke.colour_token, self._theme.tokens)
            self.line(points, colour, pen_px(stroke.width, self._picture))

    def line(self, points: Sequence[QPointF], colour: QColor, width: float) -> None:
        """One line through these points of the canvas."""
        path = stroke_path(points)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        rim = self._theme.tokens.overlay_text
        for ink, thick in ((rim, width + 2 * HALO_PX), (colour, width)):
            pen = QPen(ink, thick)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self._painter.setPen(pen)
            self._painter.drawPath(path)

    def region(self, region: Region, colour: QColor, *, dashed: bool, lit: bool) -> None:
        """A frame that what is inside of it can still be judged through."""
        box = region_to_canvas(region, self._picture)
        if lit:
            veil = QColor(colour)
            veil.setAlpha(36)
            self._painter.fillRect(box, veil)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._theme.tokens.overlay_text, 4.0))
        self._painter.drawRoundedRect(box, 3, 3)
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        self._painter.setPen(QPen(colour, 2.0, style))
        self._painter.drawRoundedRect(box, 3, 3)

    def cross(self, at: QPointF) -> None:
        """Where the keyboard would set a pin."""
        for colour, width in (
            (self._theme.tokens.overlay_text, 4.0),
            (self._theme.tokens.accent, 2),
        ):
            self._painter.setPen(QPen(colour, width))
            for step in (QPointF(CROSS_PX, 0), QPointF(0, CROSS_PX)):
                self._painter.drawLine(QLineF(at - step, at + step))

    def _disc(self, disc: QRectF, pin: Pin, *, lit: bool) -> None:
        badge = self._badge(pin)
        self._ground(disc, badge.fill)
        if lit:
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.setPen(QPen(self._theme.tokens.focus, 2.0))
            self._painter.drawEllipse(disc.adjusted(-3, -3, 3, 3))
        if pin.resolved:
            self._tick(disc, badge.ink)
            return
        size = self._theme.tokens.font_px.small
        self._painter.setFont(self._theme.font(size, QFont.Weight.Bold, tabular=True))
        self._painter.setPen(badge.ink)
        middle = int(Qt.AlignmentFlag.AlignCenter)
        self._painter.drawText(disc, middle, number_text(pin.number))

    def _ground(self, disc: QRectF, colour: QColor) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._theme.tokens.overlay)
        self._painter.drawEllipse(disc.adjusted(-0.5, 0.5, 1.5, 2.5))
        self._painter.setPen(QPen(self._theme.tokens.overlay_text, HALO_PX))
        self._painter.setBrush(colour)
        self._painter.drawEllipse(disc)

    def _tick(self, disc: QRectF, colour: QColor) -> None:
        middle, step = disc.center(), disc.width() / 24
        path = QPainterPath(middle + QPointF(-5, 0.5) * step)
        path.lineTo(middle + QPointF(-1.5, 4) * step)
        path.lineTo(middle + QPointF(5, -4) * step)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(colour, 2.0 * step, c=Qt.PenCapStyle.RoundCap))
        self._painter.drawPath(path)

    def _badge(self, pin: Pin) -> Badge:
        tokens = self._theme.tokens
        return tokens.positive if pin.resolved else tokens.warning


def _first_point(strokes: Sequence[Stroke]) -> Point | None:
    return next((stroke.points[0] for stroke in strokes if stroke.points), None)
