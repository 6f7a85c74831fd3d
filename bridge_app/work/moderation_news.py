"""Takes over what was read of Cloudinary's moderation: what was decided there is a decision here.

Each one once: what is known already, and what we told ourselves, is no news.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.approvals import Approval, Ruling
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import CloudAsset
from bridge_app.domain.disagreements import DECIDED, both, is_disagreement
from bridge_app.domain.moderations import ModerationStatus, decision_of, status_of
from bridge_app.storage.decisions import Decisions, Telling
from bridge_app.storage.moderations import ModeratedAsset, Moderations
from bridge_app.storage.search import Readers
from bridge_app.work.events import Event

UNHEARD = frozenset({None, ModerationStatus.NONE, ModerationStatus.PENDING})
"""Where nobody there can have heard of a decision of ours yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModerationNews:
    """Every method may be called from any thread, and blocks.

    `telling` makes the jobs that tell other services of a decision; `tell` hears what changed.
    """

    moderations: Moderations
    decisions: Decisions
    readers: Readers
    telling: Telling
    tell: Callable[[Event], None]

    def take(self, read: CloudAsset, *, at: datetime) -> ModeratedAsset:
        """Remember what was read of an asset; a decision that is new is on record before."""
        before = self.moderations.one(read.environment, read.asset_id)
        told = ModeratedAsset(
            environment=read.environment,
            asset_id=read.asset_id,
            asset=read.id,
            name=read.name,
            moderations=read.moderation,
            status=status_of(read.moderation),
        )
        with self.decisions.together():
            if before is None or before.moderations != told.moderations:
                self._hear(told, before.status if before else None, at)
            self.moderations.put([told], at=at)
        if before is None or before.moderations != told.moderations:
            self.tell(ChangeSet(assets=frozenset({told.asset}), reviews=True))
        return told

    def gone(self, environment: str, asset_id: str) -> None:
        """It is not there any more."""
        self.moderations.forget(environment, [asset_id])
        self.tell(ChangeSet(reviews=True))

    def differing(self, assets: Iterable[AssetId]) -> list[CloudAsset]:
        """Those of these of which the mirror says another status than was read last.

        What was approved and never waited here is of no interest.
        """
        with self.readers.lent() as reader:
            mirrored = reader.cloud_assets(list(assets))
        moderated = (one for one in mirrored.values() if one.moderation)
        return [one for one in moderated if self._is_other(one)]

    def _is_other(self, one: CloudAsset) -> bool:
        known, status = (
            self.moderations.one(one.environment, one.asset_id),
            status_of(one.moderation),
        )
        if known is None:
            return status is not ModerationStatus.APPROVED
        return status is not known.status

    def asset(self, asset: AssetId) -> Asset | None:
        """The asset as the catalog knows it."""
        with self.readers.lent() as reader:
            return next(iter(reader.assets([asset])), None)

    def _hear(self, told: ModeratedAsset, before: ModerationStatus | None, at: datetime) -> None:
        """Where they cannot have known of what we decided, both are heard."""
        said, asset = decision_of(told.moderations), self.asset(told.asset)
        if said is None or asset is None or not asset.content:
            return
        theirs, who = said
        newest = self.decisions.newest(asset.content)
        ours = newest.approval if newest else Approval.DRAFT
        if _means_the_same(ours, theirs):
            return
        if newest is None or before not in UNHEARD or not is_disagreement(ours, theirs):
            heard = Ruling(approval=theirs, who=who)
            self.decisions.rule([asset], heard, at=at, telling=self.telling)
            return
        self.decisions.hear(asset, both(newest, theirs, who), at=at, telling=self.telling)


def _means_the_same(ours: Approval, theirs: Approval) -> bool:
    """Cloudinary knows one word for what is rejected and what is to be changed."""
    no = DECIDED - {Approval.APPROVED}
    return ours is theirs or {ours, theirs} <= no
