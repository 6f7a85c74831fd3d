"""Which part of a picture an effect means: given in numbers, by compass or by content."""

from collections.abc import Callable
from dataclasses import dataclass

import pyvips

from bridge_app.transform.effect_arguments import length
from bridge_app.transform.geometry import Box
from bridge_app.transform.model import Component, Gravity


def _nowhere(_gravity: str) -> Box | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What can be found in the picture at hand, in its own pixels; looked for when asked.

    `focus` knows where the content lies that a gravity's text names, `faces` each single face.
    """

    focus: Callable[[str], Box | None] = _nowhere
    faces: Callable[[], tuple[Box, ...]] = tuple


_SHARES = {
    Gravity.NORTH_WEST: (0.0, 0.0),
    Gravity.NORTH: (0.5, 0.0),
    Gravity.NORTH_EAST: (1.0, 0.0),
    Gravity.WEST: (0.0, 0.5),
    Gravity.CENTER: (0.5, 0.5),
    Gravity.EAST: (1.0, 0.5),
    Gravity.SOUTH_WEST: (0.0, 1.0),
    Gravity.SOUTH: (0.5, 1.0),
    Gravity.SOUTH_EAST: (1.0, 1.0),
}


def region(image: pyvips.Image, component: Component, look: Look) -> Box | None:
    """The region of `x_ y_ w_ h_` or `g_`; the whole picture when nothing is said.

    None when it lies outside, or the content that is named is not there.
    """
    gravity = component.parameter("g")
    anchor = component.find("g", Gravity)
    if gravity and anchor is None:
        return inside(look.focus(gravity.text), image)
    width = length(component, "w", image.width)
    height = length(component, "h", image.height)
    x = length(component, "x", image.width) or 0.0
    y = length(component, "y", image.height) or 0.0
    wide = image.width - (0 if anchor else x) if width is None else width
    high = image.height - (0 if anchor else y) if height is None else height
    across, along = _SHARES.get(anchor, (0.0, 0.0)) if anchor else (0.0, 0.0)
    left = (image.width - wide) * across + x * (-1 if across == 1 else 1)
    top = (image.height - high) * along + y * (-1 if along == 1 else 1)
    return inside(
        Box(left=round(left), top=round(top), width=round(wide), height=round(high)), image
    )


def inside(box: Box | None, image: pyvips.Image) -> Box | None:
    """The part of the box that is in the picture; None when there is none."""
    if box is None:
        return None
    left, top = max(0, box.left), max(0, box.top)
    right = min(image.width, box.left + box.width)
    bottom = min(image.height, box.top + box.height)
    if right <= left or bottom <= top:
        return None
    return Box(left=left, top=top, width=right - left, height=bottom - top)
