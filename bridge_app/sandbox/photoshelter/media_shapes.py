"""Media as the interface shows them, each kind with attributes of its own.

Source: reference/photoshelter.md 7. Beyond it, ours: `license_expires_at` and `version`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bridge_app.sandbox.photoshelter.moments import written
from bridge_app.sandbox.photoshelter.records import Media

Shape = dict[str, Any]

SCREEN_EDGE_PX, THUMBNAIL_EDGE_PX = 1200, 200
EVERY = (
    *("owner_id", "creator_id", "file_name", "file_size", "rating", "version"),
    *("created_at", "modified_at"),
)
PIXELS = ("width", "height")
RELEASES = ("model_released", "property_released")
PLAYED = ("hash", "format", "duration", "start_time", "format_readable")
FILMS = ("rotate", "license_expires_at")
ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "image": (
        *EVERY,
        *("organization_id", "photographer_id"),
        *PIXELS,
        *("screen_width", "screen_height", "thumbnail_width", "thumbnail_height"),
        *("views", "searchable", "flagged"),
        *RELEASES,
        *("focal_point_x", "focal_point_y", "license_expires_at"),
    ),
    "video": (*EVERY, "photographer_id", *PIXELS, *RELEASES, *PLAYED, *FILMS),
    "audio": (*EVERY, *RELEASES, *PLAYED),
    "document": (*EVERY, "organization_id", "hash", "format", "format_readable"),
}
"""Pictures have no hash: so it was in the service's own description."""


def media_shape(media: Media, *, url: str, sha1: Callable[[Media], str]) -> Shape:
    """One media item.

    Args:
        media: Any, also one with hostile facts.
        url: The interface's base, for `links.self`.
        sha1: The file's SHA-1 in hex; asked of those kinds alone that show one.
    """
    shown = ATTRIBUTES[media.kind]
    facts = media_facts(media)
    if "hash" in shown:
        facts["hash"] = sha1(media) or None
    return {
        "id": media.id,
        "type": media.kind,
        "attributes": {name: facts[name] for name in shown},
        "links": {"self": f"{url}/media/{media.id}"},
    }


def media_facts(media: Media) -> Shape:
    """Every attribute that any kind has, but the hash."""
    file, ends = media.file, media.license_expires_at
    screen, thumbnail = (_fitted(media, edge) for edge in (SCREEN_EDGE_PX, THUMBNAIL_EDGE_PX))
    focal_x, focal_y = media.focal_point or (None, None)
    _, dot, last = str(media.file_name).rpartition(".")
    ending = last.lower() if dot else ""
    return {
        "owner_id": media.creator,
        "creator_id": media.creator,
        "photographer_id": media.creator,
        "organization_id": media.organization,
        "file_name": media.file_name,
        "file_size": file.size,
        "version": file.number,
        "width": file.width,
        "height": file.height,
        "screen_width": screen[0],
        "screen_height": screen[1],
        "thumbnail_width": thumbnail[0],
        "thumbnail_height": thumbnail[1],
        "rating": media.rating,
        "views": media.views,
        "searchable": media.searchable,
        "flagged": media.flagged,
        "model_released": media.model_released,
        "property_released": media.property_released,
        "focal_point_x": focal_x,
        "focal_point_y": focal_y,
        "license_expires_at": written(ends) if ends else None,
        "format": ending or None,
        "format_readable": ending.upper() or None,
        "duration": file.duration_s,
        "start_time": 0 if file.duration_s else None,
        "rotate": 0,
        "created_at": written(media.created_at),
        "modified_at": written(media.modified_at),
    }


def _fitted(media: Media, edge_px: int) -> tuple[int | None, int | None]:
    """The pixels of a picture of at most `edge_px` a side."""
    width, height = media.file.width, media.file.height
    if not (isinstance(width, int) and isinstance(height, int) and width > 0 and height > 0):
        return None, None
    share = min(1.0, edge_px / max(width, height))
    return max(round(width * share), 1), max(round(height * share), 1)
