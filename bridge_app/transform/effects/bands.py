"""What all effects do with bands: colour apart from transparency, curves, luminance, mixing.

Pictures are 8-bit sRGB of 3 bands, or 4 with alpha, in and out; between the two, floats of 0–255.
"""

from collections.abc import Callable

import pyvips

LUMA = (0.2126, 0.7152, 0.0722)
"""How much red, green and blue count for brightness (Rec. 709)."""

Curve = Callable[[float], float]


def colours_of(image: pyvips.Image) -> pyvips.Image:
    """Red, green and blue alone."""
    return image if image.bands == 3 else image.extract_band(0, n=3)


def alpha_of(image: pyvips.Image) -> pyvips.Image | None:
    """The transparency alone; None when there is none."""
    return image[3] if image.bands == 4 else None


def with_alpha(colours: pyvips.Image, alpha: pyvips.Image | None) -> pyvips.Image:
    """Colours (any number format) rounded to 8 bits, with `alpha` (0–255) beside them."""
    flat = _srgb(eight_bit(colours))
    return flat if alpha is None else _srgb(flat.bandjoin(eight_bit(alpha)))


def _srgb(image: pyvips.Image) -> pyvips.Image:
    return image if image.interpretation == "srgb" else image.copy(interpretation="srgb")


def eight_bit(image: pyvips.Image) -> pyvips.Image:
    """Rounded and kept within 0–255."""
    if image.format == "uchar":
        return image
    return image.rint().cast("uchar")


def recoloured(image: pyvips.Image, change: Callable[[pyvips.Image], pyvips.Image]) -> pyvips.Image:
    """The picture with `change` done to its colours; transparency stays."""
    return with_alpha(change(colours_of(image)), alpha_of(image))


def through_curves(image: pyvips.Image, *curves: Curve) -> pyvips.Image:
    """Each colour through its curve (0–1 to 0–1); one curve serves all three."""
    rows = (255 * curve(v / 255) for v in range(256) for curve in curves)
    levels = bytes(round(min(255.0, max(0.0, value))) for value in rows)
    table = pyvips.Image.new_from_memory(levels, 256, 1, len(curves), "uchar")
    return recoloured(image, lambda colours: colours.maplut(table))


def luma_of(image: pyvips.Image) -> pyvips.Image:
    """Brightness, one float band of 0–255."""
    return colours_of(image).recomb([list(LUMA)])


def mixed(one: pyvips.Image, other: pyvips.Image, share: float | pyvips.Image) -> pyvips.Image:
    """`one` where `share` is 0, `other` where it is 1; floats."""
    return one + (other - one) * share


def premultiplied(
    image: pyvips.Image, change: Callable[[pyvips.Image], pyvips.Image]
) -> pyvips.Image:
    """`change` (a filter over neighbours) done so that transparent pixels lend no colour."""
    if image.bands < 4:
        return eight_bit(change(image)).copy(interpretation="srgb")
    changed = change(image.premultiply())
    return eight_bit(changed.unpremultiply()).copy(interpretation="srgb")


def plain(like: pyvips.Image, colour: tuple[int, int, int]) -> pyvips.Image:
    """An opaque picture of one colour, as large as `like`."""
    return like.new_from_image(list(colour)).cast("uchar").copy(interpretation="srgb")
