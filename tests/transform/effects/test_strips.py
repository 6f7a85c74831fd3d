"""Effects that are done some rows at a time show no seams, and keep what the file says."""

import pytest
import pyvips
from PIL import Image

from bridge_app.transform.effects import apply_effect, neighbours, strips
from bridge_app.transform.model import Component, Effect
from bridge_app.transform.parse import parse

NAMES = (
    "brightness:30",
    "saturation:-40",
    "hue:35",
    "vibrance:70",
    "fill_light:60",
    "vignette:50",
    "sepia",
    "sharpen:300",
    "unsharp_mask:200",
    "oil_paint:60",
    "cartoonify:60:40",
)


def noise(bands: int) -> pyvips.Image:
    width, height = 90, 210
    picture = Image.merge("RGBA", [Image.effect_noise((width, height), 110)] * 4)
    channels = [band.rotate(90 * (index % 2) * 2) for index, band in enumerate(picture.split())]
    pixels = Image.merge("RGBA", channels).tobytes()
    image = pyvips.Image.new_from_memory(pixels, width, height, 4, "uchar")[0:bands]
    return image.copy(interpretation="srgb").copy_memory()


def through(image: pyvips.Image, text: str) -> pyvips.Image:
    component = parse(f"e_{text}").components[0]
    effect = component.find("e", Effect)
    assert effect is not None
    return apply_effect(image, effect, Component(parameters=()))


@pytest.mark.parametrize("bands", [3, 4])
@pytest.mark.parametrize("name", NAMES)
def test_strips_and_the_whole_give_the_same(
    name: str, bands: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = noise(bands)
    whole = through(image, name).numpy()
    monkeypatch.setattr(strips, "_PIXELS", 500)
    monkeypatch.setattr(neighbours, "_PIXELS", 500)
    apart = abs(through(image, name).numpy().astype(int) - whole)
    assert apart.max() <= 1  # vector and scalar arithmetic round a half differently


@pytest.mark.parametrize("name", NAMES)
def test_what_the_file_says_and_its_transparency_stay(name: str) -> None:
    image = noise(4).copy()
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd0-Artist", "Slow Shutter")
    made = through(image, name)
    assert made.get("exif-ifd0-Artist") == "Slow Shutter"
    assert (made.numpy()[..., 3] == image.numpy()[..., 3]).all()
