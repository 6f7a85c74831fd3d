"""Environments for stories about mirrors: filled without uploads, and changed through the SDK."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import cloudinary.api
import cloudinary.uploader

from bridge_app.app.build import Parts
from bridge_app.delivery.listing import Listing
from bridge_app.domain.assets import Asset
from bridge_app.domain.cloud import CloudAsset, cloud_library
from bridge_app.domain.query import Query
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.cloudinary.naming import FolderMode
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.journal import Journal
from bridge_app.sandbox.records import Folder, StoredAsset
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.cloud_mirror import CloudMirror
from bridge_app.work.events import ScanProgress
from bridge_app.work.mirror_proof import MirrorStores
from bridge_app.work.mirror_run import MirrorRun
from tests.desk import ACCOUNT, Desk

LONG_AGO = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
ENVIRONMENT = ACCOUNT.cloud_name
LIBRARY = cloud_library(ENVIRONMENT)
CALLS_PER_HOUR = 1_000_000


def stored(number: int, **facts: Any) -> StoredAsset:
    """The asset of that number, as a sandbox keeps it; created a second after the one before."""
    at = (LONG_AGO + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
    identity = hashlib.md5(str(number).encode(), usedforsecurity=False).hexdigest()
    made = StoredAsset(
        asset_id=identity,
        public_id=f"campaign/shot-{number:06}",
        resource_type="image",
        type="upload",
        format="jpg",
        version=int(LONG_AGO.timestamp()) + number,
        version_id=identity[::-1],
        created_at=at,
        bytes=1_000 + number,
        etag=identity,
        serial=number + 1,
        width=320,
        height=200,
        asset_folder=f"campaign/{number % 10}",
        display_name=f"Shot {number:06}",
        tags=("spring", f"number{number}"),
        last_updated={"updated_at": at},
    )
    return replace(made, **facts)


def fill(
    state: Path,
    assets: Iterable[StoredAsset],
    folders: Iterable[str] = (),
    cloud: str = ENVIRONMENT,
) -> None:
    """Write assets into a sandbox's folder before it starts; they have no content."""
    (state / cloud).mkdir(parents=True)
    journal = Journal(state / cloud / "journal.jsonl")
    journal.open()
    journal.append([("asset", asset.asset_id, asset.row()) for asset in assets])
    made = [
        Folder(
            path=path,
            external_id=hashlib.md5(path.encode(), usedforsecurity=False).hexdigest(),
            created_at=LONG_AGO.strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
        for path in folders
    ]
    if made:
        journal.append([("folder", folder.path, folder.row()) for folder in made])
    journal.close()


@contextmanager
def cloud_desk(
    home: Path,
    decoder: DecoderPool,
    *,
    folder_mode: FolderMode = "dynamic",
    lag_s: float = 0,
) -> Iterator[Desk]:
    """An open application whose account is a sandbox on `home / "sandbox"`."""
    sandbox = Sandbox(
        accounts=(ACCOUNT,),
        decoder=decoder,
        state=home / "sandbox",
        folder_mode=folder_mode,
        calls_per_hour=CALLS_PER_HOUR,
        settings=Settings(search_lag_s=lag_s),
    )
    sandbox.start()
    desk = Desk(home, sandbox=sandbox, decoder=decoder)
    try:
        desk.open()
        yield desk
    finally:
        desk.close()
        sandbox.stop()


def sync(desk: Desk) -> None:
    """Press F5 on the cloud library, and wait."""
    desk.parts.worker.cloud.sync(ENVIRONMENT)
    desk.until(desk.parts.worker.cloud.is_idle, what="the sync")


def mirrored(desk: Desk, **query: Any) -> list[Asset]:
    """What the catalog shows of the environment."""
    return desk.assets(Query(library=LIBRARY, environment=ENVIRONMENT, **query))


def cloud_asset(desk: Desk, public_id: str) -> CloudAsset:
    """What the mirror says of a public ID."""
    with desk.parts.stock.readers.lent() as reader:
        (found,) = reader.cloud_named(ENVIRONMENT, public_id)
        asset = reader.cloud_asset(found)
    assert asset is not None
    return asset


def remote(desk: Desk) -> dict[str, object]:
    """Options of a call of the SDK by somebody else."""
    return desk.parts.environments.credentials(ENVIRONMENT).options()


def upload(desk: Desk, path: Path, **options: object) -> dict[str, Any]:
    """Somebody else uploads a file."""
    reply: dict[str, Any] = cloudinary.uploader.upload(str(path), **options, **remote(desk))
    return reply


def delete(desk: Desk, *public_ids: str) -> None:
    """Somebody else deletes assets, a hundred at a time."""
    for start in range(0, len(public_ids), 100):
        cloudinary.api.delete_resources(list(public_ids[start : start + 100]), **remote(desk))


def stores(parts: Parts, heard: list[ScanProgress] | None = None) -> MirrorStores:
    """What a run by hand writes to."""
    return MirrorStores(
        mirror=CloudMirror(parts.stock.catalog.writer),
        deliveries=parts.stock.deliveries,
        emit=lambda event: (
            heard.append(event) if heard is not None and isinstance(event, ScanProgress) else None
        ),
    )


class ByHand:
    """A sync without the thread, so that its calls can be counted and it can be cut short."""

    def __init__(self, desk: Desk, kind: type[Listing] = Listing) -> None:
        self.listing = kind(desk.parts.environments.credentials(ENVIRONMENT))
        self.heard: list[ScanProgress] = []
        self._stores = stores(desk.parts, self.heard)
        self._desk = desk
        self.allowed_calls: int | None = None

    def sync(self, *, thorough: bool = True) -> int:
        """Sync; how many calls that took. Stopped when `allowed_calls` were made."""
        before = self.listing.calls
        run = MirrorRun(self.listing, self._stores, cancelled=self._is_enough, now=self._desk.clock)
        self.ended = run.sync(thorough=thorough)
        return self.listing.calls - before

    def _is_enough(self) -> bool:
        return self.allowed_calls is not None and self.listing.calls >= self.allowed_calls
