"""An environment of Cloudinary in a story: assets in it, and somebody else who works there too."""

from typing import Any

import cloudinary.api
import cloudinary.uploader

from bridge_app.domain.assets import Asset
from bridge_app.domain.edits import Edit, EditState
from bridge_app.domain.metadata_fields import Entry, FieldType, MetadataField
from bridge_app.sandbox.server import Sandbox
from bridge_app.work.editing import Editing
from tests.desk import ACCOUNT, Desk, picture

CLOUD = ACCOUNT.cloud_name


class Studio:
    """An environment with mirrored assets, and somebody else who works in it too."""

    def __init__(self, desk: Desk, sandbox: Sandbox) -> None:
        self.desk = desk
        self.sandbox = sandbox
        self._options = desk.parts.environments.credentials(CLOUD).options()

    @property
    def editing(self) -> Editing:
        return self.desk.parts.worker.editing

    def stock(self, *names: str, **said: Any) -> list[Asset]:
        """Put assets there, and mirror them."""
        for number, name in enumerate(names):
            path = picture(self.desk.home / "there" / f"{name}.jpg", number)
            cloudinary.uploader.upload(
                str(path), public_id=name, display_name=name, **said, **self._options
            )
        return self.sync(len(names))

    def sync(self, count: int) -> list[Asset]:
        self.desk.parts.worker.cloud.sync(CLOUD)
        self.desk.until(lambda: len(self.desk.assets()) == count, what="the mirror")
        self.desk.until(self.desk.parts.worker.cloud.is_idle, what="the sync")
        return self.desk.assets()

    def define(self) -> None:
        """Two fields: a list of brands, and a number."""
        entries = (Entry(external_id="a", value="Acme"), Entry(external_id="b", value="Bolt"))
        brand = MetadataField(
            external_id="brand", label="Brand", type=FieldType.ENUM, entries=entries
        )
        self.editing.define(CLOUD, brand)
        uses = MetadataField(external_id="uses", label="Uses", type=FieldType.INTEGER)
        self.editing.define(CLOUD, uses)

    def said(self, asset: Asset) -> dict[str, Any]:
        """What the service says of it now."""
        assert asset.cloud is not None
        found = dict(cloudinary.api.resource_by_asset_id(asset.cloud.asset_id, **self._options))
        return {
            "tags": sorted(found.get("tags", [])),
            "context": (found.get("context") or {}).get("custom", {}),
            "metadata": found.get("metadata", {}),
            "display_name": found.get("display_name"),
        }

    def somebody_else(self, asset: Asset, **said: Any) -> None:
        assert asset.cloud is not None
        cloudinary.uploader.explicit(asset.cloud.public_id, type="upload", **said, **self._options)

    def delivered(self, batch: str) -> list[Edit]:
        """Wait until nothing of a batch is to be delivered any more."""
        changes = [edit.change for edit in self.editing.batch(batch)]
        edits = self.desk.parts.stock.edits
        self.desk.until(lambda: not edits.is_due(changes), what="the delivery")
        return self.editing.batch(batch)

    def states(self, batch: str) -> set[EditState]:
        return {edit.state for edit in self.delivered(batch)}
