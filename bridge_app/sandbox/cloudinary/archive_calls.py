"""Archives on the API: stored as raw assets, or downloaded and forgotten.

Source: reference/cloudinary.md 2.8 and 3.9.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from bridge_app.sandbox.cloudinary import archives, shapes
from bridge_app.sandbox.cloudinary.auth import Caller
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.downloads import attachment
from bridge_app.sandbox.cloudinary.eager import Eager
from bridge_app.sandbox.cloudinary.edits import Edit
from bridge_app.sandbox.cloudinary.errors import CloudinaryError
from bridge_app.sandbox.cloudinary.file_reply import FileReply
from bridge_app.sandbox.cloudinary.made_assets import Made, store_made
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json
from bridge_app.sandbox.cloudinary.upload_request import signed_link
from bridge_app.sandbox.files import Received

ATTEMPTS = 5


async def _archive(request: Request, cloud: Cloud, eager: Eager) -> Json | Response:
    """An archive: stored as a raw asset, or downloaded and forgotten."""
    params, caller = await signed_link(request, cloud)
    return await _archived(request, cloud, eager, (params, caller))


async def _tag_zip(request: Request, cloud: Cloud, eager: Eager) -> Json | Response:
    """All assets with a tag as a zip, as old clients ask for it."""
    params, caller = await signed_link(request, cloud)
    asked = Params(
        {
            **params.values,
            "tags": params.values.get("tag", ()),
            "transformations": params.values.get("transformation", ()),
            "mode": ("download",),
        }
    )
    return await _archived(request, cloud, eager, (asked, caller))


async def _archived(
    request: Request, cloud: Cloud, eager: Eager, asked: tuple[Params, Caller]
) -> Json | Response:
    params, caller = asked
    kind = archives.archive_format(params)
    target = cloud.environment.incoming / cloud.new_id()
    assets, files = await _packed(cloud, eager, request.path_params["kind"], params, target)
    name = params.text("target_public_id") or cloud.new_id()[:20]
    name = name if name.endswith(f".{kind}") else f"{name}.{kind}"
    if params.text("mode", "create") == "download":
        reply = FileReply(
            target,
            etag=cloud.new_id(),
            content_type=archives.CONTENT_TYPES[kind],
            headers=attachment(name.rpartition("/")[2], Params({"attachment": ("true",)})),
        )
        reply.background = BackgroundTask(target.unlink, missing_ok=True)
        return reply
    made = Made(
        resource_type="raw",
        type=params.text("target_type", "upload"),
        public_id=name,
        asset_folder=params.text("target_asset_folder"),
        tags=params.csv("target_tags"),
    )
    md5 = await cloud.in_thread(_md5, target)
    asset = store_made(cloud, made, Received(target, None, md5=md5), caller)
    counts = {"resource_count": assets, "file_count": files}
    return {**shapes.uploaded(cloud, asset, caller), **counts}


async def _packed(
    cloud: Cloud, eager: Eager, kind: str, params: Params, target: Path
) -> tuple[int, int]:
    """Pack what is wanted; of how many assets, and how many files that is.

    Raises:
        CloudinaryError: It is not there, or changes all the time.
    """
    for _ in range(ATTEMPTS):
        assets = archives.chosen(cloud, kind, params)
        files = await archives.entries(cloud, assets, params, eager.derivations)
        try:
            await cloud.in_thread(archives.pack, files, target, archives.archive_format(params))
        except FileNotFoundError:
            # Deleted or replaced since it was chosen: what is there now counts.
            target.unlink(missing_ok=True)
        else:
            return len(assets), len(files)
    raise CloudinaryError(409, "Resources changed while they were packed")


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


ARCHIVE_CALLS: Mapping[str, Edit] = {
    "/{kind:any_kind}/generate_archive": _archive,
    "/{kind:any_kind}/download_tag.zip": _tag_zip,
}
"""Paths behind the cloud name; all answer GET and POST."""
