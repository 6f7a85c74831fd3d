"""Zoom and pan of pictures that are looked at together; rooms, guides and comparisons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage

from bridge_app.ui.review.comparing import are_alike, difference_of, place_beside
from bridge_app.ui.review.guides import STORY, TITLES, crop_frame, margins
from bridge_app.ui.review.rooms import MOST, rooms
from bridge_app.ui.review.zooming import FARTHEST, NEAREST, Near, Room, Zoom

AREA = QRectF(0, 0, 900, 600)
ROOM = Room(area=AREA)
sides = st.floats(20, 9000)
sizes = st.builds(QSizeF, sides, sides)
points = st.builds(QPointF, st.floats(0, 900), st.floats(0, 600))


@given(sizes)
def test_what_fits_is_seen_whole_and_never_enlarged(picture: QSizeF) -> None:
    place = Zoom().place(picture, ROOM)
    assert AREA.contains(place)
    assert place.width() <= picture.width() + 1e-6


@given(sizes, points, st.floats(1.0, 2.0))
def test_going_nearer_keeps_the_point_below_the_pointer(
    picture: QSizeF, at: QPointF, by: float
) -> None:
    before = Zoom(near=Near.FREE, factor=3.0)
    place = before.place(picture, ROOM)
    after = before.zoomed(by, at, picture, ROOM)
    now = after.place(picture, ROOM)
    scale = after.scale(picture, ROOM)
    assert FARTHEST <= scale <= NEAREST or scale == pytest.approx(before.scale(picture, ROOM) * by)
    covers = now.contains(AREA) and place.contains(AREA)
    if covers and place.contains(at):
        x = (at.x() - place.left()) / place.width()
        assert now.left() + x * now.width() == pytest.approx(at.x(), abs=0.5)


@given(sizes, points)
def test_a_picture_that_is_larger_than_its_room_leaves_nothing_empty(
    picture: QSizeF, by: QPointF
) -> None:
    zoom = Zoom(near=Near.FREE, factor=4.0).panned(by * 7, picture, ROOM)
    place = zoom.place(picture, ROOM)
    if place.width() > AREA.width() + 1e-3:
        assert place.left() <= 1e-6
        assert place.right() >= AREA.right() - 1e-6


def test_100_percent_is_one_device_pixel_for_each_pixel_whatever_the_density() -> None:
    dense = Room(area=AREA, density=2.0)
    assert Zoom().actual().scale(QSizeF(4000, 3000), dense) == 0.5
    assert Zoom().actual().scale(QSizeF(100, 50), ROOM) == 1.0


@given(st.lists(sizes, min_size=1, max_size=MOST), st.booleans())
def test_every_picture_has_a_room_of_its_own(pictures: list[QSizeF], mirrored: bool) -> None:
    found = rooms(AREA, pictures, mirrored=mirrored)
    assert len(found) == len(pictures)
    assert all(AREA.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(room) for room in found)
    for place, room in enumerate(found):
        assert not any(room.intersects(other) for other in found[place + 1 :])


def test_rooms_are_filled_from_the_right_where_one_reads_so() -> None:
    pair = [QSizeF(100, 200)] * 2
    left, right = rooms(AREA, pair)
    assert rooms(AREA, pair, mirrored=True) == [right, left]


def test_upright_full_screen_pictures_keep_free_what_the_networks_cover() -> None:
    assert margins(1080, 1920) is STORY
    assert margins(1600, 900) is TITLES
    inner = TITLES.inside(QRectF(0, 0, 1000, 500))
    assert (inner.left(), inner.top(), inner.right(), inner.bottom()) == (50, 25, 950, 475)


@given(st.sampled_from([(16, 9), (4, 5), (1, 1), (9, 16)]), sizes)
def test_a_crop_s_frame_is_the_largest_inside(shape: tuple[int, int], picture: QSizeF) -> None:
    place = QRectF(0, 0, picture.width(), picture.height())
    frame = crop_frame(place, *shape)
    assert frame.width() / frame.height() == pytest.approx(shape[0] / shape[1])
    assert frame.width() <= place.width() + 1e-6
    assert frame.height() <= place.height() + 1e-6
    fills = (frame.width() / place.width(), frame.height() / place.height())
    assert max(fills) == pytest.approx(1.0)


def test_pictures_of_one_shape_lie_on_each_other_at_every_zoom() -> None:
    before, after = QSizeF(800, 600), QSizeF(1600, 1200)
    zoom = Zoom(near=Near.FREE, factor=3, middle=QPointF(0.3, 0.7))
    assert are_alike(before, after)
    assert place_beside(before, after, zoom, ROOM) == zoom.place(after, ROOM)
    other = place_beside(QSizeF(600, 600), after, zoom, ROOM)
    assert max(other.width(), other.height()) == zoom.place(after, ROOM).width()


def test_a_difference_is_black_but_where_pictures_differ_and_four_times_as_bright() -> None:
    before, after = (QImage(40, 30, QImage.Format.Format_RGB32) for _ in range(2))
    before.fill(QColor(100, 100, 100))
    after.fill(QColor(100, 100, 100))
    after.setPixelColor(10, 10, QColor(120, 100, 100))
    found = difference_of(before, after)
    assert found.pixelColor(0, 0) == QColor(0, 0, 0)
    assert found.pixelColor(10, 10) == QColor(80, 0, 0)
