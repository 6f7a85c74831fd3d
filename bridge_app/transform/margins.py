"""By how much effects and borders change a canvas: plain numbers, for geometry and pixels alike.

The reference (sections 9.4, 9.7) says that these grow the picture, not always by how much; what
is ours is said in the fidelity table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, radians, tan

from bridge_app.transform.arc import Arc
from bridge_app.transform.effect_arguments import length, strength, within
from bridge_app.transform.geometry import Size
from bridge_app.transform.model import Border, Component, Effect

_OUTLINE_MODES = ("inner", "inner_fill", "outer", "fill")
Point = tuple[float, float]

_REGION_EFFECTS = frozenset({"blur_region", "pixelate_region"})
_SHADOW_PX = 6
_STEEPEST = 85.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Pixels added on each side."""

    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    def around(self, size: Size) -> Size:
        """The canvas that a picture of `size` gets."""
        return Size(
            width=size.width + self.left + self.right, height=size.height + self.top + self.bottom
        )


def size_after_effects(component: Component, size: Size) -> Size:
    """The size of a picture once the component's effect and border are done.

    Trimming is not foreseen: it depends on the picture.
    """
    effect = component.find("e", Effect)
    if effect:
        size = _size_after(effect, component, size)
    border = component.find("bo", Border)
    return border_margins(border).around(size) if border else size


def takes_a_region(component: Component) -> bool:
    """Whether `x_ y_ w_ h_` say where the component's effect works, rather than a new size."""
    effect = component.find("e", Effect)
    return bool(effect and effect.name in _REGION_EFFECTS and not component.has("c"))


def border_margins(border: Border) -> Margins:
    """A border lies outside the picture, equally wide on all sides."""
    width = _whole(float(border.width))
    return Margins(left=width, top=width, right=width, bottom=width)


def shadow_offset(component: Component) -> tuple[int, int]:
    """Where the shadow lies, in pixels to the right and down; below the picture by default."""
    x = length(component, "x", 1)
    y = length(component, "y", 1)
    if x is None and y is None:
        return _SHADOW_PX, _SHADOW_PX
    return _whole(x or 0), _whole(y or 0)


def shadow_spread(effect: Effect) -> int:
    """How far the shadow's soft edge reaches beyond the shape, in pixels."""
    return ceil(strength(effect, default=40, low=0, high=100) / 10)


def shadow_margins(effect: Effect, component: Component) -> Margins:
    """Room for the shadow where it leaves the picture."""
    x, y = shadow_offset(component)
    spread = shadow_spread(effect)
    return Margins(
        left=max(0, spread - x),
        top=max(0, spread - y),
        right=max(0, spread + x),
        bottom=max(0, spread + y),
    )


def outline_mode(effect: Effect) -> str:
    """`inner`, `inner_fill`, `outer` or `fill`; outer when the first argument names none."""
    return effect.arguments[0] if _after_mode(effect) else "outer"


def outline_width(effect: Effect) -> int:
    """The line's width in pixels, 1–100."""
    return _whole(within(effect, _after_mode(effect), default=5, low=1, high=100))


def outline_blur(effect: Effect) -> float:
    """The radius of the line's softness in pixels."""
    return within(effect, _after_mode(effect) + 1, default=0, low=0, high=200) / 10


def outline_margins(effect: Effect) -> Margins:
    """An outer line and its softness lie outside the picture; inner ones need no room."""
    if outline_mode(effect).startswith("inner"):
        return Margins()
    room = outline_width(effect) + ceil(2 * outline_blur(effect))
    return Margins(left=room, top=room, right=room, bottom=room)


def shear_slopes(effect: Effect) -> Point:
    """How far a row moves for each row down, and a column for each column right."""
    across = within(effect, 0, default=0, low=-_STEEPEST, high=_STEEPEST)
    along = within(effect, 1, default=0, low=-_STEEPEST, high=_STEEPEST)
    return tan(radians(across)), tan(radians(along))


def sheared_size(effect: Effect, size: Size) -> Size:
    """The box around a sheared picture."""
    across, along = shear_slopes(effect)
    width, height = size.width, size.height
    corners = [(x + across * y, y + along * x) for x in (0, width) for y in (0, height)]
    return _box_size(corners)


def corner_points(effect: Effect) -> tuple[Point, Point, Point, Point] | None:
    """Where `e_distort` puts the four corners, clockwise from the top left.

    None when it does something else, or three of them lie on one line: nothing could be seen.
    """
    numbers = [within(effect, i, default=0, low=-100_000, high=100_000) for i in range(8)]
    if len(effect.arguments) != 8:
        return None
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    if any(_on_one_line(points[i - 2], points[i - 1], points[i]) for i in range(4)):
        return None
    return points[0], points[1], points[2], points[3]


def _on_one_line(one: Point, two: Point, three: Point) -> bool:
    (x, y), (u, v), (s, t) = one, two, three
    return abs((u - x) * (t - y) - (v - y) * (s - x)) < 1e-6


def _size_after(effect: Effect, component: Component, size: Size) -> Size:
    match effect.name:
        case "shadow":
            return shadow_margins(effect, component).around(size)
        case "outline":
            return outline_margins(effect).around(size)
        case "shear":
            return sheared_size(effect, size)
        case "distort":
            points = corner_points(effect)
            return _box_size(points) if points else _arc_size(effect, size)
        case _:
            return size


def arc_degrees(effect: Effect) -> float:
    """The angle of `e_distort:arc:N`; negative bends the other way, 0 not at all."""
    if effect.arguments[:1] != ("arc",):
        return 0
    return within(effect, 1, default=0, low=-360, high=360)


def _arc_size(effect: Effect, size: Size) -> Size:
    degrees = arc_degrees(effect)
    return Arc.of(degrees, size).size if degrees else size


def _box_size(points: Iterable[Point]) -> Size:
    """The size of the box around points, at least one pixel."""
    across, along = zip(*points, strict=True)
    return Size(width=_extent(across), height=_extent(along))


def _extent(places: tuple[float, ...]) -> int:
    return max(1, ceil(max(places) - min(places) - 1e-6))


def _after_mode(effect: Effect) -> int:
    """Where an outline's numbers start: after its mode, when it names one."""
    return 1 if effect.arguments[:1] and effect.arguments[0] in _OUTLINE_MODES else 0


def _whole(number: float) -> int:
    return floor(number + 1 / 2)
