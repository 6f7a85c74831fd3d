"""A brand's fonts and colours, kept in the settings as two lines of text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bridge_app.storage.settings import Settings

FONTS = ("Arial", "Roboto", "Open Sans", "Montserrat", "Playfair Display")
COLOURS = ("ffffff", "000000", "4f46e5", "d12c40", "f2b035")
HEX = re.compile(r"[0-9a-f]{6}")
MOST = 24


@dataclass(frozen=True, slots=True)
class BrandKit:
    """Font families, and colours as six hexadecimal digits; the first ones are offered first."""

    fonts: tuple[str, ...] = FONTS
    colours: tuple[str, ...] = COLOURS

    @classmethod
    def of(cls, settings: Settings) -> "BrandKit":
        """The kit that is kept; the usual one where nothing is, or nothing that can be read."""
        fonts = tuple(font for font in settings.brand_fonts.split("\n") if font.strip())
        colours = tuple(
            colour for colour in settings.brand_colours.split() if HEX.fullmatch(colour)
        )
        return cls(fonts=fonts or FONTS, colours=colours or COLOURS)

    def kept(self, settings: Settings) -> Settings:
        """The settings with this kit in them."""
        return replace(
            settings,
            brand_fonts="\n".join(self.fonts),
            brand_colours=" ".join(self.colours),
        )

    def with_font(self, font: str) -> "BrandKit":
        """A font more; one that is known stays where it is."""
        font = font_of(font)
        return replace(self, fonts=_more(self.fonts, font)) if font else self

    def with_colour(self, colour: str) -> "BrandKit":
        """A colour more, as six hexadecimal digits."""
        digits = colour_of(colour).removeprefix("#")
        return replace(self, colours=_more(self.colours, digits)) if digits else self


def font_of(typed: str) -> str:
    """A font's family as it is kept; "" where nothing is typed."""
    return " ".join(typed.split())


def colour_of(typed: str) -> str:
    """A colour as `#` and six hexadecimal digits; "" for what is none."""
    digits = typed.strip().lower().removeprefix("rgb:").lstrip("#")
    return f"#{digits}" if HEX.fullmatch(digits) else ""


def _more(known: Iterable[str], one: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, one)))[-MOST:]
