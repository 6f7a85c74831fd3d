"""Sizes, crop boxes and paddings as pure functions: the documented rules, in exact fractions.

Sizes are upright pixels (after EXIF orientation); x grows right, y down. Source of the rules:
Cloudinary's transformation reference and its pages on resizing, cropping and padding.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from bridge_app.transform.model import CropMode, Gravity


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
class Area:
    """A part of a picture that matters, by its middle and its sides; may reach over the edge."""

    x: Fraction
    y: Fraction
    width: Fraction
    height: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a component asks of a picture of `size`: in pixels, not yet rounded.

    `x` and `y` push away from the anchor that `gravity` names. `content` is the part that decides
    instead of the anchor; `zoom` is how much closer than asked a `crop` around it comes.
    """

    mode: CropMode
    size: Size
    width: Fraction
    height: Fraction
    x: Fraction = Fraction(0)
    y: Fraction = Fraction(0)
    gravity: Gravity = Gravity.CENTER
    content: Area | None = None
    zoom: Fraction = Fraction(1)

    @property
    def asked(self) -> Size:
        """The requested size as whole pixels."""
        return Size(width=whole(self.width), height=whole(self.height))

    @property
    def inside(self) -> Fraction:
        """The factor at which the picture just fits into the request."""
        return min(self.width / self.size.width, self.height / self.size.height)

    @property
    def around(self) -> Fraction:
        """The factor at which the picture just covers the request."""
        return max(self.width / self.size.width, self.height / self.size.height)

    def scaled(self, factor: Fraction) -> Size:
        """The picture's size times `factor`."""
        return Size(width=whole(self.size.width * factor), height=whole(self.size.height * factor))


def placement(request: Request) -> Placement:
    """What the request makes of the picture's frame, by the rule of its mode."""
    return _MODES[request.mode](request)


def leaves_the_picture(request: Request) -> bool:
    """Whether a `crop` asks for more than is there; without `fl_no_overflow` it is moved inside."""
    asked, size = request.asked, request.size
    left, top = _corner(request, within=size, part=asked)
    inside_x = left >= 0 and left + asked.width <= size.width
    inside_y = top >= 0 and top + asked.height <= size.height
    return request.mode is CropMode.CROP and not (inside_x and inside_y)


def whole(length: Fraction) -> int:
    """Rounded half up, at least one pixel."""
    return max(1, floor(length + Fraction(1, 2)))


def _resized(picture: Size) -> Placement:
    return Placement(picture=picture, crop=_all_of(picture), canvas=picture)


def _cut(request: Request, picture: Size) -> Placement:
    """`picture` cut down to the request where it is larger."""
    asked = request.asked
    kept = Size(width=min(asked.width, picture.width), height=min(asked.height, picture.height))
    left, top = _anchored(request, within=picture, part=kept)
    crop = Box(left=left, top=top, width=kept.width, height=kept.height)
    return Placement(picture=picture, crop=crop, canvas=kept)


def _padded(request: Request, picture: Size) -> Placement:
    """`picture` whole, on a canvas of the requested size where that is larger."""
    asked = request.asked
    canvas = Size(width=max(asked.width, picture.width), height=max(asked.height, picture.height))
    left, top = _anchored(request, within=canvas, part=picture)
    return Placement(picture=picture, crop=_all_of(picture), canvas=canvas, left=left, top=top)


def _all_of(picture: Size) -> Box:
    return Box(left=0, top=0, width=picture.width, height=picture.height)


# Where each anchor puts a part (0 = left or top, 1 = right or bottom) and which way x and y push.
ANCHORS: Mapping[Gravity, tuple[Fraction, Fraction, int, int]] = {
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
"""Where a compass gravity holds a part, in shares of the room left, and which way x and y go."""


def _anchored(request: Request, *, within: Size, part: Size) -> tuple[int, int]:
    """The corner of `part` inside `within`, never over the edge."""
    left, top = _corner(request, within=within, part=part)
    room_x, room_y = within.width - part.width, within.height - part.height
    return min(max(left, 0), room_x), min(max(top, 0), room_y)


def _corner(request: Request, *, within: Size, part: Size) -> tuple[int, int]:
    """Where content, or anchor and offsets, put the corner of `part`."""
    if content := request.content:
        # offsets do not move a box that content has placed
        left = content.x * within.width / request.size.width - Fraction(part.width, 2)
        top = content.y * within.height / request.size.height - Fraction(part.height, 2)
    elif request.gravity is Gravity.XY_CENTER:
        left, top = request.x - Fraction(part.width, 2), request.y - Fraction(part.height, 2)
    else:
        along_x, along_y, towards_x, towards_y = ANCHORS[request.gravity]
        left = (within.width - part.width) * along_x + request.x * towards_x
        top = (within.height - part.height) * along_y + request.y * towards_y
    return floor(left), floor(top)


def _scale(request: Request) -> Placement:
    return _resized(request.asked)


def _fit(request: Request) -> Placement:
    return _resized(request.scaled(request.inside))


def _limit(request: Request) -> Placement:
    return _resized(request.scaled(min(Fraction(1), request.inside)))


def _mfit(request: Request) -> Placement:
    return _resized(request.scaled(max(Fraction(1), request.inside)))


def _fill(request: Request) -> Placement:
    return _cut(request, request.scaled(request.around))


def _lfill(request: Request) -> Placement:
    return _cut(request, request.scaled(min(Fraction(1), request.around)))


def _crop(request: Request) -> Placement:
    return _cut(request, request.scaled(request.zoom))


def _thumb(request: Request) -> Placement:
    """So close that the content just fits; never so far that the frame is not covered."""
    if (content := request.content) is None:
        return _fill(request)
    closest = min(request.width / content.width, request.height / content.height)
    return _cut(request, request.scaled(max(request.around, closest)))


def _fill_pad(request: Request) -> Placement:
    """Filled as far as the content stays whole, the rest is padding."""
    if (content := request.content) is None:
        return _fill(request)
    closest = min(request.width / content.width, request.height / content.height)
    kept = _cut(request, request.scaled(max(request.inside, min(request.around, closest))))
    canvas, crop = request.asked, kept.crop
    return Placement(
        picture=kept.picture,
        crop=crop,
        canvas=canvas,
        left=(canvas.width - crop.width) // 2,
        top=(canvas.height - crop.height) // 2,
    )


def _pad(request: Request) -> Placement:
    return _padded(request, request.scaled(request.inside))


def _lpad(request: Request) -> Placement:
    return _padded(request, request.scaled(min(Fraction(1), request.inside)))


def _mpad(request: Request) -> Placement:
    return _padded(request, request.size)


_MODES: Mapping[CropMode, Callable[[Request], Placement]] = {
    CropMode.SCALE: _scale,
    CropMode.FIT: _fit,
    CropMode.LIMIT: _limit,
    CropMode.MFIT: _mfit,
    CropMode.FILL: _fill,
    CropMode.LFILL: _lfill,
    CropMode.FILL_PAD: _fill_pad,
    CropMode.PAD: _pad,
    CropMode.LPAD: _lpad,
    CropMode.MPAD: _mpad,
    CropMode.CROP: _crop,
    CropMode.THUMB: _thumb,
    CropMode.AUTO: _fill,
    CropMode.AUTO_PAD: _fill_pad,
}
