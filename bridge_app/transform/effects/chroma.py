"""Lightness, saturation and hue by tables: what a pixel becomes follows from its extremes.

A pixel's strongest and weakest channel decide by how much it is stretched and moved; looking
that up costs a fraction of working it out for every pixel, which a dragged slider would feel.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from bridge_app.transform.effects.strips import Change, Numbers, Strip

Table = NDArray[np.float64]
"""One number for every pair of extremes: 256 × the strongest channel + the weakest."""

_TINY = 1e-3
_FACES = 6
"""Hues are counted in these parts of the circle: red, yellow, green, cyan, blue, magenta."""


def lightened(factor: float) -> Change:
    """Colours with the lightness of HSL times `factor`, at most white."""
    light = _lightness()
    wanted = np.minimum(255, light * factor)
    room = _room(light)
    share = np.where(room > 0, _room(wanted) / (room + _TINY), 0)
    return _stretched(share, wanted - light * share)


def saturated(factor: float) -> Change:
    """Colours with the saturation of HSL times `factor`, at most full."""
    light = _lightness()
    share = np.clip(_room(light) / (_chroma() + _TINY), 0, factor)
    return _stretched(share, light * (1 - share))


def brightened(factor: float) -> Change:
    """Colours whose strongest channel is times `factor`, the others in proportion."""
    high, _ = _extremes()
    return _stretched(np.minimum(factor, 255 / (high + _TINY)), np.zeros(1 << 16))


def vibrant(amount: float) -> Change:
    """Colours away from their grey, the pale ones more: at most `amount` (0–1) farther."""
    shares = (1 + (1 - np.arange(256) / 255) * amount).astype(np.float32)

    def change(strip: Strip) -> list[Numbers]:
        share = shares.take(strip.high - strip.low)
        grey = strip.luma * (1 - share)
        return [colour * share + grey for colour in strip.colours]

    return change


def turned(share: float) -> Change:
    """Colours whose hue is turned by this share of the circle; HSV's other two stay."""
    by = np.float32(share * _FACES)

    def change(strip: Strip) -> list[Numbers]:
        low = strip.low
        chroma = (strip.high - low).astype(np.float32)
        hue = _hue(strip, chroma) + by
        hue -= np.floor(hue * np.float32(1 / _FACES)) * np.float32(_FACES)
        # how much of each there is along the circle that begins and ends with red
        red = np.abs(hue - 3) - 1
        green, blue = (2 - np.abs(hue - middle) for middle in (np.float32(2), np.float32(4)))
        return [np.clip(part, 0, 1, out=part) * chroma + low for part in (red, green, blue)]

    return change


def _hue(strip: Strip, chroma: Numbers) -> Numbers:
    """In sixths of the circle, from -1 (between red and blue) to 5."""
    red, green, blue = (colour.astype(np.float32) for colour in strip.colours)
    share = 1 / np.maximum(chroma, 1)
    high = strip.high
    cooler = np.where(strip.green == high, (blue - red) * share + 2, (red - green) * share + 4)
    return np.where(strip.red == high, (green - blue) * share, cooler)


def _stretched(share: Table, move: Table) -> Change:
    shares, moves = share.astype(np.float32), move.astype(np.float32)

    def change(strip: Strip) -> list[Numbers]:
        pair = (strip.high.astype(np.uint16) << 8) | strip.low
        stretch, shift = shares.take(pair), moves.take(pair)
        return [colour * stretch + shift for colour in strip.colours]

    return change


@cache
def _extremes() -> tuple[Table, Table]:
    """The strongest and the weakest channel of every pair."""
    high, low = np.divmod(np.arange(1 << 16, dtype=np.float64), 256)
    return high, low


def _lightness() -> Table:
    high, low = _extremes()
    return (high + low) / 2


def _chroma() -> Table:
    high, low = _extremes()
    return np.maximum(high - low, 0)


def _room(lightness: Table) -> Table:
    """How far apart the channels of a colour so light can be."""
    return 255 - np.abs(lightness * 2 - 255)
