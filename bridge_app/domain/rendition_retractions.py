"""Made renditions that may not be seen any more, though their master may.

The rule, and one part of the plan of retractions.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bridge_app.domain.approvals import RenditionStanding
from bridge_app.domain.gate import Governed, Reason, Verdict, verdict
from bridge_app.domain.overrides import Override
from bridge_app.domain.policies import Demands
from bridge_app.domain.published import PublishedRendition

OF_RENDITIONS = frozenset(reason for reason in Reason if reason.value.startswith("rendition_"))
"""What speaks against a rendition alone; what speaks against its master closes it as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionRetraction:
    """One made rendition that has to go, and why."""

    rendition: PublishedRendition
    reasons: tuple[Reason, ...]

    @property
    def key(self) -> tuple[str, str, int, str, str]:
        """What is derived once, for however many presets it was made."""
        one = self.rendition
        return (one.environment, one.public_id, one.version, one.transformation, one.format)

    def sentence(self) -> str:
        """Why, as English text."""
        return Verdict(self.reasons).sentence()


def against_rendition(
    master: Governed,
    standing: RenditionStanding,
    *,
    demands: Demands,
    was_decided: bool,
    at: datetime,
) -> tuple[Reason, ...]:
    """Why a rendition that was made may not be seen at `at` (UTC), by what was said of it itself.

    A no holds everywhere. Policies speak of what goes out, so one that asks for approved renditions
    takes nothing away by itself: but where somebody has decided about this one (`was_decided`), or
    let it pass, that has to hold on.
    """
    own = [one for one in master.overrides if _was_let_pass(one, standing, demands.environment)]
    stays_asked = demands.renditions and (was_decided or bool(own))
    kept = replace(
        demands,
        renditions=stays_asked,
        may_override=frozenset(one.role for one in master.overrides),
        required=(),
    )
    found = verdict(master, at=at, demands=kept, rendition=standing).against
    return tuple(reason for reason in found if reason in OF_RENDITIONS)


def each_once(found: Iterable[RenditionRetraction]) -> tuple[RenditionRetraction, ...]:
    """One step for each derived asset, in the order they come."""
    known: dict[tuple[str, str, int, str, str], RenditionRetraction] = {}
    for one in found:
        known.setdefault(one.key, one)
    return tuple(known.values())


def _was_let_pass(one: Override, standing: RenditionStanding, environment: str) -> bool:
    return (
        one.environment == environment
        and one.transformation in ("", standing.transformation)
        and bool(one.lifts & OF_RENDITIONS)
    )
