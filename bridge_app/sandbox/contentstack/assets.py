"""Calls about assets and their folders."""

import json
import re

from starlette.responses import Response

from bridge_app.sandbox.contentstack.answers import RefusedError, answer, gone, page
from bridge_app.sandbox.contentstack.publishing import publish_asset
from bridge_app.sandbox.contentstack.requested import Requested
from bridge_app.sandbox.contentstack.stack import Row

MOST_BYTES = 100 * 1024 * 1024
IN_NO_NAME = re.compile(r"[#%^+\\/?*:|\"'<>{}=,\s]")


def assets(call: Requested) -> Response:
    """GET and POST assets."""
    if call.method == "POST":
        return answer({"notice": "Asset created successfully.", "asset": _new(call)}, 201)
    folder = call.query.get("folder")
    asked = json.loads(call.query.get("query") or "{}")
    rows = [
        row
        for row in call.branch.assets.values()
        if (call.query.get("include_folders") == "true" or not row["is_dir"])
        and (folder is None or row["parent_uid"] == folder)
        and _fits(row, asked)
    ]
    return page(rows, "assets", call.query)


def asset(call: Requested) -> Response:
    """GET, PUT (details, or another file) and DELETE assets/{uid}."""
    found = _asset(call)
    if call.method == "DELETE":
        del call.branch.assets[found["uid"]]
        return answer({"notice": "Asset deleted successfully."})
    if call.method == "PUT":
        found.update(_file(call, found["uid"]) if call.file else {})
        found.update(_details(call))
        found["_version"] += 1
        found["updated_at"] = call.stack.moment()
        return answer({"notice": "Asset updated successfully.", "asset": found})
    return answer({"asset": found})


def references(call: Requested) -> Response:
    """GET assets/{uid}/references: the entries whose file fields name it."""
    uid = _asset(call)["uid"]
    rows = []
    for entry in call.branch.entries.values():
        for locale, versions in entry.versions.items():
            told = versions[-1]
            if uid in told.values() or any(
                isinstance(value, list) and uid in value for value in told.values()
            ):
                kind = entry.content_type
                rows.append({"entry_uid": entry.uid, "content_type_uid": kind, "locale": locale})
    return answer({"references": rows})


def publish(call: Requested) -> Response:
    """POST assets/{uid}/publish and …/unpublish."""
    publish_asset(call.stack, _asset(call), call.body, out=call.path.endswith("/publish"))
    return answer({"notice": "The requested action has been performed."}, 201)


def folders(call: Requested) -> Response:
    """POST assets/folders."""
    told = call.part("asset")
    if not told.get("name"):
        raise RefusedError(422, 145, "Folder creation failed.", {"name": ["is required."]})
    row = {
        **_record(call, told.get("parent_uid")),
        "name": told["name"],
        "is_dir": True,
    }
    call.branch.assets[row["uid"]] = row
    return answer({"notice": "Folder created successfully.", "asset": row}, 201)


def folder(call: Requested) -> Response:
    """GET, PUT and DELETE assets/folders/{uid}."""
    found = _asset(call)
    if call.method == "DELETE":
        del call.branch.assets[found["uid"]]
        return answer({"notice": "Folder deleted successfully."})
    if call.method == "PUT":
        found.update({name: call.part("asset")[name] for name in call.part("asset")})
    return answer({"asset": found})


def _new(call: Requested) -> Row:
    if call.file is None:
        raise RefusedError(422, 145, "Asset creation failed.", {"upload": ["is required."]})
    if len(call.branch.assets) >= call.stack.settings.most_assets:
        raise RefusedError(422, 145, "You have reached the limit of assets of this stack.")
    row = {**_record(call, call.part("asset").get("parent_uid") or None), "is_dir": False}
    row.update(_file(call, row["uid"]))
    row["title"] = row["filename"]
    row.update(_details(call))
    call.branch.assets[row["uid"]] = row
    return row


def _record(call: Requested, parent: str | None) -> Row:
    if parent and not call.branch.assets.get(parent, {}).get("is_dir"):
        raise gone("folder")
    at = call.stack.moment()
    return {
        "uid": call.stack.new_uid(),
        "parent_uid": parent,
        "tags": [],
        "publish_details": [],
        "_version": 1,
        "created_at": at,
        "updated_at": at,
    }


def _file(call: Requested, uid: str) -> Row:
    name, kind, data = call.file or ("", "", b"")
    if len(data) > MOST_BYTES:
        raise RefusedError(422, 145, "Asset creation failed.", {"upload": ["is too large."]})
    own = IN_NO_NAME.sub("_", name)
    key = call.stack.settings.api_key
    place = f"{key}/{uid}/{call.stack.new_uid()}/{own}"
    url = f"https://images.contentstack.io/v3/assets/{place}"
    return {"filename": own, "content_type": kind, "file_size": str(len(data)), "url": url}


def _details(call: Requested) -> Row:
    told = call.body.get("asset") or {}
    found = {name: told[name] for name in ("title", "description") if name in told}
    if "tags" in told:
        tags = told["tags"]
        found["tags"] = tags if isinstance(tags, list) else [one for one in tags.split(",") if one]
    return found


def _fits(row: Row, asked: Row) -> bool:
    """Mongo-like: equality, and `$in` in one value or a list of them."""
    for name, wanted in asked.items():
        value = row.get(name)
        values = value if isinstance(value, list) else [value]
        allowed = wanted["$in"] if isinstance(wanted, dict) and "$in" in wanted else [wanted]
        if not set(values) & set(allowed):
            return False
    return True


def _asset(call: Requested) -> Row:
    found = call.branch.assets.get(call.names["uid"])
    if found is None:
        raise gone("asset")
    return found
