"""What fills a padding."""

from pathlib import Path

import pytest
from PIL import Image, ImageStat

from bridge_app.transform import Fidelity, parse, render
from tests.transform.painting import drawn, rgb_at, rgba_at, saved

GREEN, BLUE = (30, 180, 40), (30, 40, 220)


@pytest.fixture
def framed(tmp_path: Path) -> Path:
    """Blue inside a green edge, 120 × 60; most of it is blue."""
    picture = Image.new("RGB", (120, 60), GREEN)
    picture.paste(BLUE, (8, 8, 112, 52))
    return saved(picture, tmp_path)


@pytest.mark.parametrize(
    ("background", "colour"),
    [
        ("auto", GREEN),
        ("auto:border", GREEN),
        ("auto:predominant", BLUE),
        ("auto:predominant:palette_red_navy", (0, 0, 128)),
        ("orange", (255, 165, 0)),
    ],
)
def test_a_padding_takes_its_colour_from_the_picture_or_by_name(
    framed: Path, background: str, colour: tuple[int, ...]
) -> None:
    picture = drawn(framed, f"c_pad,w_120,h_120,b_{background}")
    assert max(abs(a - b) for a, b in zip(rgb_at(picture, 60, 5), colour, strict=True)) <= 8
    assert rgb_at(picture, 60, 60) == BLUE


def test_a_gradient_runs_from_one_colour_to_another(tmp_path: Path) -> None:
    halves = Image.new("RGB", (100, 40), (20, 20, 200))
    halves.paste((220, 30, 30), (50, 0, 100, 40))
    picture = drawn(
        saved(halves, tmp_path), "c_pad,w_100,h_100,b_auto:border_gradient:2:horizontal"
    )
    left, right = rgb_at(picture, 1, 5), rgb_at(picture, 98, 5)
    assert left[2] > left[0] + 100
    assert right[0] > right[2] + 100


def test_a_blurred_padding_is_the_picture_itself_out_of_focus(framed: Path) -> None:
    sharp = drawn(framed, "c_pad,w_120,h_120,b_blurred:1:0")
    soft = drawn(framed, "c_pad,w_120,h_120,b_blurred:1000:0")
    dark = drawn(framed, "c_pad,w_120,h_120,b_blurred:1000:-200")
    top = (0, 0, 120, 25)
    spread = [ImageStat.Stat(p.crop(top).convert("L")).stddev[0] for p in (sharp, soft)]
    assert spread[1] < spread[0]
    means = [ImageStat.Stat(p.crop(top).convert("L")).mean[0] for p in (dark, soft)]
    assert means[0] < means[1]
    assert rgb_at(soft, 60, 60) == BLUE


def test_a_ground_that_is_seen_through_is_laid_once(framed: Path) -> None:
    picture = drawn(framed, "c_pad,w_120,h_120,b_rgb:ff000080")
    assert rgba_at(picture, 60, 5) == (255, 0, 0, 128)
    assert rgba_at(picture, 60, 60) == (*BLUE, 255)


def test_colours_that_are_looked_for_are_called_approximate(framed: Path) -> None:
    found = render(framed, parse("c_pad,w_120,h_120,b_auto/f_png"))
    assert found.fidelity is Fidelity.APPROXIMATE
