"""A drawing for another ground: dark text on white becomes light text on black.

Source: reference of effects, 9.7 (`theme`).
"""

import re

import pyvips

from bridge_app.transform.colours import border_palette
from bridge_app.transform.effect_arguments import colour_named, rgb
from bridge_app.transform.effects.bands import alpha_of, colours_of, plain, with_alpha
from bridge_app.transform.model import Component, Effect

_GROUND = re.compile(r"color_((?:rgb:)?[^:]+)")
_HALF, _WHOLE = 50.0, 100.0
_REACH = 40.0
"""How far from the ground's own tint, in Lab, a colour may be to take on the new one."""


def theme(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """The ground, told by the edges, in the colour; lightness turns round where that has to."""
    named = _GROUND.search(":".join(effect.arguments))
    wanted = colour_named(named[1]) if named else None
    if wanted is None:
        return image
    ground = _lab(rgb(border_palette(image)[0].colour))
    target = _lab(rgb(wanted))
    lab = colours_of(image).copy(interpretation="srgb").colourspace("lab")
    light, own = lab[0], ground[0]
    if (own < _HALF) != (target[0] < _HALF):
        light, own = _WHOLE - light, _WHOLE - own
    tints = lab[1:3]
    apart = ((tints - ground[1:]) ** 2).recomb([[1, 1]]) ** 0.5
    near = (apart < _REACH).ifthenelse(1 - apart / _REACH, 0)
    moved = tints + near.bandjoin(near) * [
        b - a for a, b in zip(ground[1:], target[1:], strict=True)
    ]
    changed = _bent(light, own, target[0]).bandjoin(moved)
    return with_alpha(
        changed.copy(interpretation="lab").colourspace("srgb").cast("uchar"), alpha_of(image)
    )


def _bent(light: pyvips.Image, own: float, target: float) -> pyvips.Image:
    """Lightness with `own` at `target`; black and white stay."""
    below = light * (target / max(own, 1e-3))
    above = _WHOLE - (_WHOLE - light) * ((_WHOLE - target) / max(_WHOLE - own, 1e-3))
    return (light <= own).ifthenelse(below, above)


def _lab(colour: tuple[int, int, int]) -> list[float]:
    found: list[float] = plain(pyvips.Image.black(1, 1), colour).colourspace("lab").getpoint(0, 0)
    return found
