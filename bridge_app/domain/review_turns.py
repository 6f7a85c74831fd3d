"""Whose turn it is: what one reviewer has to decide of a subject that a request asks about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bridge_app.domain.approvals import Approval

REFUSALS = (Approval.REJECTED, Approval.CHANGES_REQUESTED)
"""What ends a review, the stricter one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """The newest decision on a subject in a stage; `seq` is its place in the record."""

    approval: Approval
    seq: int


Standings = Mapping[str, Newest]
"""How one subject stands, by stage; "" is the whole, which the stages make."""
NOTHING: Standings = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request asks of a subject.

    `stages` are those that policies demand, in their order and as `role_of` spells them; `since`
    is the last decision on record when it was asked.
    """

    stages: tuple[str, ...] = ()
    since: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one reviewer has to decide of a subject: a stage, "" for the whole of it.

    `waits_for` is the stage before it that has not approved, "" if it can be decided now;
    `approval` is what stands on record for it.
    """

    stage: str
    waits_for: str
    approval: Approval
    decided: bool


def outcome(asked: Asked, standings: Standings) -> Approval:
    """What became of a subject: APPROVED, one of REFUSALS, or DRAFT while it is not decided.

    An approval stands, whenever it was given; a refusal from before is asked about anew. The
    strictest refusal of any stage, or of the whole, ends the review.
    """
    since = [one.approval for one in standings.values() if one.seq > asked.since]
    for refusal in REFUSALS:
        if refusal in since:
            return refusal
    approved = all(_approves(standings.get(stage)) for stage in asked.stages or ("",))
    return Approval.APPROVED if approved else Approval.DRAFT


def turn_of(roles: Collection[str], asked: Asked, standings: Standings) -> Turn:
    """The turn of one with these roles (as `roles_of` tells them).

    One whose role is a stage decides that stage; anybody else the first that has not approved.
    """
    stage = _stage_for(roles, asked.stages, standings)
    before = asked.stages[: asked.stages.index(stage)] if stage else ()
    waiting = next((one for one in before if not _approves(standings.get(one))), "")
    ended = outcome(asked, standings)
    newest = standings.get(stage)
    decided = ended is not Approval.DRAFT or _approves(newest)
    return Turn(
        stage=stage,
        waits_for="" if decided else waiting,
        approval=ended if ended in REFUSALS else newest.approval if newest else Approval.DRAFT,
        decided=decided,
    )


def _stage_for(roles: Collection[str], stages: Sequence[str], standings: Standings) -> str:
    if not stages:
        return ""
    own = [stage for stage in stages if stage in roles]
    chosen = own or stages
    return next((one for one in chosen if not _approves(standings.get(one))), chosen[-1])


def _approves(newest: Newest | None) -> bool:
    return newest is not None and newest.approval is Approval.APPROVED
