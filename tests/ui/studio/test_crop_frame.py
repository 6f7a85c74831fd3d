"""A crop's frame: whatever is done to it, it stays inside the picture and in shape."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform.geometry import Box, Size
from bridge_app.ui.studio.crop_frame import CORNERS, EDGES, CropFrame, Grip

SIZE = Size(width=600, height=400)
sides = st.integers(1, 5000)
moves = st.floats(-6000, 6000, allow_nan=False)
grips = st.sampled_from((*CORNERS, *EDGES, Grip.WHOLE))
ratios = st.one_of(st.none(), st.floats(0.1, 10))


def middle(frame: CropFrame) -> tuple[Fraction, Fraction]:
    box = frame.box
    return box.left + Fraction(box.width, 2), box.top + Fraction(box.height, 2)


@given(sides, sides, ratios, st.lists(st.tuples(grips, moves, moves), max_size=6))
def test_a_frame_never_leaves_the_picture(
    width: int, height: int, ratio: float | None, drags: list[tuple[Grip, float, float]]
) -> None:
    frame = CropFrame.whole(Size(width=width, height=height), ratio)
    for grip, dx, dy in drags:
        frame = frame.dragged(grip, dx, dy)
        box = frame.box
        assert box.width >= 1
        assert box.height >= 1
        assert 0 <= box.left <= width - box.width
        assert 0 <= box.top <= height - box.height


@given(st.floats(0.25, 4), st.lists(st.tuples(grips, moves, moves), max_size=6))
def test_a_frame_with_a_ratio_keeps_it(
    ratio: float, drags: list[tuple[Grip, float, float]]
) -> None:
    frame = CropFrame.whole(Size(width=3000, height=2000), ratio)
    for grip, dx, dy in drags:
        frame = frame.dragged(grip, dx, dy)
        box = frame.box
        # Whole pixels: each side is off by a half at most, and at least one pixel long.
        assert abs(box.width - box.height * ratio) <= max(1.0, ratio) + ratio


@given(st.tuples(moves, moves))
def test_moving_the_whole_keeps_its_size(by: tuple[float, float]) -> None:
    frame = CropFrame(size=SIZE, box=Box(left=100, top=100, width=200, height=100))
    moved = frame.dragged(Grip.WHOLE, *by)
    assert (moved.box.width, moved.box.height) == (200, 100)


def test_a_corner_is_dragged_and_the_one_across_stays() -> None:
    frame = CropFrame.whole(SIZE).dragged(Grip.LEFT | Grip.TOP, 100, 50)
    assert frame.box == Box(left=100, top=50, width=500, height=350)


def test_a_ratio_makes_the_largest_frame_in_the_middle() -> None:
    frame = CropFrame.whole(SIZE, 1.0)
    assert frame.box == Box(left=100, top=0, width=400, height=400)


def test_another_ratio_keeps_the_middle() -> None:
    frame = CropFrame(size=SIZE, box=Box(left=200, top=100, width=200, height=200))
    assert middle(frame.with_ratio(2.0)) == pytest.approx(middle(frame), abs=1)


@pytest.mark.parametrize(
    ("x", "y", "grip"),
    [
        (100, 100, Grip.LEFT | Grip.TOP),
        (300, 200, Grip.RIGHT | Grip.BOTTOM),
        (200, 101, Grip.TOP),
        (299, 150, Grip.RIGHT),
        (200, 150, Grip.WHOLE),
        (20, 20, Grip.NONE),
    ],
)
def test_what_is_below_the_pointer_is_held(x: int, y: int, grip: Grip) -> None:
    frame = CropFrame(size=SIZE, box=Box(left=100, top=100, width=200, height=100))
    assert frame.grip_at(x, y, reach=8) is grip


def test_growing_keeps_the_middle_and_the_shape() -> None:
    frame = CropFrame(size=SIZE, box=Box(left=200, top=150, width=200, height=100))
    grown = frame.grown(40)
    assert (grown.box.width, grown.box.height) == (240, 120)
    assert middle(grown) == middle(frame)
