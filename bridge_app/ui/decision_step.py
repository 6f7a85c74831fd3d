"""A decision that can be taken back: what was decided, and what had been decided before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bridge_app.domain.approvals import Approval, Ruling
from bridge_app.domain.assets import AssetId
from bridge_app.work.approvals import Noted
from bridge_app.work.worker import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """`count` assets could be decided on; `noted` has what had held of them."""

    approval: Approval
    comment: str
    count: int
    noted: Noted


def decide(
    worker: Worker,
    assets: Sequence[AssetId],
    approval: Approval,
    *,
    comment: str,
    initiator: object | None = None,
) -> Decided:
    """Record a decision, and what it takes the place of. Blocking; on disk on return."""
    ruling = Ruling(approval=approval, comment=comment)
    noted = worker.approvals.rule_noted([(ruling, assets)], initiator=initiator)
    return Decided(approval=approval, comment=comment, count=len(noted.contents), noted=noted)


def take_back(worker: Worker, decided: Decided, *, comment: str) -> Decided:
    """Decide again what held before; the history keeps both. Blocking; on disk on return.

    Nothing is decided of what has changed since, was decided on by others, or is reviewed in
    stages: `count` of what is returned is smaller by that.
    """
    groups: dict[Approval, list[AssetId]] = {}
    for asset, approval in decided.noted.before.items():
        groups.setdefault(approval, []).append(asset)
    rulings = [(Ruling(approval=one, comment=comment), group) for one, group in groups.items()]
    noted = worker.approvals.rule_noted(rulings, since=decided.noted)
    return replace(decided, count=len(noted.contents), noted=noted)


def decide_again(worker: Worker, taken: Decided) -> Decided:
    """Decide what was taken back, on what is as it was then. Blocking; on disk on return."""
    ruling = Ruling(approval=taken.approval, comment=taken.comment)
    assets = tuple(taken.noted.contents)
    noted = worker.approvals.rule_noted([(ruling, assets)], since=taken.noted)
    return replace(taken, count=len(noted.contents), noted=noted)
