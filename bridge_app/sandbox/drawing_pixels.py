"""From a sheet to pixels: libvips rasterises, Pillow sets the type, grain binds both."""

from pathlib import Path
from typing import Any

import pyvips
from PIL import Image, ImageDraw, ImageFont

from bridge_app.sandbox.drawing import SHORT_EDGE, Lettering, Sheet

GRAIN_TILE = 256


class Press:
    """Prints sheets; keeps the typefaces' folder. Its methods may run in several threads."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts

    def print(
        self, sheet: Sheet, size: tuple[int, int], *, grain: float = 0.0, seed: int = 0
    ) -> Any:  # pyvips is untyped
        """The sheet as an sRGB image of `size` pixels; transparent paper stays transparent.

        `grain` is the standard deviation of film grain, in 8-bit steps; opaque pictures only.
        """
        width, height = size
        scale = min(size) / SHORT_EDGE
        image = pyvips.Image.svgload_buffer(sheet.svg().encode(), scale=scale)
        image = image.gravity("north-west", width, height, extend="copy")
        for text in sheet.lettering:
            image = self._lettered(image, text, scale)
        if grain:
            image = _grained(image.flatten(), grain, seed)
        return image.copy(interpretation="srgb")

    def _lettered(self, image: Any, text: Lettering, scale: float) -> Any:
        font = ImageFont.truetype(
            self._fonts / f"Inter-{text.weight}.ttf", max(round(text.size * scale), 4)
        )
        gap = text.tracking * scale
        starts, at = [], 0.0
        for index, letter in enumerate(text.text):
            starts.append(at)
            pair = text.text[index : index + 2]
            advance = font.getlength(pair) - font.getlength(pair[1:])
            at += (advance if len(pair) == 2 else font.getlength(letter)) + gap
        width = max(at - gap, 1.0)
        margin = round(text.size * scale * 0.3)
        ascent, descent = font.getmetrics()
        mask = Image.new("L", (int(width) + 2 * margin, ascent + descent + 2 * margin))
        pen = ImageDraw.Draw(mask)
        for letter, start in zip(text.text, starts, strict=True):
            pen.text((margin + start, margin + ascent), letter, fill=255, font=font, anchor="ls")
        shift = {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
        x = round(text.x * scale - shift) - margin
        y = round(text.y * scale) - ascent - margin
        return image.composite2(_inked(mask, text), "over", x=x, y=y)


def _inked(mask: Image.Image, text: Lettering) -> Any:
    alpha = pyvips.Image.new_from_memory(mask.tobytes(), mask.width, mask.height, 1, "uchar")
    ink = list(bytes.fromhex(text.colour[1:]))
    colour = alpha.new_from_image(ink)
    return colour.bandjoin((alpha * text.opacity).cast("uchar")).copy(interpretation="srgb")


def _grained(image: Any, sigma: float, seed: int) -> Any:
    tile = pyvips.Image.gaussnoise(GRAIN_TILE, GRAIN_TILE, sigma=sigma, mean=0, seed=seed)
    # Whole steps in three bands, once: the sum then needs neither floats nor conversions.
    grey = tile.rint().cast("char")
    tile = grey.bandjoin([grey, grey]).copy_memory()
    across, down = -(-image.width // GRAIN_TILE), -(-image.height // GRAIN_TILE)
    noise = tile.replicate(across, down).crop(0, 0, image.width, image.height)
    return (image + noise).cast("uchar")
