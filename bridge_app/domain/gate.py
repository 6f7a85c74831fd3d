"""The gate: the one rule that is asked before bytes or URLs leave."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bridge_app.domain.approvals import Approval, RenditionStanding, Stages, missing, overall
from bridge_app.domain.overrides import Override, newest_of
from bridge_app.domain.policies import NO_DEMANDS, Demands
from bridge_app.domain.reasons import LIFTABLE, LIFTS, SENTENCES, Reason, lifts
from bridge_app.domain.required_fields import field_words, lacking
from bridge_app.domain.rights import Restrictions, RightsState, RightsWindow
from bridge_app.domain.territories import NOWHERE, covers
from bridge_app.domain.uses import ANY_USE, Use

_BY_APPROVAL = {
    Approval.DRAFT: Reason.NOT_APPROVED,
    Approval.IN_REVIEW: Reason.IN_REVIEW,
    Approval.CHANGES_REQUESTED: Reason.CHANGES_REQUESTED,
    Approval.REJECTED: Reason.REJECTED,
}
_OF_RENDITION = {
    Approval.DRAFT: Reason.RENDITION_NOT_APPROVED,
    Approval.IN_REVIEW: Reason.RENDITION_IN_REVIEW,
    Approval.CHANGES_REQUESTED: Reason.RENDITION_CHANGES_REQUESTED,
    Approval.REJECTED: Reason.RENDITION_REJECTED,
}
_NOES = (Approval.CHANGES_REQUESTED, Approval.REJECTED)
_BY_RIGHTS = {
    RightsState.ENDED: Reason.RIGHTS_ENDED,
    RightsState.NOT_YET: Reason.RIGHTS_NOT_YET,
    RightsState.UNREADABLE: Reason.RIGHTS_UNREADABLE,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says, with every reason against; none against means yes.

    `missing` names the stages that have not approved, `fields` the required fields that are empty
    by their ids; `overridden` is what would be against but for an override.
    """

    against: tuple[Reason, ...]
    missing: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    overridden: tuple[Reason, ...] = ()

    @property
    def allows(self) -> bool:
        """May it leave?"""
        return not self.against

    def sentence(self) -> str:
        """The reasons as English text, for the command line and the ledger."""
        told = ", ".join(map(self._clause, self.against))
        return f"{told} ({', '.join(self.missing)})" if self.missing else told

    def _clause(self, reason: Reason) -> str:
        if reason is not Reason.FIELDS_MISSING or not self.fields:
            return SENTENCES[reason]
        return f"{SENTENCES[reason]} ({', '.join(map(field_words, self.fields))})"


class Governed(Protocol):
    """What the gate has to know of an asset.

    `approval` and `stages` are the decisions on exactly the bytes that would leave, as a whole and
    in stages; `lapsed` says that only an earlier version was approved; `overrides` are those of
    its content, oldest first; `filled` are the requirable fields in which something stands.
    """

    @property
    def approval(self) -> Approval:
        """The newest decision."""

    @property
    def stages(self) -> Stages:
        """The newest decision in each stage."""

    @property
    def lapsed(self) -> bool:
        """Was another version approved?"""

    @property
    def overrides(self) -> tuple[Override, ...]:
        """Who let it pass, and where."""

    @property
    def rights(self) -> RightsWindow:
        """When it may be used."""

    @property
    def restrictions(self) -> Restrictions:
        """Where and for what it may be used."""

    @property
    def filled(self) -> frozenset[str]:
        """What somebody has said of it."""


def verdict(
    asset: Governed,
    *,
    at: datetime,
    use: Use = ANY_USE,
    readable: bool = True,
    demands: Demands = NO_DEMANDS,
    rendition: RenditionStanding | None = None,
) -> Verdict:
    """May this leave at `at` (UTC)? Every reason, not the first one.

    `readable` says that the bytes could be read at all; `demands` are those of the environment it
    would go to; `rendition` is what would leave of it, None for the master itself.
    """
    against: list[Reason] = []
    if not readable:
        against.append(Reason.UNREADABLE_FILE)
    against.extend(_review(asset, demands))
    if rendition is not None:
        against.extend(_rendition(rendition, demands))
    state = asset.rights.state(at)
    if state is not RightsState.OPEN:
        against.append(_BY_RIGHTS[state])
    against.extend(_restrictions(asset.restrictions, use))
    empty = lacking(demands.required, asset.filled)
    if empty:
        against.append(Reason.FIELDS_MISSING)
    lifted = _lifted(asset, demands, rendition, at)
    left = tuple(reason for reason in against if reason not in lifted)
    return Verdict(
        left,
        missing=_missing(left, asset, rendition, demands),
        fields=empty,
        overridden=tuple(reason for reason in against if reason in lifted),
    )


