"""Making renditions as jobs: how they are written into the ledger, and read back."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from bridge_app.domain.assets import AssetId
from bridge_app.domain.presets import Contract
from bridge_app.storage.jobs import NewJob
from bridge_app.storage.paths import from_blob, to_blob
from bridge_app.work.kinds import EXPORT, MAKE

if TYPE_CHECKING:
    from bridge_app.domain.rendition_plan import RenditionPlan, RenditionStep

AT_ONCE = 8
"""Renditions of one asset in one job: one asset's set keeps several decoders busy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionItem:
    """One rendition of a job."""

    preset: str
    channel: str
    market: str
    language: str
    transformation: str
    format: str
    contract: Contract | None = None

    @property
    def to_render(self) -> str:
        """The transformation with the extension as its format, as delivery has it."""
        says = any(
            text.startswith("f_")
            for part in self.transformation.split("/")
            for text in part.split(",")
        )
        wanted = f"f_{self.format}" if self.format and not says else ""
        return "/".join(filter(None, [self.transformation, wanted]))


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionJob:
    """Some renditions of one master. `folder` is absolute, "" in the cloud.

    `asked` says that the service was asked for them with the push, and makes them meanwhile.
    """

    asset: AssetId
    name: str
    sha256: str
    items: tuple[RenditionItem, ...]
    environment: str = ""
    folder: str = ""
    template: str = ""
    replaces: bool = False
    asked: bool = False

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> "RenditionJob":
        """Read it back from the ledger, where paths are hexadecimal bytes."""
        return cls(
            asset=AssetId(params["asset"]),
            name=params["name"],
            sha256=params["sha256"],
            items=tuple(_item(one) for one in params["items"]),
            environment=params["environment"],
            folder=from_blob(bytes.fromhex(params["folder"])),
            template=params["template"],
            replaces=params["replaces"],
            asked=params.get("asked", False),
        )

    def new_job(self, batch: str) -> NewJob:
        """The row that keeps it; the same renditions to the same place are one job."""
        params = {**asdict(self), "folder": to_blob(self.folder).hex()}
        told = json.dumps(params, sort_keys=True)
        digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        kind = EXPORT if self.folder else MAKE
        return NewJob(
            kind=kind,
            identity=f"{kind}:{digest}",
            batch=batch,
            name=self.name,
            params=params,
            environment=self.environment or None,
            asset=self.asset,
            total=len(self.items),
        )


def jobs_of(plan: "RenditionPlan") -> Iterator[RenditionJob]:
    """The jobs that carry a plan out, at most eight renditions of one master each."""
    for (asset, name, sha256), steps in groupby(plan.doing, key=_master):
        waiting = [item_of(step) for step in steps]
        for start in range(0, len(waiting), AT_ONCE):
            yield RenditionJob(
                asset=asset,
                name=name,
                sha256=sha256,
                items=tuple(waiting[start : start + AT_ONCE]),
                environment=plan.environment if plan.wish.folder is None else "",
                folder=plan.wish.folder or "",
                template=plan.wish.template,
                replaces=plan.wish.replaces,
            )


def _master(step: "RenditionStep") -> tuple[AssetId, str, str]:
    return step.asset, step.name, step.sha256


def item_of(step: "RenditionStep") -> RenditionItem:
    """What a job keeps of a step of a plan."""
    return RenditionItem(
        preset=step.preset,
        channel=step.channel,
        market=step.market,
        language=step.language,
        transformation=step.transformation,
        format=step.format,
        contract=step.contract,
    )


def _item(told: Mapping[str, Any]) -> RenditionItem:
    contract: Mapping[str, Any] | None = told.get("contract")
    asked = None if contract is None else {**contract, "formats": tuple(contract["formats"])}
    return RenditionItem(**{**told, "contract": None if asked is None else Contract(**asked)})
