"""What a master's record can say, as sources of the field mapping: names, shapes and standards.

`values_of` brings a master's record into the one form in which the mapping compares and carries
values. Source: reference/photoshelter.md, 9 and 15.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bridge_app.domain.approvals import Approval
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.rights_block import CHANNELS, TERRITORIES, without_block
from bridge_app.domain.shelter import ShelterAsset
from bridge_app.domain.shelter_approval import ARCHIVED, is_approval_field
from bridge_app.domain.shelter_reading import RATINGS, ShelterReading

Values = Mapping[str, FieldValue]
"""Name of a source -> what it says; what is missing says nothing."""

KEYWORD = "keyword:"
CUSTOM = "custom:"
NAMESPACE = re.compile(r"[a-z][a-z0-9_-]{0,31}", re.ASCII)
CUSTOM_LETTERS = 255
APPROVAL_NAMESPACE = "approval"
RELEASED, MISSING = "released", "missing"


class Shape(StrEnum):
    """What values a source has."""

    TEXT = "text"
    """Letters; line breaks, but no other control characters."""
    LIST = "list"
    """Sorted texts, none twice."""
    MOMENT = "moment"
    """A day (`2026-12-01`) or a second in UTC (`2026-12-01T09:00:00Z`)."""
    END = "end"
    """The same, for the first second that does not belong to it any more."""
    WHOLE = "whole"
    """A whole number."""
    CHOICE = "choice"
    """One of the source's choices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing that a record can say.

    `standard` names its IPTC, XMP or PLUS property and its IIM dataset, for people. `most` is
    the number of characters that the standard allows for a text, or for each text of a list; None
    is no limit. `choices` are pairs of identity and label, for a list those of its members.
    """

    name: str
    shape: Shape
    standard: str = ""
    most: int | None = None
    choices: tuple[tuple[str, str], ...] = ()


_STATES = (*(one.value for one in Approval), ARCHIVED)
APPROVALS = tuple((state, state.replace("_", " ").capitalize()) for state in _STATES)
RELEASES = ((RELEASED, "Released"), (MISSING, "Missing"))


def _text(name: str, standard: str, most: int | None = None) -> Source:
    return Source(name=name, shape=Shape.TEXT, standard=standard, most=most)


def _list(name: str, standard: str, most: int | None = None) -> Source:
    return Source(name=name, shape=Shape.LIST, standard=standard, most=most)


def _named(identities: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((one, one) for one in sorted(identities))


_ALL = (
    _text("media_id", "xmpMM:DocumentID is not touched", 16),
    _text("organization_id", "", 16),
    _text("file_name", "plus:FileNameAsDelivered, xmpMM:PreservedFileName", 255),
    _text("title", "dc:title / IIM 2:05", 64),
    _text("headline", "photoshop:Headline / IIM 2:105", 256),
    _text("caption", "dc:description / IIM 2:120", 2_000),
    _text("alt_text", "Iptc4xmpCore:AltTextAccessibility", 250),
    _text("caption_writer", "photoshop:CaptionWriter / IIM 2:122", 32),
    _list("keywords", "dc:subject / IIM 2:25", 64),
    _text("author", "dc:creator / IIM 2:80"),
    _text("position", "photoshop:AuthorsPosition / IIM 2:85", 32),
    _text("credit", "photoshop:Credit / IIM 2:110"),
    _text("source", "photoshop:Source / IIM 2:115"),
    _text("copyright", "dc:rights / IIM 2:116"),
    _text("usage_terms", "xmpRights:UsageTerms"),
    _text("web_statement", "xmpRights:WebStatement"),
    _text("instructions", "photoshop:Instructions / IIM 2:40", 256),
    _text("rights_block", "photoshop:Instructions / IIM 2:40", 256),
    Source(
        name="rights_start",
        shape=Shape.MOMENT,
        standard="plus:LicenseStartDate / IIM 2:30, 2:35",
    ),
    Source(name="rights_end", shape=Shape.END, standard="plus:LicenseEndDate / IIM 2:37, 2:38"),
    Source(
        name="regions",
        shape=Shape.LIST,
        standard="plus:RegionConstraints",
        choices=_named(TERRITORIES),
    ),
    Source(
        name="channels",
        shape=Shape.LIST,
        standard="plus:MediaConstraints",
        choices=_named(CHANNELS),
    ),
    Source(
        name="model_released",
        shape=Shape.CHOICE,
        standard="plus:ModelReleaseStatus",
        choices=RELEASES,
    ),
    Source(
        name="property_released",
        shape=Shape.CHOICE,
        standard="plus:PropertyReleaseStatus",
        choices=RELEASES,
    ),
    Source(name="approval", shape=Shape.CHOICE, choices=APPROVALS),
    _text("trans_ref", "photoshop:TransmissionReference / IIM 2:103", 32),
    _text("city", "photoshop:City / IIM 2:90", 32),
    _text("state", "photoshop:State / IIM 2:95", 32),
    _text("country", "photoshop:Country / IIM 2:101", 64),
    _text("country_iso", "Iptc4xmpCore:CountryCode / IIM 2:100", 3),
    _text("location", "Iptc4xmpCore:Location / IIM 2:92", 32),
    Source(
        name="date_taken",
        shape=Shape.MOMENT,
        standard="photoshop:DateCreated / IIM 2:55, 2:60",
    ),
    Source(name="rating", shape=Shape.WHOLE, standard="xmp:Rating"),
    _text("urgency", "photoshop:Urgency / IIM 2:10", 1),
    _text("genre", "Iptc4xmpCore:IntellectualGenre", 64),
    _list("scene", "Iptc4xmpCore:Scene", 6),
    _list("subject_code", "Iptc4xmpCore:SubjectCode", 8),
    _text("category", "photoshop:Category / IIM 2:15", 3),
    _text("contact_email", "Iptc4xmpCore:CreatorContactInfo"),
    _text("sync_hash", "", 64),
)
SOURCES = {one.name: one for one in _ALL}
"""All sources but those of keywords with a namespace, and of custom fields."""
_AS_THEY_ARE = (
    *("caption_writer", "position", "source", "web_statement", "trans_ref", "urgency", "genre"),
    *("city", "state", "country", "country_iso", "location", "category", "alt_text"),
)
_LISTS = ("scene", "subject_code")


def source_named(name: str) -> Source | None:
    """The source of this name; None if there is none.

    `keyword:campaign` are the keywords that begin with `campaign:`, `custom:Brand` the chosen
    option of the custom field Brand; that of the approval is no source of its own.
    """
    if name.startswith(KEYWORD):
        namespace = name.removeprefix(KEYWORD)
        if not NAMESPACE.fullmatch(namespace) or namespace == APPROVAL_NAMESPACE:
            return None
        return _list(name, "dc:subject / IIM 2:25", 64)
    if name.startswith(CUSTOM):
        label = name.removeprefix(CUSTOM)
        fits = label.strip() == label and 0 < len(label) <= CUSTOM_LETTERS
        return _text(name, "", CUSTOM_LETTERS) if fits and not is_approval_field(label) else None
    return SOURCES.get(name)


def values_of(
    asset: ShelterAsset,
    reading: ShelterReading,
    *,
    organization: str = "",
    decided: Approval | None = None,
) -> Values:
    """What a master's record says, source by source; keywords with a namespace by themselves.

    `reading` is what `shelter_reading.read` made of it; `organization` the service's identity of
    the organisation; `decided` our own newest decision, where the service need not know of it.
    `sync_hash` is a digest of all but the approval, which is decided apart.
    """
    said = {**dict(_texts(asset, reading, organization)), **dict(_facts(asset, reading, decided))}
    said |= keywords_apart(reading.keywords)
    found = {name: value for name, value in said.items() if value not in (None, "", ())}
    hashed = sorted((name, value) for name, value in found.items() if name != "approval")
    told = json.dumps(hashed, ensure_ascii=True, separators=(",", ":"))
    return {**found, "sync_hash": hashlib.sha256(told.encode()).hexdigest()}


def keywords_apart(keywords: tuple[str, ...]) -> dict[str, FieldValue]:
    """Keywords by the source they belong to; those that say an approval are left out."""
    apart: dict[str, set[str]] = {}
    for word in keywords:
        namespace, colon, value = word.partition(":")
        name = namespace.strip().lower()
        plain = _plain(word)
        if name == APPROVAL_NAMESPACE and colon:
            continue
        if colon and value.strip() and NAMESPACE.fullmatch(name):
            apart.setdefault(KEYWORD + name, set()).add(_plain(value))
        elif plain:
            apart.setdefault("keywords", set()).add(plain)
    return {name: tuple(sorted(words)) for name, words in apart.items()}


def _texts(
    asset: ShelterAsset, reading: ShelterReading, organization: str
) -> Iterator[tuple[str, FieldValue]]:
    given = {
        "media_id": asset.media_id,
        "organization_id": organization,
        "file_name": asset.file_name,
        "title": reading.title,
        "headline": reading.headline,
        "caption": reading.caption,
        "author": reading.creator,
        "credit": reading.credit,
        "copyright": reading.copyright,
        "usage_terms": reading.usage_terms,
        "instructions": without_block(_joined(asset, "instructions")),
        "rights_block": str(reading.block) if reading.block else "",
        "contact_email": _joined(asset, "contact_info.email") or _joined(asset, "contact_email"),
    }
    given |= {name: _joined(asset, name) for name in _AS_THEY_ARE}
    given |= {
        CUSTOM + name: option
        for name, option in asset.custom.items()
        if not is_approval_field(name)
    }
    yield from ((name, _plain(text)) for name, text in given.items())


def _facts(
    asset: ShelterAsset, reading: ShelterReading, decided: Approval | None
) -> Iterator[tuple[str, FieldValue]]:
    rights, limits = reading.rights, reading.restrictions
    state = decided or reading.approval.said
    yield "approval", ARCHIVED if limits.archived else state.value if state else None
    yield "rights_start", _second(rights.starts, up=True)
    yield "rights_end", _second(rights.ends, up=False)
    yield "regions", tuple(sorted(limits.territories))
    yield "channels", tuple(sorted(limits.channels))
    yield "model_released", _released(limits.model_released)
    yield "property_released", _released(limits.property_released)
    yield "date_taken", taken(reading.taken_at)
    yield "rating", asset.rating if asset.rating in RATINGS else None
    for name in _LISTS:
        found = asset.iptc.get(name, ())
        parts = (found,) if isinstance(found, str) else found
        yield name, tuple(sorted({_plain(one) for one in parts} - {""}))


def _joined(asset: ShelterAsset, name: str) -> str:
    found = asset.iptc.get(name, "")
    return found if isinstance(found, str) else ", ".join(found)


def _plain(text: str) -> str:
    """Composed of what every service keeps: no control characters but line breaks."""
    lines = text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        one if one == "\n" or unicodedata.category(one) != "Cc" else " " for one in lines
    )
    return kept.strip()


def _released(fact: bool | None) -> str | None:  # noqa: FBT001 - a fact that has three states
    return None if fact is None else RELEASED if fact else MISSING


def _second(moment: datetime | None, *, up: bool) -> str | None:
    """To the second, so that the window never gets wider."""
    if moment is None:
        return None
    whole = moment.astimezone(UTC).replace(microsecond=0)
    if up and moment.microsecond:
        whole += timedelta(seconds=1)
    return whole.isoformat().replace("+00:00", "Z")


def taken(told: str | None) -> str | None:
    """A day stays a day; a time without a zone is the camera's, and taken as it is."""
    if told is None:
        return None
    moment = datetime.fromisoformat(told)
    if len(told) == len("2026-12-01"):
        return moment.date().isoformat()
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return _second(moment, up=False)
