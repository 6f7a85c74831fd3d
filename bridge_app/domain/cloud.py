"""What a product environment holds: one asset of it, and how it stands among other assets.

A cloud asset is an ordinary asset of the library `cloud:<environment>`; this is what Cloudinary
says of it besides.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bridge_app.domain.assets import CLOUD, AssetId, Kind, LibraryId

DIGEST_KEY = "sha256"
"""The contextual metadata key under which the SHA-256 of a master travels along."""
AUDIO = frozenset(("aac", "aif", "aiff", "amr", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav"))
DOCUMENTS = frozenset(
    ("ai", "csv", "doc", "docx", "indd", "md", "odt", "pdf", "ppt", "pptx", "rtf", "txt", "xlsx")
)
MetadataValue = str | int | float | tuple[str, ...]


class FolderMode(StrEnum):
    """Where a folder comes from. Source: reference/cloudinary.md, 7."""

    FIXED = "fixed"
    """The path in the public ID."""
    DYNAMIC = "dynamic"
    """A property of the asset, apart from its public ID."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moderation:
    """What one kind of moderation says: pending, approved or rejected."""

    kind: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRule:
    """Who may have the file: `token`, or `anonymous` between two times (ISO 8601)."""

    access_type: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudAsset:
    """One asset as Cloudinary tells it. Source: reference/cloudinary.md, 3.3, 4.3 and 5.2.

    `asset_id` never changes; everything else may. Times are `YYYY-MM-DDTHH:MM:SSZ`, UTC;
    `updated_at` is the latest that is known of any part of it. `etag` is the MD5 of the stored
    bytes in hex, "" where it was not told. In fixed folder mode `asset_folder` is the path of the
    public ID and `display_name` its last part. `placeholder` says that the bytes were deleted and
    a backup is kept.
    """

    environment: str
    asset_id: str
    public_id: str
    resource_type: str
    delivery_type: str
    format: str = ""
    version: int = 0
    bytes: int = 0
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    pages: int | None = None
    etag: str = ""
    asset_folder: str = ""
    display_name: str = ""
    created_at: str
    updated_at: str
    tags: tuple[str, ...] = ()
    context: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, MetadataValue] = field(default_factory=dict)
    moderation: tuple[Moderation, ...] = ()
    access_control: tuple[AccessRule, ...] = ()
    placeholder: bool = False
    url: str = ""

    @property
    def id(self) -> AssetId:
        """Its identity in the catalog."""
        return catalog_id(self.environment, self.asset_id)

    @property
    def library(self) -> LibraryId:
        """The library it stands in."""
        return cloud_library(self.environment)

    @property
    def name(self) -> str:
        """What a person calls it, with its extension; it need not be the only one."""
        shown = self.display_name or self.public_id.rpartition("/")[2] or self.asset_id
        shown = shown.replace("/", "\N{DIVISION SLASH}").replace("\0", "")
        ending = f".{self.format.lower()}"
        return shown if not self.format or shown.lower().endswith(ending) else shown + ending

    @property
    def kind(self) -> Kind:
        """What sort of thing it holds, by what Cloudinary made of it."""
        if self.format.lower() in DOCUMENTS or self.name.rpartition(".")[2].lower() in DOCUMENTS:
            return Kind.DOCUMENT
        if self.resource_type == "image":
            return Kind.IMAGE
        if self.resource_type == "video":
            return Kind.AUDIO if self.format.lower() in AUDIO else Kind.VIDEO
        return Kind.OTHER

    @property
    def version_key(self) -> str:
        """What decisions are bound to where its bytes have never been here: its version there."""
        seed = "\0".join((self.library, self.asset_id, str(self.version)))
        return hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def claimed_sha256(self) -> str | None:
        """The content hash that travelled along; a claim, until something vouches for it."""
        claim = self.context.get(DIGEST_KEY, "").lower()
        is_digest = len(claim) == 64 and all(c in "0123456789abcdef" for c in claim)
        return claim if is_digest else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudFolder:
    """A folder of an environment; `external_id` stays when it is renamed ("" in fixed mode)."""

    path: str
    external_id: str = ""


def cloud_library(environment: str) -> LibraryId:
    """The library that mirrors an environment."""
    return LibraryId(CLOUD + environment)


def environment_of(library: LibraryId) -> str | None:
    """The environment that a library mirrors; None for any other library."""
    return library.removeprefix(CLOUD) if library.startswith(CLOUD) else None


def catalog_id(environment: str, asset_id: str) -> AssetId:
    """The catalog's identity of a cloud asset: the same whenever the mirror is made again."""
    seed = f"{cloud_library(environment)}\0{asset_id}".encode("utf-8", "surrogatepass")
    return AssetId(hashlib.sha256(seed).hexdigest()[:32])
