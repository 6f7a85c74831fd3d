"""Upload presets: how their parameters and a request's come together."""

from bridge_app.sandbox.cloudinary.auth import Caller
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.params import Params

ALLOWED_UNSIGNED = (
    "upload_preset",
    "callback",
    "public_id",
    "folder",
    "asset_folder",
    "tags",
    "context",
    "metadata",
    "face_coordinates",
    "custom_coordinates",
    "source",
    "filename_override",
    "manifest_transformation",
    "manifest_json",
    "template",
    "template_vars",
    "regions",
    "public_id_prefix",
)
"""In the order in which the service lists them."""
ALWAYS_SENT = frozenset({"timestamp", "api_key", "signature", "file"})
JOINED = {"tags": ",", "context": "|", "metadata": "|"}
"""Of these an unsigned upload gets the preset's values and its own."""


def effective(cloud: Cloud, params: Params, caller: Caller | None) -> tuple[Params, bool]:
    """The parameters an upload is carried out with, and whether it may overwrite.

    Raises:
        CloudinaryError: There is no such preset, or it does not allow this.
    """
    name = params.text("upload_preset")
    if not name:
        if caller is None:
            raise bad_request("Upload preset must be specified when using unsigned upload")
        return params, params.flag("overwrite", default=True)
    preset = cloud.environment.presets().get(name)
    if preset is None:
        raise bad_request("Upload preset not found")
    settings = Params.of_json(preset.settings)
    if caller is not None:
        merged = params.merged(settings)
        return merged, merged.flag("overwrite", default=True)
    if not preset.unsigned:
        raise bad_request("Upload preset must be whitelisted for unsigned uploads")
    return _unsigned(params, settings), False


def _unsigned(params: Params, settings: Params) -> Params:
    """The preset wins; lists are joined; what may not be asked unsigned is refused."""
    for name in params.values:
        if name not in ALWAYS_SENT.union(ALLOWED_UNSIGNED):
            raise bad_request(
                f"{name.replace('_', ' ').capitalize()} parameter is not allowed when using "
                f"unsigned upload. Only {','.join(ALLOWED_UNSIGNED)} upload parameters are allowed."
            )
    if settings.flag("disallow_public_id") and "public_id" in params:
        raise bad_request("public_id parameter is not allowed for this upload preset")
    joined = {
        name: (separator.join(filter(None, [settings.text(name), params.text(name)])),)
        for name, separator in JOINED.items()
    }
    return Params({**params.values, **settings.values, **joined})
