"""Upload mappings: folders whose files are fetched from elsewhere when first asked for.

Source: reference/cloudinary.md 4.11.
"""

from collections.abc import Mapping

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.paging import page
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json

TABLE = "upload_mapping"


def mapped_url(cloud: Cloud, name: str) -> str:
    """Where a file is fetched from that is not stored; empty for nowhere.

    Args:
        cloud: The product environment.
        name: Public ID with its extension, such as `wiki/a/b.jpg`; the longest folder counts.
    """
    rows = cloud.environment.rows(TABLE)
    for folder in sorted(rows, key=len, reverse=True):
        if name.startswith(f"{folder}/"):
            return str(rows[folder]["template"]) + name.removeprefix(f"{folder}/")
    return ""


def _folder(params: Params) -> str:
    if "folder" not in params:
        raise bad_request("Missing required parameter - folder")
    return params.text("folder").strip("/")


def _template(params: Params) -> str:
    if "template" not in params:
        raise bad_request("Missing required parameter - template")
    return params.text("template")


def _existing(cloud: Cloud, params: Params) -> Json:
    folder = _folder(params)
    row = cloud.environment.rows(TABLE).get(folder)
    if row is None:
        raise CloudinaryError(404, f"Can't find upload mapping with folder {folder}")
    return row


def _read(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    """One mapping where a folder is named, else all of them."""
    if "folder" in params:
        return _existing(cloud, params)
    rows = cloud.environment.rows(TABLE).values()
    shown, cursor = page(rows, lambda row: (str(row["folder"]),), params)
    return {"mappings": shown, **({"next_cursor": cursor} if cursor else {})}


def _created(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    folder = _folder(params)
    if folder in cloud.environment.rows(TABLE):
        raise CloudinaryError(409, f"Upload mapping for folder {folder} already exists")
    return _kept(cloud, folder, _template(params), "created")


def _updated(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    return _kept(cloud, str(_existing(cloud, params)["folder"]), _template(params), "updated")


def _kept(cloud: Cloud, folder: str, template: str, message: str) -> Json:
    cloud.environment.put_row(TABLE, folder, {"folder": folder, "template": template})
    return {"message": message, "folder": folder}


def _deleted(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    folder = str(_existing(cloud, params)["folder"])
    cloud.environment.delete_row(TABLE, folder)
    return {"message": "deleted", "folder": folder}


UPLOAD_MAPPING_CALLS = (
    AdminCall("GET", "/upload_mappings", _read),
    AdminCall("POST", "/upload_mappings", _created),
    AdminCall("PUT", "/upload_mappings", _updated),
    AdminCall("DELETE", "/upload_mappings", _deleted),
)
