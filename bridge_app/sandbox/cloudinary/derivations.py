"""Renders what was asked for, once, and keeps it: eager transformations and deliveries alike."""

import asyncio
import re
from pathlib import Path

from bridge_app.domain.errors import BridgeError, DecoderLimitError, MediaError
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request, not_found
from bridge_app.sandbox.cloudinary.identify import FORMATS
from bridge_app.sandbox.cloudinary.layer_pictures import EnvironmentLayers
from bridge_app.sandbox.cloudinary.transformation_calls import definition_of
from bridge_app.sandbox.cloudinary.transformation_text import expanded, names_in
from bridge_app.sandbox.decoder import Rendition
from bridge_app.sandbox.records import Derived, StoredAsset
from bridge_app.sandbox.state import DerivedKey
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.record import Record, drawn_boxes

GIVEN_FORMAT = re.compile(r"(?:^|[,/])f_([^,/]+)")
PREVIEW_EDGE_PX = 2560
"""How large a picture is made of a file that is none, before it is transformed."""
TOO_LONG = "Video is too large to process synchronously, please use an eager transformation"
AUTOMATIC_FORMATS = ("image/avif", "image/webp", "image/jxl", "video/mp4", "video/webm")
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
    has_preview = asset.resource_type == "image"
    scratch = cloud.environment.incoming / cloud.new_id()
    try:
        return await cloud.in_thread(
            _rendered, cloud, asset, text, accept=accept, scratch=scratch if has_preview else None
        )
    except TransformationError as error:
        raise bad_request(error.cloudinary or f"Invalid transformation: {text}") from error
    except BridgeError as error:
        is_long_film = not has_preview and isinstance(error, DecoderLimitError)
        message = TOO_LONG if is_long_film else f"Invalid {asset.resource_type} file"
        raise CloudinaryError(400, message) from error


def _record(asset: StoredAsset) -> Record:
    """What conditions and gravities may ask beside the file."""
    faces = asset.coordinates.get("faces", [])
    return Record(
        tags=asset.tags,
        context=asset.context,
        metadata={name: str(value) for name, value in asset.metadata.items()},
        drawn=drawn_boxes(
            custom=asset.coordinates.get("custom", []), faces=faces, regions=asset.regions
        ),
        faces=len(faces) or None,
    )


def _rendered(
    cloud: Cloud, asset: StoredAsset, text: str, *, accept: str, scratch: Path | None
) -> Rendition:
    """Render the file itself, or with a `scratch` file a picture of it where it is none; blocks."""
    decoder, path = cloud.decoder, cloud.content(asset)
    layers = EnvironmentLayers(cloud.environment)
    try:
        return decoder.render(path, text, accept=accept, layers=layers, record=_record(asset))
    except MediaError:
        if scratch is None:
            raise
        preview = decoder.thumbnail(path, edge_px=PREVIEW_EDGE_PX)
    scratch.write_bytes(preview.data)
    try:
        return decoder.render(scratch, text, accept=accept, layers=layers)
    finally:
        scratch.unlink()


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
