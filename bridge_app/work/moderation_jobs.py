"""Decisions on moderated cloud assets as jobs that tell Cloudinary of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from bridge_app.domain.assets import AssetId
from bridge_app.domain.moderations import ModerationStatus
from bridge_app.storage.jobs import NewJob
from bridge_app.work.kinds import MODERATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderate:
    """Tell Cloudinary what was decided of this content, which a moderated asset has."""

    environment: str
    asset_id: str
    asset: AssetId
    name: str
    content: str
    status: ModerationStatus

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """Read it back from the ledger."""
        return cls(
            environment=params["environment"],
            asset_id=params["asset_id"],
            asset=AssetId(params["asset"]),
            name=params["name"],
            content=params["content"],
            status=ModerationStatus(params["status"]),
        )

    def new_job(self, batch: str) -> NewJob:
        """The row that keeps it; of two with the same wish one is enough."""
        subject = f"{self.environment}:{self.asset_id}:{self.content}"
        return NewJob(
            kind=MODERATE,
            identity=f"{MODERATE}:{subject}:{self.status.value}",
            batch=batch,
            name=self.name,
            params={
                "environment": self.environment,
                "asset_id": self.asset_id,
                "asset": self.asset,
                "name": self.name,
                "content": self.content,
                "status": self.status.value,
            },
            environment=self.environment,
            asset=self.asset,
            total=1,
        )
