"""How true a local picture is to what Cloudinary will deliver, and why.

A verdict belongs to a component; that of a transformation is its worst. It is about what stands
there: variables, conditions and named transformations are Cloudinary's alone until `resolve` has
worked them out. What depends on the file (an animation, a layer that is not known here) is added
by the renderer. The sentences for each value stand in `fidelity_words.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from bridge_app.transform.effect_words import is_understood
from bridge_app.transform.fidelity_sayings import Saying
from bridge_app.transform.fidelity_words import (
    BACKGROUNDS,
    CLOUD_ONLY,
    EFFECTS,
    FILM_FORMATS,
    FLAGS,
    GRAVITIES,
    KEYS,
    LAYER_KINDS,
    LAYERS,
    UNKNOWN,
)
from bridge_app.transform.model import (
    Angle,
    AutoQuality,
    Colour,
    ColourSpace,
    Component,
    CropMode,
    Flags,
    Format,
    Gravity,
    Orientation,
    Parameter,
    Transformation,
    Verbatim,
)
from bridge_app.transform.roles import Role, roles
from bridge_app.transform.steps import sizes


class Fidelity(Enum):
    """EXACT: a documented rule determines the pixels, up to resampling and encoding.

    APPROXIMATE: the reasons say in what it differs. CLOUD_ONLY: Cloudinary alone can do it.
    """

    EXACT = "exact"
    APPROXIMATE = "approximate"
    CLOUD_ONLY = "cloud only"


_ORDER = tuple(Fidelity)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A fidelity with its reasons: whole sentences; none when it is exact."""

    fidelity: Fidelity = Fidelity.EXACT
    reasons: tuple[str, ...] = ()


def approximate(reason: str) -> Assessment:
    """One reason why a picture is near the truth only."""
    return Assessment(fidelity=Fidelity.APPROXIMATE, reasons=(str(reason),))


def cloud_only(reason: str) -> Assessment:
    """One reason why Cloudinary alone can show it."""
    return Assessment(fidelity=Fidelity.CLOUD_ONLY, reasons=(str(reason),))


EXACT = Assessment()


def worst(assessments: Iterable[Assessment]) -> Assessment:
    """All of them together: the worst fidelity, and every reason once, in order."""
    together = tuple(assessments)
    return Assessment(
        fidelity=max((a.fidelity for a in together), key=_ORDER.index, default=Fidelity.EXACT),
        reasons=tuple(dict.fromkeys(reason for a in together for reason in a.reasons)),
    )


def assess(transformation: Transformation) -> Assessment:
    """How true a local picture through the whole transformation can be."""
    return worst(
        _of_role(component, role)
        for component, role in zip(transformation.components, roles(transformation), strict=True)
    )


def assess_component(component: Component) -> Assessment:
    """How true a local picture is after this component, taken by itself."""
    return worst(_RULES.get(p.key, _cloud)(p, component) for p in component.parameters)


def _of_role(component: Component, role: Role) -> Assessment:
    if role is Role.CONDITION:
        ifs = (p for p in component.parameters if p.key == "if")
        return worst(_cloud(p) for p in ifs if p.text not in {"else", "end"})
    return assess_component(component)


def _cloud(parameter: Parameter, _component: Component | None = None) -> Assessment:
    key = "$" if parameter.key.startswith("$") else parameter.key
    return cloud_only(CLOUD_ONLY.get(key, UNKNOWN).format(it=parameter))


def _said(words: Mapping[str, str], name: str, parameter: Parameter) -> Assessment:
    """What `words` say of `name`; Cloudinary's alone when it is not there or needs a variable."""
    is_layer = parameter.key in {"l", "u"}  # a dollar there may be part of its text
    if name not in words or ("$" in parameter.text and not is_layer):
        return _cloud(parameter)
    return approximate(words[name].format(it=parameter)) if words[name] else EXACT


def _typed(parameter: Parameter, _component: Component) -> Assessment:
    """Exact when we understand the value."""
    return _cloud(parameter) if isinstance(parameter.value, Verbatim) else EXACT


def _by_key(parameter: Parameter, _component: Component) -> Assessment:
    is_read = not isinstance(parameter.value, Verbatim)
    if is_read or parameter.key in _FREE or parameter.text in _AS_IT_IS:
        return _said(KEYS, parameter.key, parameter)
    return _cloud(parameter)


# Keys whose values are names, and values that leave everything as the master has it.
_FREE = frozenset({"d", "p"})
_AS_IT_IS = frozenset({"iaf", "idn"})


def _effect(parameter: Parameter, _component: Component) -> Assessment:
    name, _, written = parameter.text.partition(":")
    return _said(EFFECTS, name, parameter) if is_understood(name, written) else _cloud(parameter)


def _layer(parameter: Parameter, _component: Component) -> Assessment:
    word = parameter.text.partition(":")[0]
    return _said(LAYERS, word if word in LAYER_KINDS else "image", parameter)


