"""What an uploaded file is to Cloudinary: image, video or raw, with its format and size."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from bridge_app.domain.errors import MediaError
from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.headers import read_header
from bridge_app.sandbox.decoder import Decoder, Probed
from bridge_app.sandbox.files import Received

ResourceType = Literal["image", "video", "raw"]

FORMATS = {"jpeg": "jpg", "tiff": "tif"}
"""Our word for a format -> Cloudinary's, where they differ."""

AS_IMAGE = frozenset({"pdf", "ai", "eps", "psd", "svg"})
AS_VIDEO = frozenset({"gif"})
"""Formats that may be stored as video although they are images."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """What a file is; `resource_type` is what `auto` would choose."""

    resource_type: ResourceType
    format: str = ""
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    duration: float | None = None
    is_audio: bool = False


def identify_quickly(received: Received) -> Media | None:
    """What a common image is by its header, in some microseconds; None: ask `identify`."""
    with received.open() as file:
        header = read_header(file)
    if header is None:
        return None
    return Media(
        resource_type="image",
        format=header.format,
        width=header.width,
        height=header.height,
        pages=header.pages,
    )


def identify(path: Path, decoder: Decoder) -> Media:
    """What a file is by its content; blocks. What nobody can read is raw."""
    try:
        probed = decoder.probe(path)
    except MediaError:
        return Media(resource_type="raw")
    return Media(
        resource_type=_resource_type(probed),
        format=FORMATS.get(probed.format, probed.format),
        width=probed.width,
        height=probed.height,
        pages=probed.pages,
        duration=probed.duration_s,
        is_audio=probed.kind == "audio",
    )


def _resource_type(probed: Probed) -> ResourceType:
    """Images and some documents; video and audio; everything else."""
    if probed.kind == "image" or probed.format in AS_IMAGE:
        return "image"
    return "video" if probed.kind in {"video", "audio"} else "raw"


def as_asked(media: Media, resource_type: str) -> Media:
    """The same file as the resource type a client asked for.

    Raises:
        CloudinaryError: 400, the file is not of that type.
    """
    if resource_type == "raw" or (resource_type == "auto" and media.resource_type == "raw"):
        return Media(resource_type="raw")
    if resource_type == "image" and media.resource_type != "image":
        raise bad_request("Invalid image file")
    if resource_type == "video" and media.resource_type != "video":
        if media.format not in AS_VIDEO:
            raise bad_request("Unsupported video format or file")
        return replace(media, resource_type="video")
    return media
