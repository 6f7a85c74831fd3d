"""What an asset is: one master in one library, and what is known of it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from bridge_app.domain.approvals import Approval, Stages
from bridge_app.domain.overrides import Override
from bridge_app.domain.required_fields import REQUIRABLE, UNLISTED, filled
from bridge_app.domain.rights import Restrictions, RightsWindow

AssetId = NewType("AssetId", str)
LibraryId = NewType("LibraryId", str)


CLOUD = "cloud:"
"""How the identity of a library begins that mirrors a product environment."""
SHELTER = "photoshelter:"
"""The same for a library of a PhotoShelter-style service."""


class Kind(StrEnum):
    """What sort of thing a file holds, by its content."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    OTHER = "other"


RENDERED = frozenset({Kind.IMAGE, Kind.VIDEO, Kind.DOCUMENT})
"""What renditions are made of."""


class LibraryKind(StrEnum):
    """What sort of place a library is."""

    LOCAL = "local"
    CLOUDINARY = "cloudinary"
    PHOTOSHELTER = "photoshelter"


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryRecord:
    """A place where masters live.

    `location` is an absolute folder path (surrogateescape form) for a local library, which the
    ledger remembers, the product environment for one that mirrors Cloudinary, and the address
    of the service for one of PhotoShelter's kind.
    """

    id: LibraryId
    name: str
    location: str
    kind: LibraryKind = LibraryKind.LOCAL


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudCopy:
    """The delivered copy of some content in one product environment.

    `etag` is the MD5 that Cloudinary states of the stored bytes, in hex.
    """

    environment: str
    public_id: str
    resource_type: str
    delivery_type: str
    version: int
    asset_id: str
    format: str
    etag: str
    sha256: str
    bytes: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One master: identity, facts, metadata and state.

    `path` is relative to the library, POSIX, in os.fsdecode's form. `width` and `height` are
    pixels as stored, before `orientation` (EXIF 1-8) is applied; `display_width` and
    `display_height` are what a viewer shows. `modified_at` and `taken_at`
    are ISO 8601. `error` is a sentence saying why the file could not be read, or None.
    `lapsed` says that an earlier version of this asset was approved and these bytes are not it.
    `stages` are the decisions on its content in stages of a review, `overrides` who let it pass.
    `version_key` names the content where its bytes have never been here: 64 hexadecimal digits
    that change when the service says that the file is another one. `also_filled` are the names
    of `required_fields` under which it says something that no other field here tells.
    """

    id: AssetId
    library: LibraryId
    path: str
    name: str
    folder: str
    kind: Kind
    format: str
    bytes: int
    modified_at: str
    sha256: str | None = None
    md5: str | None = None
    version_key: str | None = None
    width: int | None = None
    height: int | None = None
    orientation: int = 1
    display_width: int | None = None
    display_height: int | None = None
    duration_s: float | None = None
    pages: int | None = None
    colour_space: str | None = None
    icc_profile: str | None = None
    title: str = ""
    caption: str = ""
    keywords: tuple[str, ...] = ()
    creator: str = ""
    credit: str = ""
    copyright: str = ""
    usage_terms: str = ""
    rating: int | None = None
    taken_at: str | None = None
    rights: RightsWindow = field(default_factory=RightsWindow)
    restrictions: Restrictions = field(default_factory=Restrictions)
    approval: Approval = Approval.DRAFT
    lapsed: bool = False
    stages: Stages = ()
    overrides: tuple[Override, ...] = ()
    also_filled: frozenset[str] = frozenset()
    error: str | None = None
    cloud: CloudCopy | None = None

    @property
    def content(self) -> str | None:
        """What decisions about it are bound to: its SHA-256, or its version at the service."""
        return self.sha256 or self.version_key

    @property
    def filled(self) -> frozenset[str]:
        """The requirable fields in which something stands."""
        told = {name: getattr(self, name) for name in REQUIRABLE if name not in UNLISTED}
        return filled(told) | self.also_filled

    @property
    def picture_key(self) -> str:
        """What its pictures are kept under: its content, or a version of a cloud asset.

        "" where there is nothing to make a picture of.
        """
        if self.sha256 or self.cloud is None or not self.library.startswith(CLOUD):
            return self.content or ""
        copy = self.cloud
        return f"{CLOUD}{copy.environment}:{copy.asset_id}:{copy.etag or copy.version}"

    @property
    def display_size(self) -> tuple[int, int] | None:
        """Width and height as a viewer shows them; None if unknown."""
        if self.display_width is None or self.display_height is None:
            return None
        return (self.display_width, self.display_height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder of a library, with how many assets lie in it and below it."""

    library: LibraryId
    path: str
    name: str
    assets: int
