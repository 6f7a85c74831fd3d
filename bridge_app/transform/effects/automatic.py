"""Corrections that look at the picture first: levels, colour cast and brightness.

Ranges and defaults: reference of effects, section 9.7; what the service measures is not published.
"""

from collections.abc import Sequence
from math import log

import pyvips

from bridge_app.transform.effect_arguments import strength
from bridge_app.transform.effects.bands import (
    Curve,
    alpha_of,
    colours_of,
    eight_bit,
    luma_of,
    mixed,
    through_curves,
    with_alpha,
)
from bridge_app.transform.effects.chroma import saturated
from bridge_app.transform.effects.strips import by_strips
from bridge_app.transform.model import Component, Effect

_CLIPPED = 0.2
"""How many percent of the pixels may become quite black, and as many quite white."""
_MIDDLE = 0.5
_SMALL_PX = 512


def auto_contrast(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """One stretch for all channels, so that brightness uses its whole range."""
    levels = _levels(eight_bit(luma_of(_small(image))))
    return through_curves(image, _blended(_stretch(*levels), effect))


def auto_color(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """A stretch for each channel: takes a cast away."""
    small = colours_of(_small(image))
    curves = [_blended(_stretch(*_levels(small[band])), effect) for band in range(3)]
    return through_curves(image, *curves)


def auto_brightness(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """The gamma that brings the mean brightness to the middle."""
    mean = min(0.98, max(0.02, luma_of(_small(image)).avg() / 255))
    power = min(2.5, max(0.4, log(_MIDDLE) / log(mean)))
    return through_curves(image, _blended(lambda v: v**power, effect))


def improve(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Levels, half a step of brightness and a little more colour; `indoor` evens casts out too."""
    whole = Effect(name="improve")
    half = Effect(name="improve", arguments=("50",))
    better = auto_contrast(image, whole, _component)
    better = auto_brightness(better, half, _component)
    if "indoor" in effect.arguments:
        better = auto_color(better, half, _component)
    better = by_strips(better, saturated(1.1))
    share = _share(effect)
    if share == 1:
        return better
    return with_alpha(mixed(colours_of(image), colours_of(better), share), alpha_of(image))


def _small(image: pyvips.Image) -> pyvips.Image:
    """A copy to measure on: a picture's levels hardly change with its size."""
    if max(image.width, image.height) <= _SMALL_PX:
        return image
    return image.thumbnail_image(_SMALL_PX, height=_SMALL_PX, size="down").copy_memory()


def _blended(curve: Curve, effect: Effect) -> Curve:
    """The curve as far as the effect's strength says, the rest of the way straight."""
    share = _share(effect)
    return lambda v: v + (min(1.0, max(0.0, curve(v))) - v) * share


def _share(effect: Effect) -> float:
    return strength(effect, default=100, low=0, high=100) / 100


def _levels(band: pyvips.Image) -> tuple[float, float]:
    """The brightness that `_CLIPPED` percent lie below, and that as many lie above; 0–1."""
    row = band.hist_find().write_to_memory()
    counts = memoryview(row).cast("I").tolist()
    limit = sum(counts) * _CLIPPED / 100
    return _reached(counts, limit) / 255, 1 - _reached(counts[::-1], limit) / 255


def _reached(counts: Sequence[int], limit: float) -> int:
    """The first level up to which more than `limit` pixels lie."""
    total = 0
    for level, count in enumerate(counts):
        total += count
        if total > limit:
            return level
    return 0


def _stretch(low: float, high: float) -> Curve:
    if high - low < 0.02:
        return lambda v: v
    return lambda v: (v - low) / (high - low)
