"""Rendition presets: named transformations with a purpose, and what they promise."""

import re
from dataclasses import dataclass, replace

from bridge_app.domain.breaches import Breach, Demand
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError

NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?")
"""What can name a preset; each such name can name a transformation at Cloudinary too."""
MARKET = re.compile(r"[A-Za-z]{2}(?:-[A-Za-z0-9]{1,8})?|[A-Za-z]{3,12}|[0-9]{3}")
"""A country, a part of one, or a region: `DE`, `US-CA`, `EMEA`, `419`."""
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
"""A language tag: `de`, `pt-BR`, `zh-Hant`. Source: BCP 47."""
FORMAT = re.compile(r"[a-z0-9]{0,5}")
LARGEST_SIDE = 100_000
LONGEST = 20_000
"""Characters of one text."""


class PresetError(InvalidInputError):
    """A preset or a set that cannot be used."""

    text = QT_TRANSLATE_NOOP("errors", "{what} cannot be used: {detail}. Nothing was changed.")


def check_name(name: str) -> None:
    """Raises PresetError for what cannot name a preset or a set."""
    if not NAME.fullmatch(name):
        detail = "it takes letters, digits, - and _, 64 at most, and no mark at an end"
        raise PresetError(what=f"The name “{name[:80]}”", detail=detail)


def check_text(text: str) -> None:
    """Raises PresetError for what no file can hold: halves of characters, or far too much."""
    if len(text) > LONGEST or any("\ud800" <= character <= "\udfff" for character in text):
        raise PresetError(
            what=QT_TRANSLATE_NOOP("facts", "A text"),
            detail=QT_TRANSLATE_NOOP("facts", "it is too long, or broken"),
        )


SIDES = {
    True: (Demand.WIDTH, Demand.HEIGHT),
    False: (Demand.MOST_WIDTH, Demand.MOST_HEIGHT),
}
"""What a contract demands of the sides, by whether it means them exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """What a channel demands of a file: pixels (0: any), bytes (0: any) and formats (none: any).

    With `exact` both sides have to be as they say, else they are the most there may be.
    """

    width: int = 0
    height: int = 0
    exact: bool = True
    most_bytes: int = 0
    formats: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for what, side in (("The width", self.width), ("The height", self.height)):
            if not 0 <= side <= LARGEST_SIDE:
                raise PresetError(what=what, detail=f"{side} is not between 0 and {LARGEST_SIDE}")
        if self.most_bytes < 0:
            raise PresetError(
                what=QT_TRANSLATE_NOOP("facts", "The largest file"),
                detail=QT_TRANSLATE_NOOP("facts", "it has less than no bytes"),
            )

    def breaches(
        self, *, width: int, height: int, size: int = 0, form: str = ""
    ) -> tuple[Breach, ...]:
        """What a file of `width` × `height` pixels and `size` bytes breaks.

        A `size` of 0 and an empty `form` are not known yet, and not judged.
        """
        wide, high = SIDES[self.exact]
        found = [
            Breach(demand=demand, found=there, asked=asked)
            for demand, asked, there in ((wide, self.width, width), (high, self.height, height))
            if asked and (there != asked if self.exact else there > asked)
        ]
        if self.most_bytes and size > self.most_bytes:
            found.append(Breach(demand=Demand.MOST_BYTES, found=size, asked=self.most_bytes))
        if self.formats and form and form not in self.formats:
            found.append(Breach(demand=Demand.FORMAT, found=form, asked=self.formats))
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionPreset:
    """A named transformation; `title` is a translatable template, `name` its stable key.

    `format` is the extension it is delivered with, "" for that of the master or of `f_`. An empty
    list of `markets` or `languages` means all of them.
    """

    name: str
    title: str
    transformation: str
    format: str
    channel: str = ""
    markets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    contract: Contract | None = None

    def __post_init__(self) -> None:
        check_name(self.name)
        for text in (self.title, self.transformation, self.channel):
            check_text(text)
        if not FORMAT.fullmatch(self.format):
            raise PresetError(
                what=f"The format “{self.format}”",
                detail=QT_TRANSLATE_NOOP("facts", "it is no extension"),
            )
        for market in self.markets:
            if not MARKET.fullmatch(market):
                raise PresetError(
                    what=f"The market “{market}”",
                    detail=QT_TRANSLATE_NOOP("facts", "say DE, US-CA or EMEA"),
                )
        for language in self.languages:
            if not LANGUAGE.fullmatch(language):
                raise PresetError(
                    what=f"The language “{language}”",
                    detail=QT_TRANSLATE_NOOP("facts", "say de or pt-BR"),
                )

    @property
    def shown(self) -> str:
        """The title, or where there is none, the name."""
        return self.title or self.name

    def serves(self, market: str, language: str) -> bool:
        """Is it meant for this market and language? "" is everywhere."""
        return _meant(market, self.markets) and _meant(language, self.languages)

    def named(self) -> "RenditionPreset":
        """The same through Cloudinary's named transformation of its name."""
        return replace(self, transformation=f"t_{self.name}")


def _meant(one: str, listed: tuple[str, ...]) -> bool:
    return not one or not listed or one.casefold() in {each.casefold() for each in listed}


READY_PRESETS = (
    RenditionPreset(
        name="hero",
        title=QT_TRANSLATE_NOOP("presets", "Hero 1600 × 900"),
        transformation="c_fill,g_center,h_900,w_1600/q_auto",
        format="jpg",
        channel="web",
        contract=Contract(width=1600, height=900),
    ),
    RenditionPreset(
        name="social-square",
        title=QT_TRANSLATE_NOOP("presets", "Social square 1080"),
        transformation="c_fill,g_center,h_1080,w_1080/q_auto",
        format="jpg",
        channel="social",
        contract=Contract(width=1080, height=1080),
    ),
    RenditionPreset(
        name="story",
        title=QT_TRANSLATE_NOOP("presets", "Story 1080 × 1920"),
        transformation="c_fill,g_center,h_1920,w_1080/q_auto",
        format="jpg",
        channel="social",
        contract=Contract(width=1080, height=1920),
    ),
    RenditionPreset(
        name="web",
        title=QT_TRANSLATE_NOOP("presets", "Web, at most 1200"),
        transformation="c_limit,h_1200,w_1200/q_auto",
        format="jpg",
        channel="web",
        contract=Contract(width=1200, height=1200, exact=False),
    ),
    RenditionPreset(
        name="thumbnail",
        title=QT_TRANSLATE_NOOP("presets", "Thumbnail 320"),
        transformation="c_fit,h_320,w_320/q_auto",
        format="jpg",
        channel="web",
        contract=Contract(width=320, height=320, exact=False),
    ),
)
