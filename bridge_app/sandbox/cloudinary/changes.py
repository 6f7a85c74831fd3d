"""What `explicit` and the Admin API's `update` change of a stored asset."""

from dataclasses import replace

from bridge_app.sandbox.cloudinary.addons import Call, check_add_ons
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.declarations import declared
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.labels import checked_context, checked_tags
from bridge_app.sandbox.cloudinary.metadata_store import assigned
from bridge_app.sandbox.cloudinary.naming import (
    SUFFIX_LETTERS,
    checked_display_name,
    checked_folder,
)
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.records import StoredAsset


def changed(cloud: Cloud, asset: StoredAsset, params: Params, *, call: Call) -> StoredAsset:
    """The asset as it is after the change, stored; unchanged when nothing is asked.

    Tags and context are replaced by what is given, structured metadata is added to.

    Raises:
        CloudinaryError: 400, a value is not allowed, or 420, it needs an add-on; and nothing was
            changed.
    """
    check_add_ons(params, call)
    new, touched = asset, {}
    at = cloud.timestamp()
    if "tags" in params.values:
        new, touched["tags_updated_at"] = replace(new, tags=checked_tags(params.csv("tags"))), at
    if "context" in params.values:
        context = checked_context(params.context())
        new, touched["context_updated_at"] = replace(new, context=context), at
    if "metadata" in params.values:
        metadata = assigned(cloud, new.metadata, params)
        new, touched["metadata_updated_at"] = replace(new, metadata=metadata), at
    new = _placed(cloud, declared(new, params, at=at), params)
    if new.access_control != asset.access_control:
        touched["access_control_updated_at"] = at
    if new == asset:
        return asset
    new = replace(new, last_updated={**asset.last_updated, **touched, "updated_at": at})
    cloud.environment.change(new, cloud.new_folders(new.asset_folder))
    return new


def _placed(cloud: Cloud, asset: StoredAsset, params: Params) -> StoredAsset:
    """The asset with its new folder and display name, which only dynamic folders have."""
    wanted = [name for name in ("asset_folder", "display_name") if name in params.values]
    if not wanted:
        return asset
    if cloud.folder_mode == "fixed":
        raise bad_request(f"{wanted[0]} is not supported in fixed folder mode")
    if "asset_folder" in wanted:
        asset = replace(asset, asset_folder=checked_folder(params.text("asset_folder")))
    if "display_name" in wanted:
        asset = replace(asset, display_name=checked_display_name(params.text("display_name")))
    return uniquely_named(cloud, asset) if params.flag("unique_display_name") else asset


def uniquely_named(cloud: Cloud, asset: StoredAsset) -> StoredAsset:
    """The asset with a display name that no other one in its folder has."""
    taken = any(
        (other.asset_folder, other.display_name) == (asset.asset_folder, asset.display_name)
        for other in cloud.environment.assets()
        if other.asset_id != asset.asset_id
    )
    suffix = cloud.new_id()[:SUFFIX_LETTERS]
    return replace(asset, display_name=f"{asset.display_name}_{suffix}") if taken else asset
