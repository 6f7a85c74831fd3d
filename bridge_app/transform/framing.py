"""One step's frame on real pixels: scaled, cut, padded, turned."""

from fractions import Fraction
from math import cos, floor, radians, sin
from typing import assert_never

import pyvips

from bridge_app.transform.backgrounds import laid_on, measures, padding, plain_ground
from bridge_app.transform.effects.bands import eight_bit
from bridge_app.transform.geometry import Placement, Size
from bridge_app.transform.model import Colour, Move
from bridge_app.transform.scaling import resized
from bridge_app.transform.spinning import Spin
from bridge_app.transform.steps import MAXIMUM_PIXELS, Step


def framed(image: pyvips.Image, step: Step) -> pyvips.Image:
    """The picture through the step's placement, moves and spin; its looks come later."""
    if step.placement:
        image = placed(image, step.placement, step)
    if step.moves:
        image = image.copy_memory()  # turning reads in another order than scaling writes
    for move in step.moves:
        image = moved(image, move)
    return spun(image, step.spin) if step.spin else image


def placed(image: pyvips.Image, placement: Placement, step: Step) -> pyvips.Image:
    """Scaled, cut, and laid on its canvas where that is larger."""
    canvas, crop = placement.canvas, placement.crop
    image = (
        _cut_first(image, placement) if is_vast(placement) else resized(image, placement.picture)
    )
    if (image.width, image.height) != (crop.width, crop.height):
        image = image.crop(crop.left, crop.top, crop.width, crop.height)
    if not placement.pads:
        return image
    if measures(step.component):
        image = image.copy_memory()
    ground = padding(step.component, image, canvas)
    return laid_on(image, ground, left=placement.left, top=placement.top)


def is_vast(placement: Placement) -> bool:
    """Whether scaling all of the picture would waste most of it: a strip filled to a square."""
    return placement.cuts and placement.picture.pixels > MAXIMUM_PIXELS


def moved(image: pyvips.Image, move: Move) -> pyvips.Image:
    """Turned by right angles, clockwise, or flipped."""
    match move:
        case Move.TURN_90:
            return image.rot90()
        case Move.TURN_180:
            return image.rot180()
        case Move.TURN_270:
            return image.rot270()
        case Move.FLIP_HORIZONTAL:
            return image.fliphor()
        case Move.FLIP_VERTICAL:
            return image.flipver()
        case _:
            assert_never(move)


def spun(image: pyvips.Image, spin: Spin) -> pyvips.Image:
    """Turned by any angle in the middle of its larger canvas, clear where that is uncovered."""
    image = resized(image, spin.picture).copy_memory()
    whole = (image if image.hasalpha() else image.addalpha()).premultiply()
    angle = radians(spin.degrees)
    upright, across = cos(angle), sin(angle)
    # from the middle of the picture to the middle of the canvas; pixels count at their middles
    x, y = (1 - image.width) / 2, (1 - image.height) / 2
    turned = whole.affine(
        [upright, -across, across, upright],
        interpolate=pyvips.Interpolate.new("bicubic"),
        odx=upright * x - across * y + (spin.canvas.width - 1) / 2,
        ody=across * x + upright * y + (spin.canvas.height - 1) / 2,
        oarea=[0, 0, spin.canvas.width, spin.canvas.height],
        extend="background",
        background=[0, 0, 0, 0],
    )
    return eight_bit(turned.unpremultiply()).copy(interpretation="srgb").copy_memory()


def grounded(image: pyvips.Image, colour: Colour) -> pyvips.Image:
    """The picture over `b_`, wherever it is transparent."""
    if not image.hasalpha():
        return image
    if colour.alpha == 255:
        return image.flatten(background=[colour.red, colour.green, colour.blue])
    return laid_on(image, plain_ground(colour, Size(width=image.width, height=image.height)))


def _cut_first(image: pyvips.Image, placement: Placement) -> pyvips.Image:
    """The kept part alone, scaled."""
    across = Fraction(image.width, placement.picture.width)
    along = Fraction(image.height, placement.picture.height)
    crop = placement.crop
    left, top = floor(crop.left * across), floor(crop.top * along)
    width = min(image.width - left, max(1, round(crop.width * across)))
    height = min(image.height - top, max(1, round(crop.height * along)))
    kept = image.crop(left, top, width, height)
    return resized(kept, Size(width=crop.width, height=crop.height))
