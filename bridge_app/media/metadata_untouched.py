"""Whether writing metadata left everything else in a file as it was, byte by byte.

The rules walk containers in plain Python, in the parent: they do not believe the child that made
the new bytes.
"""

import struct
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import zip_longest
from typing import BinaryIO

from bridge_app.media.metadata_boxes import film_parts, heif_parts, jp2_parts
from bridge_app.media.metadata_segments import APP13, PHOTOSHOP, SOS, resources, segments
from bridge_app.media.metadata_tiff import tiff_parts

Span = tuple[int, int]
Part = bytes | Span
"""What has to stay: bytes, or where they lie in the file (start, length)."""

COMPARED = 1 << 20
APP1, APP2 = 0xE1, 0xE2
XMP_OR_EXIF = (b"http://ns.adobe.com/xap/1.0/\x00", b"Exif\x00\x00")
METADATA_RESOURCES = (0x0404, 0x0422, 0x0423, 0x0424, 0x0425)
PNG_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
PNG_PROFILES = (b"XML:com.adobe.xmp", b"Raw profile type ")
RIFF_METADATA = (b"EXIF", b"XMP ")
WEBP_FLAGS = 0b100010  # a colour profile, an animation


def is_untouched(before: BinaryIO, after: BinaryIO, kind: str) -> bool:
    """Do both files hold the same but for their metadata?

    Args:
        before: The file as it was; it is read from its beginning.
        after: The new one.
        kind: The format of both, one of `WALKS` or `GROWING`.
    """
    if kind in GROWING:
        return _begins_with(after, before)
    walk = WALKS[kind]
    try:
        for one, other in zip_longest(walk(before), walk(after)):
            if one is None or other is None or not _same(before, one, after, other):
                return False
    except WALK_ERRORS:
        return False
    return True


def _same(before: BinaryIO, one: Part, after: BinaryIO, other: Part) -> bool:
    if isinstance(one, bytes) or isinstance(other, bytes):
        return one == other
    (start, length), (begin, size) = one, other
    if length != size:
        return False
    for offset in range(0, length, COMPARED):
        wanted = min(COMPARED, length - offset)
        if _at(before, start + offset, wanted) != _at(after, begin + offset, wanted):
            return False
    return True


def _begins_with(after: BinaryIO, before: BinaryIO) -> bool:
    length = before.seek(0, 2)
    return after.seek(0, 2) >= length and _same(before, (0, length), after, (0, length))


def _at(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)


def jpeg_parts(file: BinaryIO) -> Iterator[Part]:
    """Every segment but EXIF, XMP and IIM, and all from the first scan to the end.

    A multi-picture index counts from its own place, so its distance to the end has to stay too.
    """
    end = file.seek(0, 2)
    for marker, at, body in segments(file):
        if marker == SOS:
            yield at, end - at
        else:
            yield from _segment(marker, body, to_end=end - at)


def _segment(marker: int, body: bytes, *, to_end: int) -> Iterator[Part]:
    if marker == APP1 and body.startswith(XMP_OR_EXIF):
        return
    if marker == APP13 and body.startswith(PHOTOSHOP):
        yield from (data for number, data in resources(body[len(PHOTOSHOP) :]) if _stays(number))
        return
    yield bytes([marker])
    yield body
    if marker == APP2 and body.startswith(b"MPF\x00"):
        yield str(to_end).encode()


def _stays(number: int) -> bool:
    return number not in METADATA_RESOURCES


def png_parts(file: BinaryIO) -> Iterator[Part]:
    """Every chunk but those of EXIF, XMP and IIM, and the time of the last change."""
    end = file.seek(0, 2)
    yield 0, 8
    at = 8
    while at < end:
        head = _at(file, at, 8)
        size, name = struct.unpack(">I4s", head)
        is_profile = name in PNG_TEXTS and _at(file, at + 8, 20).startswith(PNG_PROFILES)
        if name not in (b"eXIf", b"tIME") and not is_profile:
            yield at, size + 12
        at += size + 12


def webp_parts(file: BinaryIO) -> Iterator[Part]:
    """Every chunk but EXIF and XMP; of the extended header, what it says of the picture.

    What lies behind the end is told first.
    """
    whole = file.seek(0, 2)
    end = min(whole, 8 + int.from_bytes(_at(file, 4, 4), "little"))
    yield end, whole - end
    at = 12
    while at + 8 <= end:
        name, size = struct.unpack("<4sI", _at(file, at, 8))
        if name == b"VP8X":
            flags = _at(file, at + 8, 1)[0] & WEBP_FLAGS
            if flags:
                yield bytes([flags])
        elif name not in RIFF_METADATA:
            yield at, 8 + size
        at += 8 + size + size % 2


def psd_parts(file: BinaryIO) -> Iterator[Part]:
    """Header, colours, resources but those of metadata, layers and the picture."""
    end = file.seek(0, 2)
    (colours,) = struct.unpack(">I", _at(file, 26, 4))
    yield 0, 30 + colours
    at = 30 + colours
    (size,) = struct.unpack(">I", _at(file, at, 4))
    yield from (data for number, data in resources(_at(file, at + 4, size)) if _stays(number))
    at += 4 + size
    yield at, end - at


Walk = Callable[[BinaryIO], Iterator[Part]]
WALKS: dict[str, Walk] = {
    "jpeg": jpeg_parts,
    "png": png_parts,
    "webp": webp_parts,
    "psd": psd_parts,
    "tiff": tiff_parts,
    "jp2": jp2_parts,
    "heic": heif_parts,
    "heif": heif_parts,
    "avif": heif_parts,
    "mp4": film_parts,
    "mov": film_parts,
    "m4v": film_parts,
    "3gp": film_parts,
}
WALK_ERRORS = (struct.error, LookupError, ValueError, OverflowError)
GROWING = frozenset({"pdf", "ai"})
"""Kinds that are written by adding to their end."""


def opened(data: bytes) -> BinaryIO:
    """Bytes as a file to walk."""
    return BytesIO(data)
