"""The choices a person makes for a push, beyond where it goes. Pure.

Source: reference/cloudinary.md 3.2 (names), 3.7 (replacing) and 12 (access control).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

from bridge_app.domain.rights import RightsWindow


class OnConflict(StrEnum):
    """What becomes of an asset of which an earlier version is delivered.

    The same content is never sent again, whatever is chosen.
    """

    NEW_VERSION = "new_version"
    """It takes the earlier one's place, at the same address."""
    KEEP_BOTH = "keep_both"
    """It gets a public ID of its own; the earlier one stays where it is."""
    SKIP = "skip"
    """It is not sent; the earlier one stays."""


class IdFrom(StrEnum):
    """How a public ID is made where the asset has none yet."""

    FILE_NAME = "file_name"
    """The file's name; with a suffix only if that is taken (`unique_filename` off)."""
    UNIQUE_FILE_NAME = "unique_file_name"
    """The file's name, always with a suffix (`unique_filename` on)."""
    RANDOM = "random"
    """Letters and digits that tell nothing (`use_filename` off)."""


class ShownAs(StrEnum):
    """The display name in the media library (dynamic folders only)."""

    PUBLIC_ID = "public_id"
    FILE_NAME = "file_name"
    TITLE = "title"


class Access(StrEnum):
    """Who may see what is delivered."""

    PUBLIC = "public"
    TOKEN = "token"  # noqa: S105 - the service's word
    WHILE_LICENSED = "while_licensed"
    """Everybody, but only while the asset's rights hold; the service itself closes the door."""


class DeliveryType(StrEnum):
    """The delivery types of an upload."""

    UPLOAD = "upload"
    PRIVATE = "private"
    AUTHENTICATED = "authenticated"


def access_rules(access: Access, rights: RightsWindow) -> tuple[Mapping[str, str], ...]:
    """The `access_control` of an upload; empty for everybody, at any time."""
    if access is Access.TOKEN:
        return ({"access_type": "token"},)
    if access is Access.PUBLIC or rights.starts is rights.ends is None:
        return ()
    window = {"start": rights.starts, "end": rights.ends}
    dates = {name: _date(moment) for name, moment in window.items() if moment is not None}
    return ({"access_type": "token"}, {"access_type": "anonymous", **dates})


def _date(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
