"""Files that become new versions of masters at their service, as jobs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from bridge_app.domain.assets import AssetId
from bridge_app.storage.jobs import NewJob
from bridge_app.work.kinds import NEW_VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionJob:
    """What the copy at `path` holds becomes the version of a master that counts.

    `environment` is where at Cloudinary the master lies, "" for one of another service.
    """

    asset: AssetId
    path: str
    sha256: str
    environment: str = ""

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """Read it back from the ledger."""
        return cls(
            asset=AssetId(params["asset"]),
            path=params["path"],
            sha256=params["sha256"],
            environment=params.get("environment", ""),
        )

    @property
    def label(self) -> str:
        """What the version is called there: the same content of the same master is one version."""
        return f"asset-bridge {self.sha256[:32]}"

    def new_job(self, batch: str, *, name: str) -> NewJob:
        """The row that keeps it."""
        return NewJob(
            kind=NEW_VERSION,
            identity=f"{NEW_VERSION}:{self.asset}:{self.sha256}",
            batch=batch,
            name=name,
            params={
                "asset": self.asset,
                "path": self.path,
                "sha256": self.sha256,
                "environment": self.environment,
            },
            environment=self.environment or None,
            asset=self.asset,
            total=1,
        )
