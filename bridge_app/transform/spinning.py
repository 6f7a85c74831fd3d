"""Turns by any angle: which flips and right angles they hold, and how large the canvas gets.

Source: reference of Cloudinary's transformations, `a_`: angles other than right ones enlarge the
canvas to the bounding box; pictures with a side above 3000 pixels are reduced to that first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import cos, floor, radians, sin

from bridge_app.transform.geometry import Size, whole
from bridge_app.transform.model import Move, Orientation

MAXIMUM_SIDE = 3000
"""A longer side is reduced to this before the picture is turned."""

_QUARTERS = (None, Move.TURN_90, Move.TURN_180, Move.TURN_270)
_DEGREES = {Move.TURN_90: 90, Move.TURN_180: 180, Move.TURN_270: 270}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spin:
    """A clockwise turn by more than 0 and less than 90 degrees.

    The picture is scaled to `picture` first, then lies turned in the middle of `canvas`.
    """

    degrees: Fraction
    picture: Size
    canvas: Size


def spin(size: Size, degrees: Fraction) -> Spin:
    """How a picture of `size` is turned by `degrees`, above 0 and below 90."""
    factor = min(Fraction(1), Fraction(MAXIMUM_SIDE, max(size.width, size.height)))
    picture = Size(width=whole(size.width * factor), height=whole(size.height * factor))
    upright, across = cos(radians(degrees)), sin(radians(degrees))
    canvas = Size(
        width=_rounded(picture.width * upright + picture.height * across),
        height=_rounded(picture.width * across + picture.height * upright),
    )
    return Spin(degrees=degrees, picture=picture, canvas=canvas)


def reduced(parts: Iterable[Fraction | Move | Orientation]) -> tuple[tuple[Move, ...], Fraction]:
    """Any sequence as at most one flip, at most one right turn, and a rest in [0, 90) degrees.

    Words about the master's own orientation are left out: they need more than the picture.
    """
    angle, flipped = Fraction(0), False
    for part in parts:
        match part:
            case Fraction():
                angle += part
            case Move.FLIP_HORIZONTAL:
                angle, flipped = -angle, not flipped
            case Move.FLIP_VERTICAL:
                angle, flipped = 180 - angle, not flipped
            case Move.TURN_90 | Move.TURN_180 | Move.TURN_270:
                angle += _DEGREES[part]
            case Orientation():
                continue
    quarters, rest = divmod(angle % 360, 90)
    turn = _QUARTERS[quarters]
    moves = (Move.FLIP_HORIZONTAL,) * flipped + ((turn,) if turn else ())
    return moves, rest


def _rounded(length: float) -> int:
    return max(1, floor(length + 0.5))
