"""A decision that can be taken back: what was decided, and what had been decided before."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.work.worker import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """`before` has the assets by what held of them; `count` of them could be decided on."""

    approval: Approval
    comment: str
    count: int
    before: Mapping[Approval, tuple[AssetId, ...]]

    @property
    def assets(self) -> tuple[AssetId, ...]:
        """All of them."""
        return tuple(asset for group in self.before.values() for asset in group)


def decide(
    worker: Worker,
    assets: Sequence[AssetId],
    approval: Approval,
    *,
    comment: str,
    initiator: object | None = None,
) -> Decided:
    """Record a decision, and what it takes the place of. Blocking; on disk on return."""
    with closing(worker.catalog_reader()) as reader:
        known = {asset.id: asset.approval for asset in reader.assets(assets)}
    before: dict[Approval, tuple[AssetId, ...]] = {}
    for asset in assets:
        held = known.get(asset, Approval.DRAFT)
        before[held] = (*before.get(held, ()), asset)
    count = worker.decide(assets, approval, comment=comment, initiator=initiator)
    return Decided(approval=approval, comment=comment, count=count, before=before)


def take_back(worker: Worker, decided: Decided, *, comment: str) -> None:
    """Decide again what held before; the history keeps both. Blocking; on disk on return."""
    for approval, assets in decided.before.items():
        worker.decide(assets, approval, comment=comment)
