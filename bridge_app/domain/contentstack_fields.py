"""How a picture is written into a field, whatever stands there already.

Objects in Cloudinary fields have the keys that were chosen when they were added, so every shape is
met: only what is there already and what names the picture is replaced; unknown keys and the order
stay. Source: reference/destinations.md, 1.5 and 1.6.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bridge_app.domain.contentstack import (
    COPIED,
    LISTS,
    REFERRED,
    EntryField,
    FieldKind,
    Publication,
)
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError

LEGACY = "legacy_config"
"""The label of objects without one."""
NAMING = ("public_id", "resource_type", "type", "version", "secure_url")


class FieldFullError(BridgeError):
    """A field takes so many pictures and has them."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{field} of the entry takes {most} pictures and has them. Nothing was changed."
    )


class OtherValueError(BridgeError):
    """There is something in the field that no picture can stand beside."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{field} of the entry holds something else than pictures. Nothing was changed."
    )


class NotForPicturesError(BridgeError):
    """A field of a kind that no picture is written into."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{field} is no field for pictures: a Cloudinary or JSON field, a file, a text, a link or a "
        "reference to entries with one of these is.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A rendition as it is written. Sizes are pixels and bytes, 0 where they are not known.

    `copy` is the stack's own asset, "" where none was made.
    """

    name: str
    public_id: str
    resource_type: str
    delivery_type: str
    version: int
    url: str
    format: str
    width: int = 0
    height: int = 0
    bytes: int = 0
    copy: str = ""

    def key(self, place: EntryField) -> str:
        """What names it in a field of that kind."""
        return self.copy if place.kind in COPIED else self.public_id


def kind_of(schema: Mapping[str, Any]) -> FieldKind:
    """How pictures are written into a field of a content type. Raises NotForPicturesError."""
    metadata = schema.get("field_metadata") or {}
    match schema.get("data_type"):
        case "json" if not metadata.get("allow_json_rte"):
            return FieldKind.CLOUDINARY
        case "text" if not schema.get("multiple") and schema.get("uid") not in ("title", "url"):
            return FieldKind.URL
        case "file":
            return FieldKind.FILES if schema.get("multiple") else FieldKind.FILE
        case "reference" if isinstance(schema.get("reference_to"), list):
            several = schema.get("multiple") or metadata.get("ref_multiple")
            return FieldKind.REFERENCES if several else FieldKind.REFERENCE
        case "link" if not schema.get("multiple"):
            return FieldKind.LINK
    raise NotForPicturesError(field=schema.get("uid", ""))


def plain(place: EntryField, value: object) -> object:
    """A field's value as it is written: files are read as whole records, and written as names."""
    return plain_of(place.kind, value)


def plain_of(kind: FieldKind, value: object) -> object:
    """A value of a field of that kind as it is written."""
    if kind is FieldKind.FILE:
        return next(iter(_uids(value)), None)
    if kind in REFERRED:
        return _references(value)
    return _uids(value) if kind is FieldKind.FILES else value


def written(place: EntryField, value: object, picture: Picture) -> object:
    """The field's value with the picture in it; equal to `value` if it says so already.

    Raises FieldFullError and OtherValueError.
    """
    if place.kind is FieldKind.URL:
        return picture.url
    if place.kind is FieldKind.LINK:
        before = value if isinstance(value, dict) else {}
        return {"title": picture.name, **before, "href": picture.url}
    if place.kind in COPIED:
        return _with_copy(place, value, picture.copy)
    objects = _objects(place, value)
    for number, one in enumerate(objects):
        if _is(place, one, picture.public_id):
            objects[number] = _renewed(one, picture)
            return objects
    if place.most and len(objects) >= place.most:
        raise FieldFullError(field=place.field, most=place.most)
    return [*objects, _new(place, picture)]


def _with_copy(place: EntryField, value: object, copy: str) -> object:
    if place.kind in REFERRED:
        referred = _references(value) if place.kind is FieldKind.REFERENCES else []
        ours = {"uid": copy, "_content_type_uid": place.carrier[0]}
        return referred if copy in _uids(referred) else [*referred, ours]
    return copy if place.kind is FieldKind.FILE else list(dict.fromkeys([*_uids(value), copy]))


def without(place: EntryField, value: object, key: str) -> object:
    """The field's value without the picture."""
    if place.kind in REFERRED:
        several = place.kind is FieldKind.REFERENCES
        return [one for one in _references(value) if several and one["uid"] != key]
    if place.kind is FieldKind.FILE:
        return None
    if place.kind is FieldKind.FILES:
        return [uid for uid in _uids(value) if uid != key]
    if place.kind is FieldKind.URL:
        return ""
    if place.kind is FieldKind.LINK:
        return {"title": "", "href": ""}
    return [one for one in _objects(place, value) if not _is(place, one, key)]


