"""The choices a person makes for a push, beyond where it goes. Pure.

Source: reference/cloudinary.md 3.2 (names), 3.7 (replacing) and 12 (access control).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.rights import Restrictions, RightsWindow
from bridge_app.domain.territories import WORLD

ON_THE_WEB = "web"
"""The channel of what anybody can open by its address."""
UNLIMITED = Restrictions()


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


class Moderated(StrEnum):
    """Who looks at what arrives, in Cloudinary's own moderation (reference, 11)."""

    NO = "no"
    MANUAL = "manual"
    """It waits there for a person; services that look by themselves come with an upload preset."""


class Limit(StrEnum):
    """What keeps a file from being for everybody who has its address."""

    TERRITORIES = "territories"
    CHANNELS = "channels"
    SIZE = "size"


LIMITS = {
    Limit.TERRITORIES: QT_TRANSLATE_NOOP("limits", "its rights cover some markets only"),
    Limit.CHANNELS: QT_TRANSLATE_NOOP("limits", "its rights do not cover the web"),
    Limit.SIZE: QT_TRANSLATE_NOOP("limits", "its rights bound the size in which it may be seen"),
}


def public_limits(restrictions: Restrictions) -> tuple[Limit, ...]:
    """Why a master may not be open to everybody: an address does not know who asks, or where.

    Source: reference/photoshelter.md, 10 (regions, channels, max_px).
    """
    territories = {one.upper() for one in restrictions.territories}
    found = {
        Limit.TERRITORIES: bool(territories) and WORLD not in territories,
        Limit.CHANNELS: bool(restrictions.channels) and ON_THE_WEB not in restrictions.channels,
        Limit.SIZE: restrictions.max_px is not None,
    }
    return tuple(limit for limit, holds in found.items() if holds)


def access_rules(
    access: Access, rights: RightsWindow, restrictions: Restrictions = UNLIMITED
) -> tuple[Mapping[str, str], ...]:
    """The `access_control` of an upload; empty for everybody, at any time.

    With a token only where the restrictions keep it from being for everybody.
    """
    if access is Access.TOKEN or public_limits(restrictions):
        return ({"access_type": "token"},)
    if access is Access.PUBLIC or rights.starts is rights.ends is None:
        return ()
    window = {"start": rights.starts, "end": rights.ends}
    dates = {name: _date(moment) for name, moment in window.items() if moment is not None}
    return ({"access_type": "token"}, {"access_type": "anonymous", **dates})


def access_now(
    planned: tuple[Mapping[str, str], ...], rights: RightsWindow, restrictions: Restrictions
) -> tuple[Mapping[str, str], ...]:
    """The `access_control` as it was planned, by what is said of the rights now.

    A window is that of today, and what may not be for everybody any more needs a token.
    """
    if public_limits(restrictions):
        return access_rules(Access.TOKEN, rights)
    is_window = any(rule["access_type"] == "anonymous" for rule in planned)
    return access_rules(Access.WHILE_LICENSED, rights) if is_window else planned


def _date(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
