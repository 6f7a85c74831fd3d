"""What changes each pixel by itself, done by OpenCV and numpy some rows at a time.

libvips' arithmetic takes several times as long where one band meets three, and a dragged slider
would feel that; so does numpy's where bytes become numbers and numbers bytes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyvips
from numpy.typing import NDArray

from bridge_app.transform.effects.bands import LUMA
from bridge_app.transform.effects.open_cv import opencv

Plane = NDArray[np.uint8]
Numbers = NDArray[Any]

_NOTHING = (0.0, 0.0, 0.0, 0.0)
_PIXELS = 1 << 15
"""So many at once stay in a processor's cache with everything that is worked out from them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """Some rows of a picture, from row `top` on: its colours, 8-bit, height × width each."""

    red: Plane
    green: Plane
    blue: Plane
    top: int

    @property
    def colours(self) -> tuple[Plane, Plane, Plane]:
        """Red, green and blue."""
        return self.red, self.green, self.blue

    @property
    def high(self) -> Plane:
        """The strongest of the three, for each pixel."""
        cv2 = opencv()
        found: Plane = cv2.max(cv2.max(self.red, self.green), self.blue)
        return found

    @property
    def low(self) -> Plane:
        """The weakest of the three, for each pixel."""
        cv2 = opencv()
        found: Plane = cv2.min(cv2.min(self.red, self.green), self.blue)
        return found

    @property
    def luma(self) -> Numbers:
        """Brightness, 0–255."""
        return weighed(LUMA, self)


Change = Callable[[Strip], Sequence[Numbers]]
"""From a strip to its new red, green and blue, and alpha if that is new too: 0–255."""


def by_strips(image: pyvips.Image, change: Change) -> pyvips.Image:
    """The picture with `change` done to its colours; transparency stays unless it is given too.

    Args:
        image: 8-bit sRGB with or without alpha.
        change: Whatever it gives is rounded and kept within 0–255.

    Returns:
        A picture in memory.
    """
    cv2 = opencv()
    pixels = pixels_of(image)
    height, width, _ = pixels.shape
    rows = max(1, _PIXELS // width)
    for top in range(0, height, rows):
        planes = cv2.split(pixels[top : top + rows])
        strip = Strip(red=planes[0], green=planes[1], blue=planes[2], top=top)
        changed = [rounded(plane) for plane in change(strip)]
        cv2.merge([*changed, *planes[len(changed) :]], pixels[top : top + rows])
    return picture_of(pixels, like=image)


def rounded(numbers: Numbers) -> Plane:
    """The same within 0–255 and whole."""
    if numbers.dtype == np.uint8:
        return numbers
    cv2 = opencv()
    found: Plane = cv2.add(numbers, _NOTHING, dtype=cv2.CV_8U)
    return found


def weighed(shares: Sequence[float], strip: Strip) -> Numbers:
    """A mixture of its three colours."""
    red, green, blue = (np.float32(share) for share in shares)
    found: Numbers = strip.red * red + strip.green * green + strip.blue * blue
    return found


def stretched(plane: Plane, share: Numbers, move: Numbers) -> Plane:
    """A plane times one number for each pixel, plus another, rounded and kept within 0–255."""
    cv2 = opencv()
    larger = cv2.multiply(plane, share, dtype=cv2.CV_32F)
    found: Plane = cv2.add(larger, move, dtype=cv2.CV_8U)
    return found


def toned(image: pyvips.Image, tones: Iterable[Sequence[float]], share: float = 1) -> pyvips.Image:
    """Each pixel in the tone of its brightness; transparency stays.

    Args:
        image: 8-bit sRGB with or without alpha.
        tones: 256 times red, green and blue.
        share: How much of the tone there is in the result, 0–1.
    """
    rows = np.array(list(tones), np.float32).T
    if share == 1:
        rows = np.clip(np.rint(rows), 0, 255).astype(np.uint8)

    def change(strip: Strip) -> list[Numbers]:
        light = np.rint(strip.luma).astype(np.uint8)
        found = [row.take(light) for row in rows]
        if share == 1:
            return found
        return [c + (t - c) * np.float32(share) for c, t in zip(strip.colours, found, strict=True)]

    return by_strips(image, change)


def pixels_of(image: pyvips.Image) -> Numbers:
    """A copy of its pixels, height × width × bands."""
    pixels: Numbers = image.numpy()
    return pixels.reshape(image.height, image.width, image.bands)


def picture_of(pixels: Plane, *, like: pyvips.Image) -> pyvips.Image:
    """An sRGB picture of these pixels; what `like` is said to be (profile, delays) is kept."""
    height, width, bands = pixels.shape
    fresh = pyvips.Image.new_from_memory(
        np.ascontiguousarray(pixels), width, height, bands, "uchar"
    ).copy(interpretation="srgb")
    if set(like.get_fields()) <= set(fresh.get_fields()):
        return fresh
    ground = like if like.bands == bands else like.addalpha()
    return ground.insert(fresh, 0, 0).copy_memory()
