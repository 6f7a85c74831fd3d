"""Reads the value of each parameter we understand.

A reader answers with the typed value, with `Verbatim` for what Cloudinary may well know, or with
None for what Cloudinary refuses. Source of the rules: Cloudinary's transformation reference.
"""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from PIL import ImageColor

from bridge_app.transform.model import (
    AspectRatio,
    AutoQuality,
    Colour,
    CropMode,
    Flags,
    Format,
    Gravity,
    Length,
    Move,
    Number,
    Quality,
    Turn,
    Unit,
    Value,
    Verbatim,
)

# Digits are bounded: Python refuses to read very long numbers, and no picture needs them.
_WHOLE = r"[0-9]{1,9}"
_DECIMAL = r"[0-9]{0,9}\.[0-9]{1,20}"
_NUMBER = re.compile(rf"(?:{_WHOLE}|{_DECIMAL})")
_LENGTH = re.compile(rf"(-?)(?:({_WHOLE})|({_DECIMAL}))")
_RATIO = re.compile(rf"({_WHOLE}|{_DECIMAL})(?::({_WHOLE}|{_DECIMAL}))?")
_DEGREES = re.compile(rf"-?{_WHOLE}")
_HEX = re.compile(r"rgb:([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_LEVEL = re.compile(r"([1-9][0-9]?|100)(?::(420|444))?")
_AUTO_LEVEL = re.compile(r"auto(?::(best|good|eco|low))?(?::sensitive)?")
_OTHER_QUALITY = re.compile(r"(?:auto|jpegmini|(?:[1-9][0-9]?|100)):.+|jpegmini|0?\.[0-9]{1,20}")
_EXPRESSION = re.compile(
    r"(?:^|_)(?:\$[A-Za-z]|(?:add|sub|mul|div|mod|pow"
    r"|i?w|i?h|o[wh]|i?ar|tar|cp|pc|pg|p[xy]|fc|ils|i?du)(?:_|$))"
)
_CROP_MODES: Mapping[str, CropMode] = {str(mode): mode for mode in CropMode}
_GRAVITIES: Mapping[str, Gravity] = {str(gravity): gravity for gravity in Gravity}
_FORMATS: Mapping[str, Format] = {
    **{str(known): known for known in Format},
    "jpeg": Format.JPG,
    "jpe": Format.JPG,
    "auto:image": Format.AUTO,
}
_MOVES: Mapping[int, tuple[Move, ...]] = {
    0: (),
    90: (Move.TURN_90,),
    180: (Move.TURN_180,),
    270: (Move.TURN_270,),
}
_FLIPS: Mapping[str, tuple[Move, ...]] = {
    "hflip": (Move.FLIP_HORIZONTAL,),
    "vflip": (Move.FLIP_VERTICAL,),
}


def _is_expression(text: str) -> bool:
    """Arithmetic, variables and the asset's own figures: Cloudinary works them out."""
    return bool(_EXPRESSION.search(text))


def _signed_length(text: str) -> Value | None:
    if match := _LENGTH.fullmatch(text):
        sign, whole, decimal = match.groups()
        amount = Fraction(whole or decimal) * (-1 if sign else 1)
        return Length(amount=amount, unit=Unit.PIXELS if whole else Unit.SHARE)
    if text == "iw":
        return Length(amount=Fraction(1), unit=Unit.INITIAL_WIDTH)
    if text == "ih":
        return Length(amount=Fraction(1), unit=Unit.INITIAL_HEIGHT)
    return Verbatim() if _is_expression(text) else None


def _side(text: str) -> Value | None:
    if text == "auto" or text.startswith("auto:"):
        return Verbatim()
    value = _signed_length(text)
    return None if isinstance(value, Length) and value.amount <= 0 else value


def _factor(text: str) -> Value | None:
    if _NUMBER.fullmatch(text):
        amount = Fraction(text)
        return Number(amount=amount) if amount > 0 else None
    return Verbatim() if text == "auto" or _is_expression(text) else None


def _aspect_ratio(text: str) -> Value | None:
    if match := _RATIO.fullmatch(text):
        width, height = Fraction(match[1]), Fraction(match[2] or 1)
        return AspectRatio(ratio=width / height) if width > 0 and height > 0 else None
    return Verbatim() if _is_expression(text) else None


def _quality(text: str) -> Value | None:
    if match := _LEVEL.fullmatch(text):
        return Quality(level=int(match[1]), full_chroma=match[2] == "444")
    if match := _AUTO_LEVEL.fullmatch(text):
        return AutoQuality(match[1] or "good")
    return Verbatim() if _OTHER_QUALITY.fullmatch(text) or _is_expression(text) else None


def _crop_mode(text: str) -> Value:
    return _CROP_MODES.get(text, Verbatim())


def _gravity(text: str) -> Value:
    return _GRAVITIES.get(text, Verbatim())


def _format(text: str) -> Value:
    return _FORMATS.get(text, Verbatim())


def _colour(text: str) -> Value:
    if text in {"transparent", "none"}:
        return Colour(red=0, green=0, blue=0, alpha=0)
    match = _HEX.fullmatch(text)
    if not match and text not in ImageColor.colormap:
        return Verbatim()
    channels = ImageColor.getrgb(f"#{match[1]}" if match else text)
    return Colour(
        red=channels[0],
        green=channels[1],
        blue=channels[2],
        alpha=channels[3] if len(channels) == 4 else 255,
    )


def _turn(text: str) -> Value:
    moves: list[Move] = []
    for word in text.split("."):
        known = _FLIPS.get(word) or _MOVES.get(int(word) % 360 if _DEGREES.fullmatch(word) else -1)
        if known is None:
            return Verbatim()
        moves.extend(known)
    return Turn(moves=tuple(moves))


def _flags(text: str) -> Value:
    return Flags(names=tuple(text.split(".")))


_READERS: Mapping[str, Callable[[str], Value | None]] = {
    "a": _turn,
    "ar": _aspect_ratio,
    "b": _colour,
    "c": _crop_mode,
    "dpr": _factor,
    "f": _format,
    "fl": _flags,
    "g": _gravity,
    "h": _side,
    "q": _quality,
    "w": _side,
    "x": _signed_length,
    "y": _signed_length,
    "z": _factor,
}

_LENGTH_WANTED = "a whole number of pixels, a share such as 0.5, iw, ih or an expression"
# Cloudinary's name of each parameter whose value can be wrong, and what would be right.
REFUSABLE: Mapping[str, tuple[str, str]] = {
    "w": ("width", f"{_LENGTH_WANTED} above 0"),
    "h": ("height", f"{_LENGTH_WANTED} above 0"),
    "x": ("x", _LENGTH_WANTED),
    "y": ("y", _LENGTH_WANTED),
    "ar": ("aspect ratio", "a ratio such as 16:9 or 1.5"),
    "dpr": ("dpr", "a factor such as 2.0, or auto"),
    "z": ("zoom", "a factor such as 0.7"),
    "q": ("quality", "1 to 100, or auto with its level"),
}


def read(key: str, text: str) -> Value | None:
    """The value of `key_text`: typed, `Verbatim`, or None when Cloudinary would refuse it.

    None comes for the keys of `REFUSABLE` only.
    """
    reader = _READERS.get(key)
    return reader(text) if reader else Verbatim()
