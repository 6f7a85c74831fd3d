"""Turns by any angle: how they are taken apart, and how the canvas grows."""

from fractions import Fraction
from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform import output_size, parse
from bridge_app.transform.geometry import Size
from bridge_app.transform.model import Move
from bridge_app.transform.spinning import reduced, spin

TURNS = {Move.TURN_90: 90, Move.TURN_180: 180, Move.TURN_270: 270}
PARTS = st.lists(
    st.one_of(st.sampled_from(list(Move)), st.fractions(-720, 720, max_denominator=4)), max_size=6
)


def image_of(parts: list[Fraction | Move], x: float, y: float) -> tuple[float, float]:
    """A point (y down) after flips and clockwise turns about the origin, one by one."""
    for part in parts:
        if part is Move.FLIP_HORIZONTAL:
            x = -x
        elif part is Move.FLIP_VERTICAL:
            y = -y
        else:
            angle = radians(TURNS[part] if isinstance(part, Move) else part)
            x, y = x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)
    return x, y


@given(PARTS)
def test_any_sequence_is_a_flip_a_right_turn_and_a_rest_that_do_the_same(
    parts: list[Fraction | Move],
) -> None:
    moves, rest = reduced(parts)
    assert len(moves) <= 2
    assert 0 <= rest < 90
    assert image_of([*moves, rest], 3, 1) == pytest.approx(image_of(parts, 3, 1), abs=1e-6)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("a_45", (1414, 1414)),
        ("a_-45", (1414, 1414)),
        ("a_30", (1439, 1293)),
        ("a_210", (1439, 1293)),
        ("a_120", (1293, 1439)),
        ("a_30.hflip", (1439, 1293)),
        ("a_0.5", (1207, 810)),
        ("a_450", (800, 1200)),
        ("c_scale,w_600/a_45", (707, 707)),
        ("a_45,c_scale,w_600", (707, 707)),
        ("a_45/c_scale,w_100", (100, 100)),
    ],
)
def test_the_canvas_is_the_box_around_the_turned_picture(text: str, size: tuple[int, int]) -> None:
    assert output_size(parse(text), 1200, 800) == size


def test_a_picture_above_3000_pixels_is_reduced_before_it_is_turned() -> None:
    turned = spin(Size(width=6000, height=4000), Fraction(45))
    assert turned.picture == Size(width=3000, height=2000)
    assert turned.canvas == Size(width=3536, height=3536)


@given(width=st.integers(1, 30_000), height=st.integers(1, 30_000), degrees=st.integers(1, 89))
def test_a_turned_picture_is_never_larger_than_its_canvas(
    width: int, height: int, degrees: int
) -> None:
    turned = spin(Size(width=width, height=height), Fraction(degrees))
    assert max(turned.picture.width, turned.picture.height) <= max(3000, 1)
    assert turned.canvas.width >= 1
    assert turned.canvas.pixels <= 2 * (3000 + 1) ** 2
    diagonal = (turned.picture.width**2 + turned.picture.height**2) ** 0.5
    assert max(turned.canvas.width, turned.canvas.height) <= diagonal + 1
