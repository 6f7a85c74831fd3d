"""The Admin API: what it says of the environment as a whole, and the list of all its calls."""

from collections.abc import Mapping

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.deletions import DELETION_CALLS
from bridge_app.sandbox.cloudinary.folders import FOLDER_CALLS
from bridge_app.sandbox.cloudinary.listings import LISTING_CALLS
from bridge_app.sandbox.cloudinary.metadata_calls import METADATA_CALLS
from bridge_app.sandbox.cloudinary.metadata_rule_calls import METADATA_RULE_CALLS
from bridge_app.sandbox.cloudinary.paging import page
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.preset_calls import PRESET_CALLS
from bridge_app.sandbox.cloudinary.publishing import PUBLISHING_CALLS
from bridge_app.sandbox.cloudinary.related import RELATED_CALLS
from bridge_app.sandbox.cloudinary.resources import RESOURCE_CALLS
from bridge_app.sandbox.cloudinary.restores import RESTORE_CALLS
from bridge_app.sandbox.cloudinary.search_calls import SEARCH_CALLS
from bridge_app.sandbox.cloudinary.shapes import Json
from bridge_app.sandbox.cloudinary.streaming_profiles import STREAMING_PROFILE_CALLS
from bridge_app.sandbox.cloudinary.transformation_calls import TRANSFORMATION_CALLS
from bridge_app.sandbox.cloudinary.trigger_calls import TRIGGER_CALLS
from bridge_app.sandbox.cloudinary.upload_mappings import UPLOAD_MAPPING_CALLS
from bridge_app.sandbox.cloudinary.usage import USAGE_CALLS
from bridge_app.sandbox.cloudinary.visual_search import VISUAL_SEARCH_CALLS

CREATED_AT = "2026-01-01T00:00:00Z"


def _ping(_cloud: Cloud, _path: Mapping[str, str], _params: Params) -> Json:
    return {"status": "ok"}


def _config(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    """The settings are told only to those who ask."""
    settings = {"settings": {"folder_mode": cloud.folder_mode}}
    told = settings if params.flag("settings") else {}
    return {"cloud_name": cloud.name, "created_at": CREATED_AT, **told}


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
    *USAGE_CALLS,
    AdminCall("GET", "/resources", _resource_types),
    AdminCall("GET", "/tags/{kind:kind}", _tags),
    *SEARCH_CALLS,
    *FOLDER_CALLS,
    *PRESET_CALLS,
    *TRANSFORMATION_CALLS,
    *STREAMING_PROFILE_CALLS,
    *UPLOAD_MAPPING_CALLS,
    *TRIGGER_CALLS,
    *METADATA_CALLS,
    *METADATA_RULE_CALLS,
    *LISTING_CALLS,
    *VISUAL_SEARCH_CALLS,
    *RELATED_CALLS,
    *RESTORE_CALLS,
    *PUBLISHING_CALLS,
    *DELETION_CALLS,
    *RESOURCE_CALLS,
)
"""In the order in which they are tried: known words come before public IDs."""
