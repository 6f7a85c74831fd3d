"""Reads the value of each parameter we understand.

A reader answers with the typed value, with `Verbatim` for what Cloudinary may well know, or with
None for what Cloudinary refuses. Source of the rules: Cloudinary's transformation reference.
"""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from PIL import ImageColor

from bridge_app.domain.expectations import Expected
from bridge_app.transform.model import (
    Angle,
    AspectRatio,
    AutoBackground,
    AutoQuality,
    BackgroundMode,
    BlurredBackground,
    Border,
    Colour,
    ColourSpace,
    CropMode,
    Direction,
    Effect,
    Flags,
    Format,
    Gravity,
    Length,
    Move,
    Number,
    Opacity,
    Orientation,
    Quality,
    Radius,
    Turn,
    Unit,
    Value,
    Verbatim,
)
from bridge_app.transform.timed_values import TIMED_READERS

# Digits are bounded: Python refuses to read very long numbers, and no picture needs them.
_WHOLE = r"[0-9]{1,9}"
_DECIMAL = r"[0-9]{0,9}\.[0-9]{1,20}"
_NUMBER = re.compile(rf"(?:{_WHOLE}|{_DECIMAL})")
_LENGTH = re.compile(rf"(-?)(?:({_WHOLE})|({_DECIMAL}))")
_RATIO = re.compile(rf"({_WHOLE}|{_DECIMAL})(?::({_WHOLE}|{_DECIMAL}))?")
_DEGREES = re.compile(rf"-?{_WHOLE}(?:\.[0-9]{{1,20}})?")
# A decimal point is followed by a digit; the dots between the words of `a_` may be, too.
_ANGLES = re.compile(rf"-?(?:{_WHOLE})(?:\.[0-9]{{1,20}})?|[a-z_]+|\.")
_HEX = re.compile(r"(?:rgb:)?([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_BORDER = re.compile(rf"({_WHOLE}|{_DECIMAL})(?:px)?_solid_(.+)")
_BLURRED = re.compile(r"blurred(?::([0-9]{1,4})(?::(-?[0-9]{1,3}))?)?")
_AUTO_BACKGROUND = re.compile(
    rf"auto(?::({'|'.join(BackgroundMode)}))?(?::([24]))?(?::({'|'.join(Direction)}))?"
    r"(?::palette_(.+))?"
)
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
    "tif": Format.TIFF,
    "auto:image": Format.AUTO,
}
_COLOUR_SPACES: Mapping[str, ColourSpace] = {str(space): space for space in ColourSpace}
_ORIENTATIONS: Mapping[str, tuple[Orientation]] = {str(word): (word,) for word in Orientation}
_MOVES: Mapping[Fraction, tuple[Move, ...]] = {
    Fraction(0): (),
    Fraction(90): (Move.TURN_90,),
    Fraction(180): (Move.TURN_180,),
    Fraction(270): (Move.TURN_270,),
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


def read_colour(text: str) -> Colour | None:
    """`red`, `rgb:f00`, `rgb:ff000080`, `ff0000`, `transparent`; None for anything else.

    The effects write hexadecimal digits without `rgb:` in front; `b_` and `co_` never do.
    """
    if text in {"transparent", "none"}:
        return Colour(red=0, green=0, blue=0, alpha=0)
    match = _HEX.fullmatch(text)
    if not match and text not in ImageColor.colormap:
        return None
    channels = ImageColor.getrgb(f"#{match[1]}" if match else text)
    return Colour(
        red=channels[0],
        green=channels[1],
        blue=channels[2],
        alpha=channels[3] if len(channels) == 4 else 255,
    )


def _colour(text: str) -> Value:
    bare = _HEX.fullmatch(text) and not text.startswith("rgb:")
    return (None if bare else read_colour(text)) or Verbatim()


def _background(text: str) -> Value:
    if match := _AUTO_BACKGROUND.fullmatch(text):
        return _auto_background(match)
    if match := _BLURRED.fullmatch(text):
        return BlurredBackground(intensity=int(match[1] or 100), brightness=int(match[2] or 0))
    return _colour(text)


def _auto_background(match: re.Match[str]) -> Value:
    mode, count, direction, palette = match.groups()
    colours = [read_colour(name) for name in palette.split("_")] if palette else []
    known = tuple(colour for colour in colours if colour)
    if len(known) != len(colours):
        return Verbatim()
    return AutoBackground(
        mode=BackgroundMode(mode or "border"),
        count=int(count or 2),
        direction=Direction(direction or "horizontal"),
        palette=known,
    )


def _turn(text: str) -> Value:
    parts: list[Fraction | Move | Orientation] = []
    for word in _words_of_angle(text):
        known = _part_of_angle(word)
        if known is None:
            return Verbatim()
        parts.extend(known)
    moves = tuple(part for part in parts if isinstance(part, Move))
    return Turn(moves=moves) if len(moves) == len(parts) else Angle(parts=tuple(parts))


def _words_of_angle(text: str) -> list[str]:
    """The dot-joined words; none when something else stands between them."""
    words = _ANGLES.findall(text)
    whole = "".join(words) == text and all(word == "." for word in words[1::2])
    return words[::2] if whole and len(words) % 2 else [text]


def _part_of_angle(word: str) -> tuple[Fraction | Move | Orientation, ...] | None:
    if _DEGREES.fullmatch(word):
        degrees = Fraction(word)
        return _MOVES.get(degrees % 360, (degrees,))
    return _FLIPS.get(word) or _ORIENTATIONS.get(word)


def _radius(text: str) -> Value:
    words = text.split(":")
    if len(words) > 4 or not all(word == "max" or _NUMBER.fullmatch(word) for word in words):
        return Verbatim()
    sides = [None if word == "max" else Fraction(word) for word in words]
    if len(sides) < 3:
        top_left, top_right = sides[0], sides[-1]
        return Radius(corners=(top_left, top_right, top_left, top_right))
    return Radius(corners=(sides[0], sides[1], sides[2], sides[-1 if len(sides) == 4 else 1]))


def _border(text: str) -> Value:
    match = _BORDER.fullmatch(text)
    colour = read_colour(match[2]) if match else None
    return Border(width=Fraction(match[1]), colour=colour) if match and colour else Verbatim()


def _opacity(text: str) -> Value:
    percent = Fraction(text) if _NUMBER.fullmatch(text) else Fraction(-1)
    return Opacity(percent=percent) if 0 <= percent <= 100 else Verbatim()


def _effect(text: str) -> Value:
    name, colon, rest = text.partition(":")
    return Effect(name=name, arguments=_arguments(rest) if colon else ())


def _arguments(text: str) -> tuple[str, ...]:
    """What stands between colons, but for those in parentheses and behind `rgb`."""
    found: list[str] = []
    depth = start = 0
    for index, mark in enumerate(text):
        depth += (mark == "(") - (mark == ")")
        if mark == ":" and depth <= 0 and text[start:index] != "rgb":
            found.append(text[start:index])
            start = index + 1
    return (*found, text[start:])


def _colour_space(text: str) -> Value:
    return _COLOUR_SPACES.get(text, Verbatim())


def _flags(text: str) -> Value:
    return Flags(names=tuple(text.split(".")))


_READERS: Mapping[str, Callable[[str], Value | None]] = {
    "a": _turn,
    "ar": _aspect_ratio,
    "b": _background,
    "bo": _border,
    "c": _crop_mode,
    "co": _colour,
    "cs": _colour_space,
    "dpr": _factor,
    "e": _effect,
    "f": _format,
    "fl": _flags,
    "g": _gravity,
    "h": _side,
    "o": _opacity,
    "q": _quality,
    "r": _radius,
    "w": _side,
    "x": _signed_length,
    "y": _signed_length,
    "z": _factor,
    **TIMED_READERS,
}

# Cloudinary's name of each parameter whose value can be wrong, and what would be right.
REFUSABLE: Mapping[str, tuple[str, str]] = {
    "w": ("width", Expected.LENGTH_ABOVE_0),
    "h": ("height", Expected.LENGTH_ABOVE_0),
    "x": ("x", Expected.LENGTH),
    "y": ("y", Expected.LENGTH),
    "ar": ("aspect ratio", Expected.RATIO),
    "dpr": ("dpr", Expected.FACTOR_OR_AUTO),
    "z": ("zoom", Expected.FACTOR),
    "q": ("quality", Expected.QUALITY),
}


def read(key: str, text: str) -> Value | None:
    """The value of `key_text`: typed, `Verbatim`, or None when Cloudinary would refuse it.

    None comes for the keys of `REFUSABLE` only.
    """
    reader = _READERS.get(key)
    return reader(text) if reader else Verbatim()
