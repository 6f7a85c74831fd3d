"""What a file holds, as frozen values: the answers the decoder children give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bridge_app.domain.assets import Kind
from bridge_app.domain.metadata_fields import FieldValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a file is, by its content and never by its name.

    `format` is a lower-case word ("jpeg", "psd", "heic", "mp4"...), "empty" for no bytes and
    "unknown" for bytes nobody knows. `width` and `height` are pixels as stored: before EXIF
    orientation and container rotation, after a HEIF clean aperture, LibRaw's visible area for
    RAW; `display_*` are what a viewer shows. `orientation` is EXIF's 1-8 (1 when none is given);
    `rotation` the container's degrees as ExifTool states them (HEIF counts against the clock,
    video with it). Where a container can rotate, its rotation alone counts and EXIF's does not.
    `pages` counts pages or frames where that is known without decoding.
    """

    kind: Kind
    format: str
    width: int | None = None
    height: int | None = None
    orientation: int = 1
    rotation: int = 0
    display_width: int | None = None
    display_height: int | None = None
    duration_s: float | None = None
    pages: int | None = None
    colour_space: str | None = None
    icc_profile: str | None = None
    has_alpha: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """What people wrote into a file: XMP first, then IIM, then EXIF, field by field.

    Dates are ISO 8601, as precise as the file states them (a day, a time, a time with offset).
    `rating` is 0-5. `rights_starts` and `rights_ends` come from PLUS (XMP) or the IIM's release
    and expiration date. `record` is all that the standard fields say (`domain.standard_fields`), by
    the key of each field's path, and `differs` names the fields whose places disagree.
    """

    title: str | None = None
    caption: str | None = None
    keywords: tuple[str, ...] = ()
    creator: str | None = None
    credit: str | None = None
    copyright: str | None = None
    usage_terms: str | None = None
    rating: int | None = None
    taken_at: str | None = None
    rights_starts: str | None = None
    rights_ends: str | None = None
    headline: str | None = None
    location: str | None = None
    city: str | None = None
    state: str | None = None
    country: str | None = None
    instructions: str | None = None
    record: Mapping[str, FieldValue] = field(default_factory=dict)
    differs: tuple[str, ...] = ()


NAMED_APART = {
    "title": "title",
    "caption": "caption",
    "keywords": "keywords",
    "creator": "author",
    "credit": "credit",
    "copyright": "copyright",
    "usage_terms": "usage_terms",
    "taken_at": "date_taken",
    "rights_starts": "rights_start",
    "rights_ends": "rights_end",
    "headline": "headline",
    "location": "location",
    "city": "city",
    "state": "state",
    "country": "country",
    "instructions": "instructions",
}
"""What of the record has a name of its own, for all who need no more."""


def named_apart(record: Mapping[str, FieldValue]) -> Embedded:
    """The whole record, and what of it has a name of its own."""
    told: dict[str, Any] = {ours: record.get(name) for ours, name in NAMED_APART.items()}
    rating = record.get("rating")
    told |= {
        "creator": str(told["creator"]).replace("; ", ", ") if told["creator"] else None,
        "keywords": told["keywords"] or (),
        "rating": rating if isinstance(rating, int) and 0 <= rating <= 5 else None,
    }
    return Embedded(**told, record=record)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRead:
    """The format of a file, and its `Embedded.record` and `differs` alone."""

    format: str
    record: Mapping[str, FieldValue]
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An upright sRGB picture: JPEG, or PNG where it has alpha (`format` is "jpeg" or "png")."""

    data: bytes
    width: int
    height: int
    format: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """Everything one read of a file gives.

    `trouble` is a plain clause saying why there is no thumbnail, or what is damaged although
    there is one; None when all is well, as of a sound or a text, which has no picture.
    """

    facts: Facts
    embedded: Embedded
    thumbnail: Picture | None = None
    trouble: str | None = None
