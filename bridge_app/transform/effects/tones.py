"""Light and dark: brightness, contrast, gamma, saturation, hue and single channels.

Ranges and defaults: reference of effects, section 9.7. The formulas behind the numbers are not
published; ours are those of ImageMagick's operators of the same name, where it has one.
"""

from math import exp

import pyvips

from bridge_app.transform.effect_arguments import within
from bridge_app.transform.effects.bands import (
    Curve,
    eight_bit,
    luma_of,
    recoloured,
    through_curves,
)
from bridge_app.transform.model import Component, Effect

_TINY = 1e-3


def brightness(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """The lightness of HSL times 1 + N %; hue and saturation stay."""
    factor = 1 + within(effect, 0, default=80, low=-99, high=100) / 100
    return recoloured(image, lambda colours: _lightened(colours, factor))


def brightness_hsb(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """The brightest channel times 1 + N %, the others in proportion."""
    factor = 1 + within(effect, 0, default=80, low=-99, high=100) / 100

    def change(colours: pyvips.Image) -> pyvips.Image:
        room = _highest(colours)
        share = (room > 0).ifthenelse(255 / (room + _TINY), 1)
        return colours * (share > factor).ifthenelse(factor, share)

    return recoloured(image, change)


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
        return lambda v: _raised(v, steepness)
    known = [_raised(step / 1023, -steepness) for step in range(1024)]
    return lambda v: _position(known, v)


def gamma(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Each channel to the power of 1 / (1 + N %)."""
    power = 1 / (1 + within(effect, 0, default=0, low=-50, high=150) / 100)
    return through_curves(image, lambda v: v**power)


def channel(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """`e_red`, `e_green`, `e_blue`: that channel times 1 + N %."""
    factor = 1 + within(effect, 0, default=0, low=-100, high=100) / 100
    which = ("red", "green", "blue").index(effect.name)
    factors = [factor if index == which else 1.0 for index in range(3)]
    return recoloured(image, lambda colours: colours.linear(factors, [0, 0, 0]))


def saturation(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """The saturation of HSL times 1 + N %; lightness and hue stay."""
    factor = 1 + within(effect, 0, default=80, low=-100, high=100) / 100
    return recoloured(image, lambda colours: saturated(colours, factor))


def saturated(colours: pyvips.Image, factor: float) -> pyvips.Image:
    """Colours with the saturation of HSL times `factor`, at most full."""
    high, low = _highest(colours), _lowest(colours)
    middle = (high + low) / 2.0
    chroma = high - low
    most = 255 - (middle * 2 - 255).abs()
    share = (chroma > 0).ifthenelse(most / (chroma + _TINY), 1)
    return middle + (colours - middle) * (share > factor).ifthenelse(factor, share)


def hue(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """The hue turned by N × 1.8°."""
    turn = within(effect, 0, default=80, low=-100, high=100) * 128 / 100

    def change(colours: pyvips.Image) -> pyvips.Image:
        parts = colours.copy(interpretation="srgb").colourspace("hsv")
        turned = ((parts[0] + 256 + turn).rint() % 256).cast("uchar")
        joined = turned.bandjoin([parts[1], parts[2]]).copy(interpretation="hsv")
        return joined.colourspace("srgb")

    return recoloured(image, change)


def vibrance(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Saturation for the pale colours; those that are strong already move little."""
    amount = within(effect, 0, default=20, low=-100, high=100) / 100
    grey = luma_of(image)

    def change(colours: pyvips.Image) -> pyvips.Image:
        paleness = 1 - (_highest(colours) - _lowest(colours)) / 255.0
        return grey + (colours - grey) * (paleness * amount + 1)

    return recoloured(image, change)


def fill_light(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Shadows are screened with themselves; the bias says how far up that reaches."""
    amount = within(effect, 0, default=100, low=0, high=100) / 100
    bias = within(effect, 1, default=0, low=-100, high=100) / 200
    shade = 1 - luma_of(image) / 255.0 + bias
    reach = (shade < 0).ifthenelse(0, (shade > 1).ifthenelse(1, shade)) * amount

    def change(colours: pyvips.Image) -> pyvips.Image:
        return colours + colours * (255 - colours) / 255.0 * reach

    return recoloured(image, change)


def negate(image: pyvips.Image, _effect: Effect, _component: Component) -> pyvips.Image:
    """Each channel from the other end; transparency stays."""
    return recoloured(image, lambda colours: colours.invert())


def _lightened(colours: pyvips.Image, factor: float) -> pyvips.Image:
    middle = (_highest(colours) + _lowest(colours)) / 2.0
    wanted = middle * factor
    wanted = (wanted > 255).ifthenelse(255, wanted)
    room_before = 255 - (middle * 2 - 255).abs()
    room_after = 255 - (wanted * 2 - 255).abs()
    share = (room_before > 0).ifthenelse(room_after / (room_before + _TINY), 0)
    return wanted + (colours - middle) * share


def _highest(colours: pyvips.Image) -> pyvips.Image:
    return eight_bit(colours[0].bandrank([colours[1], colours[2]], index=2))


def _lowest(colours: pyvips.Image) -> pyvips.Image:
    return eight_bit(colours[0].bandrank([colours[1], colours[2]], index=0))


def _raised(value: float, steepness: float) -> float:
    def at(v: float) -> float:
        return 1 / (1 + exp(steepness * (0.5 - v)))

    return (at(value) - at(0)) / (at(1) - at(0))


def _position(known: list[float], value: float) -> float:
    """Where a rising row of values reaches `value`, as a share of the row."""
    from_left = next((i for i, one in enumerate(known) if one >= value), len(known) - 1)
    return from_left / (len(known) - 1)
