"""Upload presets on the Admin API.

Source: reference/cloudinary.md 4.9.
"""

from collections.abc import Mapping

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import CloudinaryError
from bridge_app.sandbox.cloudinary.paging import page
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json
from bridge_app.sandbox.records import UploadPreset

FLAGS = frozenset(
    {
        "disallow_public_id",
        "live",
        "overwrite",
        "unique_display_name",
        "unique_filename",
        "use_asset_folder_as_public_id_prefix",
        "use_filename",
        "use_filename_as_display_name",
        "eager_async",
        "discard_original_filename",
        "return_delete_token",
        "backup",
    }
)
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
        "settings": dict(preset.settings),
        "external_id": preset.external_id,
    }


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
    """Change some settings of a preset; the others stay."""
    before = _existing(cloud, path)
    preset = UploadPreset(
        name=before.name,
        external_id=before.external_id,
        unsigned=params.flag("unsigned", default=before.unsigned),
        settings={**before.settings, **_settings(params)},
    )
    cloud.environment.put_preset(preset)
    return {"message": "updated", "external_id": preset.external_id}


def _deleted(cloud: Cloud, path: Mapping[str, str], _params: Params) -> Json:
    preset = _existing(cloud, path)
    cloud.environment.delete_preset(preset.name)
    return {"message": "deleted", "external_id": preset.external_id}


def _settings(params: Params) -> Json:
    """The upload parameters among `params`: yes and no as booleans, everything else as text."""
    return {
        name: params.flag(name) if name in FLAGS else params.text(name)
        for name in params.values
        if name not in NOT_SETTINGS and name in params
    }


PRESET_CALLS = (
    AdminCall("GET", "/upload_presets", _listed),
    AdminCall("POST", "/upload_presets", _created),
    AdminCall("GET", "/upload_presets/{name:whole}", _details),
    AdminCall("PUT", "/upload_presets/{name:whole}", _updated),
    AdminCall("DELETE", "/upload_presets/{name:whole}", _deleted),
)
