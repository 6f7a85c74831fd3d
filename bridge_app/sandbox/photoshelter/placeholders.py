"""Pictures for media that have facts but no bytes: a landscape, another one for each ID.

Fifty thousand of them cost no disk; one is drawn in some hundredths of a second when it is wanted.
"""

import colorsys
from random import Random
from typing import Any

import pyvips

from bridge_app.sandbox import drawing_land, drawing_water
from bridge_app.sandbox.drawing import SHORT_EDGE, Palette, Sheet

SCENES = (
    drawing_land.canyon,
    drawing_land.hills,
    drawing_land.lake,
    drawing_water.coast,
    drawing_water.waves,
)
NARROWEST = 0.2
"""The scenes are laid out for paper; what is longer than five times its width is cut from it."""

USUAL_SHAPE = (1500, 1000)
"""Pixels of what does not tell its own."""
LONGEST = 50
"""Times as long as wide, at most: whatever is longer is a lie."""


def shape_of(width: object, height: object) -> tuple[int, int]:
    """The pixels that a record states, or usual ones where no picture can have them."""
    if not (isinstance(width, int) and isinstance(height, int) and width > 0 and height > 0):
        return USUAL_SHAPE
    return (width, height) if max(width, height) <= LONGEST * min(width, height) else USUAL_SHAPE


def placeholder(seed: str, width: int, height: int) -> Any:  # pyvips is untyped
    """An sRGB picture of `width` × `height` pixels; the same seed gives the same picture."""
    rng = Random(seed)  # noqa: S311 - the accidents of a picture, not a secret
    short = max(min(width, height), round(max(width, height) * NARROWEST), 1)
    unit = SHORT_EDGE / short
    sheet = Sheet(
        max(width, short) * unit, max(height, short) * unit, palette=_palette(rng), rng=rng
    )
    rng.choice(SCENES)(sheet)
    image = pyvips.Image.svgload_buffer(sheet.svg().encode(), scale=1 / unit)
    image = image.gravity("centre", width, height, extend="copy")
    return image.flatten().copy(interpretation="srgb")


def jpeg(image: Any, *, quality: int = 85) -> bytes:
    """A picture as a JPEG without metadata."""
    return bytes(image.jpegsave_buffer(Q=quality, keep="none"))


def _palette(rng: Random) -> Palette:
    """Land of one hue under a sky of another."""
    land, air = rng.random(), rng.random()
    return Palette(
        sky=(_colour(air, 0.5, 0.55), _colour(air, 0.32, 0.8), _colour(air + 0.08, 0.16, 0.97)),
        sun=_colour(0.12, 0.12, 1.0),
        far=_colour(land + 0.06, 0.22, 0.78),
        near=_colour(land, 0.5, 0.24),
        ink=_colour(land, 0.5, 0.12),
        paper=_colour(land, 0.03, 0.98),
        accent=_colour(land + 0.5, 0.7, 0.85),
        second=_colour(land + 0.33, 0.5, 0.7),
        skin=_colour(0.07, 0.4, 0.8),
        hair=_colour(0.07, 0.5, 0.25),
    )


def _colour(hue: float, saturation: float, value: float) -> str:
    parts = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return "#" + bytes(round(part * 255) for part in parts).hex()
