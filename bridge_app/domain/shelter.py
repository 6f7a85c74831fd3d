"""What a PhotoShelter-style service holds: its tree, one asset of it, and where it stands.

A shelter asset is an ordinary asset of the library `photoshelter:<account>`; this is what the
service says of it besides. Names and identifiers are the service's own.
Source: reference/photoshelter.md, 2, 6, 7 and 9.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bridge_app.domain.assets import SHELTER, AssetId, Kind, LibraryId

IptcValue = str | tuple[str, ...]
RENDITIONS_SUFFIX = " · renditions"
"""Galleries whose names end so hold what we wrote back; they are never masters."""


BETWEEN = "."
"""Stands between kind and name in the account of a service that another package brings."""
OWN_SERVICE = "PhotoShelter"


def kind_of(account: str) -> str:
    """The kind of library that a package brings for an account; "" for a PhotoShelter service."""
    kind, between, _ = account.partition(BETWEEN)
    return kind if between else ""


def service_name(account: str) -> str:
    """What people call the service of an account; a package's by its kind: `pin-board`, Pin Board.

    The package itself, which may be gone, is not asked.
    """
    kind = kind_of(account)
    return " ".join(word.capitalize() for word in kind.split("-")) if kind else OWN_SERVICE


class ContainerKind(StrEnum):
    """What a container holds."""

    COLLECTION = "collection"
    """Collections and galleries."""
    GALLERY = "gallery"
    """Media."""


class Visibility(StrEnum):
    """Who may see a container and what is in it."""

    PRIVATE = "private"
    PERMISSION = "permission"
    EVERYONE = "everyone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterContainer:
    """A collection or a gallery. `parents` are collections; none means the root.

    Times are ISO 8601 in UTC with `Z`.
    """

    id: str
    kind: ContainerKind
    name: str
    description: str = ""
    parents: tuple[str, ...] = ()
    is_listed: bool = False
    visibility: Visibility = Visibility.PRIVATE
    created_at: str = ""
    modified_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterAsset:
    """One master as the service tells it.

    `account` names our account of the service, `media_id` never changes and is case-sensitive.
    `galleries` are the galleries it lies in. `iptc` holds the IPTC record by the service's
    names, `custom` the chosen option of each custom field by the field's name. `hash` is what the
    service states of the bytes, or "" ("sha1:…", "md5:…"). `version` counts the file's
    replacements, 0 where the service does not tell. `review` is the state of its workspace review
    ("approved", "rejected", "pending") or "". Times are ISO 8601 in UTC with `Z`.
    """

    account: str
    media_id: str
    kind: Kind
    file_name: str
    bytes: int
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    rating: int | None = None
    flagged: bool = False
    galleries: tuple[str, ...] = ()
    iptc: Mapping[str, IptcValue] = field(default_factory=dict)
    custom: Mapping[str, str] = field(default_factory=dict)
    model_released: bool | None = None
    property_released: bool | None = None
    license_expires_at: str = ""
    review: str = ""
    visibility: Visibility = Visibility.PRIVATE
    hash: str = ""
    version: int = 0
    created_at: str = ""
    modified_at: str = ""

    @property
    def id(self) -> AssetId:
        """Its identity in the catalog, the same whenever the catalog is made again."""
        seed = f"{self.library}\0{self.media_id}".encode("utf-8", "surrogatepass")
        return AssetId(hashlib.sha256(seed).hexdigest()[:32])

    @property
    def library(self) -> LibraryId:
        """The library it stands in."""
        return shelter_library(self.account)

    @property
    def version_key(self) -> str:
        """What decisions about its content are bound to.

        Metadata edits may bump `modified_at`, so that is no part of it.
        """
        parts = (self.account, self.media_id, str(self.version), str(self.bytes), self.hash)
        seed = "\0".join((*parts, str(self.width), str(self.height)))
        return hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()


def may_be_replaced(before: ShelterAsset, now: ShelterAsset) -> bool:
    """Was a master changed in nothing but what we are not told: its bytes, maybe?

    Where the service states a hash or counts versions, these say it instead. Source:
    reference/photoshelter.md, 7 (for pictures neither is certain).
    """
    if now.kind is not Kind.IMAGE or now.hash or now.version:
        return False
    return now.modified_at != before.modified_at and now == replace(
        before, modified_at=now.modified_at
    )


def shelter_library(account: str) -> LibraryId:
    """The library of an account of a PhotoShelter-style service."""
    return LibraryId(SHELTER + account)


def shelter_of(library: LibraryId) -> str | None:
    """The account whose library this is; None for any other library."""
    return library.removeprefix(SHELTER) if library.startswith(SHELTER) else None
