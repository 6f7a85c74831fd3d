"""One media record, however it is told, as a `ShelterAsset`; or why it cannot be taken over.

Source: reference/photoshelter.md, 5, 7, 9 and 10.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bridge_app.domain.assets import Kind
from bridge_app.domain.shelter import IptcValue, ShelterAsset, Visibility
from bridge_app.libraries.photoshelter.containers import visibility
from bridge_app.libraries.photoshelter.reading import (
    MEDIA_ID,
    NO_ID,
    NOT_READABLE,
    UnreadableError,
    as_list,
    as_object,
    attributes,
    file_name,
    flag,
    identity,
    included,
    iso,
    moment,
    seconds,
    text,
    times,
    whole,
    words,
)
from bridge_app.libraries.photoshelter.values import RecordTrouble

LISTS = frozenset({"keywords", "scene", "subject_code"})
CONTACT = "contact_info"
LEFT_OUT = frozenset({"raw", CONTACT})
MOST_FIELDS = 200
FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
KINDS = {
    **{each.value: each for each in (Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.DOCUMENT)},
    "doc": Kind.DOCUMENT,
}
KIND_BY_PREFIX = {"I0": Kind.IMAGE, "VD": Kind.VIDEO, "AD": Kind.AUDIO, "DO": Kind.DOCUMENT}
HASHES = {32: "md5", 40: "sha1", 64: "sha256"}
HEX = re.compile(r"[0-9a-f]{32,64}")
LARGEST_EDGE_PX = 10_000_000
LONGEST_MOMENT = 100
REVIEWS = frozenset({"approved", "rejected", "pending"})


def asset_of(record: object, account: str, *, facts: Mapping[str, object]) -> ShelterAsset:
    """The asset that a record tells of. Raises UnreadableError.

    `facts` are what was read by its id where it is not joined to the record, by the names of
    the joins: `iptc`, `custom-metadata`, `galleries`, `review`.
    """
    media_id, told = media_identity(record), attributes(record)
    joined = {name: facts.get(name, included(record, name)) for name in JOINED}
    created_at, modified_at = times(told)
    size = told.get("file_size")
    length = 0 if size is None else whole(size)
    if length is None:
        raise UnreadableError(NOT_READABLE, field="file_size")
    return ShelterAsset(
        account=account,
        media_id=media_id,
        kind=_kind(record, media_id),
        file_name=file_name(told.get("file_name"), media_id),
        bytes=length,
        width=whole(told.get("width"), least=1, most=LARGEST_EDGE_PX),
        height=whole(told.get("height"), least=1, most=LARGEST_EDGE_PX),
        duration_s=seconds(told.get("duration")),
        rating=whole(told.get("rating"), least=-1, most=5),
        flagged=told.get("flagged") in (True, "t"),
        galleries=gallery_ids(joined["galleries"]),
        iptc=iptc_of(joined["iptc"]),
        custom=custom_of(joined["custom-metadata"]),
        model_released=flag(told.get("model_released"), "model_released"),
        property_released=flag(told.get("property_released"), "property_released"),
        license_expires_at=_license_end(told.get("license_expires_at")),
        review=review_of(joined["review"]),
        visibility=_visibility(joined["galleries"]),
        hash=stated_hash(told),
        version=whole(told.get("version"), most=1 << 31) or 0,
        created_at=created_at,
        modified_at=modified_at,
    )


JOINED = ("iptc", "custom-metadata", "galleries", "review")
"""What a listing can join to its records, so that no call by id is needed."""


def media_identity(record: object) -> str:
    """The id of a media record. Raises UnreadableError."""
    found = as_object(record).get("id")
    if not isinstance(found, str) or not MEDIA_ID.fullmatch(found):
        raise UnreadableError(NO_ID)
    return found


def trouble_of(record: object, error: UnreadableError) -> RecordTrouble:
    """What is listed in the place of a record that cannot be taken over."""
    return RecordTrouble(id=identity(record), reason=error.reason, facts=error.facts)


def iptc_of(record: object) -> dict[str, IptcValue]:
    """An IPTC record: texts and lists by the service's names; empty ones are left out.

    The parts of `contact_info` are called `contact_info.email` and so on. Raises
    UnreadableError for what cannot be read: the rights may stand in any of these texts.
    """
    told = attributes(record) if "attributes" in as_object(record) else as_object(record)
    if record is not None and not isinstance(record, dict):
        raise UnreadableError(NOT_READABLE, field="iptc")
    fields = dict(_iptc_fields(told))
    if len(fields) > MOST_FIELDS:
        raise UnreadableError(NOT_READABLE, field="iptc")
    return fields


def custom_of(records: object) -> dict[str, str]:
    """The chosen option of each custom field, by the field's name. Raises UnreadableError."""
    found: dict[str, str] = {}
    for record in as_list(records):
        told = attributes(record)
        called = text(told.get("field_name"), "custom-metadata").strip()
        option = text(told.get("option_name"), "custom-metadata").strip()
        if called and option:
            found[called] = option
    return found


def gallery_ids(records: object) -> tuple[str, ...]:
    """The galleries of an asset; each is told as itself, or as the join to it."""
    found = [gallery for record in as_list(records) for gallery in _galleries(record)]
    return tuple(dict.fromkeys(found))


def review_of(record: object) -> str:
    """The state of a workspace review; "" for none, `pending` for what is not understood."""
    state = attributes(record).get("state")
    if state is None:
        return ""
    said = state.strip().lower() if isinstance(state, str) else ""
    return said if said in REVIEWS else "pending"


def _iptc_fields(told: Mapping[str, Any]) -> Iterator[tuple[str, IptcValue]]:
    for name, value in told.items():
        if name in LEFT_OUT or not FIELD.fullmatch(name):
            continue
        found = words(value, name) if _is_list(name, value) else text(value, name)
        if found:
            yield name, found
    for part, value in as_object(told.get(CONTACT)).items():
        if FIELD.fullmatch(part) and (found := text(value, f"{CONTACT}.{part}")):
            yield f"{CONTACT}.{part}", found


def _is_list(name: str, value: object) -> bool:
    return isinstance(value, list) or (name in LISTS and value is not None)


def _visibility(galleries: object) -> Visibility:
    """As open as the most open gallery it lies in."""
    found = {Visibility.PRIVATE}
    for record in as_list(galleries):
        for one in (attributes(record), attributes(included(record, "gallery"))):
            found.add(visibility(one.get("effective_mode", one.get("mode"))))
    return max(found, key=list(Visibility).index)


def _galleries(record: object) -> Iterator[str]:
    for one in (identity(record), identity(included(record, "gallery"))):
        if one.startswith("G0000"):
            yield one


def _kind(record: object, media_id: str) -> Kind:
    told = [as_object(record).get("type"), attributes(record).get("type")]
    known = (KINDS[one] for one in told if isinstance(one, str) and one in KINDS)
    return next(known, KIND_BY_PREFIX[media_id[:2]])


def stated_hash(told: Mapping[str, Any]) -> str:
    """What is stated of the bytes, with the name of its rule; "" if it is none we know."""
    stated = next((told[name] for name in ("sha256", "hash", "md5") if told.get(name)), "")
    digits = stated.lower().rpartition(":")[2] if isinstance(stated, str) else ""
    kind = HASHES.get(len(digits)) if HEX.fullmatch(digits) else None
    return f"{kind}:{digits}" if kind else ""


def _license_end(value: object) -> str:
    """A time of ours; what is no time stays as it is, so that the gate sees that it is not."""
    told = text(value, "license_expires_at", longest=LONGEST_MOMENT).strip()
    return iso(moment(told)) or told
