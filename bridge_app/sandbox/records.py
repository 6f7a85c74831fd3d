"""What the sandbox stores: assets, what was derived from them, folders and upload presets."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from bridge_app.sandbox.journal import Row

Key = tuple[str, str, str]
"""Resource type, delivery type, public ID: what a delivery URL names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAsset:
    """One asset of one product environment.

    `etag` is the MD5 and `sha256` the SHA-256 of the stored bytes, in hex; `uploads` counts how
    often content was stored under this identity; `format` is empty for raw assets; times are
    ISO 8601 with Z; `serial` grows in order of creation.
    """

    asset_id: str
    public_id: str
    resource_type: str
    type: str
    format: str
    version: int
    version_id: str
    created_at: str
    bytes: int
    etag: str
    sha256: str
    serial: int
    uploads: int = 1
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    duration: float | None = None
    is_audio: bool = False
    asset_folder: str = ""
    display_name: str = ""
    original_filename: str = ""
    tags: tuple[str, ...] = ()
    context: Mapping[str, str] = field(default_factory=dict)
    api_key: str = ""
    last_updated: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What a delivery URL names."""
        return self.resource_type, self.type, self.public_id

    @property
    def content_name(self) -> str:
        """The file of this version's bytes; another version has another one."""
        return f"{self.asset_id}.{self.version_id}"

    def row(self) -> Row:
        """As JSON."""
        # asdict copies deeply, which a thousand uploads would notice.
        return {name: getattr(self, name) for name in ASSET_FIELDS}

    @classmethod
    def from_row(cls, row: Row) -> "StoredAsset":
        """From JSON."""
        return cls(**{**row, "tags": tuple(row["tags"])})


ASSET_FIELDS = tuple(field.name for field in fields(StoredAsset))


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A rendered file of one version of an asset.

    `transformation` is the text as asked; `extension` the one in the URL, empty for none;
    `variant` tells apart what an automatic format chose for different browsers.
    """

    id: str
    asset_id: str
    transformation: str
    extension: str
    variant: str
    format: str
    bytes: int
    width: int
    height: int

    def row(self) -> Row:
        """As JSON."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: Row) -> "Derived":
        """From JSON."""
        return cls(**row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder that exists by itself, with or without assets."""

    path: str
    external_id: str
    created_at: str

    def row(self) -> Row:
        """As JSON."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: Row) -> "Folder":
        """From JSON."""
        return cls(**row)


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadPreset:
    """Named upload parameters; `unsigned` ones may be used without a signature."""

    name: str
    external_id: str
    unsigned: bool
    settings: Mapping[str, Any]

    def row(self) -> Row:
        """As JSON."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: Row) -> "UploadPreset":
        """From JSON."""
        return cls(**row)
