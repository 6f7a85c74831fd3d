"""One stored asset on the Admin API: its details, and changing what is said about it."""

from collections.abc import Mapping

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.changes import changed
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import not_found
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json, detailed
from bridge_app.sandbox.records import StoredAsset


def _named(cloud: Cloud, path: Mapping[str, str]) -> StoredAsset:
    """The asset a path names, by its asset ID or its public ID."""
    if "asset_id" in path:
        asset, name = cloud.environment.find_id(path["asset_id"]), path["asset_id"]
    else:
        name = path["public_id"]
        asset = cloud.environment.find((path["kind"], path["type"], name))
    if asset is None:
        raise not_found(name)
    return asset


def _details(cloud: Cloud, path: Mapping[str, str], _params: Params) -> Json:
    asset = _named(cloud, path)
    return detailed(cloud, asset, cloud.environment.derived_of(asset.asset_id))


def _update(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    asset = changed(cloud, _named(cloud, path), params)
    return detailed(cloud, asset, cloud.environment.derived_of(asset.asset_id))


RESOURCE_CALLS = (
    AdminCall("GET", "/resources/{asset_id:asset_id}", _details),
    AdminCall("PUT", "/resources/{asset_id:asset_id}", _update),
    AdminCall("GET", "/resources/{kind:kind}/{type}/{public_id:whole}", _details),
    AdminCall("POST", "/resources/{kind:kind}/{type}/{public_id:whole}", _update),
)
