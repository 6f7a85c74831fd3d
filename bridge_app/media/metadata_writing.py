"""Writes standard fields into the bytes of a file, inside the decoder child, with exiv2.

exiv2 works on bytes in memory; the parent replaces the file. What cannot be read whole is refused,
and so is a result that says something else than what was asked for.
"""

import re
from collections.abc import Mapping
from typing import Any

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_values import tidied
from bridge_app.media import foreign
from bridge_app.media.embedded import recorded_of
from bridge_app.media.metadata_digest import damage_of, packet_of, with_digest
from bridge_app.media.metadata_errors import MetadataUnreadableError, NotVerifiedError
from bridge_app.media.metadata_iim import CHARSET, mark_utf8, set_exif, set_iim
from bridge_app.media.metadata_packet import EMPTY_PACKET, packet_in, written
from bridge_app.media.metadata_places import GPS_TAGS, WINDOWS, named
from bridge_app.media.metadata_splicing import EXIF, IIM, XMP, exif_changed, spliced
from bridge_app.media.metadata_xmp import keep_blanks, keep_instance_id, set_blank, set_xmp

Changes = Mapping[str, FieldValue]
WITH_IIM = frozenset({"jpeg", "tiff", "psd", "png"})
PARTS = {"Xmp.": XMP, "Exif": EXIF, "Iptc": IIM}
"""By how exiv2's keys begin."""
SHORT = 1000
MOVING = re.compile(
    r"Exif\.(Image\d*\.(ExifTag|GPSTag|IPTCNAA|XMLPacket|ImageResources|StripOffsets|TileOffsets"
    r"|StripByteCounts|SubIFDs|JPEGInterchangeFormat)|Thumbnail\.(JPEGInterchangeFormat"
    r"|StripOffsets)|Photo\.(InteroperabilityTag|MakerNote)|MakerNote\..*|SubImage.*)"
)


def rewritten(data: bytes, kind: str, changes: Changes, blank: tuple[str, ...] = ()) -> bytes:
    """The file with these fields changed; the same bytes where it says so already.

    Args:
        data: The whole file; none for a new sidecar.
        kind: Its format; "xmp" is a packet or a sidecar.
        changes: Key of a field's path -> value in any form of it; None takes it away.
        blank: Keys that a sidecar is to hide, since its master says something.

    Raises:
        MetadataUnreadableError: Some of what is there cannot be read whole.
        NotVerifiedError: The result says something else.
    """
    if kind == "xmp" and data:
        data = packet_in(data)
    wanted = {key: tidied(named(key)[0].field, value) for key, value in changes.items()}
    return _rewritten(data, kind, wanted, blank)


def _rewritten(data: bytes, kind: str, wanted: Changes, blank: tuple[str, ...]) -> bytes:
    image = opened(data or EMPTY_PACKET, kind)
    if why := damage_of(image, data, kind):
        raise MetadataUnreadableError(detail=why)
    before = _said(image)
    _apply(image, kind, wanted)
    for key in blank:
        set_blank(image.xmpData(), named(key)[0])
    planned = _said(image)
    if planned != before:
        keep_blanks(image.xmpData())
        new = written(image, kind, packet_of(image, data, kind))
        parts = {PARTS[key[:4]] for key in _differing(before, planned)}
        made = spliced(data, new, kind, frozenset(parts), wanted)
        made = with_digest(made, kind, data)
    else:
        made = exif_changed(data, kind, wanted)
    _verify(opened(made or EMPTY_PACKET, kind), before, wanted, blank)
    return made


def _differing(one: dict[str, list[str]], other: dict[str, list[str]]) -> list[str]:
    return [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]


def opened(data: bytes, kind: str) -> Any:
    """exiv2's image of these bytes, its metadata read.

    Of a packet exiv2 makes IIM and EXIF as well, and of these XMP again when it writes, without
    what is said to be empty: there is none of either in it.
    """
    image = foreign.exiv2().ImageFactory.open(data)
    image.readMetadata()
    if kind == "xmp":
        image.clearIptcData()
        image.clearExifData()
    keep_instance_id(image.xmpData(), packet_of(image, data, kind))
    return image


def _apply(image: Any, kind: str, changes: Changes) -> None:
    xmp, iptc, exif = image.xmpData(), image.iptcData(), image.exifData()
    has_iim = kind in WITH_IIM and not iptc.empty()
    if has_iim and any(named(key)[0].iim for key in changes):
        mark_utf8(iptc)
    for key, value in changes.items():
        places, language = named(key)
        set_xmp(xmp, places, language, value)
        if has_iim and not language:
            set_iim(iptc, places, value)
        if kind == "tiff" and not language:  # elsewhere EXIF is a block that is changed in place
            set_exif(exif, places, value)


def _said(image: Any) -> dict[str, list[str]]:
    """Everything in the file, to compare: long values of EXIF by their length."""
    said: dict[str, list[str]] = {}
    for entry in (*image.xmpData(), *image.iptcData()):
        said.setdefault(entry.key(), []).append(entry.toString())
    for entry in image.exifData():
        key, size = entry.key(), entry.size()
        if not MOVING.fullmatch(key):
            said.setdefault(key, []).append(entry.toString() if size < SHORT else str(size))
    return said


def _verify(
    image: Any, before: dict[str, list[str]], changes: Changes, blank: tuple[str, ...]
) -> None:
    after = _said(image)
    ours = tuple(_touched([*changes, *blank]))
    if _takes_place(changes):
        ours += GPS_TAGS
        if any(key.startswith("Exif.GPSInfo.") for key in after):
            raise NotVerifiedError(
                detail=QT_TRANSLATE_NOOP("facts", "where it was taken would still stand in it")
            )
    for key in _differing(before, after):
        if not key.startswith(ours):
            raise NotVerifiedError(detail=f"{key} would have changed as well")
    record, _ = recorded_of(image, {named(key)[0].field.id for key in changes})
    for key, value in changes.items():
        if record.get(key) != value and not (value is None and _is_said_otherwise(key, record)):
            raise NotVerifiedError(detail=f"the field {key} would not have been kept")


def _takes_place(changes: Changes) -> bool:
    return "coordinate" in changes and changes["coordinate"] is None


def _is_said_otherwise(key: str, record: Changes) -> bool:
    """Taking a default away leaves another language's text to stand for it."""
    return any(name.startswith(f"{key}[") for name in record)


def _touched(keys: list[str]) -> list[str]:
    """How the keys begin that a change of these fields may touch."""
    touched = [CHARSET]
    for key in keys:
        places, _ = named(key)
        touched += [*places.iim, *places.exif, WINDOWS.get(places.field.id, CHARSET)]
        for path in places.xmp:
            touched += [path, path.partition("[")[0] if "[" in path else path.partition("/")[0]]
    return touched
