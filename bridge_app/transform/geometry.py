"""Sizes, crop boxes and paddings as pure functions: the documented rules, in exact fractions.

Sizes are upright pixels (after EXIF orientation); x grows right, y down. Source of the rules:
Cloudinary's transformation reference and its page on resizing and cropping.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from bridge_app.transform.model import (
    AspectRatio,
    Component,
    CropMode,
    Gravity,
    Length,
    Number,
    Unit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Width and height in pixels, both at least 1."""

    width: int
    height: int

    @property
    def pixels(self) -> int:
        """The area."""
        return self.width * self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle inside a picture."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """What one component does to a picture's frame, in this order.

    The picture is scaled to `picture`, `crop` is cut out of that, and laid on a canvas of size
    `canvas` with its corner at `left`, `top`.
    """

    picture: Size
    crop: Box
    canvas: Size
    left: int = 0
    top: int = 0

    @property
    def cuts(self) -> bool:
        """Whether some of the scaled picture is left out."""
        return (self.crop.width, self.crop.height) != (self.picture.width, self.picture.height)

    @property
    def pads(self) -> bool:
        """Whether some of the canvas stays uncovered."""
        return (self.canvas.width, self.canvas.height) != (self.crop.width, self.crop.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """A request in pixels, not yet rounded, on a picture of `size`."""

    size: Size
    width: Fraction
    height: Fraction
    x: Fraction
    y: Fraction
    gravity: Gravity

    @property
    def asked(self) -> Size:
        return Size(width=_whole(self.width), height=_whole(self.height))

    @property
    def inside(self) -> Fraction:
        """The factor at which the picture just fits into the request."""
        return min(self.width / self.size.width, self.height / self.size.height)

    @property
    def around(self) -> Fraction:
        """The factor at which the picture just covers the request."""
        return max(self.width / self.size.width, self.height / self.size.height)

    def scaled(self, factor: Fraction) -> Size:
        return Size(
            width=_whole(self.size.width * factor), height=_whole(self.size.height * factor)
        )


def place(
    component: Component,
    size: Size,
    *,
    initial: Size | None = None,
    density: Fraction | None = None,
) -> Placement | None:
    """What `component` does to the frame of a picture of `size`; None when it does not size.

    Args:
        component: Its `c_ w_ h_ ar_ g_ x_ y_ dpr_` are read; values we do not understand count
            as absent, and a crop mode we do not understand as `fill`.
        size: The incoming picture.
        initial: The picture at the start of the chain (`iw`, `ih`); None: the same.
        density: Stands in for the component's own `dpr_`.
    """
    dpr = component.find("dpr", Number)
    factor = density or (dpr.amount if dpr else Fraction(1))
    initial = initial or size
    asked = _asked(component, size, initial, factor)
    if asked is None:
        return None
    frame = _Frame(
        size=size,
        width=asked[0],
        height=asked[1],
        x=_pixels(component, "x", size, initial, factor) or Fraction(0),
        y=_pixels(component, "y", size, initial, factor) or Fraction(0),
        gravity=_gravity(component),
    )
    return _MODES[_mode(component)](frame)


def _mode(component: Component) -> CropMode:
    without = CropMode.FILL if component.has("c") else CropMode.SCALE
    return component.find("c", CropMode) or without


def _gravity(component: Component) -> Gravity:
    written = component.parameter("g")
    if written is None:
        cut_at = component.find("c", CropMode) is CropMode.CROP and (
            component.has("x") or component.has("y")
        )
        return Gravity.NORTH_WEST if cut_at else Gravity.CENTER
    looks_for_faces = written.text.partition(":")[0] in {"face", "faces"}
    stand_in = Gravity.NORTH if looks_for_faces else Gravity.CENTER
    return component.find("g", Gravity) or stand_in


def _pixels(
    component: Component, key: str, size: Size, initial: Size, factor: Fraction
) -> Fraction | None:
    """A length in pixels; None when there is none, or none we understand."""
    length = component.find(key, Length)
    if length is None:
        return None
    share_of = size.width if key in {"w", "x"} else size.height
    per_unit = {
        Unit.PIXELS: factor,
        # x and y move the box over the incoming picture, which the density does not enlarge
        Unit.SHARE: share_of * (factor if key in {"w", "h"} else 1),
        Unit.INITIAL_WIDTH: initial.width * factor,
        Unit.INITIAL_HEIGHT: initial.height * factor,
    }
    return length.amount * per_unit[length.unit]


def _asked(
    component: Component, size: Size, initial: Size, factor: Fraction
) -> tuple[Fraction, Fraction] | None:
    """The requested width and height; what is missing follows from the ratio."""
    width = _pixels(component, "w", size, initial, factor)
    height = _pixels(component, "h", size, initial, factor)
    wanted = component.find("ar", AspectRatio)
    ratio = wanted.ratio if wanted else Fraction(size.width, size.height)
    stretches = wanted is None and "ignore_aspect_ratio" in component.flags
    if width is not None and height is not None:
        return width, height
    if width is not None:
        return width, Fraction(size.height) if stretches else width / ratio
    if height is not None:
        return Fraction(size.width) if stretches else height * ratio, height
    return _reframed(ratio, size, _mode(component)) if wanted else None


def _reframed(ratio: Fraction, size: Size, mode: CropMode) -> tuple[Fraction, Fraction]:
    """A ratio alone: the largest frame inside the picture, or for paddings the smallest around."""
    width, height = Fraction(size.width), Fraction(size.height)
    keeps_width = (ratio >= width / height) != (mode in _PADDINGS)
    return (width, width / ratio) if keeps_width else (height * ratio, height)


def _whole(length: Fraction) -> int:
    """Rounded half up, at least one pixel."""
    return max(1, floor(length + Fraction(1, 2)))


def _resized(picture: Size) -> Placement:
    whole = Box(left=0, top=0, width=picture.width, height=picture.height)
    return Placement(picture=picture, crop=whole, canvas=picture)


def _cut(frame: _Frame, picture: Size) -> Placement:
    """`picture` cut down to the request where it is larger."""
    asked = frame.asked
    kept = Size(width=min(asked.width, picture.width), height=min(asked.height, picture.height))
    left, top = _anchored(frame, within=picture, part=kept)
    crop = Box(left=left, top=top, width=kept.width, height=kept.height)
    return Placement(picture=picture, crop=crop, canvas=kept)


def _padded(frame: _Frame, picture: Size) -> Placement:
    """`picture` whole, on a canvas of the requested size where that is larger."""
    asked = frame.asked
    canvas = Size(width=max(asked.width, picture.width), height=max(asked.height, picture.height))
    left, top = _anchored(frame, within=canvas, part=picture)
    whole = Box(left=0, top=0, width=picture.width, height=picture.height)
    return Placement(picture=picture, crop=whole, canvas=canvas, left=left, top=top)


# Where each anchor puts a part (0 = left or top, 1 = right or bottom) and which way x and y push.
_ANCHORS: Mapping[Gravity, tuple[Fraction, Fraction, int, int]] = {
    Gravity.NORTH_WEST: (Fraction(0), Fraction(0), 1, 1),
    Gravity.NORTH: (Fraction(1, 2), Fraction(0), 1, 1),
    Gravity.NORTH_EAST: (Fraction(1), Fraction(0), -1, 1),
    Gravity.WEST: (Fraction(0), Fraction(1, 2), 1, 1),
    Gravity.CENTER: (Fraction(1, 2), Fraction(1, 2), 1, 1),
    Gravity.EAST: (Fraction(1), Fraction(1, 2), -1, 1),
    Gravity.SOUTH_WEST: (Fraction(0), Fraction(1), 1, -1),
    Gravity.SOUTH: (Fraction(1, 2), Fraction(1), 1, -1),
    Gravity.SOUTH_EAST: (Fraction(1), Fraction(1), -1, -1),
}


def _anchored(frame: _Frame, *, within: Size, part: Size) -> tuple[int, int]:
    """The corner of `part` inside `within`, pushed by x and y but never over the edge."""
    room_x, room_y = within.width - part.width, within.height - part.height
    if frame.gravity is Gravity.XY_CENTER:
        left, top = frame.x - Fraction(part.width, 2), frame.y - Fraction(part.height, 2)
    else:
        along_x, along_y, towards_x, towards_y = _ANCHORS[frame.gravity]
        left = room_x * along_x + frame.x * towards_x
        top = room_y * along_y + frame.y * towards_y
    return min(max(floor(left), 0), room_x), min(max(floor(top), 0), room_y)


def _scale(frame: _Frame) -> Placement:
    return _resized(frame.asked)


def _fit(frame: _Frame) -> Placement:
    return _resized(frame.scaled(frame.inside))


def _limit(frame: _Frame) -> Placement:
    return _resized(frame.scaled(min(Fraction(1), frame.inside)))


def _mfit(frame: _Frame) -> Placement:
    return _resized(frame.scaled(max(Fraction(1), frame.inside)))


def _fill(frame: _Frame) -> Placement:
    return _cut(frame, frame.scaled(frame.around))


def _lfill(frame: _Frame) -> Placement:
    return _cut(frame, frame.scaled(min(Fraction(1), frame.around)))


def _crop(frame: _Frame) -> Placement:
    return _cut(frame, frame.size)


def _pad(frame: _Frame) -> Placement:
    return _padded(frame, frame.scaled(frame.inside))


def _lpad(frame: _Frame) -> Placement:
    return _padded(frame, frame.scaled(min(Fraction(1), frame.inside)))


def _mpad(frame: _Frame) -> Placement:
    return _padded(frame, frame.size)


_PADDINGS = frozenset({CropMode.PAD, CropMode.LPAD, CropMode.MPAD})
_MODES: Mapping[CropMode, Callable[[_Frame], Placement]] = {
    CropMode.SCALE: _scale,
    CropMode.FIT: _fit,
    CropMode.LIMIT: _limit,
    CropMode.MFIT: _mfit,
    CropMode.FILL: _fill,
    CropMode.LFILL: _lfill,
    CropMode.FILL_PAD: _fill,
    CropMode.PAD: _pad,
    CropMode.LPAD: _lpad,
    CropMode.MPAD: _mpad,
    CropMode.CROP: _crop,
    CropMode.THUMB: _fill,
    CropMode.AUTO: _fill,
    CropMode.AUTO_PAD: _fill,
}
