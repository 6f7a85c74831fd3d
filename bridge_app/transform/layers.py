"""Which components of a chain make a layer, and how it is laid on: the brackets of the language.

`l_logo/…/fl_layer_apply,g_south` is a bracket; one component alone, `l_logo,w_50,g_south`, is the
older form. In a bracket the last component says where the layer goes and the rest is done to it;
in the older form the component says both. Source: reference 9.8.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bridge_app.domain.expectations import Expected
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.model import (
    Component,
    CropMode,
    Flags,
    Length,
    Parameter,
    Transformation,
    Unit,
)

MAXIMUM_DEPTH = 16
"""Layers within layers; deeper ones are a mistake and would cost memory without end."""

BLENDS = frozenset({"multiply", "screen", "overlay", "mask", "cut_out", "displace", "anti_removal"})
"""Effects that say how a layer meets its base, rather than how it looks."""

PLACING_FLAGS = frozenset(
    {
        "clip",
        "clip_evenodd",
        "cutter",
        "layer_apply",
        "no_overflow",
        "replace_image",
        "tiled",
        "text_disallow_overflow",
        "text_no_trim",
    }
)
"""Flags about a layer as a whole, wherever in its bracket they stand."""

_PLACING_KEYS = frozenset({"g", "x", "y"})
_TEXT_KEYS = frozenset({"b", "co"})
_WRAP_KEYS = frozenset({"c", "w", "h"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerSpan:
    """One layer of a chain: components `first` to `last`, both included.

    `source` is the parameter `l_` or `u_`, `position` where its value stands in the text of the
    whole transformation. `wording` says how a text is set (colour, wrapping, stroke; empty for
    other layers), `chain` what is done to the layer's picture, `placing` where and how it is laid
    on. `starts` says where each component of `chain` stands in the whole text.
    """

    first: int
    last: int
    source: Parameter
    position: int
    wording: Component
    chain: Transformation
    starts: tuple[int, ...]
    placing: Component
    flags: frozenset[str]

    @property
    def is_under(self) -> bool:
        """Whether the layer goes below its base."""
        return self.source.key == "u"

    @property
    def blend(self) -> Parameter | None:
        """The last effect of `BLENDS` that is asked for; None: laid on as it is."""
        return next((p for p in reversed(self.placing.parameters) if _blends(p)), None)

    def located(self, error: TransformationError) -> TransformationError:
        """An error of `chain`, with its position in the whole text."""
        index = max(
            (i for i in range(len(self.starts)) if self.chain.start_of(i) <= error.position),
            default=0,
        )
        offset = error.position - self.chain.start_of(index)
        is_whole = 0 < index < len(self.starts) - 1
        start = self.starts[index] if self.starts else self.position
        return error.at(start + (offset if is_whole else 0))


def layer_spans(transformation: Transformation, *, position: int = 0) -> tuple[LayerSpan, ...]:
    """The outermost layers of a chain, in order; those within one are layers of its `chain`.

    A bracket that is not closed is read as the older form.

    Args:
        transformation: The chain.
        position: Where its text starts in the text of the whole transformation.

    Raises:
        TransformationError: Layers are nested deeper than `MAXIMUM_DEPTH`.
    """
    components = transformation.components
    starts = [position]
    for component in components:
        starts.append(starts[-1] + len(str(component)) + 1)
    return tuple(
        _bracket(components, starts, first, last)
        if "layer_apply" in components[last].flags
        else _single(components[first], starts[first], first)
        for first, last in _outermost(components, starts)
    )


def _outermost(components: tuple[Component, ...], starts: list[int]) -> Iterator[tuple[int, int]]:
    """First and last component of each layer that stands in no other."""
    around: list[int] = []
    for first, last in sorted(_pairs(components)):
        while around and around[-1] < first:
            around.pop()
        if len(around) >= MAXIMUM_DEPTH:
            raise TransformationError(
                position=starts[first],
                found=str(components[first])[:80],
                expected=Expected.LAYER_DEPTH.format(count=MAXIMUM_DEPTH),
            )
        if not around:
            yield first, last
        around.append(last)


def _pairs(components: tuple[Component, ...]) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for index, component in enumerate(components):
        if _source(component):
            opened.append(index)
        if "layer_apply" in component.flags and opened:
            yield opened.pop(), index
    yield from ((index, index) for index in opened)


def _source(component: Component) -> Parameter | None:
    return component.parameter("l") or component.parameter("u")


def _bracket(
    components: tuple[Component, ...], starts: list[int], first: int, last: int
) -> LayerSpan:
    """`first` opens, `last` applies; they may be one component."""
    if first == last:
        return _single(components[first], starts[first], first)
    opening, closing = components[first], components[last]
    source, wording = _read(opening)
    early = tuple(p for p in opening.parameters if _blends(p))
    return LayerSpan(
        first=first,
        last=last,
        source=source,
        position=_value_of(opening, source, starts[first]),
        wording=wording,
        chain=Transformation(
            components=(
                _chosen(opening, lambda p: p not in (source, *wording.parameters, *early)),
                *components[first + 1 : last],
                _chosen(closing, lambda p: not _places(p)),
            )
        ),
        starts=tuple(starts[first : last + 1]),
        placing=Component(parameters=(*early, *filter(_places, closing.parameters))),
        flags=frozenset[str]().union(*(c.flags for c in _own(components[first : last + 1])))
        & PLACING_FLAGS,
    )


def _single(component: Component, start: int, index: int) -> LayerSpan:
    """The older form: placed by the same component that makes the layer."""
    source, wording = _read(component)
    spoken = (source, *wording.parameters)
    return LayerSpan(
        first=index,
        last=index,
        source=source,
        position=_value_of(component, source, start),
        wording=wording,
        chain=Transformation(
            components=(_chosen(component, lambda p: p not in spoken and not _places(p)),)
        ),
        starts=(start,),
        placing=Component(parameters=tuple(filter(_places, component.parameters))),
        flags=component.flags & PLACING_FLAGS,
    )


def _own(components: tuple[Component, ...]) -> Iterator[Component]:
    """Those components of a bracket that belong to no layer within it."""
    inner = {
        index for first, last in _pairs(components[1:-1]) for index in range(first + 1, last + 2)
    }
    return (component for index, component in enumerate(components) if index not in inner)


def _read(component: Component) -> tuple[Parameter, Component]:
    """The layer's source, and what of its component says how a text is set."""
    source = _source(component)
    if source is None:
        raise ValueError(component)  # only components with a source are asked
    keys: frozenset[str] = frozenset()
    if source.text.startswith("text:"):
        keys = _TEXT_KEYS | (_WRAP_KEYS if _wraps(component) else frozenset())
        keys |= frozenset({"bo"}) if "_stroke" in source.text.rpartition(":")[0] else frozenset()
    return source, Component(parameters=tuple(p for p in component.parameters if p.key in keys))


