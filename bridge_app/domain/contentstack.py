"""Contentstack as a destination: which stack, which field of which entry, and what has to be there.

Source: reference/destinations.md, 1.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    BridgeError,
    GateRefusalError,
    InvalidInputError,
)
from bridge_app.domain.jobs import Trouble

HOSTS = {
    "us": "https://api.contentstack.io",
    "eu": "https://eu-api.contentstack.com",
    "au": "https://au-api.contentstack.com",
    "azure-na": "https://azure-na-api.contentstack.com",
    "azure-eu": "https://azure-eu-api.contentstack.com",
    "gcp-na": "https://gcp-na-api.contentstack.com",
    "gcp-eu": "https://gcp-eu-api.contentstack.com",
}
LOOPBACK = "http://127.0.0.1:"
OTHER = "other:"
"""What the region of a destination begins with that a package of others looks after."""


class OnExpiry(StrEnum):
    """What becomes of an entry whose picture may not be seen any more."""

    UNPUBLISH = "unpublish"
    """The whole entry, in that locale: no page with a hole."""
    REMOVE = "remove"
    """The picture alone; the entry is published again without it."""


class FieldKind(StrEnum):
    """What a field is, and so how a picture is written into it."""

    CLOUDINARY = "cloudinary"
    """A list of objects, as Cloudinary's own field has it."""
    URL = "url"
    LINK = "link"
    FILE = "file"
    """A copy of the rendition among the stack's own assets."""
    FILES = "files"
    """Several of them."""
    REFERENCE = "reference"
    """Another entry, which shows the picture and nothing else."""
    REFERENCES = "references"
    """Several of them."""


LISTS = frozenset({FieldKind.CLOUDINARY, FieldKind.FILES, FieldKind.REFERENCES})
"""Kinds in which pictures stand beside one another."""
REFERRED = frozenset({FieldKind.REFERENCE, FieldKind.REFERENCES})
"""Kinds whose pictures are shown by entries of their own."""
COPIED = REFERRED | {FieldKind.FILE, FieldKind.FILES}
"""Kinds for which something of a picture's own is made in the stack."""


class PublicationState(StrEnum):
    """What became of a publication."""

    PENDING = "pending"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    CONFLICT = "conflict"
    """An editor has changed what was written; nothing is done until a person asks again."""
    LEFT = "left"
    """A person let the editor's version stand; what may not be seen any more goes all the same."""
    REFUSED = "refused"


class Aim(StrEnum):
    """What has to be done for a publication now."""

    WRITE = "write"
    LEAVE = "leave"
    WITHDRAW = "withdraw"
    REFUSE = "refuse"


class EntryConflictError(BridgeError):
    """An editor has changed what we wrote, or was saving at the same time."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Somebody has changed {field} of the entry {entry} there meanwhile. Their "
        "version was left as it is; look at it there, then publish again.",
    )


class PublicationRefusedError(GateRefusalError):
    """The gate does not let a rendition into a stack."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{preset} of {name} may not be published: {reasons}. Nothing was written."
    )


