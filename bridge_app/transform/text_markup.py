"""A text and its style in Pango's markup, and the direction it is read in."""

import unicodedata
from xml.sax.saxutils import escape, quoteattr

from bridge_app.transform.model import Colour
from bridge_app.transform.text_style import WEIGHTS, Align, Decoration, TextStyle

_UNITS = 1024  # Pango counts lengths in 1024ths of a point, which is a pixel at 72 dpi
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_LOW, _CENTRE, _HIGH = "low", "centre", "high"


def markup(text: str, style: TextStyle, *, families: str, colour: Colour, scale: float = 1) -> str:
    """`text` in Pango's markup.

    Args:
        text: As people read it.
        style: Its look; the family is not taken from here.
        families: Comma-separated, the first that is there is taken.
        colour: Of the letters; its opacity is not written.
        scale: Enlarges every length.
    """
    attributes = {
        "face": families,
        "size": str(max(1, round(style.size * scale * _UNITS))),
        "weight": str(WEIGHTS[style.weight]),
        "style": "italic" if style.italic else "normal",
        "letter_spacing": str(round(style.letter_spacing * scale * _UNITS)),
        "foreground": f"#{colour.red:02x}{colour.green:02x}{colour.blue:02x}",
    }
    if style.decoration is Decoration.UNDERLINE:
        attributes["underline"] = "single"
    if style.decoration is Decoration.STRIKETHROUGH:
        attributes["strikethrough"] = "true"
    written = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
    return f"<span {written}>{escape(text)}</span>"


def alignment(style: TextStyle, text: str) -> str:
    """`low`, `centre` or `high`: Pango's low is where the script starts, left or right."""
    match style.align:
        case Align.CENTER:
            return _CENTRE
        case Align.END:
            return _HIGH
        case Align.LEFT:
            return _HIGH if _starts_right(text) else _LOW
        case Align.RIGHT:
            return _LOW if _starts_right(text) else _HIGH
        case _:
            return _LOW


def _starts_right(text: str) -> bool:
    """Whether the first letter that has a direction is read from the right."""
    directions = (unicodedata.bidirectional(character) for character in text)
    strong = next((d for d in directions if d == "L" or d in _RIGHT_TO_LEFT), "L")
    return strong in _RIGHT_TO_LEFT
