"""What a person claims of the rights in an asset, and how that joins what its file says.

A claim never widens what the file or its service allows: of both, the stricter holds.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bridge_app.domain.countries import COUNTRIES
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.rights import Restrictions, RightsWindow, narrowest
from bridge_app.domain.rights_block import CHANNELS, TERRITORIES
from bridge_app.domain.territories import NOWHERE, REGIONS, WORLD

MOST_LETTERS = 20_000
"""Of one text of a claim."""
MOST_DOCUMENTS = 50
DIGEST_LETTERS = 64


class UnknownTerritoryError(InvalidInputError):
    """A territory nobody knows: perhaps a slip, and then nobody can tell what was meant."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{what} is no territory: give a country's code (NO, SE), a region ({regions}) or WORLD. "
        "Nothing was changed.",
    )


class UnknownChannelError(InvalidInputError):
    """A channel nobody knows."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{what} is no channel: they are {channels}. Nothing was changed."
    )


class NothingLeftError(InvalidInputError):
    """A claim that excludes all that it grants."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "These rights exclude every one of the {what} that they grant. Nothing was changed.",
    )


class ClaimTooLongError(InvalidInputError):
    """A text or a list beyond what anybody reads."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{what} of the rights is too long: {most} at most. Nothing was changed."
    )


class UnreadableClaimError(InvalidInputError):
    """A window that is no window."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The rights cannot be claimed: {detail}. Nothing was changed."
    )


