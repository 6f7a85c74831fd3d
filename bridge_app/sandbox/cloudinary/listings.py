"""Listings of assets: by type, prefix, ID, tag, context or folder.

Source: reference/cloudinary.md 4.2 and 4.3.
"""

from collections.abc import Callable, Iterable, Mapping

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.paging import SortKey, page
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json, listed
from bridge_app.sandbox.records import StoredAsset

MAX_IDS = 100
ASCENDING = frozenset({"asc", "1"})
ALWAYS_LISTED = frozenset({"asset_id", "public_id"})


def _by_type(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Assets of a resource type, and of a delivery type if one is named."""
    public_ids = params.array("public_ids")
    if public_ids:
        delivery_type = path.get("type", "upload")
        keys = ((path["kind"], delivery_type, one) for one in _few(public_ids))
        return _shown(cloud, params, _there(cloud.environment.find(key) for key in keys))
    prefix, start_at = params.text("prefix"), params.text("start_at")
    wanted = (
        asset
        for asset in _of(cloud, path)
        if asset.public_id.startswith(prefix) and (prefix or asset.created_at >= start_at)
    )
    if prefix:
        return _paged(cloud, params, wanted, lambda asset: (asset.public_id, asset.serial))
    return _newest_first(cloud, params, wanted)


def _by_tag(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Assets with a tag."""
    wanted = (asset for asset in _of(cloud, path) if path["tag"] in asset.tags)
    return _newest_first(cloud, params, wanted)


def _by_context(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Assets with a key in their context, and with its value if one is given."""
    key, value = params.text("key"), params.text("value")
    if not key:
        raise bad_request("Missing required parameter - key")
    wanted = (
        asset
        for asset in _of(cloud, path)
        if key in asset.context and (not value or asset.context[key] == value)
    )
    return _newest_first(cloud, params, wanted)


def _by_asset_folder(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    """Assets in exactly this folder."""
    folder = params.text("asset_folder").strip("/")
    if cloud.folder_mode == "fixed":
        raise bad_request("asset_folder is not supported in fixed folder mode")
    wanted = (one for one in cloud.environment.assets() if one.asset_folder == folder)
    return _newest_first(cloud, params, wanted)


def _by_asset_ids(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    """Assets by their immutable IDs."""
    found = (cloud.environment.find_id(one) for one in _few(params.array("asset_ids")))
    return _shown(cloud, params, _there(found))


def _of(cloud: Cloud, path: Mapping[str, str]) -> list[StoredAsset]:
    """The assets of the types that the path names."""
    delivery_type = path.get("type")
    return [
        asset
        for asset in cloud.environment.assets()
        if asset.resource_type == path["kind"] and delivery_type in {None, asset.type}
    ]


def _few(ids: tuple[str, ...]) -> tuple[str, ...]:
    """The IDs, if they are not too many."""
    if len(ids) > MAX_IDS:
        raise bad_request(f"Too many ids ({len(ids)}), maximum is {MAX_IDS}")
    return ids


def _there(found: Iterable[StoredAsset | None]) -> list[StoredAsset]:
    return [asset for asset in found if asset is not None]


def _newest_first(cloud: Cloud, params: Params, wanted: Iterable[StoredAsset]) -> Json:
    """A page in order of creation, the newest first unless asked otherwise."""
    descending = params.text("direction").lower() not in ASCENDING
    return _paged(cloud, params, wanted, lambda asset: (asset.serial,), descending=descending)


def _paged(
    cloud: Cloud,
    params: Params,
    wanted: Iterable[StoredAsset],
    key: Callable[[StoredAsset], SortKey],
    *,
    descending: bool = False,
) -> Json:
    """A page of assets in some order."""
    shown, cursor = page(wanted, key, params, descending=descending)
    return {**_shown(cloud, params, shown), **({"next_cursor": cursor} if cursor else {})}


def _shown(cloud: Cloud, params: Params, assets: Iterable[StoredAsset]) -> Json:
    """The assets with the fields that were asked for."""
    fields = frozenset(params.csv("fields"))
    tags = params.flag("tags") or "tags" in fields
    context = params.flag("context") or "context" in fields
    resources = [listed(cloud, asset, tags=tags, context=context) for asset in assets]
    if fields:
        kept = fields | ALWAYS_LISTED
        resources = [{k: v for k, v in one.items() if k in kept} for one in resources]
    return {"resources": resources}


LISTING_CALLS = (
    AdminCall("GET", "/resources/by_asset_folder", _by_asset_folder),
    AdminCall("GET", "/resources/by_asset_ids", _by_asset_ids),
    AdminCall("GET", "/resources/{kind:kind}/tags/{tag:whole}", _by_tag),
    AdminCall("GET", "/resources/{kind:kind}/context", _by_context),
    AdminCall("GET", "/resources/{kind:kind}", _by_type),
    AdminCall("GET", "/resources/{kind:kind}/{type}", _by_type),
)
