"""Decisions on masters of a service as jobs that tell the service of them."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.shelter import shelter_of
from bridge_app.storage.jobs import NewJob
from bridge_app.work.kinds import WRITE_APPROVAL


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldApproval:
    """The state of this content of a master, to be told to whoever the kind of job is about."""

    kind: ClassVar[str]
    asset: AssetId
    name: str
    content: str
    approval: Approval

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """Read it back from the ledger."""
        return cls(
            asset=AssetId(params["asset"]),
            name=params["name"],
            content=params["content"],
            approval=Approval(params["approval"]),
        )

    def new_job(self, batch: str) -> NewJob:
        """The row that keeps it; of two with the same wish one is enough."""
        return NewJob(
            kind=self.kind,
            identity=f"{self.kind}:{self.asset}:{self.content}:{self.approval.value}",
            batch=batch,
            name=self.name,
            params={
                "asset": self.asset,
                "name": self.name,
                "content": self.content,
                "approval": self.approval.value,
            },
            asset=self.asset,
            total=1,
        )


class WriteApproval(ToldApproval):
    """Tell the service of it."""

    __slots__ = ()
    kind = WRITE_APPROVAL


def approval_jobs(assets: Iterable[Asset], approval: Approval) -> list[NewJob]:
    """What has to be told to services of this decision; nothing of assets that lie elsewhere."""
    batch = uuid.uuid4().hex
    return [
        WriteApproval(
            asset=asset.id, name=asset.name, content=asset.content, approval=approval
        ).new_job(batch)
        for asset in assets
        if asset.content and shelter_of(asset.library) is not None
    ]


def telling(ruled: Sequence[tuple[Asset, Approval]]) -> list[NewJob]:
    """What has to be told to services of the states that reviews have now."""
    states = dict.fromkeys(state for _, state in ruled)
    return [
        job
        for state in states
        for job in approval_jobs((asset for asset, now in ruled if now is state), state)
    ]
