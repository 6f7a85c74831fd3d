"""Keeps IIM and EXIF in step with the XMP, where a file has them.

By the rules of the Metadata Working Group 2.0: IIM is cut to the bytes it takes, and marked as
UTF-8; neither is added to a file without, and no tag of EXIF to a file that has not got it.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_schema import Shape
from bridge_app.media import foreign
from bridge_app.media.metadata_places import GPS, GPS_TAGS, WINDOWS, Places
from bridge_app.media.metadata_xmp import kept_order, names_of

CHARSET = "Iptc.Envelope.CharacterSet"
UTF8 = "\x1b%G"
DAY, SECOND, MINUTE = len("2026-12-01"), len("2026-12-01T09:00:00"), len("2026-12-01T09:00")


def mark_utf8(data: Any) -> None:
    """Have all texts of the IIM in UTF-8, and say so."""
    if CHARSET in data and str(data[CHARSET].value()) == UTF8:
        return
    texts: dict[str, list[str]] = {}
    for entry in data:
        if entry.typeName() == "String" and entry.key() != CHARSET:
            texts.setdefault(entry.key(), []).append(_guessed(str(entry.value())))
    for key, values in texts.items():
        _put_all(data, key, values)
    data[CHARSET] = foreign.exiv2().StringValue(UTF8)


def set_iim(data: Any, places: Places, value: FieldValue) -> None:
    """Give one field its value in exiv2's `IptcData`, as far as IIM can say it."""
    if not places.iim:
        return
    if places.field.shape is Shape.MOMENT:
        _set_moment(data, places.iim, value)
        return
    key, most = places.iim[0], places.field.iim_bytes
    if value is None:
        texts = []
    elif isinstance(value, tuple):
        texts = kept_order(_texts(data, key), tuple(cut(word, most) for word in value))
    elif places.field.shape is Shape.NAMES:
        texts = [cut(name, most) for name in names_of(value)]
    else:
        texts = [cut(str(value), most)]
    _put_all(data, key, dict.fromkeys(texts))


def cut(text: str, most: int | None) -> str:
    """The text within so many bytes of UTF-8, no character cut in two."""
    return text.encode()[:most].decode("utf-8", "ignore")


def set_exif(data: Any, places: Places, value: FieldValue) -> None:
    """Give one field its value in exiv2's `ExifData`, where the file says it there already."""
    windows = WINDOWS.get(places.field.id)
    if windows and windows in data:
        _set_windows(data, windows, value)
    if places.exif == GPS:
        if value is None or all(key in data for key in GPS):
            _set_place(data, value)
    elif places.exif and places.exif[0] in data:
        _set_tag(data, places, value)


def _guessed(text: str) -> str:
    raw = text.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _texts(data: Any, key: str) -> list[str]:
    return [str(entry.value()) for entry in data if entry.key() == key]


def _put_all(data: Any, key: str, texts: Iterable[str]) -> None:
    library = foreign.exiv2()
    while key in data:
        del data[key]
    for text in texts:
        data.add(library.IptcKey(key), library.StringValue(text))


def _set_moment(data: Any, keys: tuple[str, ...], value: FieldValue) -> None:
    """Day and time; a time without its zone is left out, since IIM would have to invent one."""
    library = foreign.exiv2()
    text = str(value or "")
    for key in keys:
        while key in data:
            del data[key]
    if len(text) < DAY:
        return
    day = library.DateValue()
    day.read(text[:DAY])
    data.add(library.IptcKey(keys[0]), day)
    zone = _zone(text)
    if zone and len(text) >= SECOND:
        clock = library.TimeValue()
        clock.read(f"{text[DAY + 1 : SECOND]}{zone}")
        data.add(library.IptcKey(keys[1]), clock)


def _zone(text: str) -> str:
    if text.endswith("Z"):
        return "+00:00"
    return text[-6:] if text[-6:-5] in ("+", "-") and "T" in text else ""


def _set_tag(data: Any, places: Places, value: FieldValue) -> None:
    key = places.exif[0]
    if places.field.shape is Shape.MOMENT:
        _set_exif_moment(data, places.exif, value)
    elif value is None or (isinstance(value, int) and value < 0):
        del data[key]
    elif isinstance(value, int):
        data[key] = foreign.exiv2().UShortValue(value)
    else:
        data[key] = foreign.exiv2().AsciiValue(str(value))


def clock_of(text: str, before: str) -> tuple[str, str | None] | None:
    """A moment as EXIF says it, which knows whole seconds alone, and its zone.

    Of a day, the clock that was there stays, and so does the zone (None); of less than a day, all
    stays as it is (None).
    """
    if len(text) < DAY:
        return None
    day = text[:DAY].replace("-", ":")
    if len(text) < MINUTE:
        return f"{day} {before[DAY + 1 : SECOND] or '00:00:00'}", None
    has_seconds = text[MINUTE : MINUTE + 1] == ":"
    clock = text[DAY + 1 : SECOND] if has_seconds else f"{text[DAY + 1 : MINUTE]}:00"
    return f"{day} {clock}", _zone(text)


def _set_exif_moment(data: Any, keys: tuple[str, ...], value: FieldValue) -> None:
    library = foreign.exiv2()
    said = clock_of(str(value), str(data[keys[0]].value())) if value is not None else None
    if value is None:
        for key in keys:
            if key in data:
                del data[key]
    elif said is not None:
        moment, zone = said
        data[keys[0]] = library.AsciiValue(moment)
        if zone is not None and keys[1] in data:
            data[keys[1]] = library.AsciiValue(zone or " ")


def _set_windows(data: Any, key: str, value: FieldValue) -> None:
    if value is None:
        del data[key]
        return
    text = ";".join(value) if isinstance(value, tuple) else str(value).replace("; ", ";")
    raw = (text + "\0").encode("utf-16-le")
    data[key] = foreign.exiv2().DataValue(raw, foreign.exiv2().ByteOrder.littleEndian)


def _set_place(data: Any, value: FieldValue) -> None:
    library = foreign.exiv2()
    if value is None:
        for key in [entry.key() for entry in data if entry.key().startswith(GPS_TAGS)]:
            del data[key]
        return
    latitude, longitude = (float(part) for part in str(value).split(","))
    for index, (degrees, signs) in enumerate(((latitude, "NS"), (longitude, "EW"))):
        data[GPS[2 * index]] = library.AsciiValue(signs[degrees < 0])
        rational = library.URationalValue()
        rational.read(_sexagesimal(abs(degrees)))
        data[GPS[2 * index + 1]] = rational


def _sexagesimal(degrees: float) -> str:
    """Degrees, minutes and ten-thousandths of a second, as rationals."""
    tenths = round(Fraction(degrees) * 36_000_000)
    minutes, seconds = divmod(tenths, 600_000)
    whole, minutes = divmod(minutes, 60)
    return f"{whole}/1 {minutes}/1 {seconds}/10000"
