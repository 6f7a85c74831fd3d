"""What a key may do: every call of the API is one of five kinds, and a key may lack some.

Source: reference/cloudinary.md 4.1 (403). Cloudinary assigns roles to keys; the words of its
refusal are not documented, so a client should look at the status.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from bridge_app.domain.errors import InvalidInputError
from bridge_app.sandbox.cloudinary.errors import CloudinaryError


class Action(StrEnum):
    """One kind of call."""

    READ = "read"
    UPLOAD = "upload"
    UPDATE = "update"
    DELETE = "delete"
    SETTINGS = "settings"


EVERYTHING = frozenset(Action)
ALWAYS_ALLOWED = frozenset({"ping", "config"})
READING = frozenset({"search", "visual_search"})
"""POST requests that change nothing, by the end of their paths."""
UPLOADING = frozenset(
    {"upload", "upload_chunked", "text", "multi", "sprite", "explode", "generate_archive"}
    | {"create_slideshow", "generate_sprite"}
)
DELETING = frozenset({"destroy", "delete_by_token"})
SETTING = re.compile(
    "(upload_presets|transformations|streaming_profiles|triggers|upload_mappings"
    "|metadata_fields|metadata_rules)(/|$)"
)


def parse_actions(text: str) -> frozenset[Action]:
    """Read `read,upload`.

    Raises:
        InvalidInputError: One of them is no kind of call.
    """
    try:
        return frozenset(Action(name.strip()) for name in text.split(",") if name.strip())
    except ValueError as error:
        known = ", ".join(Action)
        raise InvalidInputError(what=f"allow={text}", detail=f"choose from {known}") from error


def action_of(method: str, path: str) -> Action | None:
    """What kind of call this is; None for what every key may do.

    Args:
        method: GET, POST, PUT or DELETE.
        path: What follows the cloud name, without the slash.
    """
    last = path.rpartition("/")[2]
    if path in ALWAYS_ALLOWED or last in READING:
        return None if path in ALWAYS_ALLOWED else Action.READ
    if method in {"GET", "HEAD"}:
        return Action.READ
    if SETTING.match(path):
        return Action.SETTINGS
    if method == "DELETE" or last in DELETING:
        return Action.DELETE
    return Action.UPLOAD if last in UPLOADING else Action.UPDATE


def check(action: Action | None, allowed: Iterable[Action], who: str) -> None:
    """Refuse what a key or a token may not do.

    Raises:
        CloudinaryError: 403.
    """
    if action is not None and action not in allowed:
        raise CloudinaryError(403, f'{who} is missing permissions. Required actions=["{action}"]')
