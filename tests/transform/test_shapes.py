"""Rounded corners, borders, opacity and the ground below."""

from fractions import Fraction
from math import pi
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageStat

from bridge_app.transform.model import Radius
from bridge_app.transform.shapes import corner_ellipses, shape
from tests.transform.painting import drawn, rgb_at, rgba_at, saved

ORANGE, WHITE = (255, 165, 0), (255, 255, 255)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return saved(Image.new("RGB", (120, 80), (30, 60, 90)), tmp_path)


def clear_corners(picture: Image.Image) -> list[bool]:
    """Whether each corner's pixel is clear, clockwise from the top left."""
    right, bottom = picture.width - 1, picture.height - 1
    places = ((0, 0), (right, 0), (right, bottom), (0, bottom))
    return [rgba_at(picture, *place)[3] == 0 for place in places]


@pytest.mark.parametrize(
    ("text", "clear"),
    [
        ("r_20", [True, True, True, True]),
        ("r_20:0", [True, False, True, False]),
        ("r_20:0:10", [True, False, True, False]),
        ("r_0:20:0", [False, True, False, True]),
        ("r_0:0:20", [False, False, True, False]),
        ("r_0:20:0:0", [False, True, False, False]),
        ("r_max", [True, True, True, True]),
        ("r_0", [False, False, False, False]),
    ],
)
def test_values_name_the_corners_clockwise_from_the_top_left(
    plain: Path, text: str, clear: list[bool]
) -> None:
    assert clear_corners(drawn(plain, text)) == clear


def test_as_round_as_can_be_is_an_ellipse(plain: Path) -> None:
    alpha = drawn(plain, "r_max").getchannel("A")
    assert ImageStat.Stat(alpha).sum[0] / 255 == pytest.approx(pi * 60 * 40, rel=0.002)


def test_a_radius_takes_away_what_a_quarter_circle_leaves(plain: Path) -> None:
    alpha = drawn(plain, "r_30:0:0:0").getchannel("A")
    assert ImageStat.Stat(alpha).sum[0] / 255 == pytest.approx(9600 - (1 - pi / 4) * 900, rel=0.001)


_CORNER = st.one_of(st.none(), st.fractions(0, 400, max_denominator=2))


@given(
    corners=st.tuples(_CORNER, _CORNER, _CORNER, _CORNER),
    width=st.integers(1, 60),
    height=st.integers(1, 60),
)
@settings(max_examples=25, deadline=None)
def test_corners_never_overlap_and_masks_have_the_pictures_size(
    corners: tuple[Fraction | None, ...], width: int, height: int
) -> None:
    one, two, three, four = corners
    found = corner_ellipses(Radius(corners=(one, two, three, four)), width, height)
    (left, top), (right, upper), (outer, lower), (inner, bottom) = found
    assert max(left + right, inner + outer) <= width + 1e-6
    assert max(top + bottom, upper + lower) <= height + 1e-6
    mask = shape(width, height, found)
    assert mask is None or (mask.width, mask.height, mask.bands) == (width, height, 1)


def test_a_border_lies_outside_the_picture(plain: Path) -> None:
    picture = drawn(plain, "bo_6px_solid_orange")
    assert picture.mode == "RGB"
    assert rgb_at(picture, 5, 40) == ORANGE
    assert rgb_at(picture, 6, 40) == (30, 60, 90)
    assert rgb_at(picture, 126, 86 - 1) == ORANGE


def test_a_border_follows_the_corners(plain: Path) -> None:
    picture = drawn(plain, "bo_6px_solid_orange,r_20")
    assert clear_corners(picture) == [True] * 4
    # on the diagonal of a corner: outside, in the border, in the picture
    seen = [rgba_at(picture, at, at) for at in (4, 10, 16)]
    assert seen[0][3] == 0
    assert seen[1] == (*ORANGE, 255)
    assert seen[2] == (30, 60, 90, 255)


def test_no_seam_is_seen_between_picture_and_border(tmp_path: Path) -> None:
    white = saved(Image.new("RGB", (90, 60), "white"), tmp_path)
    picture = drawn(white, "bo_8px_solid_white,r_25,b_black")
    inside = picture.crop((10, 10, 96, 66)).convert("L")
    round_part = [rgb_at(picture, 8 + at, 8 + at)[0] for at in range(2, 30)]
    assert min(round_part) >= 253
    assert ImageStat.Stat(inside).extrema[0][0] >= 250


def test_a_border_may_be_seen_through(plain: Path) -> None:
    picture = drawn(plain, "bo_6px_solid_rgb:ffa50080")
    assert rgba_at(picture, 2, 40) == (*ORANGE, 128)
    assert rgba_at(picture, 60, 40) == (30, 60, 90, 255)


def test_opacity_multiplies_what_is_there(tmp_path: Path) -> None:
    half = saved(Image.new("RGBA", (10, 10), (9, 8, 7, 128)), tmp_path)
    assert rgba_at(drawn(half, "o_50"), 5, 5) == (9, 8, 7, 64)
    assert rgba_at(drawn(half, "o_0"), 5, 5)[3] == 0
    assert rgba_at(drawn(half, "o_100"), 5, 5)[3] == 128


def test_the_ground_fills_rounded_corners(plain: Path) -> None:
    picture = drawn(plain, "b_white,r_30")
    assert picture.mode == "RGB"
    assert rgb_at(picture, 0, 0) == WHITE
    assert rgb_at(picture, 60, 40) == (30, 60, 90)


def test_a_free_turn_is_clear_in_its_corners_or_shows_the_ground(plain: Path) -> None:
    assert clear_corners(drawn(plain, "a_30")) == [True] * 4
    assert rgb_at(drawn(plain, "a_30,b_orange"), 0, 0) == ORANGE


@pytest.mark.parametrize("angle", [1, 17, 45, 89, 100, 233, -12])
def test_a_free_turn_and_back_shows_the_picture_in_the_middle(tmp_path: Path, angle: int) -> None:
    master = Image.linear_gradient("L").resize((90, 70)).convert("RGB")
    path = saved(master, tmp_path)
    there_and_back = drawn(path, f"a_{angle}/a_{-angle}/c_crop,w_40,h_30")
    plain = drawn(path, "c_crop,w_40,h_30")
    seen = [(rgb_at(there_and_back, 20, y)[0], rgb_at(plain, 20, y)[0]) for y in (2, 15, 27)]
    assert all(abs(a - b) <= 8 for a, b in seen), seen
