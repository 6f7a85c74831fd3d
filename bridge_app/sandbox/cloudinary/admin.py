"""The Admin API: what it says of the environment as a whole, and the list of all its calls."""

from collections.abc import Mapping

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.deletions import DELETION_CALLS
from bridge_app.sandbox.cloudinary.folders import FOLDER_CALLS
from bridge_app.sandbox.cloudinary.listings import LISTING_CALLS
from bridge_app.sandbox.cloudinary.paging import page
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.preset_calls import PRESET_CALLS
from bridge_app.sandbox.cloudinary.resources import RESOURCE_CALLS
from bridge_app.sandbox.cloudinary.shapes import Json

MEDIA_LIMITS = {
    "image_max_size_bytes": 20_971_520,
    "video_max_size_bytes": 4_294_967_296,
    "raw_max_size_bytes": 4_294_967_296,
    "image_max_px": 250_000_000,
    "asset_max_total_px": 500_000_000,
}
"""What the sandbox says; it stores larger files as well."""
PLAN_STORAGE = 25 * 1024**3
CREATED_AT = "2026-01-01T00:00:00Z"


def _ping(_cloud: Cloud, _path: Mapping[str, str], _params: Params) -> Json:
    return {"status": "ok"}


def _config(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    """The settings are told only to those who ask."""
    settings = {"settings": {"folder_mode": cloud.folder_mode}}
    told = settings if params.flag("settings") else {}
    return {"cloud_name": cloud.name, "created_at": CREATED_AT, **told}


def _usage(cloud: Cloud, path: Mapping[str, str], _params: Params) -> Json:
    """What is stored; limits are not told of a past day."""
    assets = cloud.environment.assets()
    derived = sum(len(cloud.environment.derived_of(asset.asset_id)) for asset in assets)
    stored = sum(asset.bytes for asset in assets)
    limits = (
        {}
        if "date" in path
        else {"limit": PLAN_STORAGE, "used_percent": round(100 * stored / PLAN_STORAGE, 2)}
    )
    return {
        "plan": "Sandbox",
        "last_updated": cloud.now().date().isoformat(),
        "date_requested": f"{cloud.now().date().isoformat()}T00:00:00Z",
        "transformations": {"usage": derived, "breakdown": {"transformation": derived}},
        "objects": {"usage": len(assets) + derived},
        "bandwidth": {"usage": 0, **limits},
        "storage": {"usage": stored, **limits},
        "impressions": {"usage": 0},
        "seconds_delivered": {"usage": 0},
        "requests": 0,
        "resources": len(assets),
        "derived_resources": derived,
        "media_limits": MEDIA_LIMITS,
    }


def _resource_types(cloud: Cloud, _path: Mapping[str, str], _params: Params) -> Json:
    found = {asset.resource_type for asset in cloud.environment.assets()}
    return {"resource_types": sorted(found | {"image"})}


def _tags(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """The tags in use, in alphabetical order."""
    prefix = params.text("prefix")
    tags = {
        tag
        for asset in cloud.environment.assets()
        if asset.resource_type == path["kind"]
        for tag in asset.tags
        if tag.startswith(prefix)
    }
    shown, cursor = page(tags, lambda tag: (tag,), params)
    return {"tags": shown, **({"next_cursor": cursor} if cursor else {})}


ADMIN_CALLS = (
    AdminCall("GET", "/ping", _ping),
    AdminCall("GET", "/config", _config),
    AdminCall("GET", "/usage", _usage),
    AdminCall("GET", "/usage/{date}", _usage),
    AdminCall("GET", "/resources", _resource_types),
    AdminCall("GET", "/tags/{kind:kind}", _tags),
    *FOLDER_CALLS,
    *PRESET_CALLS,
    *LISTING_CALLS,
    *DELETION_CALLS,
    *RESOURCE_CALLS,
)
"""In the order in which they are tried: known words come before public IDs."""
