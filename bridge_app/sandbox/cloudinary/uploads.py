"""Uploads: from a request to a stored asset, and the reply that describes it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bridge_app.domain.errors import BridgeError
from bridge_app.sandbox.cloudinary import shapes
from bridge_app.sandbox.cloudinary.addons import check_add_ons
from bridge_app.sandbox.cloudinary.announcer import promised
from bridge_app.sandbox.cloudinary.auth import Caller, upload_caller
from bridge_app.sandbox.cloudinary.bodies import Body, read_body
from bridge_app.sandbox.cloudinary.breakpoints import wanted_breakpoints
from bridge_app.sandbox.cloudinary.changes import changed, uniquely_named
from bridge_app.sandbox.cloudinary.chunks import ChunkedUploads, Part, received
from bridge_app.sandbox.cloudinary.cloud import Cloud, iso
from bridge_app.sandbox.cloudinary.declarations import declared, within
from bridge_app.sandbox.cloudinary.delete_tokens import new_token
from bridge_app.sandbox.cloudinary.derivations import text_to_render
from bridge_app.sandbox.cloudinary.eager import Eager
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.findings import findings
from bridge_app.sandbox.cloudinary.identify import (
    FORMATS,
    Media,
    as_asked,
    identify,
    identify_quickly,
)
from bridge_app.sandbox.cloudinary.labels import checked_context, checked_tags
from bridge_app.sandbox.cloudinary.metadata_store import assigned
from bridge_app.sandbox.cloudinary.naming import FileName, Names, Naming, checked_type
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.presets import effective
from bridge_app.sandbox.cloudinary.remote import fetch
from bridge_app.sandbox.cloudinary.scripts import evaluated, updates
from bridge_app.sandbox.cloudinary.shapes import Json
from bridge_app.sandbox.files import Incoming, Received
from bridge_app.sandbox.records import StoredAsset
from bridge_app.transform.errors import TransformationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a client wants done with a file, its preset included."""

    cloud: Cloud
    resource_type: str
    params: Params
    caller: Caller
    may_overwrite: bool

    def as_json(self) -> Json:
        """What must be remembered of a first part."""
        return {"params": dict(self.params.values), "may_overwrite": self.may_overwrite}

    def as_first(self, order: Json) -> "Asked":
        """The same caller with what the first part asked for."""
        values = {name: tuple(given) for name, given in order["params"].items()}
        return replace(self, params=Params(values), may_overwrite=order["may_overwrite"])


