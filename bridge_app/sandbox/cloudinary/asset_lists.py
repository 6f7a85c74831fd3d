"""The delivery type `list`: everything with one tag, as JSON for a web page.

Source: the vendor's page on listing assets (at most 1,000, cached for a minute).
"""

from starlette.responses import JSONResponse, Response

from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import not_found
from bridge_app.sandbox.cloudinary.shapes import Json
from bridge_app.sandbox.records import StoredAsset

MAX_LISTED = 1_000
CACHED = {"Cache-Control": "public, max-age=60", "Access-Control-Allow-Origin": "*"}


def asset_list(cloud: Cloud, resource_type: str, tag: str) -> Response:
    """The assets with a tag, newest first. `any` stands for every resource type.

    Raises:
        CloudinaryError: 404, there is none.
    """
    found = [
        asset
        for asset in reversed(cloud.environment.assets())
        if tag in asset.tags and resource_type in {asset.resource_type, "any"}
    ][:MAX_LISTED]
    if not found:
        raise not_found(f"{tag}.json")
    shown = [_shape(asset, with_kind=resource_type == "any") for asset in found]
    return JSONResponse({"resources": shown, "updated_at": cloud.timestamp()}, headers=CACHED)


def _shape(asset: StoredAsset, *, with_kind: bool) -> Json:
    size = {"width": asset.width, "height": asset.height, "duration": asset.duration}
    shape: Json = {
        "public_id": asset.public_id,
        "version": asset.version,
        "type": asset.type,
        "created_at": asset.created_at,
        **({"format": asset.format} if asset.format else {}),
        **{name: value for name, value in size.items() if value is not None},
        **({"resource_type": asset.resource_type} if with_kind else {}),
    }
    if asset.context:
        shape["context"] = {"custom": dict(asset.context)}
    if asset.metadata:
        shape["metadata"] = [
            {"external_id": name, "value": value} for name, value in asset.metadata.items()
        ]
    return shape
