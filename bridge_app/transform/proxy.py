"""A transformation written for a small copy of its master, so that previews cost little.

Pixel lengths shrink with the copy, but only as far as they have to: a step that names the size
of its result is drawn at that size again, whatever the copy had. What comes out is a preview.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from bridge_app.transform.focus import Focus
from bridge_app.transform.geometry import Placement, Size
from bridge_app.transform.model import (
    Component,
    CropMode,
    Length,
    Parameter,
    Transformation,
    Unit,
)
from bridge_app.transform.parse import parse
from bridge_app.transform.roles import Role, roles
from bridge_app.transform.steps import Step, sizes, steps

_LENGTHS = frozenset({"w", "h", "x", "y"})
_SIDES = frozenset({"w", "h"})
_WHOLE = re.compile(r"[0-9]+")
# Those whose result depends on how large the incoming picture is; and what the first three are
# when they make it smaller, which the copy may be already.
_BOUND = frozenset(
    {CropMode.CROP, CropMode.LIMIT, CropMode.LFILL, CropMode.MFIT, CropMode.LPAD, CropMode.MPAD}
)
_UNBOUND = {"limit": "fit", "lfill": "fill", "lpad": "pad"}
_FONT = re.compile(r"^(text:[^:]*?_)([0-9]+)(?=[_:])")
_SPACING = re.compile(r"((?:letter|line)_spacing_)(-?[0-9]+)")
_STRENGTHS = re.compile(
    r"(blur|blur_region|blur_faces|pixelate|pixelate_region|pixelate_faces|outline"
    r"|outline:(?:inner|inner_fill|outer|fill)):([0-9]+)(.*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyPlan:
    """What is done to the small copy, scaled to `start` first; `result` is the true size.

    `shrinks` tells for each component how small the copy is by then: what files of layers count
    as, times their size.
    """

    transformation: Transformation
    start: Size
    result: Size
    shrinks: tuple[Fraction, ...] = ()


def for_proxy(
    transformation: Transformation,
    master: Size,
    proxy: Size,
    *,
    edge_px: int,
    focus: Focus | None = None,
) -> ProxyPlan:
    """The plan for a copy of `proxy` pixels of a master; nothing grows beyond `edge_px` a side.

    Variables and conditions have to be resolved before. `focus` looks into the master for steps
    that take their size from what they find (`c_crop,g_face`).

    Raises:
        TransformationError: As `steps` does for the master's own size.
    """
    true = {id(step.component): step for step in steps(transformation, master, focus)}
    start = within_edge(proxy, edge_px)
    walk = _Walk(full=master, small=start, edge_px=edge_px)
    found: list[str] = []
    shrinks: list[Fraction] = []
    for component, role in zip(transformation.components, roles(transformation), strict=True):
        shrinks.append(walk.shrink)
        is_step = role is Role.PICTURE and id(component) in true
        found.append(
            walk.picture(component, true[id(component)]) if is_step else walk.other(component)
        )
    return ProxyPlan(
        transformation=parse("/".join(found)),
        start=start,
        result=walk.full,
        shrinks=tuple(shrinks),
    )


@dataclass(slots=True, kw_only=True)
class _Walk:
    """Along the chain: the size of the picture in truth (`full`) and on the copy (`small`)."""

    full: Size
    small: Size
    edge_px: int

    @property
    def shrink(self) -> Fraction:
        return Fraction(self.small.width, self.full.width)

    def other(self, component: Component) -> str:
        """A layer's or a condition's component, for a picture as small as it is here."""
        return _written(component, self.shrink)

    def picture(self, component: Component, step: Step) -> str:
        """A component that works on the picture; the walk goes on behind it."""
        factor = self.shrink
        if step.placement and not sizes(component):
            self.small, self.full = _times_size(step.result, factor), step.result
            return _written(component, factor)
        if step.placement:
            if step.placement.picture.width < self.full.width:
                component = _unbound(component)
            if component.find("c", CropMode) not in _BOUND:
                factor = _affordable(step.placement, self.edge_px)
            factor *= self._density(component, step)
        text = _written(component, factor)
        self.small = _after(text, self.small)
        self.full = step.result
        return text

    def _density(self, component: Component, step: Step) -> Fraction:
        """How much `dpr_`, here or in a component of its own, enlarges the result."""
        plain = _after(_written(component, Fraction(1)), self.full)
        return Fraction(step.result.width, plain.width)


def _unbound(component: Component) -> Component:
    """The same with a mode that does not ask how large the picture was."""
    return parse(
        ",".join(
            f"c_{_UNBOUND.get(p.text, p.text)}" if p.key == "c" else str(p)
            for p in component.parameters
        )
    ).components[0]


def _affordable(placement: Placement, edge_px: int) -> Fraction:
    """The whole picture may be twice as long as what is kept of it."""
    picture, canvas = placement.picture, placement.canvas
    longest = max(canvas.width, canvas.height, picture.width // 2, picture.height // 2)
    return min(Fraction(1), Fraction(edge_px, longest))


def _after(text: str, size: Size) -> Size:
    done = steps(parse(text), size)
    return done[-1].result if done else size


def is_sized_by_content(component: Component) -> bool:
    """Whether a step comes out as large as what its gravity finds."""
    return component.has("c") and component.has("g") and not sizes(component)


def _times_size(size: Size, factor: Fraction) -> Size:
    return Size(
        width=_times(size.width, factor, least=1), height=_times(size.height, factor, least=1)
    )


def within_edge(size: Size, edge_px: int) -> Size:
    """The size of a copy that no side of is longer than `edge_px`."""
    factor = min(Fraction(1), Fraction(edge_px, max(size.width, size.height)))
    return Size(
        width=max(1, floor(size.width * factor)), height=max(1, floor(size.height * factor))
    )


def _written(component: Component, factor: Fraction) -> str:
    """The component with its pixel lengths times `factor`, and without `dpr_`."""
    kept = [p for p in component.parameters if p.key != "dpr"]
    return ",".join(_parameter(p, factor) for p in kept)


def _parameter(parameter: Parameter, factor: Fraction) -> str:
    text = str(parameter)
    if factor == 1:
        return text
    key, value = parameter.key, parameter.value
    if key in _LENGTHS and isinstance(value, Length) and value.unit is Unit.PIXELS:
        least = 1 if key in _SIDES else None
        return f"{key}_{_times(int(value.amount), factor, least=least)}"
    if key in {"r", "bo"}:
        head, _, rest = parameter.text.partition("_")
        scaled = _WHOLE.sub(lambda m: str(_times(int(m[0]), factor, least=1)), head)
        return f"{key}_{scaled}_{rest}" if rest else f"{key}_{scaled}"
    if key == "e" and (match := _STRENGTHS.fullmatch(parameter.text)):
        return f"e_{match[1]}:{_times(int(match[2]), factor, least=1)}{match[3]}"
    if key in {"l", "u"}:
        return f"{key}_{_layer(parameter.text, factor)}"
    return text


def _layer(text: str, factor: Fraction) -> str:
    """A text layer in smaller letters; other layers are as they are."""
    text = _FONT.sub(lambda m: f"{m[1]}{_times(int(m[2]), factor, least=1)}", text)
    head, colon, words = text.partition(":")
    style, second, words = words.partition(":")
    style = _SPACING.sub(lambda m: f"{m[1]}{_times(int(m[2]), factor)}", style)
    return f"{head}{colon}{style}{second}{words}"


def _times(amount: int, factor: Fraction, *, least: int | None = None) -> int:
    scaled = floor(amount * factor + Fraction(1, 2))
    return scaled if least is None or amount < least else max(least, scaled)
