"""Deleting many assets, or only what was derived from them.

Source: reference/cloudinary.md 4.6.
"""

from collections.abc import Iterable, Mapping

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.paging import NO_CURSOR, cursor_at, is_cursor
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json, transformation_name
from bridge_app.sandbox.records import Derived, StoredAsset

MAX_PER_CALL = 1_000
Found = tuple[str, StoredAsset | None]
"""A name as it was given, and the asset it names."""


def _by_type(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Delete by public IDs, by prefix, or everything of a resource type and delivery type."""
    kind, delivery_type = path["kind"], path["type"]
    public_ids = dict.fromkeys(params.few("public_ids"))
    if public_ids:
        names = ((kind, delivery_type, one) for one in public_ids)
        return _deleted(cloud, params, [(key[2], cloud.environment.find(key)) for key in names])
    prefix = params.text("prefix")
    if not prefix and not params.flag("all"):
        raise bad_request("Missing required parameter - public_ids, prefix or all")
    assets = [
        asset
        for asset in cloud.environment.assets()
        if (asset.resource_type, asset.type) == (kind, delivery_type)
        and asset.public_id.startswith(prefix)
    ]
    return _deleted(cloud, params, _each(assets))


def _by_tag(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Delete every asset of a resource type with a tag."""
    assets = [
        asset
        for asset in cloud.environment.assets()
        if asset.resource_type == path["kind"] and path["tag"] in asset.tags
    ]
    return _deleted(cloud, params, _each(assets))


def _by_asset_ids(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    """Delete by immutable IDs."""
    asset_ids = dict.fromkeys(params.few("asset_ids"))
    if not asset_ids:
        raise bad_request("Missing required parameter - asset_ids")
    return _deleted(cloud, params, [(one, cloud.environment.find_id(one)) for one in asset_ids])


def _each(assets: Iterable[StoredAsset]) -> list[Found]:
    return [(asset.public_id, asset) for asset in assets]


def _deleted(cloud: Cloud, params: Params, found: list[Found]) -> Json:
    """Delete what was found, up to a limit, and tell of each name what became of it.

    A cursor needs no reading: what was deleted is not found again. One that is none ends the call,
    which would delete from the beginning otherwise.
    """
    cursor = params.text("next_cursor")
    if cursor and not is_cursor(cursor):
        raise bad_request(NO_CURSOR)
    now, later = found[:MAX_PER_CALL], found[MAX_PER_CALL:]
    deleted: dict[str, str] = {}
    counts: dict[str, dict[str, int]] = {}
    for name, asset in now:
        original, derived = _delete(cloud, params, asset)
        deleted[name] = "not_found" if asset is None else "deleted"
        counts[name] = {"original": original, "derived": derived}
    reply: Json = {"deleted": deleted, "deleted_counts": counts, "partial": bool(later)}
    if later:
        reply["next_cursor"] = cursor_at((now[-1][0],))
    return reply


def _delete(cloud: Cloud, params: Params, asset: StoredAsset | None) -> tuple[int, int]:
    """Delete one asset; how many originals and derived files are gone."""
    if asset is None:
        return 0, 0
    if not params.flag("keep_original"):
        return 1, cloud.backups.delete(asset)
    derived = cloud.environment.derived_of(asset.asset_id)
    only = params.text("transformations").split("|") if "transformations" in params else None
    gone = [one for one in derived if only is None or _is_one_of(one, only)]
    cloud.environment.delete_derived(gone)
    return 0, len(gone)


def _is_one_of(derived: Derived, transformations: Iterable[str]) -> bool:
    name = transformation_name(derived.transformation, derived.extension)
    return any(given.strip("/") in {name, derived.transformation} for given in transformations)


def _derived(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    """Delete derived files by their IDs."""
    wanted = dict.fromkeys(params.few("derived_resource_ids"))
    known = {
        derived.id: derived
        for asset in cloud.environment.assets()
        for derived in cloud.environment.derived_of(asset.asset_id)
    }
    cloud.environment.delete_derived([known[one] for one in wanted if one in known])
    return {"deleted": {one: "deleted" if one in known else "not_found" for one in wanted}}


DELETION_CALLS = (
    AdminCall("DELETE", "/resources", _by_asset_ids),
    AdminCall("DELETE", "/resources/{kind:kind}/tags/{tag:whole}", _by_tag),
    AdminCall("DELETE", "/resources/{kind:kind}/{type}", _by_type),
    AdminCall("DELETE", "/derived_resources", _derived),
)
