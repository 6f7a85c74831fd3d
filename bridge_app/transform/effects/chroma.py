"""Lightness and saturation by tables: what a pixel becomes follows from its extremes.

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
