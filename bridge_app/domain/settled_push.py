"""The step of a master of which nothing has to be planned. Pure."""

from typing import NamedTuple

from bridge_app.domain.assets import AssetId, Kind
from bridge_app.domain.environments import MediaLimits
from bridge_app.domain.push_plan import PushAction, PushStep
from bridge_app.domain.resource_types import resource_type


class Settled(NamedTuple):
    """A master that may leave and is there as it is, under `public_id`."""

    asset: AssetId
    name: str
    kind: Kind
    format: str
    bytes: int
    sha256: str
    md5: str
    public_id: str


def settled_step(one: Settled, limits: MediaLimits | None = None) -> PushStep:
    """The step of one that need not be planned."""
    kind = resource_type(one.kind, one.format)
    return PushStep(
        asset=one.asset,
        name=one.name,
        action=PushAction.SAME_CONTENT,
        bytes=one.bytes,
        sha256=one.sha256,
        md5=one.md5,
        content=one.sha256,
        public_id=one.public_id,
        resource_type=kind,
        like=one.public_id,
        most_bytes=(limits.most_bytes(kind) if limits else None) or 0,
    )
