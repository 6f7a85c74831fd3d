"""Cloudinary's resource types: what a file is to the service. Pure."""

from bridge_app.domain.assets import Kind

RESOURCE_TYPES = {Kind.IMAGE: "image", Kind.VIDEO: "video", Kind.AUDIO: "video"}
IMAGE_FORMATS = frozenset(
    {
        *("jpeg", "png", "gif", "webp", "avif", "tiff", "bmp", "heic", "heif", "jp2", "jxl"),
        *("psd", "svg", "pdf", "ai", "eps", "ico", "dng", "cr2", "cr3", "nef", "arw"),
        *("jpg", "jpe", "tif", "j2k", "jpx"),
    }
)
"""By the content of a file that is here, and by the ending of a master that is at a service."""


def resource_type(kind: Kind, form: str) -> str:
    """Cloudinary's resource type of such a file; what it cannot show is raw."""
    if form in IMAGE_FORMATS:
        return "image"
    return RESOURCE_TYPES.get(kind, "raw") if kind is not Kind.IMAGE else "raw"
