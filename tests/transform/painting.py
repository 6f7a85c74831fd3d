"""Pictures for tests of pixels, and how far apart two of them are."""

import io
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from bridge_app.transform import Rendered, parse, render


def drawn(path: Path, text: str) -> Image.Image:
    """The file through the transformation, lossless, read by another decoder."""
    return picture_of(render(path, parse(f"{text}/f_png" if text else "f_png")))


def picture_of(rendered: Rendered) -> Image.Image:
    """What a rendition's bytes show; it must be as large as it says."""
    picture = Image.open(io.BytesIO(rendered.data))
    picture.load()
    assert picture.size == (rendered.width, rendered.height)
    return picture


def mean_difference(one: Image.Image, other: Image.Image) -> float:
    """The mean absolute difference of all channels, 0 to 255."""
    mode = "RGBA" if "A" in one.mode + other.mode else "RGB"
    assert one.size == other.size
    apart = ImageChops.difference(one.convert(mode), other.convert(mode))
    means = ImageStat.Stat(apart).mean
    return sum(means) / len(means)


def rgb_at(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """One pixel's red, green and blue."""
    found = picture.getpixel((x, y)) if picture.mode == "RGB" else rgba_at(picture, x, y)
    assert isinstance(found, tuple)
    return found[:3]


def rgba_at(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    """One pixel's red, green, blue and opacity."""
    found = picture.convert("RGBA").getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def saved(picture: Image.Image, folder: Path, name: str = "master.png") -> Path:
    """The picture as a file."""
    path = folder / name
    picture.save(path)
    return path
