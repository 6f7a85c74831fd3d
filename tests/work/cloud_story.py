"""A desk with a mirrored environment, for the tests of what is done there."""

from pathlib import Path

import cloudinary.api
import cloudinary.uploader

from bridge_app.domain.assets import AssetId
from bridge_app.domain.cloud import catalog_id, cloud_library
from bridge_app.domain.cloud_changes import Wish
from bridge_app.domain.jobs import JobRecord
from bridge_app.domain.query import Query
from bridge_app.work.cloud_desk import CloudDesk
from tests.desk import ACCOUNT, Desk, picture

STUDIO = ACCOUNT.cloud_name


class Story:
    """A desk with a mirrored environment."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.options = desk.parts.environments.credentials(STUDIO).options()

    @property
    def asks(self) -> CloudDesk:
        return self.desk.parts.worker.cloud_desk

    def upload(self, public_id: str, seed: int = 0, **options: object) -> AssetId:
        path = picture(self.desk.home / "elsewhere" / f"{seed}.jpg", seed)
        return self.upload_file(path, public_id, **options)

    def upload_file(self, path: Path, public_id: str, **options: object) -> AssetId:
        reply = cloudinary.uploader.upload(
            str(path), public_id=public_id, **{"backup": True, **options}, **self.options
        )
        return catalog_id(STUDIO, str(reply["asset_id"]))

    def sync(self) -> None:
        worker = self.desk.parts.worker
        worker.cloud.sync(STUDIO)
        self.settled()

    def settled(self) -> None:
        self.desk.until(self.desk.parts.worker.cloud.is_idle, what="the mirror")

    def do(self, assets: list[AssetId], wish: Wish) -> list[JobRecord]:
        return self.finished(self.asks.carry_out(self.asks.plan(assets, wish)))

    def finished(self, batch: str) -> list[JobRecord]:
        self.desk.until(lambda: self.asks.ended(batch) is not None, what="the changes")
        self.settled()
        return self.asks.ended(batch) or []

    def mirrored(self) -> set[str]:
        with self.desk.parts.stock.readers.lent() as reader:
            query = Query(library=cloud_library(STUDIO))
            ids = reader.ids(query, now=self.desk.clock())
            return {one.public_id for one in reader.cloud_assets(ids).values()}

    def there(self) -> set[str]:
        reply = cloudinary.api.resources(type="upload", max_results=500, **self.options)
        return {one["public_id"] for one in reply["resources"]}
