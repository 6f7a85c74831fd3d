"""Where the content that a gravity names lies, and where it comes to lie as a chain goes on."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, cos, floor, radians, sin

from bridge_app.transform.geometry import Box, Placement, Size
from bridge_app.transform.model import Move
from bridge_app.transform.spinning import Spin

Focus = Callable[[str], Box | None]
"""From a gravity's text (`face`, `auto:subject`, `custom`, `region_!x!`) to the box that holds it.

In upright pixels of the master; None when there is none or it is not known.
"""

Carry = Callable[[Box], Box | None]
"""From a box before a step to the box after it; None when the step cuts it away."""


def carried(focus: Focus, done: Sequence[Carry]) -> Focus:
    """`focus` as seen after the steps `done` so far (read when it is asked, not before)."""

    def look(text: str) -> Box | None:
        box = focus(text)
        for carry in done:
            if box is None:
                return None
            box = carry(box)
        return box

    return look


def through_placement(box: Box, size: Size, placement: Placement) -> Box | None:
    """The box after a picture of `size` was scaled, cut and padded; what is cut off is lost."""
    across = Fraction(placement.picture.width, size.width)
    along = Fraction(placement.picture.height, size.height)
    crop = placement.crop
    left, right = box.left * across - crop.left, (box.left + box.width) * across - crop.left
    top, bottom = box.top * along - crop.top, (box.top + box.height) * along - crop.top
    kept = _within(left, top, right, bottom, Size(width=crop.width, height=crop.height))
    if kept is None:
        return None
    return Box(
        left=kept.left + placement.left,
        top=kept.top + placement.top,
        width=kept.width,
        height=kept.height,
    )


def through_move(box: Box, size: Size, move: Move) -> tuple[Box, Size]:
    """The box, and the size, after a turn or a flip of a picture of `size`."""
    right, below = size.width - box.left - box.width, size.height - box.top - box.height
    turned = Size(width=size.height, height=size.width)
    match move:
        case Move.TURN_90:
            return _box(below, box.left, box.height, box.width), turned
        case Move.TURN_180:
            return _box(right, below, box.width, box.height), size
        case Move.TURN_270:
            return _box(box.top, right, box.height, box.width), turned
        case Move.FLIP_HORIZONTAL:
            return _box(right, box.top, box.width, box.height), size
        case Move.FLIP_VERTICAL:
            return _box(box.left, below, box.width, box.height), size


def through_spin(box: Box, size: Size, spin: Spin) -> Box | None:
    """The upright box around the turned one, on the enlarged canvas."""
    scale = Fraction(spin.picture.width, size.width)
    angle = radians(spin.degrees)
    corners = [
        (
            float((x - Fraction(size.width, 2)) * scale),
            float((y - Fraction(size.height, 2)) * scale),
        )
        for x in (box.left, box.left + box.width)
        for y in (box.top, box.top + box.height)
    ]
    across = [x * cos(angle) - y * sin(angle) + spin.canvas.width / 2 for x, y in corners]
    along = [x * sin(angle) + y * cos(angle) + spin.canvas.height / 2 for x, y in corners]
    return _within(min(across), min(along), max(across), max(along), spin.canvas)


def _box(left: int, top: int, width: int, height: int) -> Box:
    return Box(left=left, top=top, width=width, height=height)


def _within(
    left: Fraction | float,
    top: Fraction | float,
    right: Fraction | float,
    bottom: Fraction | float,
    size: Size,
) -> Box | None:
    """The part inside `size`, in whole pixels; None when nothing of it is."""
    x, y = max(0, floor(left)), max(0, floor(top))
    width, height = min(size.width, ceil(right)) - x, min(size.height, ceil(bottom)) - y
    return _box(x, y, width, height) if width > 0 and height > 0 else None