def _side(parameter: Parameter, component: Component) -> Assessment:
    if parameter.text.startswith("auto"):
        return approximate(Saying.VISITORS_BROWSER.format(it=parameter))
    if component.find("c", CropMode) in _CUTTING and _is_one_sided(component):
        return approximate(Saying.ONE_SIDED.format(it=parameter))
    return _typed(parameter, component)


# Modes that fill a frame; of those that scale, and of crop, the pages say what one side means.
_CUTTING = frozenset(
    {
        CropMode.FILL,
        CropMode.LFILL,
        CropMode.FILL_PAD,
        CropMode.THUMB,
        CropMode.AUTO,
        CropMode.AUTO_PAD,
    }
)


def _is_one_sided(component: Component) -> bool:
    return sum(component.has(key) for key in ("w", "h", "ar")) == 1 and not component.has("ar")


def _crop_mode(parameter: Parameter, component: Component) -> Assessment:
    if parameter.value in {CropMode.FILL_PAD, CropMode.AUTO, CropMode.AUTO_PAD}:
        return approximate(Saying.PART_BY_CONTENT.format(it=parameter))
    return _typed(parameter, component)


def _gravity(parameter: Parameter, component: Component) -> Assessment:
    if isinstance(parameter.value, Gravity):
        return EXACT
    word = parameter.text.partition(":")[0]
    word = "region" if word.startswith("region_") else word
    if sizes(component) or not component.has("c") or word not in GRAVITIES:
        return _said(GRAVITIES, word, parameter)
    if word in {"custom", "region"}:
        return cloud_only(Saying.SIZE_NOT_HERE.format(it=parameter))
    return approximate(Saying.SIZE_FOUND.format(it=parameter))


def _zoom(parameter: Parameter, component: Component) -> Assessment:
    if isinstance(parameter.value, Verbatim):
        return _cloud(parameter)
    if component.find("g", Gravity) or not component.has("g"):
        return EXACT  # without content to look for it changes nothing
    return approximate(Saying.ZOOM.format(it=parameter))


def _density(parameter: Parameter, component: Component) -> Assessment:
    if parameter.text == "auto":
        return approximate(Saying.VISITORS_SCREEN)
    if not isinstance(parameter.value, Verbatim) and not sizes(component):
        return approximate(Saying.DENSITY_ALONE.format(it=parameter))
    return _typed(parameter, component)


def _quality(parameter: Parameter, component: Component) -> Assessment:
    if isinstance(parameter.value, AutoQuality):
        return approximate(Saying.QUALITY.format(it=parameter))
    return _typed(parameter, component)


def _format(parameter: Parameter, component: Component) -> Assessment:
    if parameter.text in FILM_FORMATS:
        return EXACT
    if parameter.value is Format.AUTO or parameter.text.startswith("auto:"):
        return approximate(Saying.FORMAT.format(it=parameter))
    return _typed(parameter, component)


def _background(parameter: Parameter, _component: Component) -> Assessment:
    if isinstance(parameter.value, Colour):
        return EXACT
    return _said(BACKGROUNDS, parameter.text.partition(":")[0], parameter)


def _colour_space(parameter: Parameter, _component: Component) -> Assessment:
    """All pictures come out in sRGB here."""
    return EXACT if parameter.value in _SRGB else _cloud(parameter)


_SRGB = frozenset(
    {ColourSpace.SRGB, ColourSpace.TRUE_COLOUR, ColourSpace.TINY_SRGB, ColourSpace.NO_CMYK}
)


def _turn(parameter: Parameter, component: Component) -> Assessment:
    parts = parameter.value.parts if isinstance(parameter.value, Angle) else ()
    if Orientation.AUTO_LEFT in parts or Orientation.AUTO_RIGHT in parts:
        return approximate(Saying.TURNED_TO_FIT.format(it=parameter))
    if not isinstance(parameter.value, Verbatim) and sizes(component):
        return approximate(Saying.TURNED_AFTERWARDS.format(it=parameter))
    return _typed(parameter, component)


def _flags(parameter: Parameter, _component: Component) -> Assessment:
    names = parameter.value.names if isinstance(parameter.value, Flags) else (parameter.text,)
    each = (Parameter(key="fl", text=name, value=parameter.value) for name in names)
    return worst(_said(FLAGS, flag.text.partition(":")[0], flag) for flag in each)


_RULES: Mapping[str, Callable[[Parameter, Component], Assessment]] = {
    **dict.fromkeys(KEYS, _by_key),
    "a": _turn,
    "ar": _typed,
    "b": _background,
    "c": _crop_mode,
    "cs": _colour_space,
    "dpr": _density,
    "e": _effect,
    "f": _format,
    "fl": _flags,
    "g": _gravity,
    "h": _side,
    "l": _layer,
    "q": _quality,
    "u": _layer,
    "w": _side,
    "x": _typed,
    "y": _typed,
    "z": _zoom,
}
