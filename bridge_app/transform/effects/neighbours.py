"""What looks at a pixel's neighbours, done by OpenCV: soft copies of opaque pictures, and means.

It rounds where libvips' fast filters lose up to four levels, and takes a fifth of the time of
those that do not.
"""

from collections.abc import Callable
from math import ceil

import numpy as np
import pyvips

from bridge_app.transform.effects.open_cv import opencv
from bridge_app.transform.effects.strips import (
    Numbers,
    Plane,
    picture_of,
    pixels_of,
    rounded,
)

_DEVIATIONS = 3.0
"""A Gaussian is cut off so many standard deviations from its middle."""
_LARGEST_EXACT = 3.0
_PIXELS = 1 << 17


def by_neighbours(
    image: pyvips.Image, reach: int, change: Callable[[Plane], Numbers]
) -> pyvips.Image:
    """The picture with `change` done to its colours, some rows at a time; transparency stays.

    Args:
        image: 8-bit sRGB with or without alpha.
        reach: How many pixels away `change` looks.
        change: From some rows' colours, height × width × 3, to as many; 0–255, any numbers.
    """
    before = pixels_of(image)
    after = before.copy()
    colours = np.ascontiguousarray(before[..., :3])
    rows = max(4 * reach, _PIXELS // image.width, 1)
    for top in range(0, image.height, rows):
        above = min(top, reach)
        found = change(colours[top - above : top + rows + reach])
        part = after[top : top + rows, :, :3]
        part[...] = rounded(found[above : above + len(part)])
    return picture_of(after, like=image)


def soft(bands: Numbers, radius: float) -> Numbers:
    """A Gaussian of `radius` pixels over an array, height × width (× bands); 8-bit or float."""
    cv2 = opencv()
    side = 2 * reach_of(radius) + 1
    softened: Numbers = cv2.GaussianBlur(
        bands, (side, side), radius, borderType=cv2.BORDER_REPLICATE
    )
    return softened


def reach_of(radius: float) -> int:
    """How far from its middle a Gaussian is looked at."""
    return max(1, ceil(radius * _DEVIATIONS))


def soft_picture(image: pyvips.Image, radius: float) -> pyvips.Image:
    """A Gaussian over an opaque picture; wide ones on a smaller copy, which nobody can tell."""
    factor = int(radius / _LARGEST_EXACT) + 1
    pixels = pixels_of(image)
    if factor == 1 or min(image.width, image.height) < 2 * factor:
        return picture_of(soft(pixels, radius), like=image)
    cv2 = opencv()
    right, below = -image.width % factor, -image.height % factor
    framed = cv2.copyMakeBorder(pixels, 0, below, 0, right, cv2.BORDER_REPLICATE)
    size = framed.shape[1] // factor, framed.shape[0] // factor
    small = soft(cv2.resize(framed, size, interpolation=cv2.INTER_AREA), radius / factor)
    size = framed.shape[1], framed.shape[0]
    large = cv2.resize(small, size, interpolation=cv2.INTER_LINEAR)
    return picture_of(large[: image.height, : image.width], like=image)
