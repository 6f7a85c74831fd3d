"""Streaming profiles on the Admin API: seven that are always there, and one's own.

Source: reference/cloudinary.md 4.10. The predefined ladders follow Cloudinary's documentation in
their shape; their exact bit rates are the service's affair.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from bridge_app.sandbox.cloudinary.admin_call import AdminCall
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.json_text import parsed_json
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json
from bridge_app.sandbox.cloudinary.transformation_text import info

TABLE = "streaming_profile"
LADDER = {
    "3840x2160": "35m",
    "2560x1440": "18m",
    "1920x1080": "9m",
    "1280x720": "5m",
    "960x540": "3500k",
    "640x360": "1500k",
    "480x270": "500k",
    "320x180": "200k",
}
"""Sizes, and the bit rate each is delivered with."""
PREDEFINED: Mapping[str, tuple[str, Iterable[str]]] = {
    "4k": ("4K", list(LADDER)),
    "full_hd": ("Full HD", list(LADDER)[2:]),
    "hd": ("HD", list(LADDER)[3:]),
    "sd": ("SD", list(LADDER)[5:]),
    "full_hd_wifi": ("Full HD WiFi", ["1920x1080", "1280x720", "640x360"]),
    "full_hd_lean": ("Full HD Lean", ["1920x1080", "960x540", "480x270"]),
    "hd_lean": ("HD Lean", ["1280x720", "640x360", "320x180"]),
}


def _predefined() -> dict[str, Json]:
    return {
        name: {
            "name": name,
            "display_name": title,
            "predefined": True,
            "representations": [_rung(size) for size in sizes],
        }
        for name, (title, sizes) in PREDEFINED.items()
    }


def _rung(size: str) -> Json:
    width, height = (int(side) for side in size.split("x"))
    fitted = {"width": width, "height": height, "crop": "limit"}
    return {"transformation": [{**fitted, "bit_rate": LADDER[size]}]}


def _all(cloud: Cloud) -> dict[str, Json]:
    """Changed predefined ones take the place of the originals."""
    return {**_predefined(), **cloud.environment.rows(TABLE)}


def _existing(cloud: Cloud, path: Mapping[str, str]) -> Json:
    profile = _all(cloud).get(path["name"])
    if profile is None:
        raise CloudinaryError(404, f"Can't find streaming profile with name {path['name']}")
    return profile


def _listed(cloud: Cloud, _path: Mapping[str, str], _params: Params) -> Json:
    shown = ("name", "display_name", "predefined")
    return {"data": [{name: one[name] for name in shown} for one in _all(cloud).values()]}


def _details(cloud: Cloud, path: Mapping[str, str], _params: Params) -> Json:
    return {"data": _existing(cloud, path)}


def _created(cloud: Cloud, _path: Mapping[str, str], params: Params) -> Json:
    name = params.text("name")
    if not name:
        raise bad_request("Missing required parameter - name")
    if name in _all(cloud):
        raise CloudinaryError(409, f"Streaming profile {name} already exists")
    if "representations" not in params:
        raise bad_request("Missing required parameter - representations")
    profile = {
        "name": name,
        "display_name": params.text("display_name") or name,
        "predefined": False,
        "representations": _representations(params),
    }
    cloud.environment.put_row(TABLE, name, profile)
    return {"message": "created", "data": profile}


def _updated(cloud: Cloud, path: Mapping[str, str], params: Params) -> Json:
    """Change a profile, a predefined one too."""
    profile = dict(_existing(cloud, path))
    if "display_name" in params:
        profile["display_name"] = params.text("display_name")
    if "representations" in params:
        profile["representations"] = _representations(params)
    cloud.environment.put_row(TABLE, profile["name"], profile)
    return {"message": "updated", "data": profile}


def _deleted(cloud: Cloud, path: Mapping[str, str], _params: Params) -> Json:
    """Delete a profile; a predefined one becomes what it was."""
    profile = _existing(cloud, path)
    if profile["name"] in cloud.environment.rows(TABLE):
        cloud.environment.delete_row(TABLE, profile["name"])
    if profile["name"] in PREDEFINED:
        return {"message": "updated", "data": _predefined()[profile["name"]]}
    return {"message": "deleted", "data": profile}


def _representations(params: Params) -> list[Json]:
    """Each with its transformation as a list of named parts.

    Raises:
        CloudinaryError: 400, this is no list of transformations.
    """
    try:
        given = [_parsed(one) for one in params.array("representations")]
        return [{"transformation": info(one["transformation"])} for one in given]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise bad_request("Invalid representations") from error


def _parsed(text: str) -> Any:
    return parsed_json(text)


STREAMING_PROFILE_CALLS = (
    AdminCall("GET", "/streaming_profiles", _listed),
    AdminCall("POST", "/streaming_profiles", _created),
    AdminCall("GET", "/streaming_profiles/{name}", _details),
    AdminCall("PUT", "/streaming_profiles/{name}", _updated),
    AdminCall("DELETE", "/streaming_profiles/{name}", _deleted),
)
