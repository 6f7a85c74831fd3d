"""Rights claims on masters of a service as jobs that tell the service of them."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Self

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.rights_claims import RightsClaim
from bridge_app.domain.rights_claims_json import claim_json
from bridge_app.domain.shelter import shelter_of
from bridge_app.storage.jobs import NewJob
from bridge_app.work.kinds import WRITE_RIGHTS


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteRights:
    """Tell the service of the newest claim on a master; `mark` tells claims apart."""

    asset: AssetId
    name: str
    mark: str

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """Read it back from the ledger."""
        return cls(asset=AssetId(params["asset"]), name=params["name"], mark=params["mark"])

    def new_job(self, batch: str) -> NewJob:
        """The row that keeps it; of two with the same wish one is enough."""
        return NewJob(
            kind=WRITE_RIGHTS,
            identity=f"{WRITE_RIGHTS}:{self.asset}:{self.mark}",
            batch=batch,
            name=self.name,
            params={"asset": self.asset, "name": self.name, "mark": self.mark},
            asset=self.asset,
            total=1,
        )


def rights_jobs(claims: Iterable[tuple[Asset, RightsClaim]]) -> list[NewJob]:
    """What has to be told to services of these claims; nothing of assets that lie elsewhere."""
    batch = uuid.uuid4().hex
    return [
        WriteRights(asset=asset.id, name=asset.name, mark=_mark(claim)).new_job(batch)
        for asset, claim in claims
        if shelter_of(asset.library) is not None
    ]


def _mark(claim: RightsClaim) -> str:
    told = json.dumps(claim_json(claim), sort_keys=True)
    return sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
