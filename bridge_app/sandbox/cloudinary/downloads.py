"""Signed addresses that bring bytes from the API itself: assets and kept versions.

Source: reference/cloudinary.md 2.8.
"""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.derivations import Derivations
from bridge_app.sandbox.cloudinary.errors import not_found
from bridge_app.sandbox.cloudinary.file_reply import FileReply
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.upload_request import required, signed_link

BYTES = "application/octet-stream"


async def download(request: Request, cloud: Cloud, kind: str, derivations: Derivations) -> Response:
    """The bytes of an asset, public or not, as they are or in another format.

    Raises:
        CloudinaryError: 400, 401 or 404: nobody signed for it, or there is no such asset.
    """
    params, _ = await signed_link(request, cloud)
    public_id = required(params, "public_id")
    asset = cloud.environment.find((kind, params.text("type", "upload"), public_id))
    if asset is None:
        raise not_found(public_id)
    wanted, transformation = params.text("format"), params.text("transformation")
    path, ending, etag = cloud.content(asset), asset.format, asset.etag
    if transformation or wanted not in {"", asset.format}:
        derived = await derivations.derive(
            cloud, asset, transformation=transformation, extension=wanted
        )
        path, ending, etag = cloud.environment.rendition(derived), derived.format, derived.id
    name = params.text("target_filename") or asset.public_id.rpartition("/")[2]
    shown = f"{name}.{ending}" if ending and not name.endswith(f".{ending}") else name
    return FileReply(path, etag=etag, content_type=BYTES, headers=attachment(shown, params))


async def download_backup(request: Request, cloud: Cloud) -> Response:
    """The bytes of a kept version.

    Raises:
        CloudinaryError: 400, 401 or 404: nobody signed for it, or there is no such version.
    """
    params, _ = await signed_link(request, cloud)
    asset_id, version_id = required(params, "asset_id"), required(params, "version_id")
    for version in cloud.backups.versions(asset_id):
        if version.version_id == version_id:
            name = version.public_id.rpartition("/")[2]
            ending = f".{version.format}" if version.format else ""
            return FileReply(
                cloud.backups.file(version),
                etag=version.etag,
                content_type=BYTES,
                headers=attachment(name + ending, Params({"attachment": ("true",)})),
            )
    raise not_found(version_id)


def attachment(name: str, params: Params) -> dict[str, str]:
    """The headers that make a browser save a file under a name."""
    wanted = params.text("attachment")
    if not wanted or wanted.lower() in {"0", "false"}:
        return {"Cache-Control": "private, no-store"}
    shown = name if wanted.lower() in {"1", "true"} else wanted
    return {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(shown)}",
    }
