"""Effects of light and dark; their formulas are compared with Pillow in `test_pillow_recipes`."""

from pathlib import Path

import pytest
from PIL import Image, ImageStat

from bridge_app.transform.effects.tones import sigmoid
from tests.transform.painting import drawn, mean_difference, rgb_at, rgba_at, saved


@pytest.fixture
def ramp(tmp_path: Path) -> Path:
    """Black above to white below, 256 rows."""
    return saved(Image.linear_gradient("L").convert("RGB").crop((0, 0, 20, 256)), tmp_path)


def column(picture: Image.Image) -> list[int]:
    return [rgb_at(picture, 5, y)[0] for y in range(256)]


@pytest.mark.parametrize(
    "effect",
    ["brightness:0", "saturation:0", "contrast:0", "gamma:0", "hue:0", "vibrance:0", "red:0"],
)
def test_a_strength_of_nothing_changes_nothing(ramp: Path, effect: str) -> None:
    assert mean_difference(drawn(ramp, f"e_{effect}"), drawn(ramp, "")) <= 0.5


@pytest.mark.parametrize("amount", [-100, -50, 50, 100])
def test_contrast_keeps_black_white_and_order(ramp: Path, amount: int) -> None:
    found = column(drawn(ramp, f"e_contrast:{amount}"))
    assert (found[0], found[255]) == (0, 255)
    assert found == sorted(found)
    spread = found[170] - found[85]
    assert spread > 100 if amount > 0 else spread < 70


def test_less_contrast_undoes_more() -> None:
    more, less = sigmoid(5), sigmoid(-5)
    assert all(abs(less(more(v / 50)) - v / 50) < 0.02 for v in range(51))


@pytest.mark.parametrize("amount", [-99, -60, 60, 100])
def test_brightness_moves_every_grey_the_same_way(ramp: Path, amount: int) -> None:
    found = column(drawn(ramp, f"e_brightness:{amount}"))
    assert found == sorted(found)
    assert found[100] > 100 if amount > 0 else found[100] < 60


def test_vibrance_moves_pale_colours_more_than_strong_ones(tmp_path: Path) -> None:
    picture = Image.new("RGB", (20, 10), (130, 120, 120))
    picture.paste((250, 10, 10), (10, 0, 20, 10))
    found = drawn(saved(picture, tmp_path), "e_vibrance:100")
    pale, strong = rgb_at(found, 5, 5), rgb_at(found, 15, 5)
    assert (pale[0] - pale[1]) / 10 > 1.7
    assert (strong[0] - strong[1]) / 240 < 1.2


def test_fill_light_lifts_shadows_and_leaves_lights(ramp: Path) -> None:
    found = column(drawn(ramp, "e_fill_light:100"))
    assert found[60] > 90
    assert abs(found[240] - 240) <= 3


def test_out_of_range_counts_as_the_bound(ramp: Path) -> None:
    assert mean_difference(drawn(ramp, "e_gamma:9999"), drawn(ramp, "e_gamma:150")) == 0


def test_transparency_stays_as_it_is(tmp_path: Path) -> None:
    master = saved(Image.new("RGBA", (10, 10), (90, 120, 30, 77)), tmp_path)
    for effect in (
        "brightness:40",
        "hue:30",
        "negate",
        "sepia",
        "auto_contrast",
        "sharpen",
        "blur",
    ):
        assert rgba_at(drawn(master, f"e_{effect}"), 5, 5)[3] == 77, effect


def test_automatic_contrast_uses_the_whole_range(tmp_path: Path) -> None:
    flat = Image.linear_gradient("L").point(lambda v: 90 + v // 4).convert("RGB")
    found = drawn(saved(flat, tmp_path), "e_auto_contrast")
    assert ImageStat.Stat(found).extrema[0][0] <= 3
    assert ImageStat.Stat(found).extrema[0][1] >= 252


def test_automatic_colour_takes_a_cast_away(tmp_path: Path) -> None:
    ramp = Image.linear_gradient("L")
    cast = Image.merge("RGB", (ramp, ramp.point(lambda v: v * 0.7), ramp.point(lambda v: v * 0.5)))
    middle = rgb_at(drawn(saved(cast, tmp_path), "e_auto_color"), 5, 128)
    assert max(middle) - min(middle) <= 6


@pytest.mark.parametrize("level", [20, 230])
def test_automatic_brightness_brings_the_mean_nearer_to_the_middle(
    tmp_path: Path, level: int
) -> None:
    master = saved(Image.new("RGB", (20, 20), (level,) * 3), tmp_path)
    found = rgb_at(drawn(master, "e_auto_brightness"), 5, 5)[0]
    assert abs(found - 127) < abs(level - 127)


@pytest.mark.parametrize("effect", ["auto_contrast", "auto_color", "auto_brightness", "improve"])
def test_a_blend_of_nothing_is_the_picture_itself(ramp: Path, effect: str) -> None:
    assert mean_difference(drawn(ramp, f"e_{effect}:0"), drawn(ramp, "")) <= 0.5


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (7, 7, 7)])
def test_plain_pictures_survive_being_measured(tmp_path: Path, colour: tuple[int, ...]) -> None:
    master = saved(Image.new("RGB", (5, 5), colour), tmp_path)
    for effect in ("auto_contrast", "auto_color", "auto_brightness", "improve:indoor"):
        assert drawn(master, f"e_{effect}").size == (5, 5)
