"""Which components of a chain work on the picture itself, and which inside a layer or condition.

A layer opened by `l_` or `u_` lasts until its own `fl_layer_apply`; without one it is the older
form, a single component. A condition lasts until its `if_end`; without one it holds for its own
component, or, standing alone, for the rest of the chain.
"""

from enum import Enum

from bridge_app.transform.model import Component, Transformation


class Role(Enum):
    """What a component works on."""

    PICTURE = "picture"
    LAYER = "layer"
    CONDITION = "condition"


def roles(transformation: Transformation) -> tuple[Role, ...]:
    """The role of each component, in order."""
    components = transformation.components
    found = [Role.PICTURE] * len(components)
    for first, last in layer_ranges(components):
        found[first : last + 1] = [Role.LAYER] * (last + 1 - first)
    for first, last in _conditions(components):
        found[first : last + 1] = [Role.CONDITION] * (last + 1 - first)
    return tuple(found)


def layer_ranges(components: tuple[Component, ...]) -> list[tuple[int, int]]:
    """Where each layer begins and ends, both included; the inner ones of nested layers too."""
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    for index, component in enumerate(components):
        if component.has("l") or component.has("u"):
            opened.append(index)
        if "layer_apply" in component.flags:
            spans.append((opened.pop() if opened else index, index))
    return [*spans, *((index, index) for index in opened)]


def _conditions(components: tuple[Component, ...]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    for index, component in enumerate(components):
        condition = component.parameter("if")
        if condition and condition.text == "end":
            spans.append((opened.pop() if opened else index, index))
        elif condition and condition.text != "else":
            opened.append(index)
    return [*spans, *((index, _last(components, index)) for index in opened)]


def _last(components: tuple[Component, ...], index: int) -> int:
    """Where a condition without `if_end` stops."""
    alone = all(p.key == "if" or p.key.startswith("$") for p in components[index].parameters)
    return len(components) - 1 if alone else index
