"""What we draw, against recipes written by hand for Pillow, an independent implementation.

The threshold is stated with each recipe: the mean absolute difference of all channels, of 255.
"""

import colorsys
from collections.abc import Callable
from math import cos, radians, sin
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from tests.transform.painting import drawn, mean_difference, rgb_at, saved

SIZE = (300, 200)
Recipe = Callable[[Image.Image], Image.Image]


@pytest.fixture(scope="module")
def photograph(corpus: Path) -> Image.Image:
    """A photograph with many colours, small enough for slow recipes."""
    with Image.open(corpus / "photos" / "clowns_colorful.jpg") as whole:
        return ImageOps.fit(whole.convert("RGB"), SIZE, Image.Resampling.LANCZOS)


@pytest.fixture(scope="module")
def master(photograph: Image.Image, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(photograph, tmp_path_factory.mktemp("recipes"))


def filled(picture: Image.Image) -> Image.Image:
    scaled = picture.resize((150, 100), Image.Resampling.LANCZOS)
    return scaled.crop((25, 0, 125, 100))


def enlarged(picture: Image.Image) -> Image.Image:
    return picture.resize((450, 300), Image.Resampling.BICUBIC)


def padded(picture: Image.Image) -> Image.Image:
    canvas = Image.new("RGB", (300, 300), (51, 102, 153))
    canvas.paste(picture, (0, 50))
    return canvas


def turned(picture: Image.Image) -> Image.Image:
    """By 20° clockwise around the middle of the larger canvas; a clear seam smooths the edges."""
    upright, across, seam = cos(radians(20)), sin(radians(20)), 10
    whole = ImageOps.expand(picture.convert("RGBA"), seam, (0, 0, 0, 0))
    left = SIZE[0] / 2 + seam - upright * 175 - across * 145.5
    top = SIZE[1] / 2 + seam + across * 175 - upright * 145.5
    row = (upright, across, left, -across, upright, top)
    turned = whole.transform((350, 291), Image.Transform.AFFINE, row, Image.Resampling.BICUBIC)
    return _on_grey(turned)


def _on_grey(picture: Image.Image) -> Image.Image:
    return Image.alpha_composite(Image.new("RGBA", picture.size, "grey"), picture).convert("RGB")


def _mask(radius: int) -> Image.Image:
    large = Image.new("L", (4 * SIZE[0], 4 * SIZE[1]), 0)
    ImageDraw.Draw(large).rounded_rectangle(
        (0, 0, 4 * SIZE[0] - 1, 4 * SIZE[1] - 1), 4 * radius, fill=255
    )
    return large.resize(SIZE, Image.Resampling.BOX)


def rounded(picture: Image.Image) -> Image.Image:
    canvas = Image.new("RGB", SIZE, "white")
    canvas.paste(picture, mask=_mask(40))
    return canvas


def framed(picture: Image.Image) -> Image.Image:
    return ImageOps.expand(picture, 7, "orange")


def half_seen(picture: Image.Image) -> Image.Image:
    picture = picture.convert("RGBA")
    picture.putalpha(102)
    return picture


def grey(picture: Image.Image) -> Image.Image:
    row = (0.2126, 0.7152, 0.0722, 0)
    return picture.convert("RGB", row * 3)


def two_tones(picture: Image.Image) -> Image.Image:
    return grey(picture).point(lambda value: 255 if value >= 127.5 else 0)


def towards_blue(picture: Image.Image) -> Image.Image:
    return Image.blend(picture, Image.new("RGB", SIZE, "blue"), 0.35)


def mixed(picture: Image.Image) -> Image.Image:
    return picture.convert("RGB", (0.3, 0.7, 0.1, 0, 0.3, 0.6, 0.1, 0, 0.2, 0.5, 0.1, 0))


def soft(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(5))


def very_soft(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(25))


def sharp(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.UnsharpMask(radius=1, percent=150, threshold=0))


def tiles(picture: Image.Image) -> Image.Image:
    small = picture.resize((30, 20), Image.Resampling.BOX)
    return small.resize(SIZE, Image.Resampling.NEAREST)


def steep(picture: Image.Image) -> Image.Image:
    return picture.point(lambda value: min(255, max(0, (value - 127.5) * 1.5 + 127.5)))


def bright_middle(picture: Image.Image) -> Image.Image:
    return picture.point(lambda value: 255 * (value / 255) ** (1 / 1.8))


def less_green(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    return Image.merge("RGB", (red, green.point(lambda value: value * 0.6), blue))


def _by_pixel(
    picture: Image.Image, change: Callable[[float, float, float], tuple[float, float, float]]
) -> Image.Image:
    done = picture.copy()
    for y in range(done.height):
        for x in range(done.width):
            red, green, blue = (value / 255 for value in rgb_at(picture, x, y))
            changed = change(red, green, blue)
            pixel = tuple(round(255 * min(1, max(0, value))) for value in changed)
            done.putpixel((x, y), pixel)
    return done


def lighter(picture: Image.Image) -> Image.Image:
    def change(red: float, green: float, blue: float) -> tuple[float, float, float]:
        hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
        return colorsys.hls_to_rgb(hue, min(1, light * 1.3), saturation)

    return _by_pixel(picture, change)


def brighter(picture: Image.Image) -> Image.Image:
    def change(red: float, green: float, blue: float) -> tuple[float, float, float]:
        hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
        return colorsys.hsv_to_rgb(hue, saturation, min(1, value * 1.3))

    return _by_pixel(picture, change)


def paler(picture: Image.Image) -> Image.Image:
    def change(red: float, green: float, blue: float) -> tuple[float, float, float]:
        hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
        return colorsys.hls_to_rgb(hue, light, saturation * 0.4)

    return _by_pixel(picture, change)


def other_hues(picture: Image.Image) -> Image.Image:
    def change(red: float, green: float, blue: float) -> tuple[float, float, float]:
        hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
        return colorsys.hls_to_rgb((hue + 0.25) % 1, light, saturation)

    return _by_pixel(picture, change)


def leaning(picture: Image.Image) -> Image.Image:
    slope = 0.36397  # tan 20°
    leant = picture.convert("RGBA").transform(
        (373, 200), Image.Transform.AFFINE, (1, -slope, 0, 0, 1, 0), Image.Resampling.BILINEAR
    )
    return _on_grey(leant)


@pytest.mark.parametrize(
    ("text", "recipe", "threshold"),
    [
        ("c_fill,w_100,h_100", filled, 2.0),
        ("c_scale,w_450", enlarged, 2.5),
        ("c_pad,w_300,h_300,b_rgb:336699", padded, 0.0),
        ("a_20,b_grey", turned, 2.0),
        ("r_40,b_white", rounded, 0.1),
        ("bo_7px_solid_orange", framed, 0.0),
        ("o_40", half_seen, 0.0),
        ("a_90.hflip", lambda p: ImageOps.mirror(p.rotate(-90, expand=True)), 0.0),
        ("e_negate", ImageOps.invert, 0.0),
        ("e_grayscale", grey, 1.0),
        ("e_blackwhite:50", two_tones, 1.0),
        ("e_colorize:35,co_blue", towards_blue, 1.0),
        ("e_recolor:0.3:0.7:0.1:0.3:0.6:0.1:0.2:0.5:0.1", mixed, 1.0),
        ("e_blur:200", soft, 1.5),
        ("e_blur:1000", very_soft, 3.0),
        ("e_sharpen:150", sharp, 2.0),
        ("e_pixelate:10", tiles, 1.0),
        ("e_contrast:level_150;type_linear", steep, 1.0),
        ("e_gamma:80", bright_middle, 1.0),
        ("e_green:-40", less_green, 1.0),
        ("e_brightness:30", lighter, 1.0),
        ("e_brightness_hsb:30", brighter, 1.0),
        ("e_saturation:-60", paler, 1.0),
        ("e_hue:50", other_hues, 3.0),
        ("e_shear:20:0,b_grey", leaning, 3.0),
    ],
)
def test_a_picture_is_near_that_of_another_implementation(
    master: Path, photograph: Image.Image, text: str, recipe: Recipe, threshold: float
) -> None:
    ours, theirs = drawn(master, text), recipe(photograph)
    found = mean_difference(ours, theirs)
    assert found <= threshold, f"{text}: {found:.2f} of 255"


def test_the_recipes_would_notice_another_picture(photograph: Image.Image) -> None:
    assert mean_difference(photograph, ImageOps.mirror(photograph)) > 20
    assert mean_difference(photograph, soft(photograph)) > 5
