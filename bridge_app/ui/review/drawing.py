"""Where pins, regions and strokes lie on a picture, and how a drag becomes one of them.

Shares (0..1) of the picture's sides on one side, logical pixels of the canvas on the other.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from bridge_app.domain.comments import Point, Region, Stroke

STEP_PX = 1.5
"""A hand that draws is heard of after at least so far."""
DRAG_PX = 6.0
"""A hand that trembles less than this while it clicks means a point."""
LEAST_REGION = 0.005
TOLERANCE_PX = 0.8
PEN = 0.005
"""The width of a new stroke, as a share of the picture's longer side."""
LEAST_PEN_PX = 2.0


def to_canvas(point: Point, picture: QRectF) -> QPointF:
    """Where a point of the picture lies when the picture lies in `picture`."""
    return QPointF(
        picture.left() + point.x * picture.width(), picture.top() + point.y * picture.height()
    )


def region_to_canvas(region: Region, picture: QRectF) -> QRectF:
    """Where a region of the picture lies when the picture lies in `picture`."""
    return QRectF(
        picture.left() + region.x * picture.width(),
        picture.top() + region.y * picture.height(),
        region.width * picture.width(),
        region.height * picture.height(),
    )


def point_of(at: QPointF) -> Point:
    """A place in shares as a point; what lies outside of the picture moves to its edge."""
    return Point(x=_inside(at.x()), y=_inside(at.y()))


def place_of(start: QPointF, end: QPointF, picture: QRectF) -> Point | Region:
    """What a drag from `start` to `end` (shares) marks: a region, or a point if it was a click."""
    moved = hypot((end.x() - start.x()) * picture.width(), (end.y() - start.y()) * picture.height())
    first, last = point_of(start), point_of(end)
    width, height = abs(last.x - first.x), abs(last.y - first.y)
    if moved < DRAG_PX or min(width, height) < LEAST_REGION:
        return first
    left, top = min(first.x, last.x), min(first.y, last.y)
    return Region(x=left, y=top, width=min(width, 1.0 - left), height=min(height, 1.0 - top))


def anchor_of(place: Point | Region) -> Point:
    """Where the number of a comment stands: on its point, or at its region's upper corner."""
    return place if isinstance(place, Point) else Point(x=place.x, y=place.y)


def simplified(points: Sequence[QPointF], tolerance: float) -> list[QPointF]:
    """Fewer points for nearly the same line: none strays farther than `tolerance` (same unit).

    Source: Douglas and Peucker 1973, with a stack instead of recursion (a hand gives thousands).
    """
    if len(points) <= 2:
        return list(points)
    places = [(point.x(), point.y()) for point in points]
    kept = {0, len(places) - 1}
    spans = [(0, len(places) - 1)]
    while spans:
        first, last = spans.pop()
        farthest, strays = _farthest(places, first, last)
        if strays > tolerance:
            kept.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return [points[index] for index in sorted(kept)]


def stroke_of(drawn: Sequence[QPointF], picture: QRectF, colour_token: str) -> Stroke | None:
    """A stroke of what a hand drew (canvas pixels); None where there is no line."""
    line = simplified(drawn, TOLERANCE_PX)
    if len(line) < 2 or picture.isEmpty():
        return None
    points = tuple(
        point_of(
            QPointF(
                (at.x() - picture.left()) / picture.width(),
                (at.y() - picture.top()) / picture.height(),
            )
        )
        for at in line
    )
    return Stroke(points=points, width=PEN, colour_token=colour_token)


def stroke_path(points: Sequence[QPointF]) -> QPainterPath:
    """A smooth line through what was drawn, in canvas pixels."""
    path = QPainterPath()
    if not points:
        return path
    path.moveTo(points[0])
    for here, following in pairwise(points[1:]):
        path.quadTo(here, (here + following) / 2)
    path.lineTo(points[-1])
    return path


def pen_px(width: float, picture: QRectF) -> float:
    """How thick a stroke of this share is drawn: it can be seen on the smallest picture."""
    return max(LEAST_PEN_PX, width * max(picture.width(), picture.height()))


def _inside(share: float) -> float:
    return min(1.0, max(0.0, share))


def _farthest(places: Sequence[tuple[float, float]], first: int, last: int) -> tuple[int, float]:
    """Which point between two others lies farthest from the line that ends in them, and how far.

    A hand that goes back beyond an end strays too. Without a point between: (first, 0).
    """
    (x, y), (end_x, end_y) = places[first], places[last]
    along, down = end_x - x, end_y - y
    square = along * along + down * down
    found, most = first, 0.0
    for index in range(first + 1, last):
        dx, dy = places[index][0] - x, places[index][1] - y
        share = min(1.0, max(0.0, (dx * along + dy * down) / square)) if square else 0.0
        off = hypot(dx - share * along, dy - share * down)
        if off > most:
            found, most = index, off
    return found, most