class DocumentKind(StrEnum):
    """What a document attests."""

    LICENCE = "licence"
    MODEL = "model"
    PROPERTY = "property"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDocument:
    """A document that a claim rests on: its SHA-256 in hex, its file's name, and its size."""

    sha256: str
    name: str
    bytes: int
    kind: DocumentKind = DocumentKind.LICENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsClaim:
    """What somebody says of an asset's rights; empty fields say nothing, and limit nothing.

    `window` is in UTC; `zone` is the IANA name of the time zone in which a person gave it.
    `territories` are codes of countries, regions or WORLD, `channels` of `CHANNELS`; what is
    excluded is taken from what is granted, or from everything where nothing is. A release is
    True (there is one), False (it is missing) or None: nobody said that one is needed.
    `source` says where the claim comes from: a contract, a mail, a person.
    """

    licence: str = ""
    usage_terms: str = ""
    window: RightsWindow = field(default_factory=RightsWindow)
    zone: str = "UTC"
    territories: frozenset[str] = frozenset()
    excluded_territories: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    excluded_channels: frozenset[str] = frozenset()
    credit_line: str = ""
    model_released: bool | None = None
    property_released: bool | None = None
    documents: tuple[ClaimDocument, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        if self.window.unreadable is not None:
            raise UnreadableClaimError(detail=self.window.unreadable)
        _check_words(self)
        _check_sizes(self)
        limits = self.limits()
        for what, left in (("territories", limits.territories), ("channels", limits.channels)):
            if NOWHERE in left:
                raise NothingLeftError(what=what)

    @property
    def says_nothing(self) -> bool:
        """Is it as if nobody had claimed anything?"""
        return replace(self, zone="UTC", source="") == RightsClaim()

    def limits(self) -> Restrictions:
        """Where and for what it lets an asset be used; exclusions are taken off."""
        return Restrictions(
            territories=_without(self.territories, self.excluded_territories),
            channels=_channels_without(self.channels, self.excluded_channels),
            model_released=self.model_released,
            property_released=self.property_released,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedClaim:
    """A claim as it stands in the record. `at` is ISO 8601 in UTC.

    `content` is that of the asset when it was made, or "".
    """

    seq: int
    asset: str
    content: str
    name: str
    claim: RightsClaim
    who: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsTemplate:
    """A claim under a name, to begin others with."""

    name: str
    claim: RightsClaim


def territories_from(words: Iterable[str]) -> frozenset[str]:
    """Codes as people type them. Raises UnknownTerritoryError."""
    found = frozenset(word.strip().upper() for word in words if word.strip())
    _check_territories(found)
    return found


def channels_from(words: Iterable[str]) -> frozenset[str]:
    """Channels as people type them. Raises UnknownChannelError."""
    found = frozenset(word.strip().casefold() for word in words if word.strip())
    _check_channels(found)
    return found


def joined(
    window: RightsWindow, limits: Restrictions, claim: RightsClaim
) -> tuple[RightsWindow, Restrictions]:
    """What file and claim allow together: of each, the stricter.

    Windows that do not meet make one that cannot be read; territories or channels that have
    nothing in common become NOWHERE, which covers none.
    """
    return narrowest(window, claim.window), stricter(limits, claim.limits())


def leaves_nothing(window: RightsWindow, limits: Restrictions, claim: RightsClaim) -> bool:
    """Is there a use that this file allows, and none that the claim allows as well?"""
    if window.unreadable is not None or NOWHERE in limits.territories | limits.channels:
        return False
    both, rest = joined(window, limits, claim)
    return both.unreadable is not None or NOWHERE in rest.territories | rest.channels


def stricter(one: Restrictions, other: Restrictions) -> Restrictions:
    """What both allow. A release that is missing by either is missing."""
    sizes = [size for size in (one.max_px, other.max_px) if size is not None]
    return Restrictions(
        territories=_both(one.territories, other.territories),
        channels=_shared(one.channels, other.channels),
        model_released=_agreed(one.model_released, other.model_released),
        property_released=_agreed(one.property_released, other.property_released),
        archived=one.archived or other.archived,
        max_px=min(sizes, default=None),
    )


def countries_of(territories: Collection[str]) -> frozenset[str]:
    """The countries that these cover; of WORLD, and of nothing said, all.

    Namibia is left out, whose code is that of North America: there it would mean the region.
    """
    named = {territory.upper() for territory in territories}
    if not named or WORLD in named:
        return COUNTRIES - REGIONS.keys()
    covered = frozenset().union(*(REGIONS.get(name, frozenset({name})) for name in named))
    return covered - REGIONS.keys()


def _both(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """As somebody wrote it where one lies within the other; else the countries of both."""
    if not one or not other:
        return one or other
    if WORLD in one or WORLD in other:
        return other if WORLD in one else one
    here, there = countries_of(one), countries_of(other)
    if here <= there:
        return one
    return other if there <= here else (here & there) or frozenset({NOWHERE})


def _shared(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    if not one or not other:
        return one or other
    return (one & other) or frozenset({NOWHERE})


def _without(granted: frozenset[str], excluded: frozenset[str]) -> frozenset[str]:
    if not excluded:
        return granted
    left = countries_of(granted) - countries_of(excluded)
    return left or frozenset({NOWHERE})


def _channels_without(granted: frozenset[str], excluded: frozenset[str]) -> frozenset[str]:
    if not excluded:
        return granted
    return ((granted or CHANNELS) - excluded) or frozenset({NOWHERE})


def _agreed(*said: bool | None) -> bool | None:
    """Missing by one is missing; None where nobody says anything."""
    told = [one for one in said if one is not None]
    return all(told) if told else None


def _check_words(claim: RightsClaim) -> None:
    _check_territories(claim.territories | claim.excluded_territories)
    _check_channels(claim.channels | claim.excluded_channels)


def _check_territories(named: frozenset[str]) -> None:
    for unknown in sorted(named - TERRITORIES):
        raise UnknownTerritoryError(what=_shown(unknown), regions=", ".join(sorted(REGIONS)))


def _check_channels(named: frozenset[str]) -> None:
    for unknown in sorted(named - CHANNELS):
        raise UnknownChannelError(what=_shown(unknown), channels=", ".join(sorted(CHANNELS)))


def _check_sizes(claim: RightsClaim) -> None:
    texts = {
        "The licence": claim.licence,
        "The usage terms": claim.usage_terms,
        "The credit line": claim.credit_line,
        "The source": claim.source,
    }
    for what, text in texts.items():
        if len(text) > MOST_LETTERS:
            raise ClaimTooLongError(what=what, most=MOST_LETTERS)
    if len(claim.documents) > MOST_DOCUMENTS:
        raise ClaimTooLongError(
            what=QT_TRANSLATE_NOOP("facts", "The list of documents"), most=MOST_DOCUMENTS
        )


def _shown(word: str) -> str:
    return word if len(word) <= 40 else word[:40] + "…"
