"""What is asked of a PhotoShelter-style service, and what it tells, as values of ours.

Source: reference/photoshelter.md, 5, 7, 8, 9 and 13.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bridge_app.domain.shelter import ShelterAsset


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """An organisation that somebody can work in; they are in one at a time."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaWindow:
    """Which media are listed; conditions that are "" or empty are none, the others hold at once.

    `galleries` are gallery ids of which one is enough. Times are ISO 8601 in UTC with `Z`,
    inclusive, cut to seconds. `words` is the service's own search. `file_name` is exact.
    """

    galleries: tuple[str, ...] = ()
    modified_from: str = ""
    modified_until: str = ""
    created_from: str = ""
    created_until: str = ""
    words: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTrouble:
    """A record that could not be taken over, and why; the others of its page were.

    `id` is the service's, or "" where even that could not be read. `reason` is a template for
    people in the translation context "libraries", filled by `facts`.
    """

    id: str
    reason: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The reason in English, filled."""
        return self.reason.format(**self.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaPage:
    """One page of a listing.

    `total` is what the service claims for the whole window, None where it claims nothing.
    `has_more` is False on the last page, and on any page without a record.
    """

    assets: tuple[ShelterAsset, ...]
    total: int | None
    has_more: bool
    troubles: tuple[RecordTrouble, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """What a download held, by our own reading; hexadecimal."""

    sha256: str
    sha1: str
    md5: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadLink:
    """An address that gives a master's bytes to whoever has it, until `expires_at` (UTC).

    `bytes` and `md5` are what the service states of them; None and "" where it does not. The
    address is as good as a key: it is neither kept nor logged.
    """

    url: str = field(repr=False)
    expires_at: datetime | None
    bytes: int | None
    md5: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomOption:
    """One of the tags that a custom field offers."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomField:
    """A field that an organisation defined; an asset holds at most one of its options."""

    id: str
    name: str
    options: tuple[CustomOption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionLink:
    """A published rendition as its master's record at the service lists it.

    `name` is unique at one master; `facts` are further texts (transformation, channel, …).
    """

    name: str
    url: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What this service can do besides the rest; False greys a feature out.

    Source: reference/photoshelter.md, 16; what no public document names is False unless the
    service says otherwise.
    """

    versions: bool = False
    related_links: bool = False
    notes: bool = False
    trash: bool = False
    workspaces: bool = False
    upload_v4: bool = False
    download_links: bool = False
    listing_includes: bool = False
