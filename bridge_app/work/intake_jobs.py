"""Keywords for masters at their service, as jobs."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from bridge_app.domain.assets import AssetId
from bridge_app.storage.jobs import NewJob
from bridge_app.work.kinds import TAG_MASTER


@dataclass(frozen=True, slots=True, kw_only=True)
class TagJob:
    """Add these keywords to a master; those that are there stay, once."""

    asset: AssetId
    words: tuple[str, ...]

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """Read it back from the ledger."""
        return cls(asset=AssetId(params["asset"]), words=tuple(params["words"]))

    def new_job(self, batch: str, *, name: str) -> NewJob:
        """The row that keeps it."""
        told = "\0".join(self.words).encode("utf-8", "surrogatepass")
        return NewJob(
            kind=TAG_MASTER,
            identity=f"{TAG_MASTER}:{self.asset}:{hashlib.sha256(told).hexdigest()[:32]}",
            batch=batch,
            name=name,
            params={"asset": self.asset, "words": list(self.words)},
            asset=self.asset,
            total=1,
        )
