"""Where a layer lies on its base, and how large it is when its size is a share of the base.

Unlike a crop a layer may stand out of its base, so nothing is moved inside. Source: reference
9.5 (anchors and the way of x and y) and 9.8 (`fl_relative`, `fl_region_relative`).
"""

from fractions import Fraction
from math import floor

from bridge_app.transform.geometry import ANCHORS, Box, Size
from bridge_app.transform.model import (
    Component,
    Gravity,
    Length,
    Parameter,
    Transformation,
    Unit,
)

_HALF = Fraction(1, 2)
_SHARED_KEYS = frozenset({"w", "h", "x", "y"})


def layer_box(placing: Component, layer: Size, *, base: Size, region: Box | None = None) -> Box:
    """Where a layer of size `layer` lies, in pixels of the base; it may stand out.

    Args:
        placing: Its `g_ x_ y_`; shares are of the base.
        layer: The layer's size.
        base: The base's size.
        region: The content that the gravity names; the layer's middle goes to its middle.
    """
    x, y = _offset(placing, "x", base.width), _offset(placing, "y", base.height)
    gravity = placing.find("g", Gravity) or Gravity.CENTER
    if region is not None:
        left = region.left + Fraction(region.width - layer.width, 2) + x
        top = region.top + Fraction(region.height - layer.height, 2) + y
    elif gravity is Gravity.XY_CENTER:
        left, top = x - Fraction(layer.width, 2), y - Fraction(layer.height, 2)
    else:
        across, along, towards_x, towards_y = ANCHORS[gravity]
        left = (base.width - layer.width) * across + x * towards_x
        top = (base.height - layer.height) * along + y * towards_y
    return Box(left=floor(left), top=floor(top), width=layer.width, height=layer.height)


def sized_by_base(chain: Transformation, *, base: Size, region: Box | None) -> Transformation:
    """The chain with shares of the base, or of the region, written as pixels."""
    return Transformation(
        components=tuple(_in_pixels(component, base, region) for component in chain.components)
    )


def _in_pixels(component: Component, base: Size, region: Box | None) -> Component:
    if "region_relative" in component.flags and region is not None:
        sides = region.width, region.height
    elif component.flags & {"relative", "region_relative"}:
        sides = base.width, base.height
    else:
        return component
    return Component(parameters=tuple(_counted(p, *sides) for p in component.parameters))


def _counted(parameter: Parameter, width: int, height: int) -> Parameter:
    length = parameter.value
    if parameter.key not in _SHARED_KEYS or not isinstance(length, Length):
        return parameter
    if length.unit is not Unit.SHARE:
        return parameter
    pixels = length.amount * (width if parameter.key in {"w", "x"} else height)
    whole = floor(pixels + _HALF) if parameter.key in {"x", "y"} else max(1, floor(pixels + _HALF))
    value = Length(amount=Fraction(whole), unit=Unit.PIXELS)
    return Parameter(key=parameter.key, text=str(whole), value=value)


def _offset(placing: Component, key: str, side: int) -> Fraction:
    length = placing.find(key, Length)
    if length is None:
        return Fraction(0)
    return length.amount * (1 if length.unit is Unit.PIXELS else side)
