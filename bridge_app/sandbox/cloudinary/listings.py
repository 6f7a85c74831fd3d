"""Listings of assets: by type, prefix, ID, tag, context or folder.

Source: reference/cloudinary.md 4.2 and 4.3.
"""

from collections.abc import Callable, Iterable, Mapping

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.moderation import STATUSES, current
from bridge_app.sandbox.cloudinary.paging import SortKey, page, page_in_order
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json, listed
from bridge_app.sandbox.records import StoredAsset

ASCENDING = frozenset({"asc", "1"})
ALWAYS_LISTED = frozenset({"asset_id", "asset_folder", "folder", "public_id"})
MODERATION_FIELDS = frozenset({"moderation_kind", "moderation_status"})


def _by_type(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Assets of a resource type, and of a delivery type if one is named."""
    public_ids = params.few("public_ids")
    if public_ids:
        delivery_type = path.get("type", "upload")
        keys = ((path["kind"], delivery_type, one) for one in public_ids)
        return _shown(cloud, params, _there(cloud.environment.find(key) for key in keys))
    prefix, start_at = params.text("prefix"), params.text("start_at")
    if prefix and "type" not in path:
        # cloudinary_php issue 258
        raise bad_request("Missing required parameter - type")
    if prefix:
        named = (one for one in _of(cloud, path) if one.public_id.startswith(prefix))
        return _paged(cloud, params, named, lambda asset: (asset.public_id, asset.serial))
    return _newest_first(
        cloud, params, lambda asset: _is_of(asset, path) and asset.created_at >= start_at
    )


def _by_tag(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Assets with a tag."""
    tag = path["tag"]
    return _newest_first(cloud, params, lambda asset: _is_of(asset, path) and tag in asset.tags)


def _by_context(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Assets with a key in their context, and with its value if one is given."""
    key, value = params.text("key"), params.text("value")
    if not key:
        raise bad_request("Missing required parameter - key")

    def wanted(asset: StoredAsset) -> bool:
        there = _is_of(asset, path) and key in asset.context
        return there and (not value or asset.context[key] == value)

    return _newest_first(cloud, params, wanted)


def _by_moderation(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Assets that somebody is to look at, or has looked at."""
    kind, status = path["moderation"], path["status"]
    if status not in STATUSES:
        raise bad_request(f"Invalid value for status: {status}")

    def wanted(asset: StoredAsset) -> bool:
        return _is_of(asset, path) and any(
            (one["kind"], one["status"]) == (kind, status) for one in asset.moderation
        )

    shown = Params({**params.values, "moderations": ("true",)})
    return _newest_first(cloud, shown, wanted)


def _by_asset_folder(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    """Assets in exactly this folder, and how many there are on all pages."""
    folder = params.text("asset_folder").strip("/")
    if cloud.folder_mode == "fixed":
        raise bad_request("asset_folder is not supported in fixed folder mode")

    def wanted(asset: StoredAsset) -> bool:
        return asset.asset_folder == folder

    total = sum(map(wanted, cloud.environment.assets()))
    return {"total_count": total, **_newest_first(cloud, params, wanted)}


def _by_asset_ids(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    """Assets by their immutable IDs."""
    found = (cloud.environment.find_id(one) for one in params.few("asset_ids"))
    return _shown(cloud, params, _there(found))


def _is_of(asset: StoredAsset, path: Mapping[str, str]) -> bool:
    """Whether an asset is of the types that the path names."""
    return asset.resource_type == path["kind"] and path.get("type") in {None, asset.type}


def _of(cloud: Cloud, path: Mapping[str, str]) -> Iterable[StoredAsset]:
    """The assets of the types that the path names."""
    return (asset for asset in cloud.environment.assets() if _is_of(asset, path))


def _there(found: Iterable[StoredAsset | None]) -> list[StoredAsset]:
    return [asset for asset in found if asset is not None]


def _newest_first(cloud: Cloud, params: Params, wanted: Callable[[StoredAsset], bool]) -> Json:
    """A page in order of creation, the newest first unless asked otherwise."""
    shown, cursor = page_in_order(
        cloud.environment.assets(),
        lambda asset: (asset.serial,),
        wanted,
        params,
        descending=params.text("direction").lower() not in ASCENDING,
    )
    return {**_shown(cloud, params, shown), **({"next_cursor": cursor} if cursor else {})}


def _paged(
    cloud: Cloud,
    params: Params,
    wanted: Iterable[StoredAsset],
    key: Callable[[StoredAsset], SortKey],
) -> Json:
    """A page of assets in some order."""
    shown, cursor = page(wanted, key, params)
    return {**_shown(cloud, params, shown), **({"next_cursor": cursor} if cursor else {})}


def _shown(cloud: Cloud, params: Params, assets: Iterable[StoredAsset]) -> Json:
    """The assets with the fields that were asked for."""
    fields = frozenset(params.csv("fields"))
    tags = params.flag("tags") or "tags" in fields
    context = params.flag("context") or "context" in fields
    metadata = params.flag("metadata") or "metadata" in fields
    moderations = params.flag("moderations") or bool(fields & MODERATION_FIELDS)
    resources = [
        {
            **listed(cloud, asset, tags=tags, context=context, metadata=metadata),
            **(_moderation(asset) if moderations else {}),
        }
        for asset in assets
    ]
    if fields:
        kept = fields | ALWAYS_LISTED
        resources = [{k: v for k, v in one.items() if k in kept} for one in resources]
    return {"resources": resources}


def _moderation(asset: StoredAsset) -> Json:
    """The moderation that counts now."""
    one = current(asset)
    return {"moderation_kind": one["kind"], "moderation_status": one["status"]} if one else {}


LISTING_CALLS = (
    AdminCall("GET", "/resources/by_asset_folder", _by_asset_folder),
    AdminCall("GET", "/resources/by_asset_ids", _by_asset_ids),
    AdminCall("GET", "/resources/{kind:kind}/tags/{tag:whole}", _by_tag),
    AdminCall("GET", "/resources/{kind:kind}/context", _by_context),
    AdminCall("GET", "/resources/{kind:kind}/moderations/{moderation}/{status}", _by_moderation),
    AdminCall("GET", "/resources/{kind:kind}", _by_type),
    AdminCall("GET", "/resources/{kind:kind}/{type}", _by_type),
)
