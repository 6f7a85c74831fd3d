"""Related assets on the Admin API: pairs of assets that know each other.

Source: reference/cloudinary.md 4.12.
"""

from collections.abc import Callable, Iterable, Mapping

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import bad_request, not_found
from bridge_app.sandbox.cloudinary.params import WHOLE, Params
from bridge_app.sandbox.cloudinary.shapes import Json, listed
from bridge_app.sandbox.records import Key, StoredAsset

RELATED = "related"
"""Asset ID -> {"ids": [...]}, in both directions."""
MAX_IDS = 10
SHOWN = 100
KEY_PARTS = 3

Find = Callable[[str], StoredAsset | None]


def related_ids(cloud: Cloud, asset_id: str) -> list[str]:
    """The assets related to one, those that are gone left out."""
    row = cloud.environment.row(RELATED, asset_id) or {"ids": []}
    return [one for one in row["ids"] if cloud.environment.find_id(one)]


def related_json(cloud: Cloud, asset: StoredAsset, params: Params) -> Json:
    """The related assets in an asset's details, a hundred at a time."""
    ids = related_ids(cloud, asset.asset_id)
    cursor = params.text("related_next_cursor")
    start = int(cursor) if WHOLE.fullmatch(cursor) else 0
    shown = (cloud.environment.find_id(one) for one in ids[start : start + SHOWN])
    reply: Json = {
        "related_assets": [
            listed(cloud, one, tags=False, context=False) for one in shown if one is not None
        ]
    }
    if len(ids) > start + SHOWN:
        reply["related_next_cursor"] = str(start + SHOWN)
    return reply


def _by_key(cloud: Cloud) -> Find:
    """Finds assets written `image/upload/a/b`."""

    def find(name: str) -> StoredAsset | None:
        parts = name.split("/", KEY_PARTS - 1)
        if len(parts) < KEY_PARTS:
            return None
        key: Key = (parts[0], parts[1], parts[2])
        return cloud.environment.find(key)

    return find


def _source(cloud: Cloud, path: Mapping[str, str]) -> tuple[StoredAsset, Find, str]:
    """The asset a path names, how to find the others, and what replies call the IDs."""
    if "asset_id" in path:
        asset, name = cloud.environment.find_id(path["asset_id"]), path["asset_id"]
        find: Find = cloud.environment.find_id
        suffix = "_ids"
    else:
        name = path["public_id"]
        asset = cloud.environment.find((path["kind"], path["type"], name))
        find, suffix = _by_key(cloud), ""
    if asset is None:
        raise not_found(name)
    return asset, find, suffix


def _related(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Relate an asset to others."""
    asset, find, suffix = _source(cloud, path)
    answers = []
    for name in _few(params, "assets_to_relate"):
        other = find(name)
        if other is None or other.asset_id == asset.asset_id:
            answers.append(_answer(name, suffix, 404, "resource not found", "not_found"))
        elif other.asset_id in related_ids(cloud, asset.asset_id):
            answers.append(_answer(name, suffix, 409, "resource already exists", "already_exists"))
        else:
            _join(cloud, asset, other)
            answers.append(_answer(name, suffix, 200, "success", "success"))
    return _sorted(answers)


def _unrelated(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """End the relations of an asset to others."""
    asset, find, suffix = _source(cloud, path)
    answers = []
    for name in _few(params, "assets_to_unrelate"):
        other = find(name)
        if other is None or other.asset_id not in related_ids(cloud, asset.asset_id):
            answers.append(_answer(name, suffix, 404, "resource not found", "not_found"))
        else:
            _part(cloud, asset, other)
            answers.append(_answer(name, suffix, 200, "success", "success"))
    return _sorted(answers)


def _few(params: Params, name: str) -> tuple[str, ...]:
    """The assets that were named, if they are not too many."""
    names = params.array(name)
    if not names:
        raise bad_request(f"Missing required parameter - {name}")
    if len(names) > MAX_IDS:
        raise bad_request(f"Too many assets ({len(names)}), maximum is {MAX_IDS}")
    return names


def _answer(name: str, suffix: str, status: int, message: str, code: str) -> Json:
    return {
        "message": message,
        "code": code + suffix,
        "asset_id" if suffix else "asset": name,
        "status": status,
    }


def _sorted(answers: Iterable[Json]) -> Json:
    """What failed, and what did not."""
    reply: dict[str, list[Json]] = {"failed": [], "success": []}
    for answer in answers:
        reply["success" if answer["status"] == 200 else "failed"].append(answer)
    return dict(reply)


def _join(cloud: Cloud, one: StoredAsset, two: StoredAsset) -> None:
    for this, that in ((one, two), (two, one)):
        ids = [*related_ids(cloud, this.asset_id), that.asset_id]
        cloud.environment.put_row(RELATED, this.asset_id, {"ids": list(dict.fromkeys(ids))})


def _part(cloud: Cloud, one: StoredAsset, two: StoredAsset) -> None:
    for this, that in ((one, two), (two, one)):
        ids = [known for known in related_ids(cloud, this.asset_id) if known != that.asset_id]
        cloud.environment.put_row(RELATED, this.asset_id, {"ids": ids})


RELATED_CALLS = (
    AdminCall("POST", "/resources/related_assets/{asset_id:asset_id}", _related),
    AdminCall("DELETE", "/resources/related_assets/{asset_id:asset_id}", _unrelated),
    AdminCall("POST", "/resources/related_assets/{kind:kind}/{type}/{public_id:whole}", _related),
    AdminCall(
        "DELETE", "/resources/related_assets/{kind:kind}/{type}/{public_id:whole}", _unrelated
    ),
)