def _wraps(component: Component) -> bool:
    """Whether a text is broken into lines: `c_fit` with a width in pixels, nothing relative."""
    width = component.find("w", Length)
    fits = component.find("c", CropMode) is CropMode.FIT
    relative = component.flags & {"relative", "region_relative"}
    return bool(fits and width and width.unit is Unit.PIXELS and not relative)


def _value_of(component: Component, source: Parameter, start: int) -> int:
    """Where the value of the layer's parameter stands in the whole text."""
    before = component.parameters[: component.parameters.index(source)]
    return start + sum(len(str(p)) + 1 for p in before) + len(source.key) + 1


def _blends(parameter: Parameter) -> bool:
    return parameter.key == "e" and parameter.text.partition(":")[0] in BLENDS


def _places(parameter: Parameter) -> bool:
    return parameter.key in _PLACING_KEYS or _blends(parameter)


def _chosen(component: Component, wanted: Callable[[Parameter], bool]) -> Component:
    """Those parameters, without the flags about the layer as a whole."""
    return Component(
        parameters=tuple(
            kept for p in component.parameters if wanted(p) and (kept := _without_flags(p))
        )
    )


def _without_flags(parameter: Parameter) -> Parameter | None:
    if not isinstance(parameter.value, Flags):
        return parameter
    names = tuple(name for name in parameter.value.names if name not in PLACING_FLAGS)
    if not names:
        return None
    return Parameter(key=parameter.key, text=".".join(names), value=Flags(names=names))
