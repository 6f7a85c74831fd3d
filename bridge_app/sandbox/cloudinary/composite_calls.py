"""The calls that make assets of other assets: sprite, multi, text and explode.

Source: reference/cloudinary.md 3.1 and 3.8. What is made belongs to delivery types of its own; the
transformation is part of its address, so each one is kept as a derived file of the plain one.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bridge_app.sandbox.cloudinary import composites, shapes
from bridge_app.sandbox.cloudinary.auth import Caller
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.downloads import attachment
from bridge_app.sandbox.cloudinary.eager import Eager
from bridge_app.sandbox.cloudinary.edits import Edit
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request, not_found
from bridge_app.sandbox.cloudinary.made_assets import Made, store_made
from bridge_app.sandbox.cloudinary.media_types import media_type
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.remote import fetch
from bridge_app.sandbox.cloudinary.shapes import Json, delivery_url
from bridge_app.sandbox.cloudinary.text_images import text_png
from bridge_app.sandbox.cloudinary.upload_request import (
    named_key,
    required,
    signed_link,
    signed_request,
)
from bridge_app.sandbox.files import Incoming, Received
from bridge_app.sandbox.records import Derived, StoredAsset

DOWNLOAD = "download"
NAME_LETTERS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be made of what, and by whom it was asked for."""

    cloud: Cloud
    params: Params
    caller: Caller
    name: str
    transformation: str
    format: str


async def _task(request: Request, cloud: Cloud, default_format: str) -> Task:
    """Read a request for a sprite or an animation."""
    params, caller = await signed_link(request, cloud)
    tag, urls = params.text("tag"), params.array("urls")
    if not tag and not urls:
        raise bad_request("Missing required parameter - tag or urls")
    text = params.text("transformation")
    before, _, last = text.rpartition("/")
    wanted = params.text("format")
    if not wanted and last and "_" not in last:
        text, wanted = before, last
    steps = [part for part in text.replace("/", ",").split(",") if part.startswith("f_")]
    named = steps[-1].removeprefix("f_") if steps else ""
    known = "".join(urls).encode()
    return Task(
        cloud=cloud,
        params=params,
        caller=caller,
        name=params.text("public_id") or tag or hashlib.sha256(known).hexdigest()[:NAME_LETTERS],
        transformation=text,
        format=wanted or named or default_format,
    )


async def _frames(task: Task) -> list[composites.Frame]:
    """The pictures: those with a tag, or those behind addresses."""
    cloud, tag = task.cloud, task.params.text("tag")
    decoder = cloud.decoder
    if tag:
        files = [
            (asset.public_id, Received(cloud.content(asset), None, md5=asset.etag))
            for asset in cloud.environment.assets()
            if tag in asset.tags and (asset.resource_type, asset.type) == ("image", "upload")
        ]
        if not files:
            raise CloudinaryError(404, f"No images with tag {tag} were found")
        return await cloud.in_thread(composites.frames, decoder, files, task.transformation)
    fetched: list[tuple[str, Incoming]] = []
    try:
        for url in task.params.array("urls"):
            incoming = Incoming(cloud.environment.incoming / cloud.new_id())
            fetched.append((urlsplit(url).path.rpartition("/")[2].partition(".")[0], incoming))
            await fetch(cloud, url, incoming)
        files = [(f"{name}_{place}", one.received()) for place, (name, one) in enumerate(fetched)]
        return await cloud.in_thread(composites.frames, decoder, files, task.transformation)
    finally:
        for _, incoming in fetched:
            incoming.__exit__(None, None, None)


async def _sprite(request: Request, cloud: Cloud, _eager: Eager) -> Json | Response:
    """One picture of many, with the CSS to show each."""
    task = await _task(request, cloud, "png")
    pictures = await _frames(task)
    sheet = await cloud.in_thread(composites.sprite, pictures, task.format)
    if task.params.text("mode") == DOWNLOAD:
        return _downloaded(task, sheet.data)
    made = Made(
        resource_type="image",
        type="sprite",
        public_id=task.name,
        format=task.format,
        width=sheet.width,
        height=sheet.height,
        pages=1,
        tags=task.params.csv("tags"),
        info={"image_infos": {name: dict(place) for name, place in sheet.places.items()}},
    )
    asset = _kept(task, made, sheet.data)
    image_url = _url(task, asset, task.format)
    style = composites.stylesheet(sheet.places, image_url, task.params.text("prefix"))
    _keep_derived(task, asset, "css", style.encode())
    _keep_derived(task, asset, "json", composites.index(sheet.places).encode())
    urls = {
        "css_url": _url(task, asset, "css"),
        "image_url": image_url,
        "json_url": _url(task, asset, "json"),
    }
    return {
        **urls,
        **{f"secure_{name}": cloud.secured(url) for name, url in urls.items()},
        "asset_id": asset.asset_id,
        "public_id": asset.public_id,
        "version": asset.version,
        "image_infos": asset.info["image_infos"],
    }


