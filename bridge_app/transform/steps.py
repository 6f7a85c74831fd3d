"""A chain over a picture of a given size: what each component does to the frame, in order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import floor

from bridge_app.domain.expectations import Expected
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.focus import (
    Carry,
    Focus,
    carried,
    through_move,
    through_placement,
    through_spin,
)
from bridge_app.transform.geometry import (
    Box,
    Placement,
    Size,
    leaves_the_picture,
    placement,
)
from bridge_app.transform.margins import size_after_effects, takes_a_region
from bridge_app.transform.model import (
    Angle,
    Component,
    Length,
    Move,
    Number,
    Orientation,
    Transformation,
    Turn,
)
from bridge_app.transform.placing import request
from bridge_app.transform.roles import Role, roles
from bridge_app.transform.spinning import Spin, reduced, spin

MAXIMUM_PIXELS = 50_000_000
"""No component may enlarge a picture beyond this; Cloudinary's larger plans stop here too."""

_SIZING_KEYS = ("w", "h", "ar")
_AUTO_TURNS: Mapping[object, Move] = {
    Orientation.AUTO_RIGHT: Move.TURN_90,
    Orientation.AUTO_LEFT: Move.TURN_270,
}
_QUARTER_TURNS = frozenset({Move.TURN_90, Move.TURN_270})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One component that works on the picture itself, and what comes out of it.

    The frame is placed first, then turned by `moves`, then by `spin`; effects and borders may
    enlarge it last (what `e_trim` takes away is not foreseen). `placement` is None when the frame
    stays, `spin` when all turns are right angles.
    """

    component: Component
    placement: Placement | None
    moves: tuple[Move, ...]
    result: Size
    spin: Spin | None = None


def steps(
    transformation: Transformation, size: Size, focus: Focus | None = None
) -> tuple[Step, ...]:
    """The steps for a picture of `size` (upright pixels); layers and conditions are left out.

    Args:
        transformation: Resolved: variables and conditions that are still in it are left out.
        size: The master's.
        focus: Where content lies in the master; None: nobody looks, anchors decide.

    Raises:
        TransformationError: A component would enlarge the picture beyond `MAXIMUM_PIXELS`, or
            cuts out more than there is though `fl_no_overflow` forbids it.
    """
    return tuple(step for step, _, _ in _walk(transformation, size, focus))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What a step keeps, and the content that decided it (None: an anchor did).

    Both in pixels of the picture as it is before the step.
    """

    frame: Box
    content: Box | None = None


def last_cut(transformation: Transformation, size: Size, focus: Focus) -> Cut | None:
    """What the last step cuts out; None if it cuts nothing. Arguments and errors as for `steps`."""
    walked = list(_walk(transformation, size, focus))
    step, before, look = walked[-1] if walked else (None, size, None)
    placed = step.placement if step else None
    if step is None or placed is None:
        return None
    gravity = step.component.parameter("g")
    across = Fraction(before.width, placed.picture.width)
    along = Fraction(before.height, placed.picture.height)
    frame = Box(
        left=floor(placed.crop.left * across),
        top=floor(placed.crop.top * along),
        width=max(1, floor(placed.crop.width * across)),
        height=max(1, floor(placed.crop.height * along)),
    )
    return Cut(frame=frame, content=look(gravity.text) if gravity and look else None)


def _walk(
    transformation: Transformation, size: Size, focus: Focus | None
) -> Iterator[tuple[Step, Size, Focus | None]]:
    """Each step, the size before it, and what is seen in the picture as it is then."""
    done: list[Carry] = []
    now = size
    density, dense_at = _density_alone(transformation)
    for index, component in picture_components(transformation):
        if turn := auto_turn(component, now):
            done.append(partial(_carry_turned, turn, now))
            now = _turned(now, (turn,))
        look = carried(focus, tuple(done)) if focus else None
        step = step_of(
            component,
            now,
            initial=size,
            density=density if index == dense_at else None,
            focus=look,
        )
        if step is None:
            raise overflow(transformation, index)
        check_size(transformation, index, step, now)
        done.append(partial(_carry, step, now))
        yield step, now, look
        now = step.result


