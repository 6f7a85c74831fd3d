"""Another ground: what was dark on light is light on dark, and stays to be read."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.transform.painting import drawn, rgb_at, saved

GROUND, INK, RED = (2, 2), (30, 20), (60, 20)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Black and red on white."""
    picture = Image.new("RGB", (80, 40), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20, 10, 40, 30), fill="black")
    pen.rectangle((50, 10, 70, 30), fill=(200, 30, 30))
    return saved(picture, tmp_path)


def themed(page: Path, theme: str) -> Image.Image:
    return drawn(page, f"e_theme:{theme}/f_png")


def test_black_on_white_becomes_white_on_black_and_red_stays_red(page: Path) -> None:
    found = themed(page, "color_black")
    assert max(rgb_at(found, *GROUND)) <= 3
    assert min(rgb_at(found, *INK)) >= 250
    red, green, blue = rgb_at(found, *RED)
    assert red > green + 40
    assert red > blue + 40


def test_a_light_ground_that_stays_light_takes_the_colour_and_ink_stays_black(page: Path) -> None:
    found = themed(page, "color_rgb:ffe0a0")
    assert rgb_at(found, *GROUND) == pytest.approx((255, 224, 160), abs=4)
    assert max(rgb_at(found, *INK)) <= 40


def test_without_a_colour_nothing_is_changed(page: Path) -> None:
    assert rgb_at(themed(page, "color_nowhere"), *GROUND) == (255, 255, 255)
