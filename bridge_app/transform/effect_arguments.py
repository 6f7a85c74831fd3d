"""The arguments of an effect, read within their documented bounds."""

import re
from fractions import Fraction

from bridge_app.transform.model import Colour, Component, Effect, Length, Unit
from bridge_app.transform.values import read

BLACK = Colour(red=0, green=0, blue=0)
WHITE = Colour(red=255, green=255, blue=255)
GREY = Colour(red=128, green=128, blue=128)

_BARE_HEX = re.compile(r"[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8}")


def within(effect: Effect, index: int, *, default: float, low: float, high: float) -> float:
    """Argument `index` as a number between `low` and `high`; `default` when it is none."""
    return min(high, max(low, float(effect.number(index, Fraction(default)))))


def strength(effect: Effect, *, default: float, low: float, high: float) -> float:
    """The first argument that is a number, wherever words stand before it."""
    for index in range(len(effect.arguments)):
        if effect.number(index, Fraction(-99_999)) != -99_999:
            return within(effect, index, default=default, low=low, high=high)
    return default


def option(effect: Effect, key: str, *, default: float, low: float, high: float) -> float:
    """A number named by its key (`radius_2.0`), within its bounds."""
    named = Effect(name=effect.name, arguments=(effect.option(key),))
    return within(named, 0, default=default, low=low, high=high)


def colour_named(text: str) -> Colour | None:
    """A colour by name, `rgb:f00`, `#f00` or `f00`; None for anything else."""
    bare = text.removeprefix("#")
    found = read("co", f"rgb:{bare}" if _BARE_HEX.fullmatch(bare) else text)
    return found if isinstance(found, Colour) else None


def colour_of(component: Component, default: Colour) -> Colour:
    """The component's `co_`, else `default`."""
    return component.find("co", Colour) or default


def rgb(colour: Colour) -> tuple[int, int, int]:
    """Its three channels."""
    return colour.red, colour.green, colour.blue


def length(component: Component, key: str, side: int) -> float | None:
    """`x_ y_ w_ h_` in pixels of a picture whose side is `side`; None when absent."""
    found = component.find(key, Length)
    if found is None:
        return None
    shares = {Unit.PIXELS: 1.0}
    return float(found.amount) * shares.get(found.unit, side)
