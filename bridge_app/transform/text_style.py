"""The style of a text layer, as its words stand between `l_text:` and the text itself.

Source: reference of Cloudinary's layers, 9.8. A custom font's public ID may hold colons and
underscores, so the size is found first: the words after it have to be known ones.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FONT_SUFFIXES = (".ttf", ".otf", ".ttc", ".woff", ".woff2")
"""How the public ID of a font that was uploaded ends."""


class Decoration(StrEnum):
    """A line through or under the letters."""

    NONE = "none"
    UNDERLINE = "underline"
    STRIKETHROUGH = "strikethrough"


class Align(StrEnum):
    """How the lines of a text stand to one another; start and end follow the script."""

    START = "start"
    END = "end"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


WEIGHTS: Mapping[str, int] = {
    "thin": 100,
    "ultralight": 200,
    "extralight": 200,
    "light": 300,
    "normal": 400,
    "book": 380,
    "medium": 500,
    "semibold": 600,
    "demibold": 600,
    "bold": 700,
    "ultrabold": 800,
    "extrabold": 800,
    "black": 900,
    "heavy": 900,
}
"""The words for a font's weight and their numbers on the scale of CSS, 100–900."""

_ANTIALIAS = frozenset({"none", "gray", "subpixel", "fast", "good", "best"})
_HINTING = frozenset({"none", "slight", "medium", "full"})
_WORD = (
    rf"(?P<weight>{'|'.join(WEIGHTS)})|(?P<slant>italic|oblique)"
    r"|(?P<decoration>underline|strikethrough|none)"
    rf"|(?P<align>{'|'.join(Align)})|(?P<stroke>stroke)"
    r"|letter_spacing_(?P<letter_spacing>-?[0-9]{1,5}(?:\.[0-9]{1,5})?)"
    r"|line_spacing_(?P<line_spacing>-?[0-9]{1,5}(?:\.[0-9]{1,5})?)"
    rf"|antialias_(?P<antialias>{'|'.join(sorted(_ANTIALIAS))})"
    rf"|hinting_(?P<hinting>{'|'.join(sorted(_HINTING))})"
)
_NEXT_WORD = re.compile(rf"_(?:{_WORD})(?=_|$)")
_SIZE = re.compile(r"_([0-9]{1,6})(?=_|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """Font and look of a text layer; lengths in pixels.

    `family` is a font's name, or the public ID (slashes) of an uploaded font. `antialias` and
    `hinting` are empty when Cloudinary's default is wanted; `align` None is the script's start.
    """

    family: str
    size: int
    weight: str = "normal"
    italic: bool = False
    decoration: Decoration = Decoration.NONE
    align: Align | None = None
    stroke: bool = False
    letter_spacing: float = 0
    line_spacing: float = 0
    antialias: str = ""
    hinting: str = ""

    @property
    def is_uploaded(self) -> bool:
        """Whether the family is the public ID of an uploaded font."""
        return self.family.lower().endswith(FONT_SUFFIXES)

    def __str__(self) -> str:
        """The words in the order of the official SDKs; the family's slashes as colons."""
        words = [self.family.replace("/", ":"), str(self.size)]
        words += [self.weight] if self.weight != "normal" else []
        words += ["italic"] if self.italic else []
        words += [str(self.decoration)] if self.decoration is not Decoration.NONE else []
        words += [str(self.align)] if self.align else []
        words += ["stroke"] if self.stroke else []
        words += [f"letter_spacing_{self.letter_spacing:g}"] if self.letter_spacing else []
        words += [f"line_spacing_{self.line_spacing:g}"] if self.line_spacing else []
        words += [f"antialias_{self.antialias}"] if self.antialias else []
        words += [f"hinting_{self.hinting}"] if self.hinting else []
        return "_".join(words)


def text_style(written: str) -> TextStyle | None:
    """Read `Arial_40_bold_letter_spacing_4`, percent-decoded; None when it is no style.

    The words may stand in any order. Of two words for one thing the last counts.
    """
    for size in _SIZE.finditer(written):
        family = written[: size.start()]
        words = _words(written[size.end() :])
        if family and words is not None:
            return _styled(family.replace(":", "/"), int(size[1]), words)
    return None


def _words(written: str) -> dict[str, str] | None:
    """The words after the size, by what they say; None when one is unknown."""
    found: dict[str, str] = {}
    at = 0
    while at < len(written):
        match = _NEXT_WORD.match(written, at)
        if match is None:
            return None
        found.update({name: word for name, word in match.groupdict().items() if word})
        at = match.end()
    return found


def _styled(family: str, size: int, words: Mapping[str, str]) -> TextStyle:
    return TextStyle(
        family=family,
        size=size,
        weight=words.get("weight", "normal"),
        italic="slant" in words,
        decoration=Decoration(words.get("decoration", Decoration.NONE)),
        align=Align(words["align"]) if "align" in words else None,
        stroke="stroke" in words,
        letter_spacing=float(words.get("letter_spacing", 0)),
        line_spacing=float(words.get("line_spacing", 0)),
        antialias=words.get("antialias", ""),
        hinting=words.get("hinting", ""),
    )
