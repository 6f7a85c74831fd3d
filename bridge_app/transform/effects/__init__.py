"""The effects (`e_`) that are done here, each by its name."""

from collections.abc import Callable, Mapping

import pyvips

from bridge_app.transform.effects import (
    automatic,
    blurs,
    colours,
    drawing,
    edges,
    theming,
    tones,
    vision,
    warps,
)
from bridge_app.transform.effects.regions import Look
from bridge_app.transform.model import Component, Effect

__all__ = ["EFFECTS", "POINTWISE", "Look", "apply_effect"]

Change = Callable[[pyvips.Image, Effect, Component], pyvips.Image]
LookingChange = Callable[[pyvips.Image, Effect, Component, Look], pyvips.Image]

_CHANGES: Mapping[str, Change] = {
    "assist_colorblind": vision.assist_colorblind,
    "auto_brightness": automatic.auto_brightness,
    "auto_color": automatic.auto_color,
    "auto_contrast": automatic.auto_contrast,
    "blackwhite": colours.blackwhite,
    "blue": tones.channel,
    "blur": blurs.blur,
    "brightness": tones.brightness,
    "brightness_hsb": tones.brightness_hsb,
    "cartoonify": drawing.cartoonify,
    "colorize": colours.colorize,
    "contrast": tones.contrast,
    "distort": warps.distort,
    "fill_light": tones.fill_light,
    "gamma": tones.gamma,
    "gradient_fade": edges.gradient_fade,
    "grayscale": colours.grayscale,
    "green": tones.channel,
    "hue": tones.hue,
    "improve": automatic.improve,
    "make_transparent": colours.make_transparent,
    "morphology": drawing.morphology,
    "negate": tones.negate,
    "oil_paint": drawing.oil_paint,
    "opacity_threshold": colours.opacity_threshold,
    "ordered_dither": drawing.ordered_dither,
    "outline": edges.outline,
    "pixelate": blurs.pixelate,
    "recolor": colours.recolor,
    "red": tones.channel,
    "replace_color": colours.replace_color,
    "saturation": tones.saturation,
    "sepia": colours.sepia,
    "shadow": edges.shadow,
    "sharpen": blurs.sharpen,
    "shear": warps.shear,
    "simulate_colorblind": vision.simulate_colorblind,
    "theme": theming.theme,
    "tint": colours.tint,
    "trim": edges.trim,
    "unsharp_mask": blurs.unsharp_mask,
    "vibrance": tones.vibrance,
    "vignette": edges.vignette,
}
_LOOKING: Mapping[str, LookingChange] = {
    "blur_faces": blurs.blur_faces,
    "blur_region": blurs.blur_region,
    "pixelate_faces": blurs.pixelate_faces,
    "pixelate_region": blurs.pixelate_region,
}
EFFECTS = frozenset(_CHANGES) | frozenset(_LOOKING)
"""The names of the effects that are done here; all others are left to the cloud."""

POINTWISE = frozenset(
    {
        "blue",
        "brightness",
        "brightness_hsb",
        "colorize",
        "contrast",
        "fill_light",
        "gamma",
        "grayscale",
        "green",
        "hue",
        "negate",
        "recolor",
        "red",
        "saturation",
        "sepia",
        "simulate_colorblind",
        "vibrance",
    }
)
"""Effects that change each pixel by itself and smoothly: a smaller master gives the same."""


_BLIND = Look()


def apply_effect(
    image: pyvips.Image, effect: Effect, component: Component, *, look: Look = _BLIND
) -> pyvips.Image:
    """The picture with the effect; unchanged when it is none of ours.

    Args:
        image: 8-bit sRGB with or without alpha, in memory: some effects read it more than once.
        effect: Its name and arguments; out of range counts as the bound.
        component: Its `co_ x_ y_ w_ h_ g_` qualify the effect.
        look: Finds content in this very picture, in its own pixels.

    Raises:
        pyvips.Error: The picture cannot be decoded after all.
    """
    if change := _CHANGES.get(effect.name):
        return change(image, effect, component)
    if looking := _LOOKING.get(effect.name):
        return looking(image, effect, component, look)
    return image