async def _multi(request: Request, cloud: Cloud, _eager: Eager) -> Json | Response:
    """An animation or a document of many pictures."""
    task = await _task(request, cloud, "gif")
    pictures = await _frames(task)
    data = await cloud.in_thread(composites.multi, pictures, task.format)
    if task.params.text("mode") == DOWNLOAD:
        return _downloaded(task, data)
    first = pictures[0].image
    made = Made(
        resource_type="image",
        type="multi",
        public_id=task.name,
        format=task.format,
        width=first.width,
        height=first.height,
        pages=len(pictures),
    )
    asset = _kept(task, made, data)
    url = _url(task, asset, task.format)
    return {
        "url": url,
        "secure_url": cloud.secured(url),
        "asset_id": asset.asset_id,
        "public_id": asset.public_id,
        "version": asset.version,
    }


def _kept(task: Task, made: Made, data: bytes) -> StoredAsset:
    """Store what was made, also under the transformation in its address."""
    with task.cloud.incoming() as incoming:
        incoming.write(data)
        asset = store_made(task.cloud, made, incoming.received(), task.caller)
    if task.transformation:
        _keep_derived(task, asset, "", data)
    return asset


def _keep_derived(task: Task, asset: StoredAsset, extension: str, data: bytes) -> None:
    derived = Derived(
        id=task.cloud.new_id(),
        asset_id=asset.asset_id,
        transformation=task.transformation,
        extension=extension,
        variant="",
        format=extension or asset.format,
        bytes=len(data),
        width=asset.width or 0,
        height=asset.height or 0,
    )
    task.cloud.environment.store_derived(derived, data)


def _url(task: Task, asset: StoredAsset, extension: str) -> str:
    return delivery_url(task.cloud, asset, transformation=task.transformation, extension=extension)


def _downloaded(task: Task, data: bytes) -> Response:
    """What was made, and not kept."""
    name = f"{task.name}.{task.format}"
    headers = attachment(name, Params({"attachment": ("true",)}))
    return Response(data, media_type=media_type(task.format), headers=headers)


async def _text(request: Request, cloud: Cloud, _eager: Eager) -> Json:
    """A picture of a text."""
    params, caller = await signed_request(request, cloud)
    required(params, "text")
    data, width, height = await cloud.in_thread(text_png, params)
    made = Made(
        resource_type="image",
        type="text",
        public_id=params.text("public_id") or cloud.new_id()[:NAME_LETTERS],
        format="png",
        width=width,
        height=height,
        pages=1,
        tags=params.csv("tags"),
    )
    with cloud.incoming() as incoming:
        incoming.write(data)
        asset = store_made(cloud, made, incoming.received(), caller)
    return shapes.uploaded(cloud, asset, caller)


async def _explode(request: Request, cloud: Cloud, eager: Eager) -> Json:
    """Derive every page of a document or every frame of an animation, in the background."""
    params, _ = await signed_request(request, cloud)
    public_id = required(params, "public_id")
    asset = cloud.environment.find(named_key(request, params, public_id))
    if asset is None:
        raise not_found(public_id)
    text = params.text("transformation")
    if "pg_all" not in text:
        raise bad_request("Transformation must include pg_all")
    pages = range(1, (asset.pages or 1) + 1)
    extension = params.text("format")
    wanted = [(text.replace("pg_all", f"pg_{page}"), extension) for page in pages]
    promised = await eager.reply(cloud, asset, wanted, Params({"eager_async": ("true",)}))
    return {"status": "processing", "batch_id": promised["eager"][0]["batch_id"]}


async def _slideshow(request: Request, cloud: Cloud, _eager: Eager) -> Json:
    """A film of pictures; the sandbox takes the order and makes none."""
    params, _ = await signed_request(request, cloud)
    if not (params.text("manifest_transformation") or params.text("manifest_json")):
        raise bad_request("Missing required parameter - manifest_transformation or manifest_json")
    return {
        "status": "processing",
        "public_id": params.text("public_id") or cloud.new_id()[:NAME_LETTERS],
        "batch_id": cloud.new_id(),
    }


COMPOSITE_CALLS: Mapping[str, Edit] = {
    "/{kind:kind}/sprite": _sprite,
    "/{kind:kind}/multi": _multi,
    "/{kind:kind}/text": _text,
    "/{kind:kind}/explode": _explode,
    "/video/create_slideshow": _slideshow,
}
"""Paths behind the cloud name; sprite and multi answer GET too, for downloads."""