def shown(place: EntryField, value: object) -> tuple[str, ...]:
    """The addresses of all pictures that a field shows; the name of one without."""
    if place.kind is FieldKind.CLOUDINARY:
        return tuple(_told(_address_of(one)) for one in _objects(place, value))
    if place.kind in COPIED:
        records = value if isinstance(value, list) else [value]
        return tuple(_told(_address(one) or _uids(one)[0]) for one in records if _uids(one))
    told = value
    if place.kind is FieldKind.LINK:
        told = value.get("href") if isinstance(value, dict) else None
    return (_told(told),) if told else ()


def digest(place: EntryField, value: object, key: str) -> str:
    """Names what a field says of a picture; "" where it says nothing.

    Of an object that is only what names the picture: an editor may put further facts beside it.
    """
    told: object
    if place.kind is FieldKind.CLOUDINARY:
        own = [one for one in _objects(place, value) if _is(place, one, key)]
        told = [[one.get(name) for name in NAMING] for one in own]
    elif place.kind is FieldKind.LINK:
        told = value.get("href") if isinstance(value, dict) else None
    elif place.kind in (FieldKind.FILES, FieldKind.REFERENCES):
        told = [uid for uid in _uids(value) if uid == key]
    else:
        told = plain(place, value)
    if not told:
        return ""
    text = json.dumps(told, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_ours(publication: Publication, value: object) -> bool:
    """Does a field say what we wrote, or began to write? What an editor put there is not ours."""
    place = publication.place
    if place.kind is FieldKind.REFERENCE:
        return bool(publication.copy) and _uids(value) == [publication.copy]
    if place.kind is FieldKind.FILE:
        return bool(publication.copy) and plain(place, value) == publication.copy
    found = digest(place, value, publication.key)
    if place.kind in LISTS or not found:
        return bool(found)
    begun = publication.url if place.kind is FieldKind.URL else {"href": publication.url}
    known = {publication.seen} if publication.entry_version else set()
    return found in known | {digest(place, begun, "")}


def _uids(value: object) -> list[str]:
    """The names of a file field's assets, however it was read: names, records, one or several."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        uid = one.get("uid") if isinstance(one, dict) else one
        if isinstance(uid, str) and uid:
            found.append(uid)
    return found


def _references(value: object) -> list[dict[str, Any]]:
    """What a field refers to, as it is written: however much of it was read."""
    rows = value if isinstance(value, list) else []
    return [
        {"uid": str(one["uid"]), "_content_type_uid": str(one.get("_content_type_uid", ""))}
        for one in rows
        if isinstance(one, dict) and one.get("uid")
    ]


def _told(one: object) -> str:
    return str(one or "")


def _address_of(one: object) -> object:
    names = ("secure_url", "url", "public_id")
    known = (one.get(name) for name in names) if isinstance(one, dict) else (one,)
    return next(filter(None, known), "")


def _address(one: object) -> object:
    return one.get("url") if isinstance(one, dict) else one


def _objects(place: EntryField, value: object) -> list[Any]:
    if value is None or value == {}:
        return []
    if not isinstance(value, list):
        raise OtherValueError(field=place.field)
    return list(value)


def _is(place: EntryField, one: object, public_id: str) -> bool:
    if not isinstance(one, dict) or one.get("public_id") != public_id:
        return False
    metadata = one.get("cs_metadata")
    label = metadata.get("config_label") if isinstance(metadata, dict) else None
    return (label or LEGACY) == (place.label or LEGACY)


def _naming(picture: Picture) -> dict[str, Any]:
    told = (picture.public_id, picture.resource_type, picture.delivery_type, picture.version)
    return dict(zip(NAMING, (*told, picture.url), strict=True))


def _renewed(one: Mapping[str, Any], picture: Picture) -> dict[str, Any]:
    facts = {
        "url": picture.url,
        "format": picture.format,
        "width": picture.width,
        "height": picture.height,
        "bytes": picture.bytes,
    }
    known = {name: told for name, told in facts.items() if told and name in one}
    renewed = {**one, **_naming(picture), **known}
    derived = one.get("derived")
    if isinstance(derived, list) and derived and isinstance(derived[0], dict):
        renewed["derived"] = [{**derived[0], "secure_url": picture.url}, *derived[1:]]
    return renewed


def _new(place: EntryField, picture: Picture) -> dict[str, Any]:
    told = _naming(picture)
    if place.label and place.label != LEGACY:
        told["cs_metadata"] = {"config_label": place.label}
    return told