class Uploads:
    """Serves `/{resource_type}/upload`. `random_text` makes so many letters and digits."""

    def __init__(self, eager: Eager, random_text: Callable[[int], str]) -> None:
        self._eager = eager
        self._chunks = ChunkedUploads()
        self._random_text = random_text

    async def upload(self, request: Request, cloud: Cloud, resource_type: str) -> Response:
        """Receive a file, or a part of one, and store it when it is whole."""
        part = Part.of(request.headers)
        if part is not None:
            return await self._upload_part(request, cloud, resource_type, part)
        with cloud.incoming() as incoming:
            body = await read_body(request, incoming)
            asked = authenticated(request, cloud, body, resource_type)
            filename = body.filename
            if filename is None:
                filename = await fetch(cloud, _named_file(body), incoming)
            whole = incoming.received()
            if body.filename is not None:
                cloud.settings.plan.check_request(whole.bytes)
            return JSONResponse(await self._carry_out(asked, whole, filename))

    async def _upload_part(
        self, request: Request, cloud: Cloud, resource_type: str, part: Part
    ) -> Response:
        """Receive a part; what the first one asked for counts for the whole file."""
        before = self._chunks.reply(cloud, part)
        if before is not None:
            authenticated(request, cloud, await read_body(request), resource_type)
            return JSONResponse(before)
        cloud.settings.plan.check_size(resource_type, part.total or part.end + 1)
        with self._chunks.receiving(cloud, part) as sink:
            body = await read_body(request, sink)
            asked = authenticated(request, cloud, body, resource_type)
            if body.filename is None:
                raise bad_request("Missing required parameter - file")
            sink.acknowledge({"filename": body.filename, **asked.as_json()})
        async with self._chunks.lock(cloud, part):
            before = self._chunks.reply(cloud, part)
            return JSONResponse(before or await self._assembled(asked, part))

    async def _assembled(self, asked: Asked, part: Part) -> Json:
        """The asset, if that was the part that made the file whole."""
        cloud = asked.cloud
        upload = self._chunks.upload(cloud, part)
        if not upload.is_whole:
            return _acknowledged(asked, part)
        first = asked.as_first(upload.order)
        try:
            whole = await received(cloud, upload)
            reply = await self._carry_out(first, whole, upload.order["filename"])
        finally:
            self._chunks.forget(upload)
        self._chunks.finish(upload, {**reply, "done": True})
        return {**reply, "done": True}

    async def _carry_out(self, asked: Asked, file: Received, filename: str) -> Json:
        """Look at the file, store it, derive what is wanted at once, and describe it all."""
        if not file.bytes:
            raise bad_request("Empty file")
        check_add_ons(asked.params, "upload")
        cloud = asked.cloud
        media = await _media(asked, file)
        asked = _evaluated(asked, file, media, filename)
        wanted = self._eager.wanted(asked.params)
        widths = wanted_breakpoints(asked.params)
        plan = cloud.settings.plan
        plan.check_size(media.resource_type, file.bytes)
        plan.check_pixels(media.width, media.height, media.pages)
        text = _incoming_transformation(asked.params, media)
        if text:
            with cloud.incoming() as converted:
                file, media = await _converted(asked, file, text, converted)
                asset, existing = self._stored(asked, file, media, filename)
        else:
            asset, existing = self._stored(asked, file, media, filename)
        if not existing:
            asset = _after_success(asked, asset)
        reply = {
            **shapes.uploaded(cloud, asset, asked.caller),
            **({"existing": True} if existing else {}),
            **await findings(cloud, asset, asked.params),
            **await self._eager.reply(cloud, asset, wanted, asked.params),
            **await self._eager.breakpoints(cloud, asset, widths),
            **_delete_token(asked, asset),
        }
        return promised(cloud, asked.params, asset.key, reply)

    def _stored(
        self, asked: Asked, file: Received, media: Media, filename: str
    ) -> tuple[StoredAsset, bool]:
        """The asset, and whether it was there before and stayed as it was.

        From looking whether it exists to storing it nothing is awaited, so that of two uploads
        at once one comes after the other.
        """
        cloud, params = asked.cloud, asked.params
        naming = Naming(cloud.folder_mode, self._random_text)
        names = naming.names(params, FileName.of(filename), raw=media.resource_type == "raw")
        delivery_type = params.text("type", "upload")
        key = (media.resource_type, delivery_type, names.public_id)
        before = cloud.environment.find(key)
        if before is not None and not asked.may_overwrite:
            return before, True
        asset = within(
            declared(_new(asked, file, media, names, filename), params, at=cloud.timestamp())
        )
        if params.flag("unique_display_name"):
            asset = uniquely_named(cloud, asset)
        before = before or cloud.backups.find_deleted(key)
        if before is not None:
            asset = _next_version(asset, before)
        cloud.environment.store(asset, file, cloud.new_folders(asset.asset_folder))
        cloud.backups.forget_deleted(key)
        return asset, False


def _evaluated(asked: Asked, file: Received, media: Media, filename: str) -> Asked:
    """What is wanted after the client's own script has had its say."""
    if "eval" not in asked.params:
        return asked
    info = {
        "width": media.width,
        "height": media.height,
        "format": media.format,
        "resource_type": media.resource_type,
        "bytes": file.bytes,
        "etag": file.md5,
        "pages": media.pages,
        "duration": media.duration,
        "original_filename": FileName.of(filename).stem,
    }
    return replace(asked, params=evaluated(asked.params, info))


def _after_success(asked: Asked, asset: StoredAsset) -> StoredAsset:
    """The asset after its version was kept and the client's script had its say, if so wanted."""
    cloud = asked.cloud
    if asked.params.flag("backup"):
        cloud.backups.keep(asset)
    if "on_success" in asked.params:
        facts = shapes.uploaded(cloud, asset, asked.caller)
        asset = changed(cloud, asset, updates(asked.params, facts), call="upload")
    return asset


def _delete_token(asked: Asked, asset: StoredAsset) -> Json:
    """What lets the client take the upload back, if it asked for that."""
    wanted = asked.params.flag("return_delete_token")
    return {"delete_token": new_token(asked.cloud, asset)} if wanted else {}


