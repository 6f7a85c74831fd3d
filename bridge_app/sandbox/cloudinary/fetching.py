"""Assets that come from elsewhere when somebody asks for them: `fetch`, and upload mappings.

Source: reference/cloudinary.md 4.11 and 8. Only this machine is asked, and files that stand for
addresses elsewhere.
"""

import asyncio
import re

from bridge_app.sandbox.cloudinary.cloud import Cloud, iso
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, not_found
from bridge_app.sandbox.cloudinary.identify import Media, as_asked, identify, identify_quickly
from bridge_app.sandbox.cloudinary.remote import fetch
from bridge_app.sandbox.cloudinary.upload_mappings import mapped_url
from bridge_app.sandbox.files import Received
from bridge_app.sandbox.records import Key, StoredAsset
from bridge_app.transform.delivery_url import DeliveryPath

REMOTE = re.compile(r"(?i)^(https?|ftp):/+")


class Fetcher:
    """Brings assets in, each once, however many ask for it. Used on the event loop."""

    def __init__(self) -> None:
        self._under_way: dict[tuple[str, Key], asyncio.Task[StoredAsset]] = {}

    async def fetched(self, cloud: Cloud, path: DeliveryPath) -> StoredAsset | None:
        """The asset of a URL that no stored asset has; None when it comes from nowhere.

        Raises:
            CloudinaryError: 404, there is nothing where it should come from; 400, it is no file
                of this kind.
        """
        if path.delivery_type == "fetch":
            source = public_id = remote_id(path.public_id)
        elif path.delivery_type == "upload":
            public_id = path.public_id
            ending = f".{path.extension}" if path.extension else ""
            source = mapped_url(cloud, public_id + ending)
        else:
            return None
        if not source:
            return None
        key = (path.resource_type, path.delivery_type, public_id)
        known = cloud.environment.find(key)
        return known or await self._once(cloud, key, source)

    async def _once(self, cloud: Cloud, key: Key, source: str) -> StoredAsset:
        name = (cloud.name, key)
        task = self._under_way.get(name)
        if task is None:
            task = asyncio.create_task(brought(cloud, key, source))
            self._under_way[name] = task
            task.add_done_callback(lambda _: self._under_way.pop(name, None))
        return await asyncio.shield(task)


def remote_id(text: str) -> str:
    """A remote URL out of a path, in which two slashes have become one."""
    return REMOTE.sub(lambda found: f"{found[1].lower()}://", text)


async def brought(cloud: Cloud, key: Key, source: str) -> StoredAsset:
    """Download, look at it, and keep it as the asset of a key.

    Raises:
        CloudinaryError: 404, there is nothing at `source`; 400, it is no file of this kind.
    """
    with cloud.incoming() as incoming:
        try:
            await fetch(cloud, source, incoming)
        except CloudinaryError as error:
            raise not_found(source) from error
        file = incoming.received()
        if not file.bytes:
            raise not_found(source)
        media = identify_quickly(file)
        if key[0] == "raw":
            media = Media(resource_type="raw")
        elif media is None:
            media = await cloud.in_thread(identify, file.path(), cloud.decoder)
        asset = _new(cloud, key, as_asked(media, key[0]), file)
        cloud.environment.store(asset, file)
        return asset


def _new(cloud: Cloud, key: Key, media: Media, file: Received) -> StoredAsset:
    at = cloud.now()
    resource_type, delivery_type, public_id = key
    return StoredAsset(
        asset_id=cloud.new_id(),
        public_id=public_id,
        resource_type=resource_type,
        type=delivery_type,
        format=media.format,
        version=int(at.timestamp()),
        version_id=cloud.new_id(),
        created_at=iso(at),
        bytes=file.bytes,
        etag=file.md5,
        serial=cloud.environment.next_serial(),
        width=media.width,
        height=media.height,
        pages=media.pages,
        duration=media.duration,
        is_audio=media.is_audio,
        display_name=public_id.rpartition("/")[2],
        api_key=cloud.anybody.api_key,
        last_updated={"updated_at": iso(at)},
    )
