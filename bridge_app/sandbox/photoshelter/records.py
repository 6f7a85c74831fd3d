"""What the service holds: organizations, people, containers, media and their files.

Source: reference/photoshelter.md, 4 to 10. Times are UTC with their zone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

THE_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


class Role(StrEnum):
    """What a member of an organization may do (photoshelter.md 4.5)."""

    ADMIN = "admin"
    EDITOR = "editor"
    TAGGER = "tagger"
    CONTRIBUTOR = "contributor"
    INVITED = "invited"


class Mode(StrEnum):
    """Who may see a container (photoshelter.md 7.4)."""

    PRIVATE = "private"
    PERMISSION = "permission"
    EVERYONE = "everyone"


class Holds(StrEnum):
    """The kind of a container, as `type` says it."""

    COLLECTION = "collection"
    GALLERY = "gallery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """An account of a brand."""

    id: str
    name: str
    created_at: datetime = THE_BEGINNING
    serial: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may sign in; with a `two_factor_code` only together with it."""

    id: str
    email: str
    password: str = field(repr=False)
    role: Role = Role.EDITOR
    organizations: tuple[str, ...] = ()
    two_factor_code: str = field(default="", repr=False)
    serial: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRight:
    """A permission on a container; `kind` is contact, group, token, access_level or password.

    `value` is whom or what it names: a user, a word; `terms` the further attributes of
    photoshelter.md 7.4, such as `download_image_size`.
    """

    id: str
    kind: str
    value: str
    expires: datetime | None = None
    terms: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A collection or a gallery; without parents it lies in the root of its organization.

    With `inherits` it is as visible as its first parent.
    """

    id: str
    kind: Holds
    name: str
    organization: str
    parents: tuple[str, ...] = ()
    mode: Mode = Mode.PRIVATE
    inherits: bool = False
    rights: tuple[AccessRight, ...] = ()
    description: str | None = None
    is_listed: bool = False
    display_order: int = 0
    access_id: str = ""
    key_image_id: str | None = None
    created_at: datetime = THE_BEGINNING
    modified_at: datetime = THE_BEGINNING
    serial: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileVersion:
    """One file of a media item; the first has the number 1.

    `content` names stored bytes; "" means that they are made up on demand. Digests are hex and
    "" where nobody has taken them.
    """

    number: int
    size: int
    content: str = ""
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    label: str = ""
    note: str = ""
    md5: str = ""
    sha1: str = ""
    creator: str | None = None
    uploaded_at: datetime = THE_BEGINNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A media item; `kind` is image, video, audio or document.

    `custom` is the chosen option by custom field, both as identifiers. `added` tells when it came
    into a gallery, where that was later than its creation. In the trash it keeps `galleries`, but
    no gallery lists it.
    """

    id: str
    kind: str
    organization: str
    file_name: str
    versions: tuple[FileVersion, ...]
    active: int = 1
    galleries: tuple[str, ...] = ()
    added: Mapping[str, datetime] = field(default_factory=dict)
    creator: str | None = None
    iptc: Mapping[str, Any] = field(default_factory=dict)
    custom: Mapping[str, str] = field(default_factory=dict)
    xmp: Mapping[str, Any] = field(default_factory=dict)
    exif: Mapping[str, Any] = field(default_factory=dict)
    rating: int | None = None
    flagged: bool = False
    searchable: bool = False
    views: int = 0
    model_released: bool | None = None
    property_released: bool | None = None
    focal_point: tuple[int, int] | None = None
    license_expires_at: datetime | None = None
    created_at: datetime = THE_BEGINNING
    modified_at: datetime = THE_BEGINNING
    trashed_at: datetime | None = None
    serial: int = 0

    @property
    def file(self) -> FileVersion:
        """The file that counts."""
        return next(one for one in self.versions if one.number == self.active)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomField:
    """A custom metadata field of an organization: a name and its options, name by identifier."""

    id: str
    name: str
    organization: str
    options: Mapping[str, str] = field(default_factory=dict)
    serial: int = 0

    def option(self, named: str) -> str:
        """The identifier of an option that is given by name or identifier.

        Raises:
            KeyError: There is no such option.
        """
        if named in self.options:
            return named
        return {name: one for one, name in self.options.items()}[named]


def chosen_options(fields: Iterable[CustomField], chosen: Mapping[str, str]) -> dict[str, str]:
    """Fields and options by identifier, of such as may be given by name.

    Raises:
        KeyError: There is no such field, or it has no such option.
    """
    named = {name: one for one in fields for name in (one.name, one.id)}
    return {named[name].id: named[name].option(option) for name, option in chosen.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedCall:
    """A request that came, and how it was answered; 0 for a connection that was cut."""

    method: str
    path: str
    query: str
    status: int
