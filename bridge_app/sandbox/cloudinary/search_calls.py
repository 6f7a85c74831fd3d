"""The Search API: assets and folders, by POST, by GET, and by signed URLs.

Source: reference/cloudinary.md 5.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import bad_request, unauthorized
from bridge_app.sandbox.cloudinary.json_text import parsed_json
from bridge_app.sandbox.cloudinary.metadata_store import schema
from bridge_app.sandbox.cloudinary.params import WHOLE, Params
from bridge_app.sandbox.cloudinary.search_analysis import SHOWN, analysed, needs_analysis
from bridge_app.sandbox.cloudinary.search_fields import AssetFields, FolderFields
from bridge_app.sandbox.cloudinary.search_match import depends_on_time, matcher, names
from bridge_app.sandbox.cloudinary.search_parser import parse
from bridge_app.sandbox.cloudinary.search_places import INSIDE, looked_inside
from bridge_app.sandbox.cloudinary.search_request import SearchRequest
from bridge_app.sandbox.cloudinary.search_results import counts, in_order, page
from bridge_app.sandbox.cloudinary.search_shapes import (
    ALWAYS_TOLD,
    backup_bytes,
    found_asset,
    found_folder,
)
from bridge_app.sandbox.cloudinary.search_tree import Condition
from bridge_app.sandbox.cloudinary.shapes import Json
from bridge_app.sandbox.records import StoredAsset

ASSET_ID = attrgetter("asset_id")
FOLDER_ID = attrgetter("external_id")


async def _searched(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    return await search(cloud, params)


async def search(cloud: Cloud, params: Params) -> Json:
    """A page of what was found, the newest first unless asked otherwise.

    Raises:
        CloudinaryError: 400, the expression or another parameter is not valid.
    """
    started = cloud.now()
    asked = SearchRequest.of(params)
    deleted = frozenset(one.asset_id for one in cloud.backups.deleted())
    condition = parse(asked.expression)
    sorted_by = {order.field for order in asked.orders}
    if needs_analysis(names(condition) | sorted_by):
        await analysed(cloud, cloud.index.assets())
    if INSIDE & (names(condition) | sorted_by):
        await looked_inside(cloud, cloud.index.assets())
    found = _found(cloud, asked, condition, deleted)
    shown, cursor = page(found, asked.cursor, asked.limit, ASSET_ID)
    known, extra = schema(cloud), asked.with_field | asked.fields
    if extra & SHOWN:
        await analysed(cloud, shown)
    resources = [
        found_asset(
            cloud,
            known,
            asset,
            status="deleted" if asset.asset_id in deleted else "active",
            extra=extra,
        )
        for asset in shown
    ]
    if asked.fields:
        kept = asked.fields | ALWAYS_TOLD
        resources = [{k: v for k, v in one.items() if k in kept} for one in resources]
    aggregations = {one.field: counts(found, one) for one in asked.aggregations}
    return {
        "total_count": len(found),
        "time": round((cloud.now() - started).total_seconds() * 1000),
        **({"next_cursor": cursor} if cursor else {}),
        **({"aggregations": aggregations} if aggregations else {}),
        "resources": resources,
    }


def _found(
    cloud: Cloud, asked: SearchRequest, condition: Condition, deleted: frozenset[str]
) -> Sequence[StoredAsset]:
    """Everything that meets the expression, in order.

    What was deleted and can be had back is found only by those who name a status.
    """
    fields = AssetFields(
        schema(cloud),
        cloud.folder_mode,
        deleted=deleted,
        backup_bytes=partial(backup_bytes, cloud),
        analyses=cloud.index.analyses,
        insides=cloud.index.insides,
    )
    meets = matcher(condition, fields, cloud.now())

    def find(assets: Sequence[StoredAsset]) -> Sequence[StoredAsset]:
        return in_order(filter(meets, reversed(assets)), asked.orders, fields)

    if "status" in names(condition):
        return find([*cloud.backups.deleted(), *cloud.index.assets()])
    if depends_on_time(condition):
        return find(cloud.index.assets())
    return cloud.index.results(repr((asked.expression, asked.orders)), find)


async def search_by_url(cloud: Cloud, path: str) -> tuple[Json, int]:
    """What a signed URL asks for, and for how many seconds the reply may be kept.

    `path` is `signature/ttl/query[/cursor]`, as it follows `/search/`.

    Raises:
        CloudinaryError: 400 or 401, the URL is malformed or not signed by one of the keys.
    """
    signature, _, rest = path.partition("/")
    ttl, _, rest = rest.partition("/")
    query, _, cursor = rest.partition("/")
    if WHOLE.fullmatch(ttl) is None or not query:
        raise bad_request("Invalid search URL")
    if not any(_is_signed(signature, ttl + query, secret) for secret in cloud.keys.values()):
        raise unauthorized("Invalid signature")
    return await search(cloud, _asked_by_url(query, cursor)), int(ttl)


def _asked_by_url(query: str, cursor: str) -> Params:
    try:
        body: Any = parsed_json(base64.urlsafe_b64decode(query))
    except ValueError as error:
        raise bad_request("Invalid search URL") from error
    if not isinstance(body, dict):
        raise bad_request("Invalid search URL")
    return Params.of_json({**body, "next_cursor": cursor})


def _is_signed(given: str, text: str, secret: str) -> bool:
    right = hashlib.sha256((text + secret).encode()).hexdigest()
    return hmac.compare_digest(right.encode(), given.encode())


def _folders(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    """A page of folders, the newest first unless asked otherwise."""
    started = cloud.now()
    asked = SearchRequest.of(params)
    fields = FolderFields()
    meets = matcher(parse(asked.expression), fields, cloud.now())
    folders = reversed(cloud.environment.folders().values())
    found = in_order(filter(meets, folders), asked.orders, fields)
    shown, cursor = page(found, asked.cursor, asked.limit, FOLDER_ID)
    return {
        "total_count": len(found),
        "time": round((cloud.now() - started).total_seconds() * 1000),
        **({"next_cursor": cursor} if cursor else {}),
        "folders": [found_folder(folder) for folder in shown],
    }


SEARCH_CALLS = (
    AdminCall("GET", "/resources/search", _searched),
    AdminCall("POST", "/resources/search", _searched),
    AdminCall("GET", "/folders/search", _folders),
    AdminCall("POST", "/folders/search", _folders),
)
"""They come before the calls whose paths hold folders."""
