"""Renders what was asked for, once, and keeps it: eager transformations and deliveries alike."""

import asyncio
import re
from pathlib import Path

from bridge_app.domain.errors import BridgeError, MediaError
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request, not_found
from bridge_app.sandbox.cloudinary.identify import FORMATS
from bridge_app.sandbox.cloudinary.transformation_calls import definition_of
from bridge_app.sandbox.cloudinary.transformation_text import expanded, names_in
from bridge_app.sandbox.decoder import Decoder, Rendition
from bridge_app.sandbox.records import Derived, StoredAsset
from bridge_app.sandbox.state import DerivedKey
from bridge_app.transform.errors import TransformationError

GIVEN_FORMAT = re.compile(r"(?:^|[,/])f_([^,/]+)")
PICTURES = frozenset({"jpg", "jpeg", "png", "webp", "avif", "gif"})
PREVIEW_EDGE_PX = 2560
"""How large a picture is made of a file that is none, before it is transformed."""
AUTOMATIC_FORMATS = ("image/avif", "image/webp", "image/jxl")
"""What an `Accept` header may offer that changes what `f_auto` chooses."""


class Derivations:
    """Derived files of all clouds; used on the event loop, renders in the cloud's executor."""

    def __init__(self) -> None:
        self._under_way: dict[DerivedKey, asyncio.Task[Rendition]] = {}

    async def derive(
        self,
        cloud: Cloud,
        asset: StoredAsset,
        *,
        transformation: str,
        extension: str = "",
        accept: str = "",
    ) -> Derived:
        """The rendered file, from the store if it was made before.

        Raises:
            CloudinaryError: 400, the transformation or the file cannot be used; 404, the asset
                was deleted meanwhile.
        """
        if extension == asset.format:
            extension = ""
        offered = _offered(accept) if _is_automatic(transformation, extension) else ""
        key = (asset.asset_id, transformation, extension, offered)
        known = cloud.environment.find_derived(key)
        if known is not None:
            return known
        rendition = await self._rendition(cloud, asset, key, offered)
        current = cloud.environment.find_id(asset.asset_id)
        if current is None:
            raise not_found(asset.public_id)
        if current.version_id != asset.version_id or current.key != asset.key:
            return await self.derive(
                cloud, current, transformation=transformation, extension=extension, accept=accept
            )
        return cloud.environment.find_derived(key) or _store(cloud, key, rendition)

    async def _rendition(
        self, cloud: Cloud, asset: StoredAsset, key: DerivedKey, accept: str
    ) -> Rendition:
        """Render, together with whoever else is waiting for the same."""
        task = self._under_way.get(key)
        if task is None:
            text = text_to_render(_named(cloud, key[1]), key[2])
            task = asyncio.create_task(_render(cloud, asset, text, accept))
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key, None))
        return await asyncio.shield(task)


def _named(cloud: Cloud, transformation: str) -> str:
    """The transformation with what its names stand for.

    Raises:
        CloudinaryError: 400, a name stands for nothing.
    """
    text = expanded(transformation, lambda name: definition_of(cloud, name))
    unknown = names_in(text)
    if unknown:
        raise bad_request(f"Unknown transformation {unknown[0]}")
    return text


def text_to_render(transformation: str, extension: str) -> str:
    """The transformation with the URL's extension as its format, unless it names one itself."""
    if not extension or GIVEN_FORMAT.search(transformation):
        return transformation
    return "/".join(filter(None, [transformation, f"f_{extension}"]))


async def _render(cloud: Cloud, asset: StoredAsset, text: str, accept: str) -> Rendition:
    """Have the decoder render, and say its errors as Cloudinary would."""
    if asset.resource_type == "video" and not _is_picture(asset, text):
        raise bad_request("The sandbox makes pictures of a film, and no other films")
    scratch = cloud.environment.incoming / cloud.new_id()
    try:
        return await cloud.in_thread(
            _rendered, cloud.decoder, cloud.content(asset), text, accept=accept, scratch=scratch
        )
    except TransformationError as error:
        raise bad_request(error.cloudinary or f"Invalid transformation: {text}") from error
    except BridgeError as error:
        raise CloudinaryError(400, f"Invalid {asset.resource_type} file") from error


def _rendered(decoder: Decoder, path: Path, text: str, *, accept: str, scratch: Path) -> Rendition:
    """Render the file itself, or a picture of it where it is none; blocks."""
    try:
        return decoder.render(path, text, accept=accept)
    except MediaError:
        preview = decoder.thumbnail(path, edge_px=PREVIEW_EDGE_PX)
    scratch.write_bytes(preview.data)
    try:
        return decoder.render(scratch, text, accept=accept)
    finally:
        scratch.unlink()


def _is_picture(asset: StoredAsset, text: str) -> bool:
    """Whether what is asked for of a film is a picture."""
    given = GIVEN_FORMAT.findall(text)
    return (given[-1] if given else asset.format) in PICTURES


def _store(cloud: Cloud, key: DerivedKey, rendition: Rendition) -> Derived:
    """Keep a rendered file."""
    asset_id, transformation, extension, variant = key
    derived = Derived(
        id=cloud.new_id(),
        asset_id=asset_id,
        transformation=transformation,
        extension=extension,
        variant=variant,
        format=FORMATS.get(rendition.format, rendition.format),
        bytes=len(rendition.data),
        width=rendition.width,
        height=rendition.height,
    )
    cloud.environment.store_derived(derived, rendition.data)
    return derived


def _is_automatic(transformation: str, extension: str) -> bool:
    """Whether the browser decides on the format."""
    given = GIVEN_FORMAT.findall(transformation)
    return "auto" in given or (not given and extension == "auto")


def _offered(accept: str) -> str:
    """The part of an `Accept` header that matters, in one spelling."""
    return ",".join(kind for kind in AUTOMATIC_FORMATS if kind in accept)
