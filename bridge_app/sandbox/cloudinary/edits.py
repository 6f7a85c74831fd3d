"""The rest of the Upload API: explicit, rename, destroy, tags and context of stored assets.

Source: reference/cloudinary.md 3.1 and 3.5.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bridge_app.sandbox.cloudinary import shapes
from bridge_app.sandbox.cloudinary.announcer import promised
from bridge_app.sandbox.cloudinary.breakpoints import wanted_breakpoints
from bridge_app.sandbox.cloudinary.changes import changed
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.eager import Eager
from bridge_app.sandbox.cloudinary.errors import bad_request, not_found
from bridge_app.sandbox.cloudinary.fetching import brought
from bridge_app.sandbox.cloudinary.findings import findings
from bridge_app.sandbox.cloudinary.labels import checked_context, checked_tags
from bridge_app.sandbox.cloudinary.metadata_store import assigned
from bridge_app.sandbox.cloudinary.naming import checked_public_id, checked_type
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json
from bridge_app.sandbox.cloudinary.upload_request import named_key, required, signed_request
from bridge_app.sandbox.records import StoredAsset

Edit = Callable[[Request, Cloud, Eager], Awaitable[Json | Response]]
MAX_OPERATIONS = 1_000


async def _explicit(request: Request, cloud: Cloud, eager: Eager) -> Json:
    """Change what is said about an asset, and derive what is wanted, again if need be."""
    params, caller = await signed_request(request, cloud)
    public_id = required(params, "public_id")
    key = named_key(request, params, public_id)
    wanted, widths = eager.wanted(params), wanted_breakpoints(params)
    asset = cloud.environment.find(key)
    if asset is None and key[1] == "fetch":
        asset = await brought(cloud, key, public_id)
    if asset is None and params.flag("async"):
        return shapes.pending(params, key, batch_id=cloud.new_id())
    if asset is None:
        raise not_found(public_id)
    asset = changed(cloud, asset, params, call="upload")
    for transformation, extension in wanted:
        again = [
            derived
            for derived in cloud.environment.derived_of(asset.asset_id)
            if (derived.transformation, derived.extension) == (transformation, extension)
        ]
        cloud.environment.delete_derived(again)
    reply = {
        **shapes.uploaded(cloud, asset, caller),
        **await findings(cloud, asset, params),
        **await eager.reply(cloud, asset, wanted, params),
        **await eager.breakpoints(cloud, asset, widths),
    }
    return promised(cloud, params, key, reply)


async def _rename(request: Request, cloud: Cloud, _eager: Eager) -> Json:
    """Give an asset another public ID or delivery type; its old URLs end."""
    params, caller = await signed_request(request, cloud)
    source = required(params, "from_public_id")
    target = checked_public_id(required(params, "to_public_id"))
    asset = cloud.environment.find(named_key(request, params, source))
    if asset is None:
        raise not_found(source)
    to_type = checked_type(params.text("to_type")) if "to_type" in params else asset.type
    renamed = replace(asset, public_id=target, type=to_type)
    if cloud.folder_mode == "fixed":
        renamed = replace(renamed, asset_folder=target.rpartition("/")[0])
    in_the_way = cloud.environment.find(renamed.key)
    if in_the_way is not None and in_the_way.asset_id != asset.asset_id:
        if not params.flag("overwrite"):
            raise bad_request(f"to_public_id {target} already exists")
        cloud.backups.delete(in_the_way)
    at = cloud.timestamp()
    renamed = replace(renamed, last_updated={**asset.last_updated, "public_id_updated_at": at})
    cloud.environment.change(renamed, cloud.new_folders(renamed.asset_folder))
    return shapes.uploaded(cloud, renamed, caller)


async def destroy(request: Request, cloud: Cloud, _eager: Eager) -> Json:
    """Delete an asset by either of its IDs; that there is none is no error."""
    params, _ = await signed_request(request, cloud)
    if "asset_id" in params or "kind" not in request.path_params:
        asset = cloud.environment.find_id(required(params, "asset_id"))
    else:
        public_id = required(params, "public_id")
        asset = cloud.environment.find(named_key(request, params, public_id))
    if asset is None:
        return {"result": "not found"}
    cloud.backups.delete(asset)
    return {"result": "ok"}


def _named(request: Request, cloud: Cloud, params: Params) -> list[StoredAsset]:
    """The assets among `public_ids` that exist."""
    public_ids = params.array("public_ids")
    if not public_ids:
        raise bad_request("Missing required parameter - public_ids")
    found = (cloud.environment.find(named_key(request, params, one)) for one in public_ids)
    return [asset for asset in found if asset is not None]


async def _tags(request: Request, cloud: Cloud, _eager: Eager) -> Json:
    """Add, remove or replace tags of several assets."""
    params, _ = await signed_request(request, cloud, unsigned_names=True)
    command = params.text("command", "add")
    change = TAG_COMMANDS.get(command)
    if change is None:
        raise bad_request(f"Invalid command {command}")
    tags = params.csv("tag")
    if not tags and command != "remove_all":
        raise bad_request("Missing required parameter - tag")
    assets = _named(request, cloud, params)
    if len(assets) * max(len(tags), 1) > MAX_OPERATIONS:
        raise bad_request("Too many operations: at most 1000 public IDs times tags")
    changed_tags = [(asset, checked_tags(change(asset.tags, tags))) for asset in assets]
    if command == "set_exclusive":
        _take_away(cloud, tags, assets)
    for asset, new in changed_tags:
        _store_tags(cloud, asset, new)
    return {"public_ids": [asset.public_id for asset in assets]}


def _take_away(cloud: Cloud, tags: Iterable[str], keep: list[StoredAsset]) -> None:
    """Remove tags from every asset but those in `keep`."""
    kept = {asset.asset_id for asset in keep}
    exclusive = frozenset(tags)
    for asset in cloud.environment.assets():
        if asset.asset_id not in kept and exclusive.intersection(asset.tags):
            _store_tags(cloud, asset, _without(asset.tags, exclusive))


def _store_tags(cloud: Cloud, asset: StoredAsset, tags: tuple[str, ...]) -> None:
    at = {**asset.last_updated, "tags_updated_at": cloud.timestamp()}
    cloud.environment.change(replace(asset, tags=tags, last_updated=at))


def _with(before: tuple[str, ...], tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*before, *tags]))


def _without(before: tuple[str, ...], tags: Iterable[str]) -> tuple[str, ...]:
    gone = frozenset(tags)
    return tuple(tag for tag in before if tag not in gone)


TagChange = Callable[[tuple[str, ...], tuple[str, ...]], tuple[str, ...]]
TAG_COMMANDS: Mapping[str, TagChange] = {
    "add": _with,
    "set_exclusive": _with,
    "remove": _without,
    "replace": lambda _, tags: tags,
    "remove_all": lambda _, __: (),
}


async def _context(request: Request, cloud: Cloud, _eager: Eager) -> Json:
    """Add to the context of several assets, or empty it."""
    params, _ = await signed_request(request, cloud, unsigned_names=True)
    command = params.text("command", "add")
    if command not in {"add", "remove_all"}:
        raise bad_request(f"Invalid command {command}")
    given: dict[str, Any] = params.context() if command == "add" else {}
    if command == "add" and not given:
        raise bad_request("Missing required parameter - context")
    assets = _named(request, cloud, params)
    contexts = [
        (asset, checked_context({**asset.context, **given}) if command == "add" else {})
        for asset in assets
    ]
    for asset, context in contexts:
        at = {**asset.last_updated, "context_updated_at": cloud.timestamp()}
        cloud.environment.change(replace(asset, context=context, last_updated=at))
    return {"public_ids": [asset.public_id for asset in assets]}


async def _metadata(request: Request, cloud: Cloud, _eager: Eager) -> Json:
    """Set structured metadata of several assets: of all of them, or of none."""
    params, _ = await signed_request(request, cloud, unsigned_names=True)
    required(params, "metadata")
    at = {"metadata_updated_at": cloud.timestamp(), "updated_at": cloud.timestamp()}
    changed_assets = [
        replace(
            asset,
            metadata=assigned(cloud, asset.metadata, params),
            last_updated={**asset.last_updated, **at},
        )
        for asset in _named(request, cloud, params)
    ]
    for asset in changed_assets:
        cloud.environment.change(asset)
    return {"public_ids": [asset.public_id for asset in changed_assets]}


UPLOAD_API_EDITS: Mapping[str, Edit] = {
    "explicit": _explicit,
    "rename": _rename,
    "destroy": destroy,
    "tags": _tags,
    "context": _context,
    "metadata": _metadata,
}
