"""The line around letters: everything within a distance of the ink, with smooth edges.

Pango fills letters and draws no outlines, so the ink is made thicker instead: each pixel takes the
strongest ink within a disc around it. A disc is rows of different lengths, and the strongest of a
row comes from two overlapping windows whose length is a power of two.
"""

from math import ceil, floor, sqrt

import numpy as np
import pyvips
from numpy.typing import NDArray

_LONGEST_RADIUS_PX = 48
_SOFTNESS_PX = 0.3  # the mean of two discs, so that radii between whole pixels differ


def thickened(ink: pyvips.Image, radius: float) -> pyvips.Image:
    """The ink and what lies within `radius` pixels of it.

    Args:
        ink: One band, 0–255; with at least `radius` empty pixels around, or it is cut there.
        radius: Above 0. Of long ones a smaller copy is thickened and enlarged.
    """
    factor = ceil(radius / _LONGEST_RADIUS_PX)
    small = ink if factor == 1 else ink.resize(1 / factor)
    radius /= factor
    picture = small.cast("uchar").numpy().reshape(small.height, small.width)
    discs = [
        _strongest(picture, at_least) for at_least in (radius - _SOFTNESS_PX, radius + _SOFTNESS_PX)
    ]
    mean = ((discs[0].astype(np.uint16) + discs[1]) // 2).astype(np.uint8)
    done = pyvips.Image.new_from_array(mean).cast("uchar")
    if factor == 1:
        return done
    return done.resize(ink.width / done.width, vscale=ink.height / done.height).cast("uchar")


def _strongest(ink: NDArray[np.uint8], radius: float) -> NDArray[np.uint8]:
    """The strongest ink within a disc around each pixel."""
    reach = floor(max(0.0, radius))
    high, wide = ink.shape
    room = np.pad(ink, reach)
    windows = _windows(room, 2 * reach + 1)
    done = np.zeros_like(ink)
    for down in range(-reach, reach + 1):
        half = floor(sqrt(radius * radius - down * down))
        length = 2 * half + 1
        step = length.bit_length() - 1
        rows = windows[step][reach + down : reach + down + high]
        first = reach - half
        last = first + length - (1 << step)
        np.maximum(done, rows[:, first : first + wide], out=done)
        np.maximum(done, rows[:, last : last + wide], out=done)
    return done


def _windows(ink: NDArray[np.uint8], longest: int) -> list[NDArray[np.uint8]]:
    """For 1, 2, 4… up to `longest`: the strongest of so many pixels from each one on."""
    windows = [ink]
    while 2 << (len(windows) - 1) <= longest:
        before, length = windows[-1], 1 << (len(windows) - 1)
        longer = before.copy()
        np.maximum(before[:, :-length], before[:, length:], out=longer[:, :-length])
        windows.append(longer)
    return windows
