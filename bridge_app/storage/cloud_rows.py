"""Cloud assets as rows of the catalog, and back."""

import json
import sqlite3
from dataclasses import fields

from bridge_app.domain.assets import Asset, AssetId, CloudCopy
from bridge_app.domain.cloud import AccessRule, CloudAsset, MetadataValue, Moderation
from bridge_app.domain.query import fold
from bridge_app.storage.paths import shown

FIELDS = tuple(field.name for field in fields(CloudAsset))
LISTS = ("tags", "context", "metadata", "moderation", "access_control")
"""The fields that a row holds as JSON."""
COLUMNS = ("id", *FIELDS, "claimed_sha256", "seen")
PUT_CLOUD = f"""
    INSERT INTO cloud_asset ({", ".join(COLUMNS)})
    VALUES ({", ".join(f":{c}" for c in COLUMNS)})
    ON CONFLICT (id) DO UPDATE SET {", ".join(f"{c} = excluded.{c}" for c in COLUMNS[1:])},
        missing = 0
"""
OF_ANOTHER = """
    SELECT 1 FROM asset AS a JOIN cloud_asset AS c ON c.id = a.id
    WHERE a.bytes = ? AND a.md5 = ? AND a.id <> ?
"""
TITLES = ("caption", "title")
"""Contextual metadata that Cloudinary's own tools show as the title, and what else is used."""
CAPTION = "alt"
"""Contextual metadata that Cloudinary's own tools show as the description."""


def cloud_values(asset: CloudAsset, seen: int) -> dict[str, object]:
    """The values of `PUT_CLOUD`; `seen` is the number of the listing that showed it."""
    return {
        **{name: getattr(asset, name) for name in FIELDS},
        "id": asset.id,
        "tags": _json(asset.tags),
        "context": _json(dict(asset.context)),
        "metadata": _json(dict(asset.metadata)),
        "moderation": _json([[one.kind, one.status] for one in asset.moderation]),
        "access_control": _json(
            [[rule.access_type, rule.start, rule.end] for rule in asset.access_control]
        ),
        "claimed_sha256": asset.claimed_sha256,
        "seen": seen,
    }


def cloud_asset_from(row: sqlite3.Row) -> CloudAsset:
    """The value a row of `cloud_asset` describes."""
    plain = {name: row[name] for name in FIELDS if name not in LISTS}
    metadata: dict[str, MetadataValue] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in json.loads(row["metadata"]).items()
    }
    return CloudAsset(
        **plain | {"placeholder": bool(row["placeholder"])},
        tags=tuple(json.loads(row["tags"])),
        context=json.loads(row["context"]),
        metadata=metadata,
        moderation=tuple(
            Moderation(kind=kind, status=status) for kind, status in json.loads(row["moderation"])
        ),
        access_control=tuple(
            AccessRule(access_type=access, start=start, end=end)
            for access, start, end in json.loads(row["access_control"])
        ),
    )


def copy_of(asset: CloudAsset, sha256: str | None) -> CloudCopy:
    """A cloud asset as the delivered copy of its own content ("" where that is not known)."""
    return CloudCopy(
        environment=asset.environment,
        public_id=asset.public_id,
        resource_type=asset.resource_type,
        delivery_type=asset.delivery_type,
        version=asset.version,
        asset_id=asset.asset_id,
        format=asset.format,
        etag=asset.etag,
        sha256=sha256 or "",
        bytes=asset.bytes,
        url=asset.url,
    )


def as_asset(asset: CloudAsset, path: str, sha256: str | None) -> Asset:
    """A cloud asset as the catalog's row; its title and caption are its contextual metadata."""
    title = next((asset.context[key] for key in TITLES if asset.context.get(key)), "")
    return Asset(
        id=asset.id,
        library=asset.library,
        path=path,
        name=asset.name,
        folder=asset.asset_folder,
        kind=asset.kind,
        format=asset.format.lower(),
        bytes=asset.bytes,
        modified_at=asset.updated_at.replace("Z", "+00:00"),
        sha256=sha256,
        version_key=None if sha256 else asset.version_key,
        md5=asset.etag or None,
        width=asset.width,
        height=asset.height,
        display_width=asset.width,
        display_height=asset.height,
        duration_s=asset.duration_s,
        pages=asset.pages,
        title=title,
        caption=asset.context.get(CAPTION, ""),
        keywords=asset.tags,
    )


def cloud_text(asset: CloudAsset) -> str:
    """The folded text a search looks at: names, public ID, tags, context and metadata values."""
    parts = [shown(asset.name), asset.public_id, *asset.tags, *asset.context.values()]
    for value in asset.metadata.values():
        parts.extend(value if isinstance(value, tuple) else (str(value),))
    return "\n".join(dict.fromkeys(fold(part) for part in parts if part))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def is_file_of_another(
    connection: sqlite3.Connection, asset: AssetId, size_bytes: int, md5: str
) -> bool:
    """Is a file what another cloud asset holds?"""
    return connection.execute(OF_ANOTHER, (size_bytes, md5, asset)).fetchone() is not None
