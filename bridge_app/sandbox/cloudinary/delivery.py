"""Delivery: what a browser gets from a URL. Originals as they are, everything else rendered.

Source: reference/cloudinary.md 2.6 and 8.
"""

import re
from dataclasses import replace
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bridge_app.domain.errors import InvalidInputError
from bridge_app.sandbox.cloudinary.asset_lists import asset_list
from bridge_app.sandbox.cloudinary.breakpoints import breakpoint_widths
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.delivery_access import (
    Credentials,
    Visit,
    check,
    check_restricted,
    credentials,
)
from bridge_app.sandbox.cloudinary.delivery_address import Address
from bridge_app.sandbox.cloudinary.delivery_tokens import NAME, token_in
from bridge_app.sandbox.cloudinary.derivations import Derivations
from bridge_app.sandbox.cloudinary.errors import (
    CloudinaryError,
    bad_request,
    header_text,
    not_found,
)
from bridge_app.sandbox.cloudinary.fetching import Fetcher, remote_id
from bridge_app.sandbox.cloudinary.file_reply import FileReply
from bridge_app.sandbox.cloudinary.media_types import media_type, original_type
from bridge_app.sandbox.cloudinary.moderation import is_rejected
from bridge_app.sandbox.records import Derived, StoredAsset
from bridge_app.transform.delivery_url import DeliveryPath, split_delivery_path
from bridge_app.transform.errors import TransformationError

HEADERS = {
    "Cache-Control": "public, no-transform, immutable, max-age=2592000",
    "Access-Control-Allow-Origin": "*",
}
NEVER_KEPT = {"Cache-Control": "private, no-store", "Access-Control-Allow-Origin": "*"}
SAME_FORMAT = {"jpeg": "jpg", "jpe": "jpg", "tiff": "tif"}
"""Other spellings of an extension."""
WITH_SPRITES = frozenset({"css", "json"})
"""What is made along with a sprite."""
DEFAULT_IMAGE = re.compile(r"(?:^|[,/])d_([^,/]+)")
FLAG = re.compile(r"(?:^|[,/])fl_([^,/]+)")
ATTACHMENT = re.compile(r"(?:^|\.)attachment(?::([^.]+))?")
SAVED = re.compile(r"fl_attachment(?::[^./,]+)?")
"""A transformation that leaves the picture as it is."""


class Delivery:
    """Serves the URLs of assets and of what is derived from them."""

    def __init__(self, derivations: Derivations) -> None:
        self._derivations = derivations
        self._fetcher = Fetcher()

    async def deliver(self, request: Request, cloud: Cloud, address: Address) -> Response:
        """The bytes a URL stands for.

        Raises:
            CloudinaryError: 400, 401 or 404, with the words for `X-Cld-Error`.
        """
        path = _read(address)
        visit = Visit(
            path=path,
            segments=address.segments,
            url_path=raw_path(request),
            token=token_in(request.url.query) or request.cookies.get(NAME, ""),
            address=request.client.host if request.client else "",
        )
        brought = credentials(cloud, visit)
        check_restricted(cloud, address.delivery_type, brought)
        if address.delivery_type == "list":
            return asset_list(cloud, address.resource_type, path.public_id.removesuffix(".json"))
        accept = request.headers.get("accept", "")
        try:
            asset, extension = await self._found(cloud, path)
        except CloudinaryError as error:
            return await self._instead(cloud, path, accept, error)
        flags = "" if path.resource_type == "raw" else path.written_transformation
        transformation = "" if SAVED.fullmatch(flags) else flags
        check(cloud, asset, brought, transformation=transformation, extension=extension)
        if is_rejected(asset):
            raise not_found(asset.public_id)
        reply = await self._reply(cloud, asset, transformation, extension, accept)
        return _dressed(reply, asset, flags, brought)

    async def _reply(
        self, cloud: Cloud, asset: StoredAsset, transformation: str, extension: str, accept: str
    ) -> Response:
        """The original, or what is derived from it."""
        if not transformation and extension in {"", asset.format}:
            return _original(cloud, asset)
        if transformation.endswith(":json"):
            widths = await cloud.in_thread(breakpoint_widths, cloud, asset, transformation)
            return JSONResponse({"breakpoints": widths}, headers=HEADERS)
        derived = await self._derivations.derive(
            cloud, asset, transformation=transformation, extension=extension, accept=accept
        )
        if any("getinfo" in flags.split(".") for flags in FLAG.findall(transformation)):
            return _info(asset, derived)
        cloud.traffic.count(derived.bytes)
        automatic = derived.variant or "f_auto" in transformation
        return FileReply(
            cloud.environment.rendition(derived),
            etag=derived.id,
            content_type=media_type(derived.format),
            headers={**HEADERS, "Vary": "Accept"} if automatic else HEADERS,
        )

    async def _found(self, cloud: Cloud, path: DeliveryPath) -> tuple[StoredAsset, str]:
        """The asset, fetched if need be, and the extension that asks for another format."""
        found = _stored(cloud, path)
        if found is None:
            fetched = await self._fetcher.fetched(cloud, path)
            found = None if fetched is None else (fetched, _format(path.extension))
        if found is None:
            raise not_found(path.public_id)
        return found

    async def _instead(
        self, cloud: Cloud, path: DeliveryPath, accept: str, error: CloudinaryError
    ) -> Response:
        """The default image (`d_`) where there is no other, with what was wrong in a header."""
        transformation = path.written_transformation
        named = DEFAULT_IMAGE.findall(transformation)
        wanted = replace(path, public_id=_default_name(named[-1]), extension="") if named else None
        found = _stored(cloud, replace(wanted, delivery_type="upload")) if wanted else None
        if found is None:
            raise error
        asset, _ = found
        rest = DEFAULT_IMAGE.sub("", transformation).strip(",/")
        reply = await self._reply(cloud, asset, rest, _format(path.extension), accept)
        reply.headers["X-Cld-Error"] = header_text(error.message)
        return reply


