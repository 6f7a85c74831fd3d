"""The whole standard record of a file, from all the places where its fields live.

The rules are the Metadata Working Group's (2.0, chapter 5): XMP, then IIM, then EXIF; where the
IIM was written by a program that knows no XMP (its digest says so), IIM first. Camera facts and
the coordinate are EXIF's first.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from bridge_app.domain.coordinates import coordinate
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_schema import Group, Shape, StandardField
from bridge_app.domain.standard_values import fault, language_tag, tidied
from bridge_app.media.metadata_dates import iso
from bridge_app.media.metadata_places import (
    ALTITUDE,
    GPS,
    PLACES,
    Places,
    is_list,
    member_named,
    places_of,
)

Fields = Mapping[str, tuple[str, ...]]
Record = dict[str, FieldValue]
KEYED = tuple((places, frozenset((*places.xmp, *places.iim, *places.exif))) for places in PLACES)
RATIONAL = frozenset(
    {"exposure_time", "f_number", "focal_length", "focal_length_35", "exposure_bias"}
)


def recorded(fields: Fields, *, iim_leads: bool) -> tuple[Record, tuple[str, ...]]:
    """What a file says, and the names of the fields whose places say different things.

    Args:
        fields: Key of exiv2 -> texts; a language alternative has `[language]` behind its key.
        iim_leads: The IIM is newer than the XMP.
    """
    record: Record = {}
    differing = []
    for places in _found(fields):
        said = _said(places, fields)
        order = _order(places.field, iim_leads=iim_leads)
        values = [said[place] for place in order if said[place] is not None]
        if values:
            record[places.field.id] = values[0]
            if any(not _agree(places.field, values[0], other) for other in values[1:]):
                differing.append(places.field.id)
        if places.field.by_language:
            record |= _languages(places, fields)
    return record, tuple(differing)


def _found(fields: Fields) -> list[Places]:
    """The places of fields of which anything is there: few of a hundred, in most files."""
    plain = [places for places, keys in KEYED if not fields.keys().isdisjoint(keys)]
    return [*plain, *_members(fields)]


def _members(fields: Fields) -> list[Places]:
    """Those in the second and later structures of lists."""
    names = dict.fromkeys(member_named(key) for key in fields if "]/" in key)
    return [places_of(name) for name in names if name]


def overlaid(record: Mapping[str, FieldValue], fields: Fields) -> Record:
    """A master's record under what its sidecar says; what stands there empty hides the master's."""
    said, _ = recorded(fields, iim_leads=False)
    over = {**record, **said}
    for places in (*PLACES, *_members(fields)):
        if places.field.id not in said and any(key in fields for key in places.xmp):
            over.pop(places.field.id, None)
    return over


def _said(places: Places, fields: Fields) -> dict[str, FieldValue]:
    field = places.field
    return {
        "xmp": _value(field, _xmp(places, fields)),
        "iim": _value(field, _iim(places, fields)),
        "exif": _value(field, _exif(places, fields)),
    }


def _order(field: StandardField, *, iim_leads: bool) -> tuple[str, ...]:
    if field.group is Group.CAMERA or "GPS" in field.exif:
        return ("exif", "xmp", "iim")
    return ("iim", "xmp", "exif") if iim_leads else ("xmp", "iim", "exif")


def _languages(places: Places, fields: Fields) -> Iterator[tuple[str, FieldValue]]:
    field = places.field
    for key in places.xmp:
        for name, texts in fields.items():
            if name.startswith(f"{key}[") and name.endswith("]"):
                tag = language_tag(name[len(key) + 1 : -1])
                value = _value(field, texts)
                if tag and value is not None:
                    yield f"{field.id}[{tag}]", value


def _value(field: StandardField, texts: tuple[str, ...]) -> FieldValue:
    """The texts in the field's one form; None for what says nothing, and for no date."""
    kept = tuple(text for text in texts if text)
    if not kept:
        return None
    if field.shape is Shape.BAG:
        return tidied(field, kept)
    value = tidied(field, "; ".join(kept) if is_list(field) else kept[0])
    if field.shape is Shape.WHOLE and isinstance(value, str):
        value = _whole(value)
    if field.shape in (Shape.MOMENT, Shape.COORDINATE, Shape.WHOLE) and fault(field, value):
        return None
    return value


def _whole(text: str) -> FieldValue:
    try:
        return round(float(text))
    except (ValueError, OverflowError):
        return None