class NoCurrentRenditionError(BridgeError):
    """Nothing that could be written was made of what is delivered now."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "There is no rendition {preset} of {name} as it is now. Approve the newest version, push "
        "it and have the rendition made in the cloud.",
    )


class UnknownEnvironmentError(BridgeError):
    """The stack has other environments."""

    text = QT_TRANSLATE_NOOP(
        "errors", "There is no environment {environment} there. There is: {known}."
    )


class StillPublishedError(BridgeError):
    """A stack that something is published in would be another one."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "Something is published in {name}: until that was taken back, it stays the same place. "
        "Nothing was changed; add another one beside it.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A stack's branch and one of its environments; its token is in the key store.

    `region` is one of `HOSTS`, or the address of a stack on this machine. `locales` has the
    stack's locale by market or language, as `de`, `AT`, `de-AT`. `folder` is where copies of
    renditions are kept, as a path; "" is the root.
    """

    id: str
    name: str
    region: str
    api_key: str
    environment: str
    branch: str = "main"
    locales: Mapping[str, str] = field(default_factory=dict)
    folder: str = "Asset Bridge"
    on_expiry: OnExpiry = OnExpiry.UNPUBLISH

    @property
    def kind(self) -> str:
        """The kind of channel that a package of others brings; "" for a stack of Contentstack."""
        return self.region.removeprefix(OTHER) if self.region.startswith(OTHER) else ""

    @property
    def base(self) -> str:
        """What addresses begin with, up to the version of the interface."""
        return f"{HOSTS.get(self.region, self.region).rstrip('/')}/v3/"

    @property
    def where(self) -> tuple[str, str, str, str]:
        """What tells it from other places."""
        return (self.base, self.api_key, self.branch, self.environment)


def check_destination(one: Destination) -> None:
    """Raises InvalidInputError where something is missing, or a token would go out in the open."""
    for what, told in (
        ("The name", one.name),
        ("The API key", one.api_key),
        ("The environment", one.environment),
        ("The branch", one.branch),
    ):
        if not told.strip() or not told.isprintable() or not told.isascii():
            raise InvalidInputError(
                what=what, detail=QT_TRANSLATE_NOOP("facts", "it is empty or has odd characters")
            )
    if one.region not in HOSTS and not one.region.startswith((LOOPBACK, OTHER)):
        detail = f"the regions are {', '.join(HOSTS)}"
        raise InvalidInputError(what=f"The region {one.region}", detail=detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryField:
    """A field of an entry in a locale, and how pictures are written into it.

    `label` is the Cloudinary configuration that objects are of, "" for that of before there were
    several; `most` is how many objects the field takes, 0 where it does not say. `carrier` names,
    for references, the content type and its field that show the picture, with the field's kind.
    """

    content_type: str
    entry: str
    field: str
    locale: str
    kind: FieldKind
    label: str = ""
    most: int = 0
    carrier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A rendition of an asset in a field of an entry: what is wanted, and what was written.

    `environment` is the product environment it is delivered from. `seen` is the digest of what
    stood there when a person asked, or when we wrote last: anything else is an editor's. `version`,
    `url` and `entry_version` are what was written last; "" and 0 where nothing was. `title` is the
    entry's, as it was when a person asked; `copy` is the stack's own asset, "" where there is none;
    `ends` is the moment at which the service was told to take it off, ISO 8601 in UTC; `loose` are
    other copies that may be public, and are shown by this entry no more, or not yet; `asked` is the
    version that the service was told to publish last.
    """

    destination: str
    asset: AssetId
    name: str
    environment: str
    preset: str
    market: str
    language: str
    place: EntryField
    wanted: bool = True
    seen: str = ""
    public_id: str = ""
    version: int = 0
    url: str = ""
    entry_version: int = 0
    title: str = ""
    copy: str = ""
    ends: str = ""
    loose: tuple[str, ...] = ()
    asked: int = 0
    state: PublicationState = PublicationState.PENDING
    trouble: Trouble | None = None
    changed_at: str = ""

    @property
    def reason(self) -> str:
        """Why it is not as it is wanted, in English; "" where it is."""
        return self.trouble.sentence() if self.trouble else ""

    @property
    def id(self) -> str:
        """Its identity: an asset is once in a field, and other fields than lists hold one."""
        place = self.place
        asset = self.asset if place.kind in LISTS else ""
        told = (self.destination, place.entry, place.field, place.locale, place.label, asset)
        return hashlib.sha256("\0".join(told).encode()).hexdigest()[:24]

    @property
    def key(self) -> str:
        """What names its picture in the field; "" before anything was written."""
        return self.copy if self.place.kind in COPIED else self.public_id

    @property
    def is_written(self) -> bool:
        """Does the entry hold it, as far as is known here?"""
        return bool(self.url) and self.state is not PublicationState.WITHDRAWN


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorConflict:
    """What a field shows at this moment, and what it would; addresses of all its pictures.

    `seen` is the digest of what it shows: whoever decides, decides about that.
    """

    publication: Publication
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    seen: str


def aim(
    publication: Publication,
    *,
    is_withheld: bool,
    has_rendition: bool,
    is_outdated: bool,
    is_allowed: bool,
) -> Aim:
    """What has to be done now.

    Args:
        publication: As it was recorded.
        is_withheld: Its delivered copy is retracted or gone, or the rendition was taken away.
        has_rendition: The rendition of the copy that is delivered was made.
        is_outdated: Its master has other content than what is delivered, which is decided anew.
        is_allowed: The gate lets it go.
    """
    written = publication.is_written
    if not publication.wanted or (is_withheld and written):
        return Aim.WITHDRAW
    is_back = publication.state is PublicationState.WITHDRAWN
    refused = Aim.LEAVE if is_back else Aim.REFUSE
    if is_withheld:
        return refused
    if not has_rendition or is_outdated:
        # What is delivered stays as it is until the new version is approved and rendered.
        return Aim.LEAVE if written else refused
    if is_allowed:
        return Aim.WRITE
    return Aim.WITHDRAW if written else refused


def locale_for(
    locales: Mapping[str, str], language: str, market: str, known: Collection[str], master: str
) -> str:
    """The stack's locale for a language and a market: as mapped, else by name, else the master."""
    both = f"{language}-{market}" if language and market else ""
    mapped = {name.lower(): code for name, code in locales.items()}
    there = {code.lower(): code for code in known}
    for name in filter(None, (both.lower(), language.lower(), market.lower())):
        if name in mapped:
            return mapped[name]
        if name in there:
            return there[name]
    return master