def raw_path(request: Request) -> str:
    """The URL's path as it came, still escaped."""
    return bytes(request.scope["raw_path"]).decode("ascii", "replace")


def _read(address: Address) -> DeliveryPath:
    """What is asked for."""
    try:
        path = split_delivery_path(
            address.segments,
            resource_type=address.resource_type,
            delivery_type=address.delivery_type,
        )
    except TransformationError as error:
        raise bad_request(error.cloudinary or "Invalid transformation") from error
    except InvalidInputError as error:
        raise not_found("") from error
    if address.delivery_type == "fetch":
        return replace(path, public_id=remote_id(path.public_id))
    return path


def _stored(cloud: Cloud, path: DeliveryPath) -> tuple[StoredAsset, str] | None:
    """The asset, and the extension that asks for another format.

    A public ID may have a dot in it, so what looks like an extension may be none.
    """
    key = (path.resource_type, path.delivery_type)
    asset = cloud.environment.find((*key, path.public_id))
    if asset is not None:
        return asset, _format(path.extension)
    name = f"{path.public_id}.{path.extension}" if path.extension else path.public_id
    asset = cloud.environment.find((*key, name))
    if asset is not None:
        return asset, ""
    stem, _, ending = name.rpartition(".")
    asset = cloud.environment.find((*key, stem))
    if asset is not None and asset.type == "sprite" and ending in WITH_SPRITES:
        return asset, ending
    return None if asset is None or asset.format != ending.lower() else (asset, "")


def _format(extension: str) -> str:
    return SAME_FORMAT.get(extension.lower(), extension.lower())


def _original(cloud: Cloud, asset: StoredAsset) -> Response:
    cloud.traffic.count(asset.bytes)
    return FileReply(
        cloud.content(asset), etag=asset.etag, content_type=original_type(asset), headers=HEADERS
    )


def _default_name(text: str) -> str:
    """The public ID of a default image: folders are written with colons."""
    return unquote(text).replace(":", "/").rpartition(".")[0] or unquote(text)


def _info(asset: StoredAsset, derived: Derived) -> Response:
    """What a picture is made from and what it is, instead of the picture (`fl_getinfo`)."""
    before = {"width": asset.width, "height": asset.height, "bytes": asset.bytes}
    after = {"width": derived.width, "height": derived.height, "bytes": derived.bytes}
    return JSONResponse(
        {"input": before, "output": {**after, "format": derived.format}}, headers=HEADERS
    )


def _dressed(
    reply: Response, asset: StoredAsset, transformation: str, brought: Credentials
) -> Response:
    """The reply with the asset's own headers, and a file name where it is to be saved."""
    for name, value in asset.headers.items():
        reply.headers[name] = header_text(value)
    if brought.token or asset.access_control:
        reply.headers.update(NEVER_KEPT)
    for flags in FLAG.findall(transformation):
        attached = ATTACHMENT.search(flags)
        if attached:
            name = unquote(attached[1] or asset.public_id.rpartition("/")[2])
            reply.headers["Content-Disposition"] = header_text(f'attachment; filename="{name}"')
    return reply
