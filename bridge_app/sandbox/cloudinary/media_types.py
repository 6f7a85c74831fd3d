"""The media types of what is delivered."""

from bridge_app.sandbox.records import StoredAsset

CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "tif": "image/tiff",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "mov": "video/quicktime",
    "mkv": "video/x-matroska",
    "mp3": "audio/mpeg",
    "ico": "image/x-icon",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
}
FILMS = frozenset({"mp4", "webm", "ogv"})


def original_type(asset: StoredAsset) -> str:
    """The media type of an original."""
    if asset.resource_type == "raw":
        return "application/octet-stream"
    if asset.is_audio:
        return CONTENT_TYPES.get(asset.format, f"audio/{asset.format}")
    return media_type(asset.resource_type, asset.format)


def media_type(resource_type: str, name: str) -> str:
    """The media type of a format; what is rendered of a video may be a picture."""
    kind = "video" if resource_type == "video" and name in FILMS else "image"
    return CONTENT_TYPES.get(name, f"{kind}/{name}")
