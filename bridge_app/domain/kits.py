"""Channel kits: which renditions a channel takes, how they are named, how heavy they may be.

A kit names presets of the library; what it adds to them is the channel's own: the naming, the
formats it shows, and limits of weight.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bridge_app.domain.breaches import Breach, Demand
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, InvalidInputError
from bridge_app.domain.naming_templates import LOCALISED_TEMPLATE, check_template
from bridge_app.domain.presets import FORMAT, Contract, PresetError, check_name, check_text

KILOBYTE = 1000
"""Bytes, as the window and the command line tell weights."""


class KitForm(StrEnum):
    """What a kit is handed out as."""

    FOLDER = "folder"
    ZIP = "zip"
    FEED = "feed"
    """A file that lists delivery URLs; no picture is written."""


class KitExportError(BridgeError):
    """Nothing of a kit can be handed out."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The kit {kit} was not exported: {detail}. Nothing was written."
    )


class KitNameError(InvalidInputError):
    """A name that another kit has, or a kit that somebody deleted meanwhile."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The kit {what} was not saved: another one has that name, or it was deleted meanwhile. "
        "Nothing was changed.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightLimit:
    """The most bytes of a rendition: of one preset ("" any), in one format ("" any)."""

    most_bytes: int
    preset: str = ""
    format: str = ""

    def __post_init__(self) -> None:
        if self.most_bytes < 1:
            raise PresetError(
                what=QT_TRANSLATE_NOOP("facts", "The limit of weight"),
                detail=QT_TRANSLATE_NOOP("facts", "it allows no bytes at all"),
            )
        if not FORMAT.fullmatch(self.format):
            raise PresetError(
                what=f"The format “{self.format}”",
                detail=QT_TRANSLATE_NOOP("facts", "it is no extension"),
            )

    def counts_for(self, preset: str, form: str) -> bool:
        """Is a rendition meant by it?"""
        return self.preset in ("", preset) and self.format in ("", form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What a channel takes: presets by their names, in the order they are made.

    `formats` are the extensions that the channel shows (none: any); `template` names the files.
    Of several `limits` that count for a rendition, and its preset's own, the lowest holds. The
    `channel` is what rights call such a use (web, social, email…); "" is that of each preset.
    """

    name: str
    title: str = ""
    channel: str = ""
    presets: tuple[str, ...] = ()
    template: str = LOCALISED_TEMPLATE
    formats: tuple[str, ...] = ()
    limits: tuple[WeightLimit, ...] = ()

    def __post_init__(self) -> None:
        check_name(self.name)
        for text in (self.title, self.channel, *self.presets, *self.formats):
            check_text(text)
        check_template(self.template)
        if len(set(self.presets)) < len(self.presets):
            raise PresetError(
                what=f"The kit {self.name}",
                detail=QT_TRANSLATE_NOOP("facts", "it names a preset twice"),
            )
        for form in self.formats:
            if not form or not FORMAT.fullmatch(form):
                raise PresetError(
                    what=f"The format “{form}”",
                    detail=QT_TRANSLATE_NOOP("facts", "it is no extension"),
                )

    @property
    def shown(self) -> str:
        """The title, or where there is none, the name."""
        return self.title or self.name

    def most_bytes(self, preset: str, form: str = "", contract: Contract | None = None) -> int:
        """The lowest limit of a rendition; 0 where there is none."""
        limits = [one.most_bytes for one in self.limits if one.counts_for(preset, form)]
        if contract is not None and contract.most_bytes:
            limits.append(contract.most_bytes)
        return min(limits, default=0)

    def contract_of(self, preset: str, contract: Contract | None, form: str) -> Contract:
        """What the channel demands of a rendition: its preset's contract, and the kit's own."""
        asked = contract or Contract()
        return Contract(
            width=asked.width,
            height=asked.height,
            exact=asked.exact,
            most_bytes=self.most_bytes(preset, form, contract),
            formats=asked.formats or self.formats,
        )


class Change(StrEnum):
    """What would make a rendition lighter."""

    QUALITY = "quality"
    FORMAT = "format"
    SIZE = "size"


CHANGES = {
    Change.QUALITY: QT_TRANSLATE_NOOP("kits", "with {what}"),
    Change.FORMAT: QT_TRANSLATE_NOOP("kits", "as {what}"),
    Change.SIZE: QT_TRANSLATE_NOOP("kits", "at {what} of its width"),
}
"""Each in words, to be translated; `what` is a parameter, an extension, or a share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """A change that was tried, and how many bytes it really makes."""

    change: Change
    what: str
    bytes: int

    def __str__(self) -> str:
        """In English."""
        told = CHANGES[self.change].format(what=self.what)
        return f"{told}: {kilobytes(self.bytes)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One rendition of a kit as it was really made.

    `most_bytes` is its limit (0: none); `breaches` all that its channel's contract finds.
    `remedies` were tried because it is too heavy, the best first.
    """

    asset: str
    name: str
    preset: str
    market: str
    language: str
    width: int
    height: int
    format: str
    bytes: int
    most_bytes: int = 0
    breaches: tuple[Breach, ...] = ()
    remedies: tuple[Remedy, ...] = ()

    @property
    def over(self) -> int:
        """How many bytes too heavy it is; 0 where it is not."""
        return max(0, self.bytes - self.most_bytes) if self.most_bytes else 0

    @property
    def other_breaches(self) -> tuple[Breach, ...]:
        """What it breaks besides its weight."""
        return tuple(one for one in self.breaches if one.demand is not Demand.MOST_BYTES)

    def sentence(self) -> str:
        """In English, as scripts and logs have it."""
        weight = f"{self.name}, {self.preset}: {kilobytes(self.bytes)}"
        if not self.over:
            return weight
        told = f"{weight}, {kilobytes(self.over)} too heavy"
        fits = [str(one) for one in self.remedies if one.bytes <= self.most_bytes]
        if fits:
            return f"{told}; it would fit {', or '.join(fits)}"
        nearest = [str(one) for one in self.remedies[:1]]
        return f"{told}; {nearest[0]} is the lightest that was tried" if nearest else told


def kilobytes(size: int) -> str:
    """Bytes in kB, rounded up: what is one byte too heavy is never "0 kB" too heavy."""
    return f"{-(-size // KILOBYTE)} kB"


def best_remedies(tried: Iterable[Remedy], most_bytes: int) -> tuple[Remedy, ...]:
    """Of what was tried: all that fit, those that change least first; else the lightest alone."""
    found = list(tried)
    fitting = [one for one in found if one.bytes <= most_bytes]
    if fitting:
        return tuple(fitting)
    lightest = min(found, key=lambda one: one.bytes, default=None)
    return (lightest,) if lightest else ()


def missing_presets(kit: Kit, presets: Mapping[str, object]) -> tuple[str, ...]:
    """The presets of a kit that are not in the library any more."""
    return tuple(name for name in kit.presets if name not in presets)
