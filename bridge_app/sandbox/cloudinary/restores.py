"""Kept versions on the Admin API: having assets back, and forgetting versions for good.

Source: reference/cloudinary.md 4.6.
"""

import os
from collections.abc import Iterable, Mapping
from itertools import zip_longest

from bridge_app.sandbox.backups import restored
from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import bad_request, not_found
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json, detailed
from bridge_app.sandbox.files import Received
from bridge_app.sandbox.records import StoredAsset

Wanted = tuple[str, StoredAsset | None, str]
"""A name as it was given, the asset it names, and the version; empty for the latest."""


def _by_public_ids(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Have assets back by their public IDs."""
    keys = [
        (path["kind"], path["type"], public_id) for public_id in _required(params, "public_ids")
    ]
    found = (cloud.environment.find(key) or cloud.backups.find_deleted(key) for key in keys)
    return _restored(cloud, params, zip([key[2] for key in keys], found, strict=True))


def _by_asset_ids(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    """Have assets back by their asset IDs."""
    ids = _required(params, "asset_ids")
    found = (cloud.environment.find_id(one) or cloud.backups.find_deleted_id(one) for one in ids)
    return _restored(cloud, params, zip(ids, found, strict=True))


def _required(params: Params, name: str) -> tuple[str, ...]:
    """The IDs that were given, if they are not too many."""
    ids = params.few(name)
    if not ids:
        raise bad_request(f"Missing required parameter - {name}")
    return ids


def _restored(
    cloud: Cloud, params: Params, found: Iterable[tuple[str, StoredAsset | None]]
) -> Json:
    """Restore each, and tell of each what became of it."""
    versions = params.array("versions")
    wanted = zip_longest(list(found), versions, fillvalue="")
    reply: Json = {}
    for one, version_id in wanted:
        if isinstance(one, str) or not isinstance(version_id, str):
            raise bad_request("There are more versions than assets")
        name, asset = one
        reply[name] = _restore(cloud, asset, version_id)
    return reply


def _restore(cloud: Cloud, asset: StoredAsset | None, version_id: str) -> Json:
    """Make a kept version of an asset its current one."""
    if asset is None:
        return {"error": "not_found"}
    kept = cloud.backups.versions(asset.asset_id)
    chosen = [one for one in kept if not version_id or one.version_id == version_id]
    if not chosen:
        return {"error": "no_backup"}
    version = chosen[-1]
    again = restored(asset, version, version_id=cloud.new_id(), at=int(cloud.now().timestamp()))
    copy = cloud.environment.incoming / cloud.new_id()
    os.link(cloud.backups.file(version), copy)
    cloud.environment.store(
        again, Received(copy, None, md5=version.etag), cloud.new_folders(again.asset_folder)
    )
    cloud.backups.forget_deleted(again.key)
    cloud.backups.keep(again)
    return detailed(cloud, again, ())


def _discarded(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Forget kept versions of an asset; there is no way back."""
    asset_id = path["asset_id"]
    if not cloud.backups.versions(asset_id):
        raise not_found(asset_id)
    gone = set(cloud.backups.discard(asset_id, set(_required(params, "version_ids"))))
    wanted = params.array("version_ids")
    return {
        "asset_id": asset_id,
        "deleted_version_ids": [one for one in wanted if one in gone],
        "version_ids": {one: "deleted" if one in gone else "not_found" for one in wanted},
    }


RESTORE_CALLS = (
    AdminCall("POST", "/resources/restore", _by_asset_ids),
    AdminCall("POST", "/resources/{kind:kind}/{type}/restore", _by_public_ids),
    AdminCall("DELETE", "/resources/backup/{asset_id:asset_id}", _discarded),
)
