"""Soft and sharp: blur, sharpening and mosaics, of the whole picture or of a region.

Ranges and defaults: reference of effects, section 9.7. How a strength becomes a radius is not
published; here a blur of 100 is a Gaussian of 2.5 pixels.
"""

import numpy as np
import pyvips

from bridge_app.transform.effect_arguments import strength
from bridge_app.transform.effects.bands import (
    premultiplied,
)
from bridge_app.transform.effects.neighbours import (
    by_neighbours,
    reach_of,
    soft,
    soft_picture,
)
from bridge_app.transform.effects.open_cv import opencv
from bridge_app.transform.effects.regions import Look, inside, region
from bridge_app.transform.effects.strips import Plane
from bridge_app.transform.geometry import Box
from bridge_app.transform.model import Component, Effect

PIXELS_PER_STRENGTH = 1 / 40
_LARGEST_EXACT = 3.0
_LEAST = 0.2
_CUT_OFF = 0.02  # the default of 0.2 leaves out what makes a blur as wide as it says
_SHARP_RADIUS = 1.0
_UNSHARP_RADIUS = 2.0
_MOSAIC_TILES = 20


def blur(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """A Gaussian over the whole picture."""
    return blurred(image, strength(effect, default=100, low=1, high=2000) * PIXELS_PER_STRENGTH)


def blurred(image: pyvips.Image, radius: float) -> pyvips.Image:
    """A Gaussian whose standard deviation is `radius` pixels.

    Wide ones are done on a smaller copy, which nobody can tell apart and takes the same time
    for every strength.
    """
    if image.bands == 3:
        return soft_picture(image, radius) if radius >= _LEAST else image
    return premultiplied(image, lambda whole: softened(whole, radius))


def softened(bands: pyvips.Image, radius: float) -> pyvips.Image:
    """The same over any bands, without a thought for transparency."""
    if radius < _LEAST:
        return bands
    factor = int(radius / _LARGEST_EXACT) + 1
    if factor == 1 or min(bands.width, bands.height) < 2 * factor:
        return bands.cast("float").gaussblur(
            max(0.25, radius), precision="float", min_ampl=_CUT_OFF
        )
    small = _reduced(bands.cast("float"), factor)
    soft = small.gaussblur(radius / factor, precision="float", min_ampl=_CUT_OFF)
    return soft.affine(
        [factor, 0, 0, factor],
        odx=(factor - 1) / 2,
        ody=(factor - 1) / 2,
        oarea=[0, 0, bands.width, bands.height],
        extend="copy",
    )


def sharpen(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """The fine detail once more, N % of it."""
    return _sharpened(image, effect, _SHARP_RADIUS)


def unsharp_mask(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """As `sharpen`, for somewhat coarser detail."""
    return _sharpened(image, effect, _UNSHARP_RADIUS)


def pixelate(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Squares of N pixels, each of its mean colour."""
    return _mosaic(image, _tile(image, effect))


def blur_region(
    image: pyvips.Image, effect: Effect, component: Component, look: Look
) -> pyvips.Image:
    """A blur of the region of `x_ y_ w_ h_`, or the one its gravity names."""
    radius = strength(effect, default=100, low=1, high=2000) * PIXELS_PER_STRENGTH
    return _within(image, region(image, component, look), radius=radius)


def blur_faces(
    image: pyvips.Image, effect: Effect, _component: Component, look: Look
) -> pyvips.Image:
    """A blur of where the faces are; nothing when there are none."""
    radius = strength(effect, default=500, low=1, high=2000) * PIXELS_PER_STRENGTH
    for face in look.faces():
        image = _within(image, inside(face, image), radius=radius)
    return image


def pixelate_region(
    image: pyvips.Image, effect: Effect, component: Component, look: Look
) -> pyvips.Image:
    """A mosaic over the region of `x_ y_ w_ h_`, or the one its gravity names."""
    return _within(image, region(image, component, look), mosaic=effect)


def pixelate_faces(
    image: pyvips.Image, effect: Effect, _component: Component, look: Look
) -> pyvips.Image:
    """A mosaic over where the faces are; nothing when there are none."""
    for face in look.faces():
        image = _within(image, inside(face, image), mosaic=effect)
    return image


def _within(
    image: pyvips.Image, box: Box | None, *, radius: float = 0, mosaic: Effect | None = None
) -> pyvips.Image:
    if box is None:
        return image
    part = image.crop(box.left, box.top, box.width, box.height)
    changed = _mosaic(part, _tile(part, mosaic)) if mosaic else blurred(part, radius)
    return image.insert(changed, box.left, box.top)


def _sharpened(image: pyvips.Image, effect: Effect, radius: float) -> pyvips.Image:
    amount = strength(effect, default=100, low=1, high=2000) / 100

    def change(colours: Plane) -> Plane:
        cv2 = opencv()
        sharp = colours.astype(np.float32)
        less = soft(sharp, radius)
        found: Plane = cv2.addWeighted(sharp, 1 + amount, less, -amount, 0, dtype=cv2.CV_8U)
        return found

    return by_neighbours(image, reach_of(radius), change)


def _tile(image: pyvips.Image, effect: Effect) -> int:
    alone = max(2, min(image.width, image.height) // _MOSAIC_TILES)
    return int(strength(effect, default=min(200, alone), low=1, high=200))


def _mosaic(image: pyvips.Image, side: int) -> pyvips.Image:
    if side <= 1:
        return image

    def change(whole: pyvips.Image) -> pyvips.Image:
        tiles = _reduced(whole.cast("float"), side).zoom(side, side)
        return tiles.crop(0, 0, image.width, image.height)

    return premultiplied(image, change)


def _reduced(bands: pyvips.Image, factor: int) -> pyvips.Image:
    """Means of squares; the last ones are filled up with the edge."""
    width = -(-bands.width // factor) * factor
    height = -(-bands.height // factor) * factor
    return bands.embed(0, 0, width, height, extend="copy").shrink(factor, factor)
