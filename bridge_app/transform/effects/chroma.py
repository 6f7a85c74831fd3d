"""Lightness and saturation by tables: what a pixel becomes follows from its extremes.

A pixel's strongest and weakest channel decide by how much it is stretched and moved; looking
that up costs a fraction of working it out for every pixel, which a dragged slider would feel.
"""

import numpy as np
from numpy.typing import NDArray

from bridge_app.transform.effects.open_cv import opencv
from bridge_app.transform.effects.strips import Change, Numbers, Plane, Strip, stretched

Row = NDArray[np.float32]
"""A number for each lightness of HSL: the strongest and the weakest channel together, 0–510."""

_TINY = 1e-3
_SUMS = np.arange(511, dtype=np.float32)
_LIGHT: Row = _SUMS / np.float32(2)
_ROOM: Row = 255 - np.abs(_SUMS - 255)
"""How far apart the channels of a colour so light can be."""


def lightened(factor: float) -> Change:
    """Colours with the lightness of HSL times `factor`, at most white."""
    wanted = np.minimum(255, _LIGHT * np.float32(factor))
    shares = np.where(_ROOM > 0, _room(wanted) / (_ROOM + _TINY), 0).astype(np.float32)
    moves = wanted - _LIGHT * shares

    def change(strip: Strip) -> list[Plane]:
        light = _sums(strip)
        share, move = shares.take(light), moves.take(light)
        return [stretched(colour, share, move) for colour in strip.colours]

    return change


def saturated(factor: float) -> Change:
    """Colours with the saturation of HSL times `factor`, at most full."""
    most = np.float32(factor)
    one_over = (1 / (np.arange(256) + _TINY)).astype(np.float32)

    def change(strip: Strip) -> list[Plane]:
        cv2 = opencv()
        high, low = strip.high, strip.low
        light = cv2.add(high, low, dtype=cv2.CV_16U)
        room = cv2.multiply(_ROOM.take(light), one_over.take(cv2.subtract(high, low)))
        share = np.minimum(room, most, out=room)
        move = _LIGHT.take(light) * (1 - share)
        return [stretched(colour, share, move) for colour in strip.colours]

    return change


def brightened(factor: float) -> Change:
    """Colours whose strongest channel is times `factor`, the others in proportion."""
    shares = np.minimum(factor, 255 / (np.arange(256) + _TINY)).astype(np.float32)

    def change(strip: Strip) -> list[Numbers]:
        share = shares.take(strip.high)
        return [colour * share for colour in strip.colours]

    return change


def vibrant(amount: float) -> Change:
    """Colours away from their grey, the pale ones more: at most `amount` (0–1) farther."""
    shares = (1 + (1 - np.arange(256) / 255) * amount).astype(np.float32)

    def change(strip: Strip) -> list[Plane]:
        share = shares.take(strip.high - strip.low)
        grey = strip.luma * (1 - share)
        return [stretched(colour, share, grey) for colour in strip.colours]

    return change


def _sums(strip: Strip) -> NDArray[np.uint16]:
    cv2 = opencv()
    found: NDArray[np.uint16] = cv2.add(strip.high, strip.low, dtype=cv2.CV_16U)
    return found


def _room(lightness: Row) -> Row:
    """The same for any lightness, 0–255."""
    return 255 - np.abs(lightness * 2 - 255)
