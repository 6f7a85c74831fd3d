"""What the sandbox stores: assets, what was derived from them, folders and upload presets."""

from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from typing import Any

from bridge_app.sandbox.journal import Row

Key = tuple[str, str, str]
"""Resource type, delivery type, public ID: what a delivery URL names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAsset:
    """One asset of one product environment.

    `etag` is the MD5 of the stored bytes, in hex, and `sha256` their SHA-256 where somebody asked:
    the service has no use for it. `uploads` counts how often content was stored under this
    identity; `format` is empty for raw assets; times are ISO 8601 with Z; `serial` grows in order
    of creation; `metadata` holds the structured metadata that was set, by the fields' external IDs.

    `moderation` lists the moderations in their order, as replies show them; `access_control` the
    rules, with times in ISO 8601 and Z; `coordinates` boxes [x, y, width, height] by "faces" and
    "custom"; `regions` points by name; `headers` what delivery adds; `info` what add-ons and
    composites said.
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
    serial: int
    sha256: str = ""
    uploads: int = 1
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    duration: float | None = None
    is_audio: bool = False
    asset_folder: str = ""
    display_name: str = ""
    original_filename: str = ""
    original_extension: str = ""
    tags: tuple[str, ...] = ()
    context: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    moderation: tuple[Mapping[str, Any], ...] = ()
    access_mode: str = "public"
    access_control: tuple[Mapping[str, str], ...] = ()
    coordinates: Mapping[str, list[list[int]]] = field(default_factory=dict)
    regions: Mapping[str, list[list[int]]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    quality_override: str = ""
    info: Mapping[str, Any] = field(default_factory=dict)
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
        """As JSON, without what is empty."""
        # asdict copies deeply, which a thousand uploads would notice.
        return {
            name: value
            for name in ASSET_FIELDS
            if (value := getattr(self, name)) or name in ASSET_REQUIRED
        }

    @classmethod
    def from_row(cls, row: Row) -> "StoredAsset":
        """From JSON."""
        return cls(**{**row, **{name: tuple(row.get(name, ())) for name in ASSET_TUPLES}})


ASSET_FIELDS = tuple(field.name for field in fields(StoredAsset))
ASSET_REQUIRED = frozenset(
    one.name
    for one in fields(StoredAsset)
    if one.default is MISSING and one.default_factory is MISSING
)
ASSET_TUPLES = ("tags", "moderation", "access_control")


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
