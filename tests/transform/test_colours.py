"""Prevailing colours, border colours, and the grounds made of them."""

import numpy as np
import pytest
import pyvips
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform.colours import (
    background,
    background_colours,
    border_palette,
    contrast_ratio,
    contrasting,
    gradient,
    nearest,
    palette,
)
from bridge_app.transform.geometry import Size
from bridge_app.transform.model import AutoBackground, BackgroundMode, Colour, Direction

RED = Colour(red=220, green=30, blue=30)
GREEN = Colour(red=30, green=180, blue=40)
BLUE = Colour(red=30, green=40, blue=220)
WHITE, BLACK = Colour(red=255, green=255, blue=255), Colour(red=0, green=0, blue=0)
COLOURS = st.builds(
    Colour, red=st.integers(0, 255), green=st.integers(0, 255), blue=st.integers(0, 255)
)


def plain(colour: Colour, width: int = 60, height: int = 40) -> pyvips.Image:
    return gradient([colour], Size(width=width, height=height), Direction.HORIZONTAL)


def framed() -> pyvips.Image:
    """Green within a thin red frame."""
    return plain(RED).insert(plain(GREEN, 50, 30), 5, 5)


def channels(image: pyvips.Image, x: int, y: int) -> tuple[int, ...]:
    return tuple(int(value) for value in image.getpoint(x, y))


def test_the_prevailing_colour_and_the_border_are_told_apart_exactly() -> None:
    assert palette(framed(), 1)[0].colour == GREEN
    assert border_palette(framed())[0].colour == RED


def test_shares_are_those_of_the_area() -> None:
    found = {swatch.colour: swatch.share for swatch in palette(framed())}
    assert found[GREEN] == pytest.approx(50 * 30 / 2400, abs=0.01)
    assert sum(found.values()) == pytest.approx(1)


def test_near_colours_count_as_one() -> None:
    noisy = np.random.default_rng(3).normal(128, 6, (64, 64, 3)).clip(0, 255).astype(np.uint8)
    found = palette(pyvips.Image.new_from_array(noisy, interpretation="srgb"))
    assert found[0].share > 0.98
    assert all(abs(v - 128) < 8 for v in (found[0].colour.red, found[0].colour.blue))


def test_transparent_pixels_have_no_colour() -> None:
    clear = plain(BLUE).bandjoin(0)
    half = clear.insert(plain(RED, 10, 10).bandjoin(255), 0, 0)
    assert palette(half, 1)[0].colour == RED
    assert palette(clear) == border_palette(clear)
    assert palette(clear)[0].colour == WHITE


@pytest.mark.parametrize("mode", BackgroundMode)
@pytest.mark.parametrize("count", [2, 4])
def test_each_mode_gives_as_many_colours_as_it_needs(mode: BackgroundMode, count: int) -> None:
    found = background_colours(framed(), AutoBackground(mode=mode, count=count))
    assert len(found) == (count if "gradient" in mode else 1)


def test_a_palette_limits_what_is_chosen() -> None:
    only = (WHITE, BLUE)
    wanted = AutoBackground(mode=BackgroundMode.PREDOMINANT_GRADIENT, palette=only)
    assert set(background_colours(framed(), wanted)) <= set(only)


@pytest.mark.parametrize(
    ("direction", "start", "end"),
    [
        (Direction.HORIZONTAL, (0, 10), (29, 10)),
        (Direction.VERTICAL, (10, 0), (10, 19)),
        (Direction.DIAGONAL_DESC, (0, 0), (29, 19)),
        (Direction.DIAGONAL_ASC, (0, 19), (29, 0)),
    ],
)
def test_a_gradient_runs_the_way_it_says(
    direction: Direction, start: tuple[int, int], end: tuple[int, int]
) -> None:
    ground = gradient([RED, BLUE], Size(width=30, height=20), direction)
    assert channels(ground, *start) == (220, 30, 30)
    assert channels(ground, *end) == (30, 40, 220)


def test_the_border_gradient_continues_the_sides_of_the_picture() -> None:
    sides = plain(RED, 30, 20).join(plain(BLUE, 30, 20), "horizontal")
    wanted = AutoBackground(mode=BackgroundMode.BORDER_GRADIENT)
    ground = background(sides, wanted, Size(width=90, height=40))
    assert (ground.width, ground.height, ground.bands) == (90, 40, 3)
    assert channels(ground, 0, 5) == (220, 30, 30)
    assert channels(ground, 89, 35) == (30, 40, 220)


def test_four_colours_lie_in_the_corners() -> None:
    ground = gradient([RED, GREEN, BLUE, WHITE], Size(width=9, height=7), Direction.HORIZONTAL)
    corners = [channels(ground, x, y) for x, y in ((0, 0), (8, 0), (8, 6), (0, 6))]
    assert corners == [(220, 30, 30), (30, 180, 40), (30, 40, 220), (255, 255, 255)]


@given(COLOURS)
def test_a_contrasting_colour_is_legible(colour: Colour) -> None:
    assert contrast_ratio(colour, contrasting(colour)) >= 3


@given(COLOURS, st.lists(COLOURS, min_size=1, max_size=4))
def test_the_nearest_of_a_palette_is_itself_when_it_is_there(
    colour: Colour, others: list[Colour]
) -> None:
    assert nearest(colour, [*others, colour]) == colour
    assert nearest(colour, others) in others


def test_contrast_is_measured_as_published() -> None:
    assert contrast_ratio(BLACK, WHITE) == pytest.approx(21)
    assert contrast_ratio(RED, RED) == pytest.approx(1)
