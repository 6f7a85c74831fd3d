"""Where each standard field lives in a file, in exiv2's words."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bridge_app.domain.standard_schema import LISTED, MOST_ENTRIES, Shape, StandardField
from bridge_app.domain.standard_table import FIELDS
from bridge_app.domain.standard_values import split_key

IIM_NAMES = {
    "2:05": "ObjectName",
    "2:10": "Urgency",
    "2:15": "Category",
    "2:20": "SuppCategory",
    "2:25": "Keywords",
    "2:30": "ReleaseDate",
    "2:35": "ReleaseTime",
    "2:37": "ExpirationDate",
    "2:38": "ExpirationTime",
    "2:40": "SpecialInstructions",
    "2:55": "DateCreated",
    "2:60": "TimeCreated",
    "2:62": "DigitizationDate",
    "2:63": "DigitizationTime",
    "2:80": "Byline",
    "2:85": "BylineTitle",
    "2:90": "City",
    "2:92": "SubLocation",
    "2:95": "ProvinceState",
    "2:100": "CountryCode",
    "2:101": "CountryName",
    "2:103": "TransmissionReference",
    "2:105": "Headline",
    "2:110": "Credit",
    "2:115": "Source",
    "2:116": "Copyright",
    "2:120": "Caption",
    "2:122": "Writer",
}
PREFIXES = {"Iptc4xmpCore": "iptc", "Iptc4xmpExt": "iptcExt"}
"""Where exiv2's first prefix is not the standard's; inside structures it uses the standard's."""
DIRECTORIES = {"IFD0": "Image", "ExifIFD": "Photo", "GPS": "GPSInfo"}
GPS = tuple(
    f"Exif.GPSInfo.GPS{name}" for name in ("LatitudeRef", "Latitude", "LongitudeRef", "Longitude")
)
GPS_TAGS = ("Exif.GPSInfo.", "Xmp.exif.GPS")
"""How all tags begin that tell where a picture was taken, by whatever means."""
ALTITUDE = ("Exif.GPSInfo.GPSAltitudeRef", "Exif.GPSInfo.GPSAltitude")
OFFSETS = {
    "Exif.Photo.DateTimeOriginal": "Exif.Photo.OffsetTimeOriginal",
    "Exif.Photo.DateTimeDigitized": "Exif.Photo.OffsetTimeDigitized",
    "Exif.Image.DateTime": "Exif.Photo.OffsetTime",
}
WINDOWS = {
    "title": "Exif.Image.XPTitle",
    "caption": "Exif.Image.XPComment",
    "author": "Exif.Image.XPAuthor",
    "keywords": "Exif.Image.XPKeywords",
}
"""Tags of Windows: kept in step where a file has them."""
SEQUENCES = frozenset(
    {
        *("Xmp.dc.creator", "Xmp.plus.Licensor", "Xmp.plus.CopyrightOwner"),
        *("Xmp.plus.ImageSupplier", "Xmp.plus.ImageCreator", "Xmp.plus.Licensee", "Xmp.dc.date"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """One field's keys; a part that has several keys needs them together."""

    field: StandardField
    xmp: tuple[str, ...]
    iim: tuple[str, ...]
    exif: tuple[str, ...]


def _xmp_keys(path: str) -> tuple[str, ...]:
    return tuple(_xmp_key(part) for part in path.split("+")) if path else ()


def _xmp_key(path: str) -> str:
    prefix, _, rest = path.partition(":")
    return f"Xmp.{PREFIXES.get(prefix, prefix)}.{rest}"


def _iim_keys(dataset: str) -> tuple[str, ...]:
    return tuple(f"Iptc.Application2.{IIM_NAMES[part]}" for part in dataset.split("+") if part)


def _exif_keys(tag: str) -> tuple[str, ...]:
    if tag == "GPS":
        return GPS
    if tag == "GPS:GPSAltitude":
        return ALTITUDE
    directory, _, name = tag.partition(":")
    if not name:
        return ()
    key = f"Exif.{DIRECTORIES[directory]}.{name}"
    return (key, OFFSETS[key]) if key in OFFSETS else (key,)


PLACES = tuple(
    Places(
        field=field,
        xmp=_xmp_keys(field.xmp),
        iim=_iim_keys(field.iim),
        exif=_exif_keys(field.exif),
    )
    for field in FIELDS
)
PLACES_OF = {places.field.id: places for places in PLACES}
LISTS = {key: one.field for one in PLACES if one.field.group in LISTED for key in one.xmp}
"""The members of the first structures of lists, by their keys."""
_NUMBERED = re.compile(r"(?P<array>[^\[]+)\[(?P<number>[1-9][0-9]?)\](?P<member>/.+)")
KEYS = frozenset(key for places in PLACES for key in (*places.xmp, *places.iim, *places.exif))


def member_named(key: str) -> str:
    """The field that a key of XMP is, if it is one of a list's second structure on; else ""."""
    found = _NUMBERED.fullmatch(key)
    field = LISTS.get(f"{found['array']}[1]{found['member']}") if found else None
    number = int(found["number"]) if found else 1
    return f"{field.id}#{number}" if field and 1 < number <= MOST_ENTRIES else ""


@lru_cache(maxsize=1024)
def places_of(name: str) -> Places:
    """The places of a field by its identity. Raises KeyError."""
    if name in PLACES_OF:
        return PLACES_OF[name]
    found = split_key(name)
    if found is None:
        raise KeyError(name)
    return Places(field=found[0], xmp=_xmp_keys(found[0].xmp), iim=(), exif=())


def named(key: str) -> tuple[Places, str]:
    """The field and the language that a key of a record means. Raises KeyError."""
    found = split_key(key)
    if found is None:
        raise KeyError(key)
    field, language = found
    return places_of(field.id), language


def is_list(field: StandardField) -> bool:
    """Does it hold several texts in a file?"""
    return field.shape in (Shape.BAG, Shape.NAMES)
