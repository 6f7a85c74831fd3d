"""What holds for all effects: the fidelity names them, and no picture or argument upsets them."""

import pytest
import pyvips
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.transform import output_size
from bridge_app.transform.effects import EFFECTS, POINTWISE, apply_effect
from bridge_app.transform.fidelity import Fidelity, assess
from bridge_app.transform.model import Component, Effect
from bridge_app.transform.parse import parse

NAMES = sorted(EFFECTS)
ARGUMENTS = {
    "distort": ":arc:10",
    "negate": "",
    "recolor": ":0:1:0:1:0:0:0:0:1",
    "theme": ":color_black",
}
NOTHING = Component(parameters=())
MOST_PIXELS = 4_000_000


def picture(width: int, height: int, *, alpha: bool) -> pyvips.Image:
    place = pyvips.Image.xyz(width, height)
    bands = [((place[0] * 37 + place[1] * step) % 256).cast("uchar") for step in (11, 59, 101)]
    if alpha:
        bands.append(((place[0] * 90 + place[1] * 50) % 256).cast("uchar"))
    return bands[0].bandjoin(bands[1:]).copy(interpretation="srgb").copy_memory()


def assert_shown(image: pyvips.Image) -> None:
    assert (image.format, image.interpretation) == ("uchar", "srgb")
    assert image.bands in {3, 4}
    assert min(image.width, image.height) >= 1
    image.copy_memory()


@pytest.mark.parametrize("name", NAMES)
def test_the_fidelity_knows_that_it_is_drawn_here(name: str) -> None:
    written = f"e_{name}{ARGUMENTS.get(name, ':10')}"
    assert assess(parse(written)).fidelity is not Fidelity.CLOUD_ONLY


@pytest.mark.parametrize("name", NAMES)
def test_the_smallest_pictures_can_be_changed(name: str) -> None:
    for width, height in ((1, 1), (1, 6), (5, 2)):
        for alpha in (False, True):
            image = picture(width, height, alpha=alpha)
            assert_shown(apply_effect(image, Effect(name=name), NOTHING))


_WORDS = (
    "",
    "red",
    "rgb:f00",
    "arc",
    "symmetric",
    "inner",
    "50p",
    "bw",
    "equalize",
    "-",
    "1e9",
    "level_9;type_linear",
    "method_dilate;radius_99",
    "kernel_ring",
    "٣",
)
_ARGUMENT = st.one_of(st.integers(-3000, 3000).map(str), st.sampled_from(_WORDS))


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from(NAMES), arguments=st.lists(_ARGUMENT, max_size=9), alpha=st.booleans())
def test_no_arguments_upset_an_effect(name: str, arguments: list[str], alpha: bool) -> None:
    effect = Effect(name=name, arguments=tuple(arguments))
    width, height = output_size(parse(str(f"e_{name}:{':'.join(arguments)}")), 9, 7)
    if width * height > MOST_PIXELS:
        return  # the steps refuse larger ones, or they would only take long here
    assert_shown(apply_effect(picture(9, 7, alpha=alpha), effect, NOTHING))


@pytest.mark.parametrize("name", sorted(POINTWISE))
def test_what_is_called_pointwise_does_not_look_at_neighbours(name: str) -> None:
    image = picture(12, 8, alpha=False)
    effect = Effect(name=name, arguments=("40",))
    turned = apply_effect(image.rot180(), effect, NOTHING).rot180()
    part = apply_effect(image.crop(4, 2, 5, 3).copy_memory(), effect, NOTHING)
    whole = apply_effect(image, effect, NOTHING)
    assert (whole * 1.0 - turned).abs().max() <= 1
    assert (whole.crop(4, 2, 5, 3) * 1.0 - part).abs().max() <= 1


def test_an_effect_of_the_cloud_is_left_out() -> None:
    image = picture(5, 4, alpha=False)
    after = apply_effect(image, Effect(name="gen_restore"), NOTHING)
    assert (image * 1.0 - after).abs().max() == 0


@pytest.mark.parametrize(
    "text",
    [
        "grayscale",
        "blackwhite:40",
        "opacity_threshold:30",
        "ordered_dither:4",
        "pixelate:3",
        "trim",
    ],
)
def test_what_is_done_twice_is_done_once(text: str) -> None:
    name, _, argument = text.partition(":")
    effect = Effect(name=name, arguments=(argument,) if argument else ())
    once = apply_effect(picture(30, 21, alpha=True), effect, NOTHING).copy_memory()
    twice = apply_effect(once, effect, NOTHING)
    assert (once * 1.0 - twice).abs().max() <= 1


def test_a_negative_of_a_negative_is_the_picture() -> None:
    image = picture(9, 7, alpha=True)
    negate = Effect(name="negate")
    back = apply_effect(apply_effect(image, negate, NOTHING), negate, NOTHING)
    assert (image * 1.0 - back).abs().max() == 0
