"""Light and dark: brightness, contrast, gamma, saturation, hue and single channels.

Ranges and defaults: reference of effects, section 9.7. The formulas behind the numbers are not
published; ours are those of ImageMagick's operators of the same name, where it has one.
"""

from bisect import bisect_left
from math import exp

import numpy as np
import pyvips

from bridge_app.transform.effect_arguments import within
from bridge_app.transform.effects.bands import Curve, through_curves
from bridge_app.transform.effects.chroma import (
    brightened,
    lightened,
    saturated,
    vibrant,
)
from bridge_app.transform.effects.neighbours import by_neighbours
from bridge_app.transform.effects.open_cv import opencv
from bridge_app.transform.effects.strips import Numbers, Plane, Strip, by_strips
from bridge_app.transform.model import Component, Effect


def brightness(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """The lightness of HSL times 1 + N %; hue and saturation stay."""
    factor = 1 + within(effect, 0, default=80, low=-99, high=100) / 100
    return by_strips(image, lightened(factor))


def brightness_hsb(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """The brightest channel times 1 + N %, the others in proportion."""
    factor = 1 + within(effect, 0, default=80, low=-99, high=100) / 100
    return by_strips(image, brightened(factor))


def contrast(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """A sigmoid around the middle, or with `type_linear` a straight line through it."""
    if effect.option("type") == "linear":
        named = Effect(name="contrast", arguments=(effect.option("level"),))
        slope = within(named, 0, default=100, low=1, high=200) / 100
        return through_curves(image, lambda v: (v - 0.5) * slope + 0.5)
    level = effect.option("level") or (effect.arguments[0] if effect.arguments else "")
    amount = within(Effect(name="contrast", arguments=(level,)), 0, default=0, low=-100, high=100)
    return through_curves(image, sigmoid(amount / 10)) if amount else image


def sigmoid(steepness: float) -> Curve:
    """A curve that steepens the middle tones, or for negative values its inverse."""
    if steepness > 0:
        return _raised(steepness)
    rising = _raised(-steepness)
    known = [rising(step / 1023) for step in range(1024)]
    return lambda v: min(bisect_left(known, v), 1023) / 1023


def gamma(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Each channel to the power of 1 / (1 + N %)."""
    power = 1 / (1 + within(effect, 0, default=0, low=-50, high=150) / 100)
    return through_curves(image, lambda v: v**power)


def channel(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """`e_red`, `e_green`, `e_blue`: that channel times 1 + N %."""
    factor = 1 + within(effect, 0, default=0, low=-100, high=100) / 100
    which = ("red", "green", "blue").index(effect.name)
    curves: list[Curve] = [lambda v: v] * 3
    curves[which] = lambda v: v * factor
    return through_curves(image, *curves)


def saturation(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """The saturation of HSL times 1 + N %; lightness and hue stay."""
    factor = 1 + within(effect, 0, default=80, low=-100, high=100) / 100
    return by_strips(image, saturated(factor))


def hue(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """The hue turned by N × 1.8°."""
    degrees = np.float32(within(effect, 0, default=80, low=-100, high=100) * 1.8)
    whole = np.float32(360)

    def change(rows: Plane) -> Numbers:
        cv2 = opencv()
        parts = cv2.cvtColor(rows.astype(np.float32), cv2.COLOR_RGB2HSV)
        turned = parts[..., 0] + degrees
        parts[..., 0] = turned - np.floor(turned / whole) * whole
        colours: Numbers = cv2.cvtColor(parts, cv2.COLOR_HSV2RGB)
        return colours

    return by_neighbours(image, 0, change)


def vibrance(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Saturation for the pale colours; those that are strong already move little."""
    return by_strips(image, vibrant(within(effect, 0, default=20, low=-100, high=100) / 100))


def fill_light(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Shadows are screened with themselves; the bias says how far up that reaches."""
    amount = within(effect, 0, default=100, low=0, high=100) / 100
    bias = within(effect, 1, default=0, low=-100, high=100) / 200
    lifts = np.array([v * (255 - v) / 255 for v in range(256)], np.float32)

    def change(strip: Strip) -> list[Numbers]:
        reach = np.clip((1 + bias) * amount - strip.luma * np.float32(amount / 255), 0, amount)
        return [colour + lifts.take(colour) * reach for colour in strip.colours]

    return by_strips(image, change)


def negate(image: pyvips.Image, _effect: Effect, _component: Component) -> pyvips.Image:
    """Each channel from the other end; transparency stays."""
    return by_strips(image, lambda strip: [~colour for colour in strip.colours])


def _raised(steepness: float) -> Curve:
    def at(v: float) -> float:
        return 1 / (1 + exp(steepness * (0.5 - v)))

    low, high = at(0), at(1)
    return lambda v: (at(v) - low) / (high - low)
