"""How assets and folders look in the replies to searches.

Source: reference/cloudinary.md 5.2 and 5.7. Times are written `+00:00` here, not `Z`.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.findings import embedded
from bridge_app.sandbox.cloudinary.metadata_values import Schema
from bridge_app.sandbox.cloudinary.search_analysis import Analyses, told
from bridge_app.sandbox.cloudinary.search_fields import (
    aspect_ratio,
    filename,
    instant,
    pixels,
    uploaded_at,
)
from bridge_app.sandbox.cloudinary.shapes import Json, delivery_url
from bridge_app.sandbox.records import Folder, StoredAsset

ALWAYS_TOLD = frozenset(
    {
        "public_id",
        "asset_id",
        "asset_folder",
        "folder",
        "created_at",
        "status",
        "type",
        "resource_type",
    }
)
"""What `fields` does not leave out."""


def found_asset(
    cloud: Cloud,
    schema: Schema,
    asset: StoredAsset,
    *,
    status: str,
    extra: Iterable[str],
) -> Json:
    """An asset with everything that is told unasked, and the `extra` fields."""
    return {
        "asset_id": asset.asset_id,
        "public_id": asset.public_id,
        **_place(cloud, asset),
        "filename": filename(asset),
        # Empty and not left out for raw assets: `cld sync` reads it of every asset.
        "format": asset.format,
        "version": asset.version,
        "resource_type": asset.resource_type,
        "type": asset.type,
        "created_at": _time(instant(asset.created_at)),
        "uploaded_at": _time(uploaded_at(asset)),
        "bytes": asset.bytes,
        "backup_bytes": backup_bytes(cloud, asset),
        **_media(asset),
        "url": delivery_url(cloud, asset),
        "secure_url": cloud.secured(delivery_url(cloud, asset)),
        "status": status,
        "access_mode": asset.access_mode,
        "access_control": list(asset.access_control) or None,
        "etag": asset.etag,
        "created_by": {"access_key": asset.api_key},
        "uploaded_by": {"access_key": asset.api_key},
        "last_updated": {name: _time(instant(at)) for name, at in asset.last_updated.items()},
        **_extra(schema, asset, frozenset(extra), cloud.index.analyses),
    }


def backup_bytes(cloud: Cloud, asset: StoredAsset) -> int:
    """How much the kept versions take."""
    return sum(version.bytes for version in cloud.backups.versions(asset.asset_id))


def _place(cloud: Cloud, asset: StoredAsset) -> Json:
    if cloud.folder_mode == "fixed":
        return {"folder": asset.asset_folder}
    return {"asset_folder": asset.asset_folder, "display_name": asset.display_name}


def _media(asset: StoredAsset) -> Json:
    """What is known of the content."""
    ratio = aspect_ratio(asset)
    facts = {
        "width": asset.width,
        "height": asset.height,
        "aspect_ratio": None if ratio is None else round(ratio, 5),
        "pixels": pixels(asset),
        "pages": asset.pages,
        "duration": asset.duration,
    }
    return {name: value for name, value in facts.items() if value is not None}


def _extra(schema: Schema, asset: StoredAsset, wanted: frozenset[str], analyses: Analyses) -> Json:
    """What is told only to those who ask; context is flat here."""
    known: Json = {
        "tags": sorted(asset.tags),
        "context": dict(asset.context),
        "metadata": schema.shown(asset.metadata),
        "image_metadata": embedded(asset),
        **told(asset, analyses),
    }
    return {name: value for name, value in known.items() if name in wanted}


def found_folder(folder: Folder) -> Json:
    """A folder."""
    return {
        "name": folder.path.rpartition("/")[2],
        "path": folder.path,
        "created_at": _time(instant(folder.created_at)),
        "external_id": folder.external_id,
    }


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
