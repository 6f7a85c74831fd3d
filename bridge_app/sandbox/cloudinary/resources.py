"""One stored asset on the Admin API: its details, and changing what is said about it.

Source: reference/cloudinary.md 4.4 and 4.5.
"""

from collections.abc import Mapping

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.changes import changed
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import not_found
from bridge_app.sandbox.cloudinary.findings import findings
from bridge_app.sandbox.cloudinary.paging import is_cursor, page
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.related import related_json
from bridge_app.sandbox.cloudinary.shapes import Json, detailed
from bridge_app.sandbox.records import Derived, StoredAsset


def _named(cloud: Cloud, path: Mapping[str, str]) -> StoredAsset | None:
    """The asset a path names, by its asset ID or its public ID."""
    if "asset_id" in path:
        return cloud.environment.find_id(path["asset_id"])
    return cloud.environment.find((path["kind"], path["type"], path["public_id"]))


def _deleted(cloud: Cloud, path: Mapping[str, str]) -> StoredAsset:
    """The asset a path names that is gone but could be had back."""
    if "asset_id" in path:
        name, asset = path["asset_id"], cloud.backups.find_deleted_id(path["asset_id"])
    else:
        name = path["public_id"]
        asset = cloud.backups.find_deleted((path["kind"], path["type"], name))
    if asset is None:
        raise not_found(name)
    return asset


async def _details(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    asset = _named(cloud, path)
    if asset is None:
        gone = _deleted(cloud, path)
        placeholder = {**detailed(cloud, gone, ()), "bytes": 0, "placeholder": True}
        return {**placeholder, **_versions(cloud, gone, params)}
    return {
        **_with_derived(cloud, asset, params),
        **await findings(cloud, asset, params),
        **_versions(cloud, asset, params),
        **(related_json(cloud, asset, params) if params.flag("related") else {}),
    }


def _with_derived(cloud: Cloud, asset: StoredAsset, params: Params) -> Json:
    """The details with a page of what was derived, the oldest first."""
    derived = cloud.environment.derived_of(asset.asset_id)
    places = {one.id: place for place, one in enumerate(derived)}
    cursor = params.text("derived_next_cursor")
    asked = Params(
        {
            "max_results": params.values.get("max_results", ()),
            # One that came from elsewhere is taken for none.
            "next_cursor": (cursor,) if is_cursor(cursor) else (),
        }
    )

    def place(one: Derived) -> tuple[int]:
        return (places[one.id],)

    shown, following = page(derived, place, asked)
    return {
        **detailed(cloud, asset, shown),
        **({"derived_next_cursor": following, "next_cursor": following} if following else {}),
    }


def _versions(cloud: Cloud, asset: StoredAsset, params: Params) -> Json:
    """The kept versions, if they were asked for."""
    if not params.flag("versions"):
        return {}
    versions = [
        {
            "version_id": version.version_id,
            "version": str(version.version),
            "format": version.format,
            "size": version.bytes,
            "time": version.last_updated.get("updated_at", version.created_at),
            "restorable": True,
        }
        for version in cloud.backups.versions(asset.asset_id)
    ]
    return {"versions": versions}


async def _update(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    asset = _named(cloud, path)
    if asset is None:
        raise not_found(path.get("public_id", path.get("asset_id", "")))
    asset = changed(cloud, asset, params, call="update")
    return {
        **detailed(cloud, asset, cloud.environment.derived_of(asset.asset_id)),
        **await findings(cloud, asset, params),
    }


RESOURCE_CALLS = (
    AdminCall("GET", "/resources/{asset_id:asset_id}", _details),
    AdminCall("PUT", "/resources/{asset_id:asset_id}", _update),
    AdminCall("GET", "/resources/{kind:kind}/{type}/{public_id:whole}", _details),
    AdminCall("POST", "/resources/{kind:kind}/{type}/{public_id:whole}", _update),
)
