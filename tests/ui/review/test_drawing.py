"""Places on a picture: from the hand to the record, and back onto any canvas."""

from itertools import pairwise
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLineF, QPointF, QRectF

from bridge_app.domain.comments import Point, Region, Stroke
from bridge_app.ui.review.drawing import (
    DRAG_PX,
    LEAST_PEN_PX,
    anchor_of,
    pen_px,
    place_of,
    point_of,
    region_to_canvas,
    simplified,
    stroke_of,
    stroke_path,
    to_canvas,
)

PICTURE = QRectF(100, 50, 800, 400)
shares = st.floats(min_value=-0.5, max_value=1.5)
inside = st.floats(min_value=0, max_value=1)
places = st.builds(QPointF, shares, shares)
hands = st.lists(
    st.builds(QPointF, st.floats(100, 900), st.floats(50, 450)), min_size=2, max_size=60
)


@given(x=inside, y=inside)
def test_a_point_is_found_again_on_a_canvas_of_any_size(x: float, y: float) -> None:
    point = Point(x=x, y=y)
    at = to_canvas(point, PICTURE)
    again = point_of(QPointF((at.x() - 100) / 800, (at.y() - 50) / 400))
    assert again.x == pytest.approx(x)
    assert again.y == pytest.approx(y)


@given(at=places)
def test_what_lies_outside_of_the_picture_moves_to_its_edge(at: QPointF) -> None:
    point = point_of(at)
    assert 0 <= point.x <= 1
    assert 0 <= point.y <= 1


@given(start=places, end=places)
def test_a_drag_marks_a_place_inside_the_picture_whichever_way_it_goes(
    start: QPointF, end: QPointF
) -> None:
    place = place_of(start, end, PICTURE)
    assert place_of(end, start, PICTURE) == place or isinstance(place, Point)
    if isinstance(place, Region):
        box = region_to_canvas(place, PICTURE)
        assert PICTURE.adjusted(-0.001, -0.001, 0.001, 0.001).contains(box)


def test_a_hand_that_trembles_means_a_point() -> None:
    start = QPointF(0.5, 0.5)
    end = start + QPointF((DRAG_PX - 1) / PICTURE.width(), 0)
    assert place_of(start, end, PICTURE) == Point(x=0.5, y=0.5)


def test_a_drag_means_a_region() -> None:
    place = place_of(QPointF(0.75, 0.5), QPointF(0.25, 0.25), PICTURE)
    assert place == Region(x=0.25, y=0.25, width=0.5, height=0.25)
    assert anchor_of(place) == Point(x=0.25, y=0.25)


@given(line=hands)
def test_a_simpler_line_keeps_its_ends_and_stays_near(line: list[QPointF]) -> None:
    fewer = simplified(line, 2.0)
    assert (fewer[0], fewer[-1]) == (line[0], line[-1])
    assert len(fewer) <= len(line)
    for point in line:
        assert min(_distance(point, *pair) for pair in pairwise(fewer)) <= 2.01


def test_a_hand_that_goes_back_beyond_its_start_is_followed() -> None:
    line = [QPointF(100, 51), QPointF(100, 54), QPointF(100, 50)]
    assert simplified(line, 2.0) == line


def test_a_straight_line_needs_its_ends_only() -> None:
    line = [QPointF(100 + step, 200) for step in range(200)]
    assert simplified(line, 0.5) == [line[0], line[-1]]


def test_ten_thousand_points_of_a_hand_become_a_stroke_that_can_be_kept() -> None:
    line = [QPointF(100 + step % 800, 50 + (step * 7) % 400) for step in range(10_000)]
    stroke = stroke_of(line, PICTURE, "negative")
    assert stroke is not None
    assert len(stroke.points) <= len(line)


def test_a_click_is_no_stroke() -> None:
    assert stroke_of([QPointF(200, 200)], PICTURE, "negative") is None
    assert stroke_of([QPointF(1, 1), QPointF(9, 9)], QRectF(), "negative") is None


def test_a_stroke_grows_with_the_picture_and_never_vanishes() -> None:
    stroke = Stroke(points=(Point(x=0, y=0),), width=0.01, colour_token="info")
    assert pen_px(stroke.width, PICTURE) == 8.0
    assert pen_px(stroke.width, QRectF(0, 0, 400, 900)) == 9.0
    assert pen_px(stroke.width, QRectF(0, 0, 20, 10)) == LEAST_PEN_PX


def test_a_smooth_line_goes_from_the_first_point_to_the_last() -> None:
    points = [QPointF(0, 0), QPointF(10, 20), QPointF(30, 5), QPointF(40, 40)]
    path = stroke_path(points)
    assert path.pointAtPercent(0) == points[0]
    assert path.currentPosition() == points[-1]
    assert stroke_path([]).isEmpty()


def _distance(point: QPointF, start: QPointF, end: QPointF) -> float:
    """From a point to a piece of a line."""
    line = QLineF(start, end)
    if line.length() == 0:
        return QLineF(start, point).length()
    along = QPointF.dotProduct(point - start, end - start) / line.length() ** 2
    near = line.pointAt(min(1.0, max(0.0, along)))
    return hypot(point.x() - near.x(), point.y() - near.y())
