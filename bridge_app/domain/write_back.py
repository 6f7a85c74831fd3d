"""What is recorded at a master's service of the renditions that were published of it.

Pure: what was published, what was written last, and what has to be written now.
Source: reference/photoshelter.md, 11 (rendition-manifest/1).
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.published import PublishedRendition

SCHEMA = "rendition-manifest/1"
MARK = "rendered:cloudinary"
"""The keyword of a master of which something is published."""
RENDITION_OF = "rendition-of:"
"""How the keyword of a rendition's file begins; the master's identifier follows."""
WITHDRAWN = "rendition:withdrawn"
"""The keyword of a rendition's file that is not published any more."""
MANIFEST_ENDING = "__renditions.json"
LONGEST_STEM = 150
"""Characters; the service refuses names of more than 255. Source: photoshelter.md, 6."""
IN_NO_NAME = frozenset('/\\:*?"<>|')


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One rendition of a master as it is recorded.

    Times are ISO 8601 in UTC. `expires_at` is when its rights end, "" where nobody said so;
    `outdated` says that a newer version of its master is delivered; `withdrawn_at` is when it
    ceased to be published, "" while it is.
    """

    environment: str
    public_id: str
    version: int
    preset: str
    market: str = ""
    language: str = ""
    channel: str = ""
    transformation: str
    format: str
    url: str
    width: int
    height: int
    bytes: int
    made_at: str
    made_by: str = ""
    expires_at: str = ""
    outdated: bool = False
    withdrawn_at: str = ""

    @property
    def name(self) -> str:
        """The rendition's name: its preset, for a market and a language."""
        return "_".join(filter(None, (self.preset, self.market, self.language)))

    @property
    def key(self) -> str:
        """Which rendition of its master this is; another one of the same key replaces it."""
        return entry_key(self.environment, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Master:
    """The master as it is named in its record.

    `sha256` is "" where its bytes were never here. `modified_at` is no part of what is compared:
    our own keyword changes it.
    """

    media_id: str
    file_name: str
    sha256: str
    modified_at: str
    approval: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a master's record says: where it is delivered, and its renditions.

    `withheld` are (environment, public ID) of copies that nobody gets at the moment.
    """

    master: Master
    copies: tuple[CloudCopy, ...] = ()
    entries: tuple[Entry, ...] = ()
    withheld: frozenset[tuple[str, str]] = frozenset()

    @property
    def published(self) -> tuple[Entry, ...]:
        """Those that are published now."""
        return tuple(one for one in self.entries if not one.withdrawn_at)

    @property
    def is_published(self) -> bool:
        """Does anybody get anything of it?"""
        open_copies = {(one.environment, one.public_id) for one in self.copies} - self.withheld
        return bool(self.published or open_copies)

    @property
    def is_empty(self) -> bool:
        """Is there nothing to tell, and was there never anything?"""
        return not self.copies and not self.entries

    @property
    def digest(self) -> str:
        """Equal to that of the last record: nothing has to be written."""
        master = self.master
        told = {
            "master": (master.media_id, master.file_name, master.sha256, master.approval),
            "copies": [_copy(one, self.withheld) for one in self.copies],
            "renditions": [entry_json(one) for one in self.published],
            "withdrawn": [one.key for one in self.entries if one.withdrawn_at],
        }
        text = json.dumps(told, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def told(self, *, written_at: str, written_by: str) -> dict[str, object]:
        """The manifest as JSON values."""
        copies = [_copy(one, self.withheld) for one in self.copies]
        return {
            "schema": SCHEMA,
            "master": _master(self.master),
            "cloudinary": copies[0] if copies else None,
            "other_copies": copies[1:],
            "renditions": [entry_json(one) for one in self.published],
            "withdrawn": [entry_json(one) for one in self.entries if one.withdrawn_at],
            "written_at": written_at,
            "written_by": written_by,
            "approval": self.master.approval,
        }


def entries_now(
    published: Iterable[PublishedRendition],
    copies: Sequence[CloudCopy],
    *,
    withheld: Collection[tuple[str, str]] = (),
    expires_at: str = "",
) -> tuple[Entry, ...]:
    """The renditions that are published now: of each one the newest, if its copy is delivered."""
    there = {(one.environment, one.public_id): one.version for one in copies}
    newest: dict[str, Entry] = {}
    for one in sorted(published, key=lambda one: (one.version, one.made_at)):
        place = (one.environment, one.public_id)
        if place not in there or place in withheld:
            continue
        entry = Entry(
            environment=one.environment,
            public_id=one.public_id,
            version=one.version,
            preset=one.preset,
            market=one.market,
            language=one.language,
            channel=one.channel,
            transformation=one.transformation,
            format=one.format,
            url=one.url,
            width=one.width,
            height=one.height,
            bytes=one.bytes,
            made_at=one.made_at,
            made_by=one.made_by,
            expires_at=expires_at,
            outdated=one.version < there[place],
        )
        newest[entry.key] = entry
    return tuple(newest[key] for key in sorted(newest))


def settled(now: Iterable[Entry], written: Iterable[Entry], *, at: str) -> tuple[Entry, ...]:
    """What is published now, and what was written once and is not: withdrawn, since when."""
    current = {one.key: one for one in now}
    gone = {
        one.key: one if one.withdrawn_at else replace(one, withdrawn_at=at)
        for one in written
        if one.key not in current
    }
    return tuple((current | gone)[key] for key in sorted(current | gone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A manifest that is at the service: whose it is, and what others have told in it."""

    media_id: str
    renditions: tuple[Mapping[str, object], ...] = ()
    withdrawn: tuple[Mapping[str, object], ...] = ()


def read_manifest(data: bytes) -> Found | None:
    """What a document at the service says; None if it is no manifest of this schema."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or told.get("schema") != SCHEMA:
        return None
    master = told.get("master")
    media_id = master.get("media_id") if isinstance(master, dict) else None
    if not isinstance(media_id, str):
        return None
    return Found(
        media_id=media_id,
        renditions=_objects(told.get("renditions")),
        withdrawn=_objects(told.get("withdrawn")),
    )


def manifest(
    record: Record,
    *,
    found: Found | None,
    ours: Collection[str],
    written_at: str,
    written_by: str,
) -> bytes:
    """The document that takes the place of the one that was `found` at the service.

    What other people's programs told there is kept; `ours` are the keys of what we wrote before.
    """
    told = record.told(written_at=written_at, written_by=written_by)
    own = {one.key for one in record.entries} | set(ours)
    if found is not None and found.media_id == record.master.media_id:
        told["renditions"] = [*_list(told["renditions"]), *_others(found.renditions, own)]
        told["withdrawn"] = [*_list(told["withdrawn"]), *_others(found.withdrawn, own)]
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def manifest_name(file_name: str, *, whole: bool = False) -> str:
    """The document's name; `whole`: with the master's extension, where its stem is taken."""
    return name_part(file_name if whole else _stem(file_name)) + MANIFEST_ENDING


def rendition_file_name(document_name: str, entry: Entry) -> str:
    """The name of a rendition's file, beside its document and as much its master's alone."""
    start = document_name.removesuffix(MANIFEST_ENDING)
    return f"{start}__{name_part(entry.name)}.{name_part(entry.format) or 'bin'}"


def name_part(text: str) -> str:
    """Text as a part of a file's name anywhere: no separators, no controls, bounded."""
    clean = "".join("_" if c in IN_NO_NAME or not c.isprintable() else c for c in text)
    return clean.strip(". ")[:LONGEST_STEM].rstrip(". ")


def entry_key(environment: str, name: str) -> str:
    """The natural key of a rendition of a master."""
    return f"{environment}/{name}"


def entry_json(entry: Entry) -> dict[str, object]:
    """An entry as the manifest holds it."""
    told: dict[str, object] = {
        "name": entry.name,
        "preset": entry.preset,
        "transformation": entry.transformation,
        "url": entry.url,
        "width": entry.width or None,
        "height": entry.height or None,
        "format": entry.format,
        "bytes": entry.bytes or None,
        "channels": [entry.channel] if entry.channel else [],
        "market": entry.market or None,
        "language": entry.language or None,
        "cloud_name": entry.environment,
        "public_id": entry.public_id,
        "version": entry.version,
        "published_at": entry.made_at,
        "published_by": entry.made_by or None,
        "expires_at": entry.expires_at or None,
        "outdated": entry.outdated,
    }
    return told | ({"withdrawn_at": entry.withdrawn_at} if entry.withdrawn_at else {})


def entry_text(entry: Entry) -> str:
    """An entry as the ledger keeps it."""
    return json.dumps(asdict(entry), sort_keys=True)


def entry_from(text: str) -> Entry:
    """What `entry_text` wrote."""
    return Entry(**json.loads(text))


def _others(told: Iterable[Mapping[str, object]], own: Collection[str]) -> list[object]:
    return [
        one
        for one in told
        if entry_key(str(one.get("cloud_name", "")), str(one.get("name", ""))) not in own
    ]


def _objects(told: object) -> tuple[Mapping[str, object], ...]:
    return tuple(one for one in _list(told) if isinstance(one, dict))


def _list(told: object) -> list[object]:
    return told if isinstance(told, list) else []


def _stem(file_name: str) -> str:
    return file_name.rpartition(".")[0] or file_name


def _master(master: Master) -> dict[str, object]:
    return {
        "media_id": master.media_id,
        "file_name": master.file_name,
        "sha256": master.sha256 or None,
        "modified_at": master.modified_at,
    }


def _copy(copy: CloudCopy, withheld: Collection[tuple[str, str]]) -> dict[str, object]:
    return {
        "cloud_name": copy.environment,
        "asset_id": copy.asset_id,
        "public_id": copy.public_id,
        "version": copy.version,
        "resource_type": copy.resource_type,
        "type": copy.delivery_type,
        "withdrawn": (copy.environment, copy.public_id) in withheld,
    }
