"""Pictures pulled, bent and sheared: where their corners and their middle go."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.transform.painting import drawn, mean_difference, rgba_at, saved

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 180, 40), (30, 40, 220), (230, 220, 30)


@pytest.fixture
def quarters(tmp_path: Path) -> Path:
    """120 × 80: red, green above; blue, yellow below."""
    picture = Image.new("RGB", (120, 80), RED)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 0, 119, 39), fill=GREEN)
    draw.rectangle((0, 40, 59, 79), fill=BLUE)
    draw.rectangle((60, 40, 119, 79), fill=YELLOW)
    return saved(picture, tmp_path)


def near(found: tuple[int, ...], colour: tuple[int, int, int]) -> bool:
    return found[3] > 250 and max(abs(a - b) for a, b in zip(found, colour, strict=False)) <= 3


def test_corners_at_their_own_places_change_nothing(quarters: Path) -> None:
    same = drawn(quarters, "e_distort:0:0:120:0:120:80:0:80")
    assert mean_difference(same, drawn(quarters, "")) < 0.5


def test_each_corner_goes_to_its_point(quarters: Path) -> None:
    picture = drawn(quarters, "e_distort:20:0:120:10:100:80:0:60")
    for (x, y), colour in [((24, 6), RED), ((112, 14), GREEN), ((95, 72), YELLOW), ((5, 55), BLUE)]:
        assert near(rgba_at(picture, x, y), colour), (x, y)
    assert rgba_at(picture, 2, 2)[3] == 0
    assert rgba_at(picture, 118, 78)[3] == 0


def test_corners_may_change_sides(quarters: Path) -> None:
    picture = drawn(quarters, "e_distort:120:0:0:0:0:80:120:80")
    assert near(rgba_at(picture, 10, 10), GREEN)
    assert near(rgba_at(picture, 110, 70), BLUE)


def test_an_arc_bends_the_middle_up_and_the_ends_down(quarters: Path) -> None:
    picture = drawn(quarters, "e_distort:arc:60")
    middle = picture.width // 2
    assert near(rgba_at(picture, middle - 4, 10), RED)
    assert near(rgba_at(picture, middle + 4, 10), GREEN)
    assert rgba_at(picture, 2, 2)[3] == 0
    assert rgba_at(picture, middle, picture.height - 2)[3] == 0


def test_a_negative_arc_bends_the_other_way(quarters: Path) -> None:
    picture = drawn(quarters, "e_distort:arc:-60")
    middle = picture.width // 2
    assert near(rgba_at(picture, middle - 4, picture.height - 10), BLUE)
    assert rgba_at(picture, middle, 2)[3] == 0


def test_shearing_pushes_lower_rows_to_the_right(quarters: Path) -> None:
    picture = drawn(quarters, "e_shear:45:0")
    assert picture.size == (200, 80)
    assert near(rgba_at(picture, 10, 4), RED)
    assert near(rgba_at(picture, 190, 76), YELLOW)
    assert rgba_at(picture, 10, 70)[3] == 0


@pytest.mark.parametrize("text", ["e_distort", "e_distort:1:2:3", "e_distort:arc:0", "e_shear:0:0"])
def test_what_moves_nothing_leaves_the_picture_alone(quarters: Path, text: str) -> None:
    assert mean_difference(drawn(quarters, text), drawn(quarters, "")) < 0.5
