"""The frame of a crop: dragged by its edges and corners, kept in shape and inside the picture.

Arithmetic alone; the canvas paints it and hands the mouse on.
"""

from dataclasses import dataclass
from enum import Flag

from bridge_app.transform.geometry import Box, Size

LEAST = 1


class Grip(Flag):
    """What is held: edges, a corner (two of them), or the whole frame."""

    NONE = 0
    LEFT = 1
    TOP = 2
    RIGHT = 4
    BOTTOM = 8
    WHOLE = 16


CORNERS = (
    Grip.LEFT | Grip.TOP,
    Grip.RIGHT | Grip.TOP,
    Grip.RIGHT | Grip.BOTTOM,
    Grip.LEFT | Grip.BOTTOM,
)
EDGES = (Grip.TOP, Grip.RIGHT, Grip.BOTTOM, Grip.LEFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class CropFrame:
    """A box inside a picture of `size`; `ratio` is width divided by height, None if it is free.

    `content` is what a gravity found and put the box around; a hand that moves it goes by none.
    """

    size: Size
    box: Box
    ratio: float | None = None
    content: Box | None = None

    @classmethod
    def whole(cls, size: Size, ratio: float | None = None) -> "CropFrame":
        """The largest frame of a ratio, in the middle."""
        width, height = float(size.width), float(size.height)
        if ratio is not None:
            width, height = min(width, height * ratio), min(height, width / ratio)
        return cls(size=size, box=_box(size, width, height, None, None), ratio=ratio)

    @classmethod
    def sized(cls, size: Size, cut: Size) -> "CropFrame":
        """A frame of this size, in the middle."""
        return cls(size=size, box=_box(size, cut.width, cut.height, None, None))

    def dragged(self, grip: Grip, dx: float, dy: float) -> "CropFrame":
        """The frame after what is held was moved by so many pixels of the picture."""
        if grip is Grip.WHOLE:
            return self._moved(dx, dy)
        box = self.box
        left, top = float(box.left), float(box.top)
        right, bottom = left + box.width, top + box.height
        if Grip.LEFT in grip:
            left = min(max(0.0, left + dx), right - LEAST)
        if Grip.RIGHT in grip:
            right = max(min(float(self.size.width), right + dx), left + LEAST)
        if Grip.TOP in grip:
            top = min(max(0.0, top + dy), bottom - LEAST)
        if Grip.BOTTOM in grip:
            bottom = max(min(float(self.size.height), bottom + dy), top + LEAST)
        if self.ratio is None:
            return self._with(left, top, right - left, bottom - top)
        return self._in_shape(grip, left, top, right, bottom)

    def with_ratio(self, ratio: float | None) -> "CropFrame":
        """The frame in another shape, around the same middle."""
        if ratio is None:
            return CropFrame(size=self.size, box=self.box)
        box = self.box
        area = (box.width * box.height) ** 0.5
        width = min(area * ratio**0.5, self.size.width, self.size.height * ratio)
        made = CropFrame(size=self.size, box=box, ratio=ratio)
        height = width / ratio
        return made._with(
            box.left + (box.width - width) / 2, box.top + (box.height - height) / 2, width, height
        )

    def grown(self, by: int) -> "CropFrame":
        """Wider by so many pixels at both sides together, around its middle."""
        ratio = self.ratio or self.box.width / self.box.height
        width = min(max(LEAST, self.box.width + by), self.size.width, self.size.height * ratio)
        height = width / ratio
        box = self.box
        return self._with(
            box.left + (box.width - width) / 2, box.top + (box.height - height) / 2, width, height
        )

    def grip_at(self, x: float, y: float, *, reach: float) -> Grip:
        """What is below a point of the picture; `reach` is how near counts as on an edge."""
        box = self.box
        if not (
            box.left - reach <= x <= box.left + box.width + reach
            and box.top - reach <= y <= box.top + box.height + reach
        ):
            return Grip.NONE
        held = Grip.NONE
        if abs(x - box.left) <= reach:
            held |= Grip.LEFT
        elif abs(x - box.left - box.width) <= reach:
            held |= Grip.RIGHT
        if abs(y - box.top) <= reach:
            held |= Grip.TOP
        elif abs(y - box.top - box.height) <= reach:
            held |= Grip.BOTTOM
        return held or Grip.WHOLE

    def _moved(self, dx: float, dy: float) -> "CropFrame":
        box = self.box
        return self._with(box.left + dx, box.top + dy, box.width, box.height)

    def _in_shape(
        self, grip: Grip, left: float, top: float, right: float, bottom: float
    ) -> "CropFrame":
        """The same side lengths in the ratio, held at the corner or edge across."""
        ratio = self.ratio or 1.0
        sideways = bool(grip & (Grip.LEFT | Grip.RIGHT))
        upright = bool(grip & (Grip.TOP | Grip.BOTTOM))
        width, height = right - left, bottom - top
        if sideways and not upright:
            height = width / ratio
        elif upright and not sideways:
            width = height * ratio
        else:
            width = max(width, height * ratio)
            height = width / ratio
        box = self.box
        room_x = box.left + box.width if Grip.LEFT in grip else self.size.width - box.left
        room_y = box.top + box.height if Grip.TOP in grip else self.size.height - box.top
        shrink = min(1.0, room_x / width, room_y / height)
        width, height = max(LEAST, width * shrink), max(LEAST, height * shrink)
        left = box.left + box.width - width if Grip.LEFT in grip else float(box.left)
        top = box.top + box.height - height if Grip.TOP in grip else float(box.top)
        return self._with(left, top, width, height)

    def _with(self, left: float, top: float, width: float, height: float) -> "CropFrame":
        box = _box(self.size, width, height, left, top)
        return CropFrame(size=self.size, box=box, ratio=self.ratio)


def _box(size: Size, width: float, height: float, left: float | None, top: float | None) -> Box:
    """Whole pixels inside the picture; None puts it in the middle."""
    w = min(size.width, max(LEAST, round(width)))
    h = min(size.height, max(LEAST, round(height)))
    x = (size.width - w) / 2 if left is None else left
    y = (size.height - h) / 2 if top is None else top
    return Box(
        left=min(max(0, round(x)), size.width - w),
        top=min(max(0, round(y)), size.height - h),
        width=w,
        height=h,
    )