def step_of(
    component: Component,
    now: Size,
    *,
    initial: Size,
    density: Fraction | None = None,
    focus: Focus | None = None,
) -> Step | None:
    """What `component` does to a picture of `now`; None when `fl_no_overflow` forbids it.

    `initial` is the size at the start of the chain, `density` stands in for the component's own
    `dpr_`, `focus` looks into the picture as it is now.
    """
    asked = None
    if not takes_a_region(component):
        asked = request(component, now, initial=initial, density=density, focus=focus)
    if asked and "no_overflow" in component.flags and leaves_the_picture(asked):
        return None
    placed = placement(asked) if asked else None
    moves, degrees = _turns(component)
    turned = _turned(placed.canvas if placed else now, moves)
    spun = spin(turned, degrees) if degrees else None
    return Step(
        component=component,
        placement=placed,
        moves=moves,
        spin=spun,
        result=size_after_effects(component, spun.canvas if spun else turned),
    )


def auto_turn(component: Component, now: Size) -> Move | None:
    """The turn of `a_auto_right`, `a_auto_left`, before anything else of the component is done.

    The picture is turned when the size asked for lies the other way.
    """
    angle = component.find("a", Angle)
    turn = next((_AUTO_TURNS[p] for p in angle.parts if p in _AUTO_TURNS), None) if angle else None
    width, height = component.find("w", Length), component.find("h", Length)
    if turn is None or width is None or height is None:
        return None
    return turn if (width.amount - height.amount) * (now.width - now.height) < 0 else None


def _turns(component: Component) -> tuple[tuple[Move, ...], Fraction]:
    if turn := component.find("a", Turn):
        return turn.moves, Fraction(0)
    angle = component.find("a", Angle)
    return reduced(angle.parts) if angle else ((), Fraction(0))


def _carry_turned(turn: Move, before: Size, box: Box) -> Box:
    return through_move(box, before, turn)[0]


def _carry(step: Step, before: Size, box: Box) -> Box | None:
    """Where a box of the picture before the step lies after it."""
    now: Box | None = box
    size = before
    if step.placement:
        now, size = through_placement(box, size, step.placement), step.placement.canvas
    for move in step.moves:
        if now:
            now, size = through_move(now, size, move)
    if step.spin and now:
        now, size = through_spin(now, size, step.spin), step.spin.canvas
    if now is None or size == step.result:
        return now
    right, down = (step.result.width - size.width) // 2, (step.result.height - size.height) // 2
    return Box(left=now.left + right, top=now.top + down, width=now.width, height=now.height)


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


def check_size(transformation: Transformation, index: int, step: Step, before: Size) -> None:
    """Refuse a step, that of component `index`, which enlarges beyond `MAXIMUM_PIXELS`.

    Raises:
        TransformationError: It does.
    """
    asked = max(step.result.pixels, step.placement.canvas.pixels if step.placement else 0)
    if asked > max(MAXIMUM_PIXELS, before.pixels):
        limit, wanted = MAXIMUM_PIXELS // 1_000_000, asked / 1_000_000
        raise TransformationError(
            position=transformation.start_of(index),
            found=str(transformation.components[index]),
            expected=Expected.SIZE.format(limit=limit),
            cloudinary=f"Maximum image size is {limit} Megapixels. "
            f"Requested {wanted:.2f} Megapixels",
        )


def overflow(transformation: Transformation, index: int) -> TransformationError:
    """What `fl_no_overflow` says about component `index` when its crop leaves the picture."""
    return TransformationError(
        position=transformation.start_of(index),
        found=str(transformation.components[index]),
        expected=Expected.INSIDE,
    )
