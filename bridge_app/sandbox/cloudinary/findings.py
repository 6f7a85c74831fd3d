"""What replies say of a picture's content when they are asked to: the flags of uploads and details.

Source: reference/cloudinary.md 3.3 and 4.4.
"""

from collections.abc import Mapping

from bridge_app.domain.errors import BridgeError
from bridge_app.sandbox.cloudinary.analysis import MEASURES, SMALL
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json
from bridge_app.sandbox.records import StoredAsset

METADATA_FLAGS = ("image_metadata", "media_metadata", "exif")
VIDEO_METADATA = "video_metadata"
FLAGS = frozenset({"faces", "coordinates", *METADATA_FLAGS, *MEASURES})


async def findings(cloud: Cloud, asset: StoredAsset, params: Params) -> Json:
    """The keys that the parameters ask for; of what cannot be looked at there are none."""
    found: Json = {}
    if not FLAGS & params.values.keys():
        return found
    if params.flag("faces"):
        found["faces"] = list(asset.coordinates.get("faces", []))
    if params.flag("coordinates") and asset.coordinates:
        found["coordinates"] = dict(asset.coordinates)
    for flag in METADATA_FLAGS:
        if params.flag(flag):
            found[_metadata_key(asset, flag)] = embedded(asset)
    wanted = [name for name in MEASURES if params.flag(name)]
    if wanted and asset.resource_type == "image" and asset.bytes:
        found |= await cloud.in_thread(measured, cloud, asset, wanted)
    return found


def measured(cloud: Cloud, asset: StoredAsset, wanted: list[str]) -> Json:
    """The measures that are wanted of a picture; blocks."""
    try:
        small = cloud.decoder.render(cloud.content(asset), SMALL).data
    except BridgeError:
        return {}
    found: Json = {}
    for name in wanted:
        found |= MEASURES[name](small)
    return found


def embedded(asset: StoredAsset) -> Mapping[str, str]:
    """What the file says of itself, as far as the sandbox reads it."""
    facts = {
        "FileType": asset.format.upper(),
        "ImageWidth": asset.width,
        "ImageHeight": asset.height,
        "PageCount": asset.pages if (asset.pages or 1) > 1 else None,
        "Duration": asset.duration,
    }
    return {name: str(value) for name, value in facts.items() if value not in {None, ""}}


def _metadata_key(asset: StoredAsset, flag: str) -> str:
    """Where replies put it: of films the media's metadata is the video's."""
    return VIDEO_METADATA if asset.resource_type == "video" and flag == "media_metadata" else flag
