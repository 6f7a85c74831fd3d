"""What a person changes of a claim: some of its fields, of one asset or of many."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import tzinfo

from bridge_app.domain.rights import RightsWindow
from bridge_app.domain.rights_claims import (
    ClaimDocument,
    RightsClaim,
    channels_from,
    territories_from,
)
from bridge_app.domain.rights_times import Edge, moment_from

RELEASES = {"yes": True, "no": False, "unsaid": None}
"""What is said of a release."""
BETWEEN = re.compile(r"[\s,;]+")
TEXTS = ("licence", "usage_terms", "credit_line", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChange:
    """Typed texts, None where a field stays as it is.

    Dates are as `moment_from` reads them, at a place in `zone` (an IANA name; by default that of
    the claim); lists are codes with commas or spaces between; releases are words of `RELEASES`.
    `added` documents come behind those that are there, but for the `removed` (SHA-256).
    """

    licence: str | None = None
    usage_terms: str | None = None
    starts: str | None = None
    ends: str | None = None
    zone: str | None = None
    territories: str | None = None
    excluded_territories: str | None = None
    channels: str | None = None
    excluded_channels: str | None = None
    credit_line: str | None = None
    model_released: str | None = None
    property_released: str | None = None
    added: tuple[ClaimDocument, ...] = ()
    removed: frozenset[str] = frozenset()
    source: str | None = None

    @property
    def is_nothing(self) -> bool:
        """Does it leave every claim as it is?"""
        return self == ClaimChange()

    def applied(self, claim: RightsClaim, zone_of: Callable[[str], tzinfo]) -> RightsClaim:
        """The claim with this change. Raises what its dates, lists and the new claim refuse."""
        name = claim.zone if self.zone is None else self.zone
        texts = {
            field: text.strip() for field in TEXTS if (text := getattr(self, field)) is not None
        }
        return replace(
            claim,
            **texts,
            zone=name,
            window=self._window(claim.window, zone_of(name)),
            territories=_words(self.territories, claim.territories, territories_from),
            excluded_territories=_words(
                self.excluded_territories, claim.excluded_territories, territories_from
            ),
            channels=_words(self.channels, claim.channels, channels_from),
            excluded_channels=_words(
                self.excluded_channels, claim.excluded_channels, channels_from
            ),
            model_released=_said(self.model_released, before=claim.model_released),
            property_released=_said(self.property_released, before=claim.property_released),
            documents=self._documents(claim.documents),
        )

    def _window(self, before: RightsWindow, zone: tzinfo) -> RightsWindow:
        starts, ends = before.starts, before.ends
        if self.starts is not None:
            starts = moment_from(self.starts, zone, Edge.BEGINS)
        if self.ends is not None:
            ends = moment_from(self.ends, zone, Edge.ENDS)
        return RightsWindow(starts=starts, ends=ends)

    def _documents(self, before: tuple[ClaimDocument, ...]) -> tuple[ClaimDocument, ...]:
        kept = [one for one in before if one.sha256 not in self.removed]
        return tuple(dict.fromkeys((*kept, *self.added)))


def _words(
    typed: str | None, before: frozenset[str], read: Callable[[list[str]], frozenset[str]]
) -> frozenset[str]:
    return before if typed is None else read(BETWEEN.split(typed))


def _said(word: str | None, *, before: bool | None) -> bool | None:
    return before if word is None else RELEASES[word]
