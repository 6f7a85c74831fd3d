"""Folders on the Admin API, in both folder modes.

Source: reference/cloudinary.md 4.7 and 7.
"""

from collections.abc import Mapping
from dataclasses import replace

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.naming import checked_folder
from bridge_app.sandbox.cloudinary.paging import page
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json
from bridge_app.sandbox.records import Folder


def _listed(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """The folders right below the root or below another folder."""
    parent = checked_folder(path.get("folder", ""))
    if parent:
        _existing(cloud, parent)
    below = [
        folder
        for folder in cloud.environment.folders().values()
        if folder.path.rpartition("/")[0] == parent
    ]
    shown, cursor = page(below, lambda folder: (folder.path,), _many(params))
    return {
        "folders": [_shape(folder) for folder in shown],
        "next_cursor": cursor,
        "total_count": len(below),
    }


def _many(params: Params) -> Params:
    """Folders come 500 at a time unless asked otherwise."""
    return params.merged(Params({"max_results": ("500",)}))


def _shape(folder: Folder) -> Json:
    return {
        "name": folder.path.rpartition("/")[2],
        "path": folder.path,
        "external_id": folder.external_id,
    }


def _existing(cloud: Cloud, path: str) -> Folder:
    """The folder, if there is one."""
    folder = cloud.environment.folder(path)
    if folder is None:
        raise CloudinaryError(404, f"Can't find folder with path {path}")
    return folder


def _created(cloud: Cloud, path: Mapping[str, str], _params: Params) -> Json:
    """Create a folder with those above it; one that exists stays as it is."""
    folder = checked_folder(path["folder"])
    cloud.environment.create_folders(cloud.new_folders(folder))
    return {"success": True, "path": folder, "name": folder.rpartition("/")[2]}


def _deleted(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Delete a folder with its subfolders, if no asset lies in any of them.

    Deleted assets that could be had back count, unless the caller gives them up.
    """
    folder = checked_folder(path["folder"])
    _existing(cloud, folder)
    inside = [
        asset for asset in cloud.environment.assets() if _is_inside(asset.asset_folder, folder)
    ]
    kept = [one for one in cloud.backups.deleted() if _is_inside(one.asset_folder, folder)]
    if inside or (kept and not params.flag("skip_backup")):
        raise bad_request("Folder is not empty")
    for asset in kept:
        versions = cloud.backups.versions(asset.asset_id)
        cloud.backups.discard(asset.asset_id, {one.version_id for one in versions})
    gone = [one for one in cloud.environment.folders() if _is_inside(one, folder)]
    cloud.environment.delete_folders(gone)
    return {"deleted": sorted(gone)}


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _renamed(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Rename or move a folder with all that is in it; no public ID changes."""
    if cloud.folder_mode == "fixed":
        raise bad_request("Renaming folders is not supported in fixed folder mode")
    source, target = checked_folder(path["folder"]), checked_folder(params.text("to_folder"))
    _existing(cloud, source)
    if not target:
        raise bad_request("Missing required parameter - to_folder")
    if cloud.environment.folder(target) or _is_inside(target, source):
        raise CloudinaryError(409, f"Folder {target} already exists")
    moved = [one for one in cloud.environment.folders() if _is_inside(one, source)]
    for one in sorted(moved):
        cloud.environment.create_folders(cloud.new_folders(target + one[len(source) :]))
    for asset in cloud.environment.assets():
        if _is_inside(asset.asset_folder, source):
            folder = target + asset.asset_folder[len(source) :]
            cloud.environment.change(replace(asset, asset_folder=folder))
    cloud.environment.delete_folders(moved)
    return {
        "from": {"name": source.rpartition("/")[2], "path": source},
        "to": {"name": target.rpartition("/")[2], "path": target},
    }


FOLDER_CALLS = (
    AdminCall("GET", "/folders", _listed),
    AdminCall("GET", "/folders/{folder:whole}", _listed),
    AdminCall("POST", "/folders/{folder:whole}", _created),
    AdminCall("PUT", "/folders/{folder:whole}", _renamed),
    AdminCall("DELETE", "/folders/{folder:whole}", _deleted),
)
