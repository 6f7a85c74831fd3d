"""Upload presets on the Admin API.

Source: reference/cloudinary.md 4.9.
"""

from collections.abc import Mapping
from typing import Any

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.paging import page
from bridge_app.sandbox.cloudinary.params import Params, parse_context
from bridge_app.sandbox.cloudinary.shapes import Json
from bridge_app.sandbox.cloudinary.transformation_text import (
    DECIMAL,
    INTEGER,
    info,
    split_extension,
)
from bridge_app.sandbox.records import UploadPreset
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.parse import parse

FLAGS = frozenset(
    {
        "accessibility_analysis",
        "async",
        "auto_chaptering",
        "backup",
        "cinemagraph_analysis",
        "colors",
        "disallow_public_id",
        "discard_original_filename",
        "eager_async",
        "exif",
        "faces",
        "image_metadata",
        "invalidate",
        "live",
        "media_metadata",
        "overwrite",
        "phash",
        "quality_analysis",
        "return_delete_token",
        "similarity_search",
        "unique_display_name",
        "unique_filename",
        "use_asset_folder_as_public_id_prefix",
        "use_filename",
        "use_filename_as_display_name",
        "visual_search",
    }
)
NUMBERS = frozenset({"auto_tagging", "quality_override"})
NOT_SETTINGS = frozenset({"name", "unsigned", "timestamp"})


def _listed(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    presets = cloud.environment.presets().values()
    shown, cursor = page(presets, lambda preset: (preset.name,), params)
    found: Json = {"presets": [_shape(preset) for preset in shown]}
    return {**found, **({"next_cursor": cursor} if cursor else {})}


def _shape(preset: UploadPreset) -> Json:
    return {
        "name": preset.name,
        "unsigned": preset.unsigned,
        "settings": {name: _shown(name, value) for name, value in preset.settings.items()},
        "external_id": preset.external_id,
    }


def _shown(name: str, value: Any) -> Any:
    """A setting as replies show it: tags, context and transformations in their parts."""
    match name:
        case "tags":
            return [tag.strip() for tag in value.split(",")]
        case "context":
            return dict(parse_context(value))
        case "transformation":
            return info(value)
        case _ if name in NUMBERS and INTEGER.fullmatch(value):
            return int(value)
        case _ if name in NUMBERS and DECIMAL.fullmatch(value):
            return float(value)
        case _:
            return value


def _existing(cloud: Cloud, path: Mapping[str, str]) -> UploadPreset:
    """The preset a path names."""
    preset = cloud.environment.presets().get(path["name"])
    if preset is None:
        raise CloudinaryError(404, f"Can't find upload preset with name {path['name']}")
    return preset


def _details(cloud: Cloud, path: Mapping[str, str], _params: Params) -> Json:
    return _shape(_existing(cloud, path))


def _created(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    """Create a preset; one with this name is replaced."""
    preset = UploadPreset(
        name=params.text("name") or cloud.new_id()[:8],
        external_id=cloud.new_id(),
        unsigned=params.flag("unsigned"),
        settings=_settings(params),
    )
    cloud.environment.put_preset(preset)
    return {"message": "created", "name": preset.name, "external_id": preset.external_id}


def _updated(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Change some settings of a preset, take away those that are given empty; the others stay."""
    before = _existing(cloud, path)
    stays = {name: value for name, value in before.settings.items() if name not in params.values}
    preset = UploadPreset(
        name=before.name,
        external_id=before.external_id,
        unsigned=params.flag("unsigned", default=before.unsigned),
        settings={**stays, **_settings(params)},
    )
    cloud.environment.put_preset(preset)
    return {"message": "updated", "external_id": preset.external_id}


def _deleted(cloud: Cloud, path: Mapping[str, str], _params: Params) -> Json:
    preset = _existing(cloud, path)
    cloud.environment.delete_preset(preset.name)
    return {"message": "deleted", "external_id": preset.external_id}


def _settings(params: Params) -> Json:
    """The upload parameters among `params`: yes and no as booleans, everything else as text.

    Raises:
        CloudinaryError: 400, one of them makes no sense.
    """
    for name in ("transformation", "eager"):
        for text in filter(None, params.text(name).split("|")):
            _check(text)
    return {
        name: params.flag(name) if name in FLAGS else params.text(name)
        for name in params.values
        if name not in NOT_SETTINGS and name in params
    }


def _check(transformation: str) -> None:
    """Raise unless a transformation can be carried out."""
    try:
        parse(split_extension(transformation)[0])
    except TransformationError as error:
        said = error.cloudinary or f"Invalid transformation: {transformation}"
        raise bad_request(said) from error


PRESET_CALLS = (
    AdminCall("GET", "/upload_presets", _listed),
    AdminCall("POST", "/upload_presets", _created),
    AdminCall("GET", "/upload_presets/{name:whole}", _details),
    AdminCall("PUT", "/upload_presets/{name:whole}", _updated),
    AdminCall("DELETE", "/upload_presets/{name:whole}", _deleted),
)