def authenticated(request: Request, cloud: Cloud, body: Body, resource_type: str) -> Asked:
    """Who asks for what.

    Raises:
        CloudinaryError: They may not, or not so.
    """
    caller = upload_caller(
        body.params, request.headers.get("authorization", ""), cloud.keys, now=cloud.now()
    )
    params, may_overwrite = effective(cloud, body.params, caller)
    checked_type(params.text("type", "upload"))
    return Asked(
        cloud=cloud,
        resource_type=resource_type,
        params=params,
        caller=caller or cloud.anybody,
        may_overwrite=may_overwrite,
    )


def _named_file(body: Body) -> str:
    """Where the file is, when it did not come along."""
    if not body.file_field:
        raise bad_request("Missing required parameter - file")
    return body.file_field


def _acknowledged(asked: Asked, part: Part) -> Json:
    """The reply to a part that does not make the file whole."""
    public_id = asked.params.text("public_id")
    return {
        "done": False,
        "bytes": part.length,
        "kind": asked.params.text("type", "upload"),
        "resource_type": asked.resource_type,
        **({"public_id": public_id} if public_id else {}),
    }


async def _media(asked: Asked, file: Received) -> Media:
    """What the file is, as the resource type that was asked for, in an allowed format."""
    if asked.resource_type == "raw":
        return Media(resource_type="raw")
    media = identify_quickly(file)
    if media is None:
        media = await asked.cloud.in_thread(identify, file.path(), asked.cloud.decoder)
    media = as_asked(media, asked.resource_type)
    allowed = asked.params.csv("allowed_formats")
    if allowed and media.format not in allowed and "format" not in asked.params:
        kind = media.resource_type.capitalize()
        raise bad_request(f"{kind} file format {media.format} not allowed")
    return media


def _incoming_transformation(params: Params, media: Media) -> str:
    """What is done to the file before it is stored; empty for nothing."""
    if media.resource_type == "raw":
        return ""
    wanted = params.text("format")
    if media.format == wanted or media.format in params.csv("allowed_formats"):
        wanted = ""
    return text_to_render(params.text("transformation"), wanted)


async def _converted(
    asked: Asked, file: Received, text: str, converted: Incoming
) -> tuple[Received, Media]:
    """The file after its incoming transformation, which replaces the original."""
    try:
        rendition = await asked.cloud.in_thread(asked.cloud.decoder.render, file.path(), text)
    except TransformationError as error:
        raise bad_request(error.cloudinary or f"Invalid transformation: {text}") from error
    except BridgeError as error:
        raise bad_request(f"Invalid {asked.resource_type} file") from error
    converted.write(rendition.data)
    return converted.received(), Media(
        resource_type="image",
        format=FORMATS.get(rendition.format, rendition.format),
        width=rendition.width,
        height=rendition.height,
        pages=1,
    )


def _new(asked: Asked, file: Received, media: Media, names: Names, filename: str) -> StoredAsset:
    """A new asset."""
    cloud, params = asked.cloud, asked.params
    at = cloud.now()
    return StoredAsset(
        asset_id=cloud.new_id(),
        public_id=names.public_id,
        resource_type=media.resource_type,
        type=params.text("type", "upload"),
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
        asset_folder=names.asset_folder,
        display_name=names.display_name,
        original_filename=names.original_filename,
        original_extension=_original_extension(filename, media),
        tags=checked_tags(params.csv("tags")),
        context=checked_context(params.context()),
        metadata=assigned(cloud, {}, params),
        api_key=asked.caller.api_key,
        last_updated={"updated_at": iso(at)},
    )


def _original_extension(filename: str, media: Media) -> str:
    """The extension the file came with, where it is not that of its format."""
    extension = FileName.of(filename).extension.lower()
    return extension if media.format and extension != media.format else ""


def _next_version(asset: StoredAsset, before: StoredAsset) -> StoredAsset:
    """The same asset with new content. What is said about it is replaced as well."""
    return replace(
        asset,
        asset_id=before.asset_id,
        version=max(asset.version, before.version + 1),
        created_at=before.created_at,
        serial=before.serial,
        uploads=before.uploads + 1,
    )
