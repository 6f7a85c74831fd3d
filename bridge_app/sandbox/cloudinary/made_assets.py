"""Stores what the sandbox made itself: archives, sprites, animations, pictures of text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bridge_app.sandbox.cloudinary.auth import Caller
from bridge_app.sandbox.cloudinary.cloud import Cloud, iso
from bridge_app.sandbox.cloudinary.naming import checked_folder, checked_public_id
from bridge_app.sandbox.files import Received
from bridge_app.sandbox.records import StoredAsset


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was made, and what it is to be called. `format` is empty for raw assets."""

    resource_type: str
    type: str
    public_id: str
    format: str = ""
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    asset_folder: str = ""
    tags: tuple[str, ...] = ()
    info: Mapping[str, Any] = field(default_factory=dict)


def store_made(cloud: Cloud, made: Made, file: Received, caller: Caller) -> StoredAsset:
    """Keep it as an asset, or as a new version of the one that has its name.

    Raises:
        CloudinaryError: 400, a name is not allowed.
    """
    public_id = checked_public_id(made.public_id)
    at = cloud.now()
    before = cloud.environment.find((made.resource_type, made.type, public_id))
    folder = checked_folder(made.asset_folder)
    if cloud.folder_mode == "fixed":
        folder = public_id.rpartition("/")[0]
    asset = StoredAsset(
        asset_id=before.asset_id if before else cloud.new_id(),
        public_id=public_id,
        resource_type=made.resource_type,
        type=made.type,
        format=made.format,
        version=max(int(at.timestamp()), before.version + 1 if before else 0),
        version_id=cloud.new_id(),
        created_at=before.created_at if before else iso(at),
        bytes=file.bytes,
        etag=file.md5,
        serial=before.serial if before else cloud.environment.next_serial(),
        uploads=before.uploads + 1 if before else 1,
        width=made.width,
        height=made.height,
        pages=made.pages,
        asset_folder=folder,
        display_name="" if cloud.folder_mode == "fixed" else public_id.rpartition("/")[2],
        tags=made.tags,
        info=made.info,
        api_key=caller.api_key,
        last_updated={"updated_at": iso(at)},
    )
    cloud.environment.store(asset, file, cloud.new_folders(asset.asset_folder))
    return asset
