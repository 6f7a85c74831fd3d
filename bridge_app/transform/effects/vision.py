"""What people with another colour sense see, and help for them.

The matrices are those of Machado, Oliveira and Fernandes, "A Physiologically-based Model for
Simulation of Color Vision Deficiency" (2009), for linear light.
"""

from collections.abc import Mapping

import pyvips

from bridge_app.transform.effect_arguments import strength
from bridge_app.transform.effects.bands import alpha_of, colours_of, recoloured, with_alpha
from bridge_app.transform.model import Component, Effect

Matrix = tuple[tuple[float, float, float], ...]

_SAME: Matrix = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
_PROTANOPIA: Matrix = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
_DEUTERANOPIA: Matrix = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
_TRITANOPIA: Matrix = (
    (1.255528, -0.076749, -0.178779),
    (-0.078411, 0.930809, 0.147602),
    (0.004733, 0.691367, 0.303900),
)
_ANOMALY = 0.6
_LUMINANCE = (0.2126, 0.7152, 0.0722)
_ROD_SIGHT = (0.06, 0.60, 0.34)
_STRIPE_PX = 8


def simulate_colorblind(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """The picture as it looks with that colour sense; `deuteranopia` when none is named."""
    matrix = _SENSES.get(effect.arguments[0] if effect.arguments else "", _DEUTERANOPIA)
    return recoloured(image, lambda colours: _in_light(colours, matrix))


def assist_colorblind(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Stripes over what is red or green; with `xray` the lost difference goes into blue."""
    if effect.arguments[:1] == ("xray",):
        return recoloured(image, _shifted)
    share = strength(effect, default=10, low=1, high=100) / 100
    colours = colours_of(image)
    place = pyvips.Image.xyz(image.width, image.height)
    rising = ((place[0] + place[1]) % (2 * _STRIPE_PX)) < _STRIPE_PX
    falling = ((place[0] + (image.height - place[1])) % (2 * _STRIPE_PX)) < _STRIPE_PX
    lead = colours[0].cast("float") - colours[1]
    marked = (lead > 0).ifthenelse(rising, falling) / 255.0
    darkened = colours * (1 - marked * (lead.abs() / 255.0) * share)
    return with_alpha(darkened, alpha_of(image))


def _shifted(colours: pyvips.Image) -> pyvips.Image:
    seen = _in_light(colours, _DEUTERANOPIA)
    lost = colours.cast("float") - seen
    return colours + lost.recomb([[0, 0, 0], [0.7, 1, 0], [0.7, 0, 1]])


def _in_light(colours: pyvips.Image, matrix: Matrix) -> pyvips.Image:
    light = colours.copy(interpretation="srgb").colourspace("scrgb")
    changed = light.recomb([list(row) for row in matrix])
    return changed.copy(interpretation="scrgb").colourspace("srgb")


def _partly(matrix: Matrix) -> Matrix:
    """Between normal sight and that of `matrix`: an anomaly."""
    return tuple(
        (
            a + (b - a) * _ANOMALY,
            c + (d - c) * _ANOMALY,
            e + (f - e) * _ANOMALY,
        )
        for (a, c, e), (b, d, f) in zip(_SAME, matrix, strict=True)
    )


_SENSES: Mapping[str, Matrix] = {
    "deuteranopia": _DEUTERANOPIA,
    "protanopia": _PROTANOPIA,
    "tritanopia": _TRITANOPIA,
    "deuteranomaly": _partly(_DEUTERANOPIA),
    "protanomaly": _partly(_PROTANOPIA),
    "tritanomaly": _partly(_TRITANOPIA),
    "cone_monochromacy": (_LUMINANCE,) * 3,
    "rod_monochromacy": (_ROD_SIGHT,) * 3,
}
