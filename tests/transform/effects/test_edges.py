"""Vignettes, fading, shadows, outlines and trimming."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tests.transform.painting import drawn, rgb_at, rgba_at, saved

CLEAR = (0, 0, 0, 0)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return saved(Image.new("RGB", (100, 80), (200, 160, 120)), tmp_path, "plain.png")


@pytest.fixture
def disc(tmp_path: Path) -> Path:
    """A red disc of radius 20 in the middle of a clear square of 80."""
    picture = Image.new("RGBA", (80, 80), CLEAR)
    ImageDraw.Draw(picture).ellipse((20, 20, 59, 59), fill=(220, 30, 30, 255))
    return saved(picture, tmp_path, "disc.png")


def test_a_vignette_darkens_the_corners_and_not_the_middle(plain: Path) -> None:
    picture = drawn(plain, "e_vignette:60")
    assert rgb_at(picture, 50, 40) == (200, 160, 120)
    edge, corner = rgb_at(picture, 1, 40)[0], rgb_at(picture, 1, 1)[0]
    assert corner < edge < 200


@pytest.mark.parametrize(
    ("where", "clear", "whole"),
    [
        ("", (50, 0), (50, 45)),
        ("y_0.25", (50, 0), (50, 25)),
        ("y_-20", (50, 79), (50, 55)),
        ("x_30", (0, 40), (35, 40)),
        ("x_-0.5", (99, 40), (45, 40)),
    ],
)
def test_a_fade_starts_clear_at_its_edge_and_ends_after_its_distance(
    plain: Path, where: str, clear: tuple[int, int], whole: tuple[int, int]
) -> None:
    picture = drawn(plain, ",".join(filter(None, ["e_gradient_fade", where])))
    assert rgba_at(picture, *clear)[3] <= 12
    assert rgba_at(picture, *whole) == (200, 160, 120, 255)


def test_a_symmetric_fade_is_clear_at_both_edges(plain: Path) -> None:
    picture = drawn(plain, "e_gradient_fade:symmetric,x_0.2")
    assert max(rgba_at(picture, x, 40)[3] for x in (0, 99)) <= 12
    assert rgba_at(picture, 50, 40)[3] == 255


def test_a_shadow_lies_where_its_offset_says_in_its_colour(plain: Path) -> None:
    picture = drawn(plain, "e_shadow:100,x_30,y_20,co_blue")
    assert rgba_at(picture, 50, 40) == (200, 160, 120, 255)
    right_below = rgba_at(picture, 115, 60)
    assert right_below[:3] == (0, 0, 255)
    assert right_below[3] > 200
    assert rgba_at(picture, 115, 5)[3] == 0


def test_a_weaker_shadow_is_less_seen(plain: Path) -> None:
    seen = [rgba_at(drawn(plain, f"e_shadow:{s},x_30,y_20"), 115, 60)[3] for s in (20, 60, 100)]
    assert seen == sorted(seen)
    assert seen[0] < 80


def test_an_outline_follows_the_shape_outside_it(disc: Path) -> None:
    picture = drawn(disc, "e_outline:6,co_blue")
    assert picture.size == (92, 92)
    assert rgba_at(picture, 46, 46) == (220, 30, 30, 255)
    assert rgba_at(picture, 46, 22) == (0, 0, 255, 255)
    assert rgba_at(picture, 22, 46) == (0, 0, 255, 255)
    assert rgba_at(picture, 46, 17)[3] <= 20
    # as far from a round shape in every direction
    assert rgba_at(picture, 46 - 17, 46 - 17)[3] > 200
    assert rgba_at(picture, 46 - 21, 46 - 21)[3] < 20


def test_an_inner_outline_stays_inside_the_shape(disc: Path) -> None:
    picture = drawn(disc, "e_outline:inner:6,co_blue")
    assert picture.size == (80, 80)
    assert rgba_at(picture, 40, 40) == (220, 30, 30, 255)
    assert rgba_at(picture, 40, 23)[:3] == (0, 0, 255)
    assert rgba_at(picture, 40, 15)[3] == 0


def test_an_opaque_picture_has_its_inner_outline_at_its_edge(plain: Path) -> None:
    picture = drawn(plain, "e_outline:inner:8,co_blue")
    assert [rgb_at(picture, x, 40) for x in (1, 98)] == [(0, 0, 255)] * 2
    assert rgb_at(picture, 50, 40) == (200, 160, 120)


def test_a_filled_outline_hides_the_picture(disc: Path) -> None:
    picture = drawn(disc, "e_outline:fill:4,co_lime")
    assert rgba_at(picture, 44, 44) == (0, 255, 0, 255)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    # the border's colour is that of the top left corner
    margins=st.tuples(st.integers(1, 30), *[st.integers(0, 30)] * 3),
    size=st.tuples(st.integers(1, 40), st.integers(1, 40)),
)
def test_trimming_leaves_what_was_inside_a_uniform_border(
    tmp_path: Path, margins: tuple[int, int, int, int], size: tuple[int, int]
) -> None:
    left, top, right, bottom = margins
    canvas = Image.new("RGB", (left + size[0] + right, top + size[1] + bottom), (240, 240, 240))
    canvas.paste((200, 20, 30), (left, top, left + size[0], top + size[1]))
    path = saved(canvas, tmp_path, "border.png")
    once = drawn(path, "e_trim")
    assert once.size == size
    assert drawn(path, "e_trim/e_trim").size == once.size


def test_trimming_a_plain_picture_leaves_it_whole(plain: Path) -> None:
    assert drawn(plain, "e_trim").size == (100, 80)


def test_trimming_takes_clear_borders_away(disc: Path) -> None:
    assert drawn(disc, "e_trim").size == (40, 40)


def test_trimming_by_a_colour_leaves_other_borders(tmp_path: Path) -> None:
    canvas = Image.new("RGB", (60, 60), (240, 240, 240))
    canvas.paste((0, 0, 0), (10, 10, 50, 50))
    path = saved(canvas, tmp_path)
    assert drawn(path, "e_trim:10:white").size == (40, 40)
    assert drawn(path, "e_trim:10:red").size == (60, 60)


def test_what_follows_a_trim_works_on_what_is_left(disc: Path) -> None:
    picture = drawn(disc, "e_trim/c_scale,w_0.5")
    assert picture.size == (20, 20)
    assert rgba_at(picture, 10, 10) == (220, 30, 30, 255)
