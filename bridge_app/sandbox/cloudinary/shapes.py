"""How assets look in replies.

Source: reference/cloudinary.md 3.3, 4.3 and 4.4. Optional keys are left out rather than null.
"""

from collections.abc import Iterable
from typing import Any

from bridge_app.sandbox.cloudinary.auth import Caller, delivery_signature, response_signature
from bridge_app.sandbox.cloudinary.cloud import Cloud, escaped
from bridge_app.sandbox.cloudinary.metadata_store import metadata_of
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.records import Derived, Key, StoredAsset

Json = dict[str, Any]
RESTRICTED = frozenset({"private", "authenticated"})
"""Delivery types that are seen with a signature only."""
COMPOSED = frozenset({"sprite", "multi"})
"""Delivery types of what is made of several assets; how, is nobody else's business."""


def delivery_url(
    cloud: Cloud, asset: StoredAsset, *, transformation: str = "", extension: str | None = None
) -> str:
    """The URL of an asset or of something derived from it; signed where that is needed.

    `extension` is without the dot; None stands for the asset's own format.
    """
    own = "" if asset.type == "fetch" else asset.format  # its address has what ending it has
    ending = own if extension is None else extension
    name = escaped(asset.public_id) + (f".{ending}" if ending else "")
    signature = ""
    if asset.type in RESTRICTED:
        secret = next(iter(cloud.keys.values()))
        to_sign = f"{transformation}/{name}" if transformation else name
        signature = f"s--{delivery_signature(to_sign, secret)}--"
    parts = [asset.resource_type, asset.type, signature, transformation, f"v{asset.version}", name]
    return "/".join([cloud.delivery_base, cloud.name, *filter(None, parts)])


def uploaded(cloud: Cloud, asset: StoredAsset, caller: Caller) -> Json:
    """The reply to an upload, and to what else returns a whole asset on the Upload API."""
    return {
        **_identity(asset),
        "version_id": asset.version_id,
        "signature": response_signature(asset.public_id, asset.version, caller.api_secret),
        **_media(asset),
        "created_at": asset.created_at,
        "tags": sorted(asset.tags),
        "bytes": asset.bytes,
        "type": asset.type,
        "etag": asset.etag,
        "placeholder": False,
        **_urls(cloud, asset),
        **_place(cloud, asset),
        **_access(asset),
        **_context(asset),
        **_metadata(cloud, asset),
        **_moderation(asset),
        **_origin(asset),
        "api_key": caller.api_key,
    }


def pending(params: Params, key: Key, *, batch_id: str) -> Json:
    """The reply to what was asked to be done in the background."""
    resource_type, delivery_type, public_id = key
    return {
        "status": "pending",
        "resource_type": resource_type,
        "type": delivery_type,
        "public_id": public_id,
        "batch_id": params.text("batch_id") or batch_id,
    }


def listed(
    cloud: Cloud, asset: StoredAsset, *, tags: bool, context: bool, metadata: bool = False
) -> Json:
    """An asset in a listing."""
    return {
        **_identity(asset),
        "type": asset.type,
        "created_at": asset.created_at,
        "bytes": asset.bytes,
        **_media(asset),
        **_place(cloud, asset),
        **_access(asset),
        **_urls(cloud, asset),
        **({"tags": sorted(asset.tags)} if tags else {}),
        **(_context(asset) if context else {}),
        **(_metadata(cloud, asset) if metadata else {}),
    }


def detailed(cloud: Cloud, asset: StoredAsset, derived: Iterable[Derived]) -> Json:
    """An asset with what was derived from it."""
    return {
        **listed(cloud, asset, tags=bool(asset.tags), context=True, metadata=True),
        "version_id": asset.version_id,
        "etag": asset.etag,
        "placeholder": False,
        **_moderation(asset),
        **_origin(asset),
        "created_by": {"access_key": asset.api_key},
        "uploaded_by": {"access_key": asset.api_key},
        "last_updated": dict(asset.last_updated),
        "derived": [derived_json(cloud, asset, one) for one in derived],
    }


def derived_json(cloud: Cloud, asset: StoredAsset, derived: Derived) -> Json:
    """A derived file in an asset's details."""
    url = _derived_url(cloud, asset, derived)
    return {
        "transformation": transformation_name(derived.transformation, derived.extension),
        "format": derived.format,
        "bytes": derived.bytes,
        "id": derived.id,
        "url": url,
        "secure_url": cloud.secured(url),
    }


def eager_json(cloud: Cloud, asset: StoredAsset, derived: Derived) -> Json:
    """A derived file in the reply to an upload."""
    url = _derived_url(cloud, asset, derived)
    return {
        "transformation": transformation_name(derived.transformation, derived.extension),
        "width": derived.width,
        "height": derived.height,
        "bytes": derived.bytes,
        "format": derived.format,
        "url": url,
        "secure_url": cloud.secured(url),
    }


def transformation_name(transformation: str, extension: str) -> str:
    """A transformation with the extension that was asked for: `w_100/jpg`."""
    return f"{transformation}/{extension}" if extension else transformation


def _derived_url(cloud: Cloud, asset: StoredAsset, derived: Derived) -> str:
    """Where the derived file is delivered."""
    extension = derived.extension or ("" if asset.type == "fetch" else derived.format)
    return delivery_url(cloud, asset, transformation=derived.transformation, extension=extension)


def _identity(asset: StoredAsset) -> Json:
    """What names an asset."""
    return {
        "asset_id": asset.asset_id,
        "public_id": asset.public_id,
        **({"format": asset.format} if asset.format else {}),
        "version": asset.version,
        "resource_type": asset.resource_type,
    }


def _media(asset: StoredAsset) -> Json:
    """What is known of the content."""
    facts = {
        "width": asset.width,
        "height": asset.height,
        "pages": asset.pages,
        "duration": asset.duration,
    }
    known: Json = {name: value for name, value in facts.items() if value is not None}
    if asset.resource_type == "video":
        known["is_audio"] = asset.is_audio
    return known


def _place(cloud: Cloud, asset: StoredAsset) -> Json:
    """Where people find it."""
    if cloud.folder_mode == "fixed":
        return {"folder": asset.asset_folder}
    return {"asset_folder": asset.asset_folder, "display_name": asset.display_name}


def _urls(cloud: Cloud, asset: StoredAsset) -> Json:
    """Where it is delivered; the sandbox has no TLS, so both are the one that works."""
    url = delivery_url(cloud, asset)
    return {"url": url, "secure_url": cloud.secured(url)}


def _metadata(cloud: Cloud, asset: StoredAsset) -> Json:
    """The structured metadata, defaults included."""
    shown = metadata_of(cloud, asset.metadata)
    return {"metadata": shown} if shown else {}


def _access(asset: StoredAsset) -> Json:
    """Who may see it."""
    rules = [dict(rule) for rule in asset.access_control]
    return {"access_mode": asset.access_mode, **({"access_control": rules} if rules else {})}


def _moderation(asset: StoredAsset) -> Json:
    """What those said who were to look at it, and what add-ons found."""
    moderations = [dict(one) for one in asset.moderation]
    return {
        **({"moderation": moderations} if moderations else {}),
        **({"info": dict(asset.info)} if asset.info and asset.type not in COMPOSED else {}),
    }


def _origin(asset: StoredAsset) -> Json:
    """The name it came with."""
    facts = {
        "original_filename": asset.original_filename,
        "original_extension": asset.original_extension,
    }
    return {name: text for name, text in facts.items() if text}


def _context(asset: StoredAsset) -> Json:
    """The contextual metadata."""
    return {"context": {"custom": dict(asset.context)}} if asset.context else {}
