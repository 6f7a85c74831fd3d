"""Delivery: what a browser gets from a URL. Originals as they are, everything else rendered.

Source: reference/cloudinary.md 2.6 and 8.
"""

from starlette.requests import Request
from starlette.responses import Response

from bridge_app.domain.errors import InvalidInputError
from bridge_app.sandbox.cloudinary.auth import delivery_is_signed
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.derivations import Derivations
from bridge_app.sandbox.cloudinary.errors import (
    bad_request,
    not_found,
    unauthorized,
)
from bridge_app.sandbox.cloudinary.file_reply import FileReply
from bridge_app.sandbox.records import StoredAsset
from bridge_app.transform.delivery_url import DeliveryPath, split_delivery_path
from bridge_app.transform.errors import TransformationError

HEADERS = {
    "Cache-Control": "public, no-transform, immutable, max-age=2592000",
    "Access-Control-Allow-Origin": "*",
}
PUBLIC_TYPES = frozenset({"upload"})
SAME_FORMAT = {"jpeg": "jpg", "jpe": "jpg", "tiff": "tif"}
"""Other spellings of an extension."""
CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "tif": "image/tiff",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "mov": "video/quicktime",
    "mkv": "video/x-matroska",
    "mp3": "audio/mpeg",
    "ico": "image/x-icon",
}


class Delivery:
    """Serves `/{cloud}/{resource_type}/{type}/…`."""

    def __init__(self, derivations: Derivations) -> None:
        self._derivations = derivations

    async def deliver(
        self, request: Request, cloud: Cloud, resource_type: str, delivery_type: str
    ) -> Response:
        """The bytes of an asset or of what is derived from it.

        Raises:
            CloudinaryError: 400, 401 or 404, with the words for `X-Cld-Error`.
        """
        segments = _segments(request)
        path = _read(segments, resource_type, delivery_type)
        asset, extension = _found(cloud, path)
        _check_signature(cloud, path, segments)
        transformation = "" if resource_type == "raw" else path.written_transformation
        if not transformation and extension in {"", asset.format}:
            return FileReply(
                cloud.content(asset),
                etag=asset.etag,
                content_type=_content_type(asset),
                headers=HEADERS,
            )
        derived = await self._derivations.derive(
            cloud,
            asset,
            transformation=transformation,
            extension=extension,
            accept=request.headers.get("accept", ""),
        )
        automatic = derived.variant or "f_auto" in transformation
        return FileReply(
            cloud.environment.rendition(derived),
            etag=derived.id,
            content_type=_type_of(asset.resource_type, derived.format),
            headers={**HEADERS, "Vary": "Accept"} if automatic else HEADERS,
        )


def _segments(request: Request) -> list[str]:
    """What follows the delivery type in the path, still escaped; doubled slashes collapse."""
    raw = request.scope["raw_path"].decode("ascii", "replace")
    return [part for part in raw.split("/")[4:] if part]


def _read(segments: list[str], resource_type: str, delivery_type: str) -> DeliveryPath:
    """What is asked for."""
    try:
        return split_delivery_path(
            segments, resource_type=resource_type, delivery_type=delivery_type
        )
    except TransformationError as error:
        raise bad_request(error.cloudinary or "Invalid transformation") from error
    except InvalidInputError as error:
        raise not_found("") from error


def _found(cloud: Cloud, path: DeliveryPath) -> tuple[StoredAsset, str]:
    """The asset, and the extension that asks for another format.

    A public ID may have a dot in it, so what looks like an extension may be none.
    """
    key = (path.resource_type, path.delivery_type)
    asset = cloud.environment.find((*key, path.public_id))
    extension = path.extension.lower()
    if asset is not None:
        return asset, SAME_FORMAT.get(extension, extension)
    name = f"{path.public_id}.{path.extension}" if path.extension else path.public_id
    asset = cloud.environment.find((*key, name))
    if asset is not None:
        return asset, ""
    stem, _, ending = name.rpartition(".")
    asset = cloud.environment.find((*key, stem))
    if asset is None or asset.format != ending.lower():
        raise not_found(path.public_id)
    return asset, ""


def _check_signature(cloud: Cloud, path: DeliveryPath, segments: list[str]) -> None:
    """Raise unless the URL is signed where it must be, and rightly where it is."""
    if not path.signature:
        if path.delivery_type not in PUBLIC_TYPES:
            raise unauthorized("ACL deny")
        return
    given = [part for part in segments[1:] if part != f"v{path.version}"]
    # The text as it came, and as the official SDKs escape it: proxies may change the escapes.
    texts = ("/".join(given), path.to_sign)
    if not any(delivery_is_signed(path.signature, text, cloud.keys) for text in texts):
        raise unauthorized("Invalid signature")


def _content_type(asset: StoredAsset) -> str:
    """The media type of an original."""
    if asset.resource_type == "raw":
        return "application/octet-stream"
    if asset.is_audio:
        return CONTENT_TYPES.get(asset.format, f"audio/{asset.format}")
    return _type_of(asset.resource_type, asset.format)


def _type_of(resource_type: str, name: str) -> str:
    """The media type of a format; what is rendered of a video may be a picture."""
    kind = "video" if resource_type == "video" and name in {"mp4", "webm", "ogv"} else "image"
    return CONTENT_TYPES.get(name, f"{kind}/{name}")
