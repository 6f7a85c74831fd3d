"""How near pictures of different sizes are looked at together: arithmetic, without a widget."""

from dataclasses import dataclass, field, replace
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSizeF

NEAREST, FARTHEST = 16.0, 0.02
MARGIN_PX = 18.0


class Near(Enum):
    """How the size of a picture is chosen."""

    FIT = "fit"  # all of it, never enlarged
    ACTUAL = "actual"  # one device pixel for each of its pixels
    FREE = "free"  # so many times as large as it fits


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where a picture is shown, in logical pixels; `density` is device pixels for each."""

    area: QRectF
    density: float = 1.0

    def fit(self, picture: QSizeF) -> float:
        """Logical pixels for each pixel of a picture that is shown whole."""
        width = max(1.0, self.area.width() - 2 * MARGIN_PX)
        height = max(1.0, self.area.height() - 2 * MARGIN_PX)
        whole = min(width / max(1.0, picture.width()), height / max(1.0, picture.height()))
        return min(1 / self.density, whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Zoom:
    """One way of looking that holds for all pictures at once.

    `middle` is the point in the middle of the view as shares of a picture's sides, so that
    pictures of one motif move together whatever their sizes; `factor` counts from what fits.
    """

    near: Near = Near.FIT
    factor: float = 1.0
    middle: QPointF = field(default_factory=lambda: QPointF(0.5, 0.5))

    def scale(self, picture: QSizeF, room: Room) -> float:
        """Logical pixels for each pixel of a picture."""
        match self.near:
            case Near.ACTUAL:
                return 1 / room.density
            case Near.FREE:
                scale = room.fit(picture) * self.factor
                return min(NEAREST / room.density, max(FARTHEST / room.density, scale))
        return room.fit(picture)

    def place(self, picture: QSizeF, room: Room) -> QRectF:
        """Where a picture lies in a room; one that is smaller than the room stays in its middle."""
        scale = self.scale(picture, room)
        width, height = picture.width() * scale, picture.height() * scale
        centre = room.area.center()
        left = centre.x() - _held(self.middle.x(), width, room.area.width()) * width
        top = centre.y() - _held(self.middle.y(), height, room.area.height()) * height
        return QRectF(left, top, width, height)

    def zoomed(self, by: float, at: QPointF, picture: QSizeF, room: Room) -> "Zoom":
        """Nearer or farther; the point of the picture below `at` stays where it is."""
        before = self.place(picture, room)
        fit = room.fit(picture)
        now = self.scale(picture, room)
        scale = min(NEAREST / room.density, max(FARTHEST / room.density, now * by))
        centre = room.area.center()
        x = (at.x() - before.left()) / before.width()
        y = (at.y() - before.top()) / before.height()
        middle = QPointF(
            x + (centre.x() - at.x()) / (picture.width() * scale),
            y + (centre.y() - at.y()) / (picture.height() * scale),
        )
        return Zoom(near=Near.FREE, factor=scale / fit, middle=_inside(middle))

    def panned(self, by: QPointF, picture: QSizeF, room: Room) -> "Zoom":
        """The picture pulled along by so many logical pixels."""
        place = self.place(picture, room)
        centre = room.area.center()
        middle = QPointF(
            (centre.x() - place.left() - by.x()) / place.width(),
            (centre.y() - place.top() - by.y()) / place.height(),
        )
        return replace(self, middle=_inside(middle))

    def actual(self) -> "Zoom":
        """At 100 %, where one is."""
        return replace(self, near=Near.ACTUAL)


def _held(middle: float, length: float, room: float) -> float:
    """The share in the middle of the view, so that no more is empty than there has to be."""
    if length <= room:
        return 0.5
    half = room / 2 / length
    return min(1 - half, max(half, middle))


def _inside(middle: QPointF) -> QPointF:
    return QPointF(min(1.0, max(0.0, middle.x())), min(1.0, max(0.0, middle.y())))
