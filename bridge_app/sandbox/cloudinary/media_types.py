"""The media types of what is delivered."""

from bridge_app.sandbox.records import StoredAsset

CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "tif": "image/tiff",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "mov": "video/quicktime",
    "mkv": "video/x-matroska",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "ico": "image/x-icon",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
}
FILMS = frozenset({"mp4", "webm", "ogv"})
SOUNDS = frozenset({"aac", "aiff", "flac", "ogg", "opus", "wav"})


def original_type(asset: StoredAsset) -> str:
    """The media type of an original."""
    if asset.resource_type == "raw":
        return "application/octet-stream"
    if asset.is_audio:
        return CONTENT_TYPES.get(asset.format, f"audio/{asset.format}")
    return media_type(asset.format)


def media_type(name: str) -> str:
    """The media type of a format: a film may become a picture, a GIF a film."""
    kind = "video" if name in FILMS else "audio" if name in SOUNDS else "image"
    return CONTENT_TYPES.get(name, f"{kind}/{name}")
