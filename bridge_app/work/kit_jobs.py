"""Exports of kits as jobs: how they are written into the ledger, and read back."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bridge_app.domain.assets import AssetId
from bridge_app.domain.channel_settings import ChannelSettings, StorageMode
from bridge_app.domain.kits import KitForm
from bridge_app.domain.presets import Contract
from bridge_app.storage.jobs import NewJob
from bridge_app.storage.paths import from_blob, to_blob
from bridge_app.work.kinds import KIT
from bridge_app.work.rendition_jobs import RenditionItem

STAND_IN = "c_limit,w_64/q_auto:low"
"""What a shop keeps of a picture that it only refers to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitItem:
    """One rendition of a kit. Its contract holds the kit's limits; `channel` is asked of rights."""

    asset: AssetId
    name: str
    sha256: str
    channel: str
    rendition: RenditionItem

    @property
    def to_render(self) -> str:
        """The transformation as files have it."""
        return self.rendition.to_render


@dataclass(frozen=True, slots=True, kw_only=True)
class KitJob:
    """A whole kit of some masters, to one place that did not exist when it was planned.

    `target` is absolute; `export` names this export for ever; `channel` and `storage` are those of
    the shop it is for; `delivered` are the transformations of the addresses that are listed, by
    those of the items.
    """

    kit: str
    title: str
    template: str
    form: KitForm
    target: str
    export: str
    items: tuple[KitItem, ...]
    environment: str = ""
    channel: str = ""
    storage: StorageMode = StorageMode.BOTH
    delivered: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> "KitJob":
        """Read it back from the ledger, where paths are hexadecimal bytes."""
        return cls(
            kit=params["kit"],
            title=params["title"],
            template=params["template"],
            form=KitForm(params["form"]),
            target=from_blob(bytes.fromhex(params["target"])),
            export=params["export"],
            items=tuple(map(_item, params["items"])),
            environment=params["environment"],
            channel=params["channel"],
            storage=StorageMode(params["storage"]),
            delivered=tuple((one, other) for one, other in params["delivered"]),
        )

    @property
    def has_files(self) -> bool:
        """Are pictures written?"""
        return self.form is not KitForm.FEED and self.storage is not StorageMode.CLOUDINARY

    def to_render(self, item: KitItem) -> str:
        """What a file of the kit is made with."""
        if self.storage is StorageMode.REFERENCE:
            return "/".join(filter(None, (item.to_render, STAND_IN)))
        return item.to_render

    def new_job(self, batch: str) -> NewJob:
        """The row that keeps it; one export to one place is one job."""
        params = {**asdict(self), "target": to_blob(self.target).hex()}
        digest = hashlib.sha256(to_blob(self.target)).hexdigest()[:32]
        return NewJob(
            kind=KIT,
            identity=f"{KIT}:{digest}",
            batch=batch,
            name=self.title or self.kit,
            params=params,
            environment=self.environment or None,
            total=len(self.items),
        )


def piece_key(job: KitJob, item: KitItem) -> str:
    """What names a finished piece: the same bytes through the same transformation."""
    told = json.dumps([item.asset, item.sha256, job.to_render(item)])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def exporting_channel(settings: ChannelSettings | None) -> tuple[str, StorageMode]:
    """The name of a channel, and where its pictures are; files where there is none."""
    return (settings.channel, settings.storage) if settings else ("", StorageMode.BOTH)


def _item(told: Mapping[str, Any]) -> KitItem:
    rendition = dict(told["rendition"])
    contract: Mapping[str, Any] | None = rendition.get("contract")
    if contract is not None:
        rendition["contract"] = Contract(**{**contract, "formats": tuple(contract["formats"])})
    return KitItem(
        asset=AssetId(told["asset"]),
        name=told["name"],
        sha256=told["sha256"],
        channel=told["channel"],
        rendition=RenditionItem(**rendition),
    )
