"""What lies behind a picture: plain colours, colours found in it, or itself out of focus.

Source: reference 9.6.
"""

import pyvips

from bridge_app.transform.colours import background
from bridge_app.transform.effects.bands import eight_bit
from bridge_app.transform.effects.blurs import PIXELS_PER_STRENGTH, softened
from bridge_app.transform.geometry import Size
from bridge_app.transform.model import (
    AutoBackground,
    BlurredBackground,
    Colour,
    Component,
)

WHITE = Colour(red=255, green=255, blue=255)
CLEAR = Colour(red=0, green=0, blue=0, alpha=0)


def measures(component: Component) -> bool:
    """Whether its padding is made from the picture, which has to be in memory then."""
    return bool(component.find("b", BlurredBackground) or component.find("b", AutoBackground))


def padding(component: Component, image: pyvips.Image, canvas: Size) -> pyvips.Image:
    """The ground of `canvas` that a padded picture lies on, 3 or 4 bands.

    `b_`, else white, or nothing under a transparent picture.
    """
    if colour := component.find("b", Colour):
        return plain_ground(colour, canvas)
    if blurred := component.find("b", BlurredBackground):
        return _blurred(image, blurred, canvas)
    if auto := component.find("b", AutoBackground):
        return background(image, auto, canvas)
    return plain_ground(CLEAR if image.hasalpha() else WHITE, canvas)


def plain_ground(colour: Colour, canvas: Size) -> pyvips.Image:
    """One colour; with alpha only when it is not opaque."""
    channels = [colour.red, colour.green, colour.blue]
    if colour.alpha < 255:
        channels.append(colour.alpha)
    ground = pyvips.Image.black(canvas.width, canvas.height).new_from_image(channels)
    return ground.cast("uchar").copy(interpretation="srgb")


def laid_on(
    image: pyvips.Image, ground: pyvips.Image, *, left: int = 0, top: int = 0
) -> pyvips.Image:
    """The picture over its ground, opaque when either of the two is everywhere."""
    if not image.hasalpha() and (image.width, image.height) == (ground.width, ground.height):
        return image
    if not image.hasalpha() and not ground.hasalpha():
        return ground.insert(image, left, top)
    over = ground if ground.hasalpha() else ground.addalpha()
    layer = image if image.hasalpha() else image.addalpha()
    laid = eight_bit(over.composite2(layer, "over", x=left, y=top)).copy(interpretation="srgb")
    return laid if ground.hasalpha() else laid[0:3]


def _blurred(image: pyvips.Image, how: BlurredBackground, canvas: Size) -> pyvips.Image:
    """The picture itself, filled into the canvas, out of focus and lighter or darker."""
    opaque = image.flatten(background=[255, 255, 255]) if image.hasalpha() else image
    filled = opaque.thumbnail_image(canvas.width, height=canvas.height, size="both", crop="centre")
    soft = softened(filled, how.intensity * PIXELS_PER_STRENGTH)
    return eight_bit(soft * (1 + how.brightness / 300)).copy(interpretation="srgb")
