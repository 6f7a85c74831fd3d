"""Transformations as the Admin API speaks of them: one spelling, its parts by name, names expanded.

Source: reference/cloudinary.md 4.8 and 9.13. Nothing is judged here; that a transformation makes
sense is for `bridge_app.transform` to say.
"""

import re
from collections.abc import Callable
from typing import Any

OPTION_NAMES = {
    "a": "angle",
    "ac": "audio_codec",
    "af": "audio_frequency",
    "ar": "aspect_ratio",
    "b": "background",
    "bo": "border",
    "br": "bit_rate",
    "c": "crop",
    "co": "color",
    "cs": "color_space",
    "d": "default_image",
    "dl": "delay",
    "dn": "density",
    "dpr": "dpr",
    "du": "duration",
    "e": "effect",
    "eo": "end_offset",
    "f": "fetch_format",
    "fl": "flags",
    "fn": "custom_function",
    "fps": "fps",
    "g": "gravity",
    "h": "height",
    "if": "if",
    "ki": "keyframe_interval",
    "l": "overlay",
    "o": "opacity",
    "p": "prefix",
    "pg": "page",
    "q": "quality",
    "r": "radius",
    "so": "start_offset",
    "sp": "streaming_profile",
    "t": "transformation",
    "u": "underlay",
    "vc": "video_codec",
    "vs": "video_sampling",
    "w": "width",
    "x": "x",
    "y": "y",
    "z": "zoom",
}
"""What the official SDKs call a parameter."""
EXTENSION = re.compile(r"[A-Za-z0-9]{0,5}")
NAMED = re.compile(r"(?:^|[,/])t_([^,/]+)")
INTEGER = re.compile(r"-?\d{1,18}")
DECIMAL = re.compile(r"-?\d{1,18}\.\d+")


def split_extension(text: str) -> tuple[str, str | None]:
    """`c_scale,w_100/jpg` -> the transformation and `jpg`; None where no extension is meant.

    An extension that is there and empty, as in `w_100/`, asks for none.
    """
    before, slash, last = text.rpartition("/")
    if slash and "_" not in last and EXTENSION.fullmatch(last):
        return before, last
    return text, None


def canonical(text: str) -> str:
    """One spelling of all that mean the same: parameters sorted within each component."""
    transformation, extension = split_extension(text)
    components = [_sorted(part) for part in transformation.split("/") if part]
    return "/".join([*components, *([extension] if extension else [])])


def _sorted(component: str) -> str:
    """A component with its parameters in order; variables and conditions stay in front."""
    params = component.split(",")
    first = [one for one in params if one.startswith(("$", "if_"))]
    rest = sorted(one for one in params if not one.startswith(("$", "if_")))
    return ",".join([*first, *rest])


def info(text: str) -> list[dict[str, Any]]:
    """The components as the SDKs' options: `c_scale,w_100` -> `[{crop: scale, width: 100}]`."""
    transformation, extension = split_extension(text)
    components = [_options(part) for part in transformation.split("/") if part]
    if extension is not None:
        last = components.pop() if components else {}
        components.append({**last, "extension": extension or "none"})
    return components


def _options(component: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for param in component.split(","):
        key, _, value = param.partition("_")
        found[OPTION_NAMES.get(key, key)] = _value(value)
    return found


def _value(text: str) -> int | float | str:
    """Numbers as numbers, everything else as it stands."""
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if DECIMAL.fullmatch(text) else text


def names_in(text: str) -> list[str]:
    """The named transformations it uses."""
    return [name for given in NAMED.findall(text) for name in given.split(".")]


def expanded(
    text: str, definition: Callable[[str], str | None], *, inside: frozenset[str] = frozenset()
) -> str:
    """The transformation with every `t_name` replaced by what it stands for.

    A name that is not known, or stands inside itself, stays, so that whoever renders it can say so.

    Args:
        text: A transformation without an extension.
        definition: What a name stands for; None for a name nobody defined.
        inside: The names it stands inside.
    """
    if not NAMED.search(text):
        return text
    parts = (_expanded_component(part, definition, inside) for part in text.split("/"))
    return "/".join(filter(None, parts))


def _expanded_component(
    component: str, definition: Callable[[str], str | None], inside: frozenset[str]
) -> str:
    """Names come first, in their order, then what else the component asks for."""
    params = component.split(",")
    chain: list[str] = []
    for given in (one[2:] for one in params if one.startswith("t_")):
        for name in given.split("."):
            text = None if name in inside else definition(name)
            within = inside | {name}
            chain.append(f"t_{name}" if text is None else expanded(text, definition, inside=within))
    rest = ",".join(one for one in params if not one.startswith("t_"))
    return "/".join(filter(None, [*chain, rest]))
