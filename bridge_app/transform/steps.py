"""A chain over a picture of a given size: what each component does to the frame, in order."""

from dataclasses import dataclass
from fractions import Fraction

from bridge_app.transform.errors import TransformationError
from bridge_app.transform.geometry import Placement, Size, place
from bridge_app.transform.model import Component, Move, Number, Transformation, Turn
from bridge_app.transform.roles import Role, roles

MAXIMUM_PIXELS = 50_000_000
"""No component may enlarge a picture beyond this; Cloudinary's larger plans stop here too."""

_SIZING_KEYS = ("w", "h", "ar")
_QUARTER_TURNS = frozenset({Move.TURN_90, Move.TURN_270})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One component that works on the picture itself, and what comes out of it.

    The frame is placed first, then turned; `placement` is None when the frame stays.
    """

    component: Component
    placement: Placement | None
    moves: tuple[Move, ...]
    result: Size


def steps(transformation: Transformation, size: Size) -> tuple[Step, ...]:
    """The steps for a picture of `size` (upright pixels); layers and conditions are left out.

    Raises:
        TransformationError: A component would enlarge the picture beyond `MAXIMUM_PIXELS`.
    """
    found: list[Step] = []
    now = size
    density, dense_at = _density_alone(transformation)
    for index, component in picture_components(transformation):
        placement = place(
            component, now, initial=size, density=density if index == dense_at else None
        )
        if placement:
            _check_size(transformation, index, placement, now)
        turn = component.find("a", Turn)
        moves = turn.moves if turn else ()
        now = _turned(placement.canvas if placement else now, moves)
        found.append(Step(component=component, placement=placement, moves=moves, result=now))
    return tuple(found)


def output_size(transformation: Transformation, width: int, height: int) -> tuple[int, int]:
    """The size that a picture of `width` × `height` (upright pixels, at least 1) comes out with.

    Raises:
        TransformationError: A component would enlarge the picture beyond what is allowed.
    """
    size = Size(width=width, height=height)
    done = steps(transformation, size)
    result = done[-1].result if done else size
    return result.width, result.height


def picture_components(transformation: Transformation) -> list[tuple[int, Component]]:
    """The components that work on the picture itself, each with its index in the chain."""
    return [
        (index, component)
        for index, (component, role) in enumerate(
            zip(transformation.components, roles(transformation), strict=True)
        )
        if role is Role.PICTURE
    ]


def sizes(component: Component) -> bool:
    """Whether a component names a size or a ratio."""
    return any(component.has(key) for key in _SIZING_KEYS)


def _density_alone(transformation: Transformation) -> tuple[Fraction | None, int]:
    """A `dpr_` in a component of its own, and the last sizing component, which it multiplies.

    `c_fill,w_400/f_auto/dpr_2.0` and `dpr_2.0/c_fill,w_400` are both common in published pages.
    """
    density, sizing = None, -1
    for index, component in picture_components(transformation):
        if sizes(component):
            sizing = index
        elif dpr := component.find("dpr", Number):
            density = dpr.amount
    return density, sizing


def _turned(size: Size, moves: tuple[Move, ...]) -> Size:
    if sum(move in _QUARTER_TURNS for move in moves) % 2:
        return Size(width=size.height, height=size.width)
    return size


def _check_size(
    transformation: Transformation, index: int, placement: Placement, before: Size
) -> None:
    asked = placement.canvas.pixels
    if asked > max(MAXIMUM_PIXELS, before.pixels):
        limit, wanted = MAXIMUM_PIXELS // 1_000_000, asked / 1_000_000
        raise TransformationError(
            position=transformation.start_of(index),
            found=str(transformation.components[index]),
            expected=f"a size of at most {limit} megapixels",
            cloudinary=f"Maximum image size is {limit} Megapixels. "
            f"Requested {wanted:.2f} Megapixels",
        )
