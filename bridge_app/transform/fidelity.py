"""How true a local picture is to what Cloudinary will deliver, and why.

A verdict belongs to a component; that of a transformation is its worst. What depends on the file
(an animation, a transparent picture) is added by the renderer.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from bridge_app.transform.model import (
    AutoQuality,
    Colour,
    Component,
    CropMode,
    Format,
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
    return Assessment(fidelity=Fidelity.APPROXIMATE, reasons=(reason,))


def cloud_only(reason: str) -> Assessment:
    """One reason why Cloudinary alone can show it."""
    return Assessment(fidelity=Fidelity.CLOUD_ONLY, reasons=(reason,))


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
    return worst(_RULES.get(p.key, _unknown)(p, component) for p in component.parameters)


def _of_role(component: Component, role: Role) -> Assessment:
    if role is Role.PICTURE:
        return assess_component(component)
    if role is Role.CONDITION:
        return cloud_only("Conditions are decided by Cloudinary; what depends on one is left out.")
    names = [str(p) for p in component.parameters if p.key in {"l", "u"}]
    return worst(cloud_only(f"The layer {name} is laid on by Cloudinary only.") for name in names)


def _unknown(parameter: Parameter, _component: Component) -> Assessment:
    return cloud_only(
        _WORDS.get(parameter.key, "{it} is done by Cloudinary only.").format(it=parameter)
    )


_WORDS: Mapping[str, str] = {
    "e": "The effect {it} is applied by Cloudinary only.",
    "bo": "The border {it} is drawn by Cloudinary only.",
    "if": "Conditions are decided by Cloudinary; what depends on one is left out.",
    "o": "The opacity {it} is applied by Cloudinary only.",
    "r": "Rounded corners ({it}) are cut by Cloudinary only.",
    "t": "What the named transformation {it} does is known to Cloudinary only.",
    "w": "The width {it} is worked out by Cloudinary only.",
    "h": "The height {it} is worked out by Cloudinary only.",
    "x": "The offset {it} is worked out by Cloudinary only.",
    "y": "The offset {it} is worked out by Cloudinary only.",
    "ar": "The ratio {it} is worked out by Cloudinary only.",
    "c": "The crop mode {it} is known to Cloudinary only; the picture is cut to the size here.",
    "g": "Cloudinary looks for {it} in the picture; here the crop stays in the middle.",
    "b": "The background {it} is made by Cloudinary only.",
    "a": "The rotation {it} is done by Cloudinary only.",
    "q": "The quality {it} is chosen by Cloudinary only.",
    "f": "The format {it} is written by Cloudinary only.",
    "dpr": "The pixel density {it} is worked out by Cloudinary only.",
}


def _typed(parameter: Parameter, component: Component) -> Assessment:
    """Exact when we understand the value."""
    if isinstance(parameter.value, Verbatim):
        return _unknown(parameter, component)
    return EXACT


def _side(parameter: Parameter, component: Component) -> Assessment:
    if parameter.text.startswith("auto"):
        return approximate(
            f"{parameter} follows the visitor's browser; here the picture keeps its size."
        )
    return _typed(parameter, component)


def _crop_mode(parameter: Parameter, component: Component) -> Assessment:
    if parameter.value in {CropMode.FILL_PAD, CropMode.AUTO, CropMode.AUTO_PAD}:
        return approximate(
            f"{parameter} lets Cloudinary choose the part by its content; "
            "here the size is filled from the middle."
        )
    return _typed(parameter, component)


def _gravity(parameter: Parameter, component: Component) -> Assessment:
    word = parameter.text.partition(":")[0]
    if word in {"auto", "face", "faces"} and not sizes(component):
        return cloud_only(f"{parameter} decides the size too, and Cloudinary alone knows it.")
    if word == "auto":
        return approximate(
            f"Cloudinary chooses the part to keep by its content ({parameter}); "
            "here it is the middle. The size is exact."
        )
    if word in {"face", "faces"}:
        return approximate(
            f"Cloudinary looks for faces ({parameter}); here the upper part is kept. "
            "The size is exact."
        )
    return _typed(parameter, component)


def _zoom(parameter: Parameter, _component: Component) -> Assessment:
    return approximate(f"{parameter} depends on what Cloudinary finds; here it does nothing.")


def _density(parameter: Parameter, component: Component) -> Assessment:
    if parameter.text == "auto":
        return approximate("dpr_auto follows the visitor's screen; here it counts as 1.0.")
    if not isinstance(parameter.value, Verbatim) and not sizes(component):
        return approximate(
            f"{parameter} stands by itself; here it enlarges the last size that is asked for."
        )
    return _typed(parameter, component)


def _quality(parameter: Parameter, component: Component) -> Assessment:
    if isinstance(parameter.value, AutoQuality):
        return approximate(
            f"{parameter}: Cloudinary finds the quality for each picture; "
            "here each level has a fixed one."
        )
    return _typed(parameter, component)


def _format(parameter: Parameter, component: Component) -> Assessment:
    if parameter.value is Format.AUTO:
        return approximate(
            f"{parameter}: Cloudinary chooses the format by browser and content; "
            "here by the browser alone."
        )
    return _typed(parameter, component)


def _background(parameter: Parameter, component: Component) -> Assessment:
    return EXACT if isinstance(parameter.value, Colour) else _unknown(parameter, component)


def _turn(parameter: Parameter, component: Component) -> Assessment:
    if not isinstance(parameter.value, Verbatim) and sizes(component):
        return approximate(
            f"{parameter} shares a component with a size; here the picture is turned afterwards."
        )
    return _typed(parameter, component)


_HARMLESS_FLAGS = frozenset(
    {
        "any_format",
        "attachment",
        "force_strip",
        "ignore_aspect_ratio",
        "immutable_cache",
        "progressive",
        "strip_profile",
    }
)
_FLAG_WORDS: Mapping[str, str] = {
    "animated": "An animation is written as GIF or WebP here; fl_animated may say otherwise.",
    "awebp": "fl_awebp: the frames are encoded by another encoder here.",
    "keep_attribution": "fl_keep_attribution: here all metadata is left out.",
    "keep_iptc": "fl_keep_iptc: here all metadata is left out.",
    "lossy": "fl_lossy: here the format's own way of encoding is used.",
    "no_overflow": "fl_no_overflow: Cloudinary refuses a crop that leaves the picture; "
    "here it is moved inside.",
    "preserve_transparency": "fl_preserve_transparency: here the format decides.",
}


def _flags(parameter: Parameter, _component: Component) -> Assessment:
    return worst(_flag(name) for name in parameter.text.split("."))


def _flag(name: str) -> Assessment:
    word = name.partition(":")[0]
    if word in _HARMLESS_FLAGS:
        return EXACT
    if word in _FLAG_WORDS:
        return approximate(_FLAG_WORDS[word])
    return cloud_only(f"The flag fl_{name} is followed by Cloudinary only.")


_RULES: Mapping[str, Callable[[Parameter, Component], Assessment]] = {
    "a": _turn,
    "ar": _typed,
    "b": _background,
    "c": _crop_mode,
    "dpr": _density,
    "f": _format,
    "fl": _flags,
    "g": _gravity,
    "h": _side,
    "q": _quality,
    "w": _side,
    "x": _typed,
    "y": _typed,
    "z": _zoom,
}
