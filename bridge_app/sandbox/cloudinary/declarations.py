"""What a request says of an asset besides its content, its names, its tags and its metadata.

The same parameters come with uploads, with `explicit` and with the Admin API's `update`.
Source: reference/cloudinary.md 3.2, 3.3 and 4.5.
"""

from collections.abc import Mapping
from dataclasses import replace

from bridge_app.sandbox.cloudinary.access_rules import access_rules
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.json_text import parsed_json
from bridge_app.sandbox.cloudinary.moderation import decided, requested
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.records import StoredAsset

Box = list[int]
DELIVERED_HEADERS = {
    name.lower(): name for name in ("Link", "Authorization", "X-Robots-Tag", "Content-Disposition")
}
ACCESS_MODES = frozenset({"public", "authenticated"})
BOXES = {"face_coordinates": "faces", "custom_coordinates": "custom"}


def declared(asset: StoredAsset, params: Params, *, at: str) -> StoredAsset:
    """The asset with what the parameters say of it.

    Raises:
        CloudinaryError: 400, a value is not allowed; 420, it needs an add-on.
    """
    given = params.values
    if "access_control" in given:
        text = params.text("access_control")
        asset = replace(asset, access_control=access_rules(text) if text else ())
    if "access_mode" in params:
        asset = replace(asset, access_mode=_access_mode(params.text("access_mode")))
    if BOXES.keys() & given.keys():
        asset = replace(asset, coordinates={**asset.coordinates, **_coordinates(params)})
    if "regions" in given:
        asset = replace(asset, regions=_regions(params.text("regions")))
    if "headers" in given:
        asset = replace(asset, headers=_headers(params))
    if "quality_override" in params:
        asset = replace(asset, quality_override=params.text("quality_override"))
    if "moderation" in params:
        asset = replace(asset, moderation=requested(params.text("moderation")))
    if "moderation_status" in params:
        asset = decided(asset, params.text("moderation_status"), at=at)
    return asset


def _access_mode(text: str) -> str:
    if text not in ACCESS_MODES:
        raise bad_request(f"Invalid value for access_mode: {text}")
    return text


def within(asset: StoredAsset) -> StoredAsset:
    """The asset with no box wider or higher than it is, as an upload keeps them."""
    width, height = asset.width, asset.height
    if not asset.coordinates or width is None or height is None:
        return asset
    kept = {
        name: [[x, y, min(w, width), min(h, height)] for x, y, w, h in boxes]
        for name, boxes in asset.coordinates.items()
    }
    return replace(asset, coordinates=kept)


def _coordinates(params: Params) -> dict[str, list[Box]]:
    """The boxes that were given, by what they show."""
    return {
        shown: _boxes(parameter, params.text(parameter))
        for parameter, shown in BOXES.items()
        if parameter in params.values
    }


def _boxes(parameter: str, text: str) -> list[Box]:
    """Boxes written `x,y,w,h|x,y,w,h`."""
    try:
        boxes = [[int(float(n)) for n in one.split(",")] for one in text.split("|") if one]
    except (ValueError, OverflowError) as error:
        raise bad_request(f"Invalid value for {parameter}: {text}") from error
    if any(len(box) != 4 for box in boxes):
        raise bad_request(f"Invalid value for {parameter}: {text}")
    return boxes


def _regions(text: str) -> dict[str, list[Box]]:
    """Named regions of at least two points each."""
    try:
        parsed = parsed_json(text) if text else {}
        regions = {
            str(name): [[int(x), int(y)] for x, y in points] for name, points in parsed.items()
        }
    except (ValueError, TypeError, AttributeError) as error:
        raise bad_request("Invalid value for regions") from error
    if any(len(points) < 2 for points in regions.values()):
        raise bad_request("Invalid value for regions: a region needs at least two points")
    return regions


def _headers(params: Params) -> Mapping[str, str]:
    """The headers that delivery may add; others are left out without a word."""
    lines = (line for text in params.array("headers") for line in text.splitlines())
    pairs = (line.partition(":") for line in lines)
    return {
        DELIVERED_HEADERS[name.strip().lower()]: value.strip()
        for name, colon, value in pairs
        if colon and name.strip().lower() in DELIVERED_HEADERS
    }
