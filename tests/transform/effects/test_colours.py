"""Effects that give a picture other colours, seen on pictures of few colours."""

from pathlib import Path

import pytest
from PIL import Image

from tests.transform.painting import drawn, rgb_at, rgba_at, saved

COLOURS = {"red": (220, 40, 30), "grey": (120, 120, 120), "blue": (30, 60, 200)}


@pytest.fixture
def stripes(tmp_path: Path) -> Path:
    """Red, grey and blue stripes of 20 × 30 pixels, side by side."""
    picture = Image.new("RGB", (60, 30))
    for index, colour in enumerate(COLOURS.values()):
        picture.paste(colour, (20 * index, 0, 20 * index + 20, 30))
    return saved(picture, tmp_path)


def stripes_of(picture: Image.Image) -> list[tuple[int, ...]]:
    return [rgb_at(picture, x, 15) for x in (10, 30, 50)]


def test_sepia_is_brown_and_darker_greys_stay_darker(tmp_path: Path) -> None:
    ramp = Image.linear_gradient("L").convert("RGB")
    picture = drawn(saved(ramp, tmp_path), "e_sepia")
    tones = [rgb_at(picture, 128, y) for y in range(0, 256, 15)]
    assert all(red >= green >= blue for red, green, blue in tones)
    assert tones == sorted(tones)


def test_a_tint_maps_dark_and_light_onto_its_colours(tmp_path: Path) -> None:
    ramp = Image.linear_gradient("L").convert("RGB")
    picture = drawn(saved(ramp, tmp_path), "e_tint:100:blue:0p:rgb:ffff00:100p")
    assert rgb_at(picture, 9, 0) == (0, 0, 255)
    assert rgb_at(picture, 9, 255) == (255, 255, 0)
    middle = rgb_at(picture, 9, 127)
    assert max(abs(one - 127) for one in middle) <= 2


def test_no_tint_leaves_the_picture_alone(stripes: Path) -> None:
    assert stripes_of(drawn(stripes, "e_tint:0:blue")) == list(COLOURS.values())


def test_a_replaced_colour_takes_the_new_hue_and_the_others_stay(stripes: Path) -> None:
    red, grey, blue = stripes_of(drawn(stripes, "e_replace_color:rgb:00c000:30:rgb:dc281e"))
    assert red[1] > red[0] + 60
    assert red[1] > red[2] + 60
    assert (grey, blue) == (COLOURS["grey"], COLOURS["blue"])


def test_without_a_colour_to_replace_nothing_changes(stripes: Path) -> None:
    assert stripes_of(drawn(stripes, "e_replace_color:no_colour")) == list(COLOURS.values())


def test_pixels_near_a_colour_become_transparent(stripes: Path) -> None:
    picture = drawn(stripes, "e_make_transparent:5,co_rgb:dd2a20")
    assert [rgba_at(picture, x, 15)[3] for x in (10, 30, 50)] == [0, 255, 255]


def test_half_seen_pixels_are_decided_by_a_threshold(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (20, 10), (10, 20, 30, 100))
    picture.paste((10, 20, 30, 200), (10, 0, 20, 10))
    found = drawn(saved(picture, tmp_path), "e_opacity_threshold:60")
    assert [rgba_at(found, x, 5)[3] for x in (5, 15)] == [0, 255]


def test_a_matrix_of_sixteen_mixes_transparency_too(stripes: Path) -> None:
    halves = "1:0:0:0:0:1:0:0:0:0:1:0:0:0:0:0.5"
    picture = drawn(stripes, f"e_recolor:{halves}")
    assert rgba_at(picture, 10, 15) == (*COLOURS["red"], 128)


@pytest.mark.parametrize("matrix", ["", ":1:2:3", ":a:b:c:d:e:f:g:h"])
def test_a_matrix_of_another_length_does_nothing(stripes: Path, matrix: str) -> None:
    assert stripes_of(drawn(stripes, f"e_recolor{matrix}")) == list(COLOURS.values())


@pytest.mark.parametrize("effect", ["red", "green", "blue"])
def test_a_channel_can_be_taken_away_whole(stripes: Path, effect: str) -> None:
    index = ["red", "green", "blue"].index(effect)
    found = stripes_of(drawn(stripes, f"e_{effect}:-100"))
    for after, before in zip(found, COLOURS.values(), strict=True):
        assert after == tuple(0 if i == index else value for i, value in enumerate(before))


@pytest.mark.parametrize(
    "sense", ["deuteranopia", "protanopia", "tritanopia", "deuteranomaly", "cone_monochromacy"]
)
def test_greys_look_grey_with_every_colour_sense(stripes: Path, sense: str) -> None:
    _, grey, _ = stripes_of(drawn(stripes, f"e_simulate_colorblind:{sense}"))
    assert max(grey) - min(grey) <= 2
    assert abs(grey[0] - 120) <= 3


def test_without_red_cones_red_and_green_come_near_one_another(tmp_path: Path) -> None:
    picture = Image.new("RGB", (20, 10), (200, 60, 40))
    picture.paste((90, 110, 30), (10, 0, 20, 10))
    seen = drawn(saved(picture, tmp_path), "e_simulate_colorblind:protanopia")
    red, green = rgb_at(seen, 5, 5), rgb_at(seen, 15, 5)
    apart = max(abs(a - b) for a, b in zip(red, green, strict=True))
    assert apart < 60  # 110 before


def test_help_for_the_colour_blind_marks_red_and_green_apart(tmp_path: Path) -> None:
    picture = Image.new("RGB", (60, 60), (200, 60, 40))
    picture.paste((60, 180, 40), (30, 0, 60, 60))
    marked = drawn(saved(picture, tmp_path), "e_assist_colorblind:60")
    reds = {rgb_at(marked, x, 30) for x in range(0, 28)}
    greens = {rgb_at(marked, x, 30) for x in range(32, 60)}
    assert len(reds) > 1
    assert len(greens) > 1


def test_xray_help_moves_what_is_lost_into_blue(tmp_path: Path) -> None:
    picture = Image.new("RGB", (20, 20), (200, 60, 40))
    assert rgb_at(drawn(saved(picture, tmp_path), "e_assist_colorblind:xray"), 5, 5)[2] > 45