def _xmp(places: Places, fields: Fields) -> tuple[str, ...]:
    field = places.field
    if field.shape is Shape.COORDINATE:
        return _place([_xmp_degrees(_text(fields, key)) for key in places.xmp])
    texts = fields.get(places.xmp[0], ()) if places.xmp else ()
    if field.shape is Shape.MOMENT:
        return (iso(texts[0], "") or "",) if texts else ()
    return tuple(map(_number, texts)) if field.id in RATIONAL else texts


def _iim(places: Places, fields: Fields) -> tuple[str, ...]:
    if not places.iim:
        return ()
    texts = fields.get(places.iim[0], ())
    return _moment(places.iim, fields) if places.field.shape is Shape.MOMENT else texts


def _exif(places: Places, fields: Fields) -> tuple[str, ...]:
    field = places.field
    if places.exif == GPS:
        values = [_text(fields, key) for key in GPS]
        return _place([_degrees(values[1], values[0]), _degrees(values[3], values[2])])
    if places.exif == ALTITUDE:
        return _altitude(fields)
    if not places.exif:
        return ()
    texts = fields.get(places.exif[0], ())
    if field.shape is Shape.MOMENT:
        return _moment(places.exif, fields)
    return tuple(map(_number, texts)) if field.id in RATIONAL else texts


def _moment(keys: tuple[str, ...], fields: Fields) -> tuple[str, ...]:
    day, more, *_ = (*(_text(fields, key) for key in keys), "")
    return (iso(day, more) or iso(day, "") or "",)


def _text(fields: Fields, key: str) -> str:
    return next(iter(fields.get(key, ())), "")


def _place(degrees: list[float | None]) -> tuple[str, ...]:
    latitude, longitude = degrees
    if latitude is None or longitude is None:
        return ()
    return (coordinate(latitude, longitude),)


def _degrees(text: str, reference: str) -> float | None:
    """EXIF's "48/1 51/1 3013/100" and "N" as degrees."""
    parts = [_fraction(part) for part in text.split()]
    if not 1 <= len(parts) <= 3 or None in parts:
        return None
    size = sum(float(part or 0) / (1, 60, 3600)[index] for index, part in enumerate(parts))
    return -size if reference[:1].upper() in ("S", "W") else size


def _xmp_degrees(text: str) -> float | None:
    """XMP's "48,51.5022N" or "48,51,30N" as degrees."""
    parts = text[:-1].split(",")
    if text[-1:].upper() not in ("N", "S", "E", "W"):
        return None
    return _degrees(" ".join(parts), text[-1])


def _altitude(fields: Fields) -> tuple[str, ...]:
    below, height = (_text(fields, key) for key in ALTITUDE)
    metres = _fraction(height)
    if metres is None:
        return ()
    return (_decimal(-metres if below.strip() == "1" else metres),)


def _fraction(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def _number(text: str) -> str:
    """A rational of EXIF as people write it: 1/250, 2.8, 50."""
    number = _fraction(text)
    if number is None:
        return text
    if 0 < number < Fraction(3, 10):
        return f"1/{round(1 / number)}"
    return _decimal(number)


def _decimal(number: Fraction) -> str:
    return f"{float(number):.2f}".rstrip("0").rstrip(".")


def _agree(field: StandardField, one: FieldValue, other: FieldValue) -> bool:
    """Do two places say the same, as far as the shorter of them can say it?"""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return {_cut(field, word) for word in one} == {_cut(field, word) for word in other}
    if field.shape is Shape.MOMENT:
        return _same_moment(str(one), str(other))
    if field.shape is Shape.COORDINATE:
        return _near(str(one), str(other))
    if field.shape is Shape.NAMES:
        names, others = ({_cut(field, name) for name in _names(text)} for text in (one, other))
        return names == others
    return _cut(field, str(one)) == _cut(field, str(other))


def _names(text: FieldValue) -> list[str]:
    return [name.strip() for name in str(text).replace(", ", "; ").split(";")]


def _cut(field: StandardField, text: str) -> bytes:
    """The text as IIM keeps it."""
    return text.encode("utf-8", "replace")[: field.iim_bytes].decode("utf-8", "ignore").encode()


def _same_moment(one: str, other: str) -> bool:
    length = min(len(one), len(other), len("2026-12-01T09:00:00"))
    return one[:length] == other[:length]


def _near(one: str, other: str) -> bool:
    pairs = zip(one.split(","), other.split(","), strict=True)
    return all(abs(float(first) - float(second)) < 2e-4 for first, second in pairs)
