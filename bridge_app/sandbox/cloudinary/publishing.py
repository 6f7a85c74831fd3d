"""Making restricted assets public, as it was done before access control: access modes.

Source: reference/cloudinary.md 4.2 and 12. The service keeps these calls for old clients.
"""

from collections.abc import Mapping
from dataclasses import replace

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.declarations import ACCESS_MODES
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json, listed
from bridge_app.sandbox.records import StoredAsset

MAX_PER_CALL = 1_000


def _chosen(
    cloud: Cloud, path: Mapping[str, str], params: Params, types: frozenset[str]
) -> list[StoredAsset]:
    """The assets that are named by IDs, by a prefix or by a tag."""
    assets = [
        asset
        for asset in cloud.environment.assets()
        if asset.resource_type == path["kind"] and asset.type in types
    ]
    public_ids, prefix, tag = params.array("public_ids"), params.text("prefix"), params.text("tag")
    if public_ids:
        return [asset for asset in assets if asset.public_id in public_ids][:MAX_PER_CALL]
    if prefix:
        return [asset for asset in assets if asset.public_id.startswith(prefix)][:MAX_PER_CALL]
    if tag:
        return [asset for asset in assets if tag in asset.tags][:MAX_PER_CALL]
    raise bad_request("Missing required parameter - public_ids, prefix or tag")


def _published(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Turn authenticated assets into public ones, unless a public one is in the way."""
    source = frozenset({params.text("type", "authenticated")})
    published, failed = [], []
    for asset in _chosen(cloud, path, params, source):
        public = replace(asset, type="upload", access_mode="public")
        in_the_way = cloud.environment.find(public.key)
        if in_the_way is None:
            cloud.environment.change(public)
        elif params.flag("overwrite"):
            cloud.backups.delete(in_the_way)
            cloud.environment.change(public)
        else:
            failed.append(_shown(cloud, asset))
            continue
        published.append(_shown(cloud, public))
    return {"published": published, "failed": failed}


def _access_mode_set(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Set the access mode, which delivery reads where there are no access rules."""
    mode = params.text("access_mode")
    if mode not in ACCESS_MODES:
        raise bad_request(f"Invalid value for access_mode: {mode}")
    chosen = _chosen(cloud, path, params, frozenset({path["type"]}))
    at = cloud.timestamp()
    updated = []
    for asset in chosen:
        touched = {**asset.last_updated, "access_control_updated_at": at, "updated_at": at}
        new = replace(asset, access_mode=mode, last_updated=touched)
        cloud.environment.change(new)
        updated.append(_shown(cloud, new))
    return {"updated": updated, "failed": []}


def _shown(cloud: Cloud, asset: StoredAsset) -> Json:
    return listed(cloud, asset, tags=False, context=False)


PUBLISHING_CALLS = (
    AdminCall("POST", "/resources/{kind:kind}/publish_resources", _published),
    AdminCall("POST", "/resources/{kind:kind}/{type}/update_access_mode", _access_mode_set),
)