def next_turn(assets: Iterable[Governed], at: datetime) -> datetime | None:
    """The first moment after `at` when the clock alone may change a verdict; None: it never does.

    Moments that turn out to change nothing are among them.
    """
    moments = (
        moment
        for asset in assets
        for moment in (
            asset.rights.starts,
            asset.rights.ends,
            *(one.until for one in asset.overrides),
        )
        if moment is not None and moment > at
    )
    return min(moments, default=None)


def _review(asset: Governed, demands: Demands) -> Iterator[Reason]:
    state = overall(asset.approval, asset.stages, demands.stages)
    if state is Approval.APPROVED:
        return
    if state is Approval.DRAFT and asset.lapsed:
        yield Reason.LAPSED
    elif state in _NOES or not demands.stages:
        yield _BY_APPROVAL[state]
    if missing(asset.stages, demands.stages):
        yield Reason.STAGE_MISSING


def _rendition(one: RenditionStanding, demands: Demands) -> Iterator[Reason]:
    """A no of a rendition holds everywhere; a yes is asked for where a policy says so."""
    state = overall(one.approval, one.stages, demands.stages)
    if state in _NOES:
        yield _OF_RENDITION[state]
    if not demands.renditions or state is Approval.APPROVED:
        return
    if state is Approval.DRAFT and one.lapsed:
        yield Reason.RENDITION_LAPSED
    elif state not in _NOES and not demands.stages:
        yield _OF_RENDITION[state]
    if missing(one.stages, demands.stages):
        yield Reason.RENDITION_STAGE_MISSING


def _restrictions(limits: Restrictions, use: Use) -> Iterator[Reason]:
    if _leaves_out_market(limits, use.market):
        yield Reason.REGION
    if _leaves_out_channel(limits, use.channel):
        yield Reason.CHANNEL
    if limits.model_released is False:
        yield Reason.MODEL_RELEASE
    if limits.property_released is False:
        yield Reason.PROPERTY_RELEASE
    if limits.archived:
        yield Reason.ARCHIVED


def _leaves_out_market(limits: Restrictions, market: str) -> bool:
    if NOWHERE in limits.territories:
        return True
    return bool(market) and not covers(limits.territories, market)


def _leaves_out_channel(limits: Restrictions, channel: str) -> bool:
    if NOWHERE in limits.channels:
        return True
    return bool(channel and limits.channels) and channel.casefold() not in limits.channels


def _lifted(
    asset: Governed, demands: Demands, rendition: RenditionStanding | None, at: datetime
) -> frozenset[Reason]:
    """What overrides lift: of the master what they say, of a rendition what its own say too."""
    subjects = ["", *([rendition.transformation] if rendition is not None else [])]
    found = (newest_of(asset.overrides, demands.environment, one) for one in subjects)
    holding = [one for one in found if one is not None and _counts(one, demands, at)]
    return frozenset(reason for one in holding for reason in one.lifts)


def _counts(one: Override, demands: Demands, at: datetime) -> bool:
    """It holds now, and today's policy still lets that role override."""
    return one.holds(at) and one.role in demands.may_override


def _missing(
    left: tuple[Reason, ...],
    asset: Governed,
    rendition: RenditionStanding | None,
    demands: Demands,
) -> tuple[str, ...]:
    """The stages that the reasons which are left speak of, in the order of the policy."""
    reviews = [(Reason.STAGE_MISSING, asset.stages)]
    if rendition is not None:
        reviews.append((Reason.RENDITION_STAGE_MISSING, rendition.stages))
    lacking = {
        stage
        for reason, stages in reviews
        if reason in left
        for stage in missing(stages, demands.stages)
    }
    return tuple(stage for stage in demands.stages if stage in lacking)


__all__ = [
    "ANY_USE",
    "LIFTABLE",
    "LIFTS",
    "SENTENCES",
    "Governed",
    "Override",
    "Reason",
    "RenditionStanding",
    "Use",
    "Verdict",
    "lifts",
    "next_turn",
    "verdict",
]
