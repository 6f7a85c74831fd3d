"""Retractions as jobs: how they are written into the ledger, and read back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from bridge_app.domain.assets import AssetId
from bridge_app.domain.retractions import Act, RetractionStep
from bridge_app.storage.jobs import NewJob
from bridge_app.work.kinds import RETRACT


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractJob:
    """Take one delivered copy away, or give it back.

    `act` is what was planned; what is right is asked when it is done. So one unfinished job for
    each copy is enough, and two never work against each other.
    """

    environment: str
    asset_id: str
    public_id: str
    version: int
    name: str
    act: Act
    asset: AssetId | None = None

    @classmethod
    def from_step(cls, step: RetractionStep) -> Self:
        """The job that carries out one step of a plan."""
        return cls(
            environment=step.copy.environment,
            asset_id=step.copy.asset_id,
            public_id=step.copy.public_id,
            version=step.copy.version,
            name=step.name,
            act=step.act,
            asset=step.assets[0] if step.assets else None,
        )

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """Read it back from the ledger."""
        known = {field.name: params[field.name] for field in fields(cls)}
        return cls(**known | {"act": Act(known["act"])})

    def new_job(self, batch: str) -> NewJob:
        """The row that keeps it."""
        return NewJob(
            kind=RETRACT,
            identity=f"{RETRACT}:{self.environment}:{self.asset_id}",
            batch=batch,
            name=self.name,
            params={field.name: getattr(self, field.name) for field in fields(self)},
            environment=self.environment,
            asset=self.asset,
            total=1,
        )
