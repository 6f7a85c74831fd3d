"""Eager transformations: derived while the client waits, or in the background."""

import asyncio
from collections.abc import Iterable

from bridge_app.sandbox.cloudinary.breakpoints import Wanted as Breakpoints
from bridge_app.sandbox.cloudinary.breakpoints import breakpoints_reply
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.derivations import Derivations
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.notices import Event, Occasion
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import (
    Json,
    delivery_url,
    eager_json,
    transformation_name,
)
from bridge_app.sandbox.records import StoredAsset
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.parse import parse

Wanted = tuple[str, str]
"""A transformation, and the extension to deliver it with; empty for the asset's own."""


class Eager:
    """Derives what uploads ask for at once."""

    def __init__(self, derivations: Derivations) -> None:
        self.derivations = derivations
        self._background: set[asyncio.Task[None]] = set()

    def wanted(self, params: Params) -> list[Wanted]:
        """What the parameter `eager` asks for: `tr1[/extension]|tr2`.

        Raises:
            CloudinaryError: 400, one of them is no transformation.
        """
        given = params.text("eager")
        return [_split(one) for one in given.split("|")] if given else []

    async def reply(
        self, cloud: Cloud, asset: StoredAsset, wanted: list[Wanted], params: Params
    ) -> Json:
        """The key `eager` of an upload's reply, when anything was wanted."""
        if not wanted:
            return {}
        if not params.flag("eager_async"):
            return {"eager": [await self._derive(cloud, asset, one) for one in wanted]}
        batch_id = params.text("batch_id") or cloud.new_id()
        task = asyncio.create_task(self._derive_later(cloud, asset, wanted, params, batch_id))
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        return {"eager": [_promised(cloud, asset, one, batch_id) for one in wanted]}

    async def breakpoints(
        self, cloud: Cloud, asset: StoredAsset, wanted: Iterable[Breakpoints]
    ) -> Json:
        """The key `responsive_breakpoints` of an upload's reply, when anything was wanted."""
        return await breakpoints_reply(cloud, asset, wanted, self.derivations)

    async def _derive_later(
        self,
        cloud: Cloud,
        asset: StoredAsset,
        wanted: list[Wanted],
        params: Params,
        batch_id: str,
    ) -> None:
        """Derive all, one after the other, and tell those who wait for it."""
        made = [await self._derive(cloud, asset, one) for one in wanted]
        named = {
            "asset_id": asset.asset_id,
            "public_id": asset.public_id,
            "resource_type": asset.resource_type,
            "type": asset.type,
            "version": asset.version,
        }
        url = params.text("eager_notification_url") or params.text("notification_url")
        cloud.notices.tell(
            Event(type="eager", payload={"eager": made, **named}),
            Occasion(url=url, batch_id=batch_id),
        )

    async def _derive(self, cloud: Cloud, asset: StoredAsset, wanted: Wanted) -> Json:
        """One derived file; what cannot be made is reported and harms nothing else."""
        transformation, extension = wanted
        try:
            derived = await self.derivations.derive(
                cloud, asset, transformation=transformation, extension=extension
            )
        except CloudinaryError as error:
            name = transformation_name(transformation, extension)
            return {"transformation": name, "status": "failed", "reason": error.message}
        return eager_json(cloud, asset, derived)


def _split(text: str) -> Wanted:
    """A transformation and its extension, checked."""
    before, slash, last = text.rpartition("/")
    transformation, extension = (before, last) if slash and "_" not in last else (text, "")
    try:
        parse(transformation)
    except TransformationError as error:
        raise bad_request(error.cloudinary or f"Invalid transformation: {text}") from error
    return transformation, extension


def _promised(cloud: Cloud, asset: StoredAsset, wanted: Wanted, batch_id: str) -> Json:
    """A derived file that will be there soon."""
    transformation, extension = wanted
    url = delivery_url(cloud, asset, transformation=transformation, extension=extension or None)
    return {
        "transformation": transformation_name(transformation, extension),
        "status": "processing",
        "batch_id": batch_id,
        "url": url,
        "secure_url": cloud.secured(url),
    }
