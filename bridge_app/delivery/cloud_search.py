"""Cloudinary's expression language, as far as typing it needs: its fields, and how they go on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bridge_app.domain.metadata_rules import Schema

COMMON = (
    *("public_id", "asset_id", "filename", "format", "resource_type", "type", "status", "tags"),
    *("context", "context.", "metadata.", "bytes", "width", "height", "pixels", "pages"),
    *("duration", "aspect_ratio", "created_at", "uploaded_at", "taken_at", "backup_bytes"),
    *("created_by", "uploaded_by", "moderation_kind", "moderation_status", "etag", "face_count"),
    *("colors", "colors.", "image_metadata.", "transparent", "grayscale", "illustration_score"),
    *("last_updated.updated_at", "last_updated.tags_updated_at", "last_updated.context_updated_at"),
    *("last_updated.metadata_updated_at", "last_updated.public_id_updated_at", "quality_score"),
)
"""Fields of both folder modes. Source: reference/cloudinary.md 5.4."""
DYNAMIC = ("asset_folder", "display_name")
FIXED = ("folder",)
VALUES = {
    "resource_type": ("image", "video", "raw"),
    "type": ("upload", "private", "authenticated", "fetch"),
    "status": ("active", "deleted", "pending"),
    "moderation_status": ("pending", "approved", "rejected"),
    "created_at": ("1d", "1w", "1m", "1y"),
    "uploaded_at": ("1d", "1w", "1m", "1y"),
}
"""What can follow a field; the times are ago, behind `>` or `<`. Source: 5.3."""
WORDS = ("AND", "OR", "NOT")
WORD = re.compile(r'[^\s()\[\]{}"]*$')
COMPARED = re.compile(r"[-!]?([^=:<>]+)(>=|<=|[=:<>])(.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """What can be typed from `start` up to the place of the cursor."""

    start: int
    choices: tuple[str, ...]


def metadata_words(schema: Schema) -> dict[str, tuple[str, ...]]:
    """The fields of an environment as expressions name them, each with what may be chosen."""
    return {
        f"metadata.{field.external_id}": tuple(
            one.external_id for one in field.entries if one.active
        )
        for field in schema.fields
    }


def completion(
    text: str, place: int, *, dynamic: bool, metadata: Mapping[str, tuple[str, ...]] | None = None
) -> Completion:
    """How the word before `place` may go on; `metadata` are the words of `metadata_words`."""
    before, own = text[:place], metadata or {}
    found = WORD.search(before)
    word = found[0] if found else ""
    start = place - len(word)
    compared = COMPARED.fullmatch(word)
    if compared is not None:
        field, _, value = compared.groups()
        values = VALUES.get(field) or own.get(field, ())
        choices = tuple(one for one in values if one.startswith(value))
        return Completion(start=place - len(value), choices=choices)
    if not word or before.count('"') % 2:
        return Completion(start=start, choices=())
    lead = word[0] if word[0] in "-!" else ""
    fields = (*COMMON, *(DYNAMIC if dynamic else FIXED), *own)
    bare = word[len(lead) :]
    matching = tuple(
        sorted(one for one in fields if one.lower().startswith(bare.lower()) and one != bare)
    )
    joining = tuple(one for one in WORDS if not lead and one.startswith(word) and one != word)
    return Completion(start=start + len(lead), choices=matching + joining)
