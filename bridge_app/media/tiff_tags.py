"""A bounded look at the first tags of a TIFF: which camera's RAW it is, which way up it is."""

import struct
from collections.abc import Iterator

MOST_ENTRIES = 512
MAKE, SUBFILE, COMPRESSION, PHOTOMETRIC = 271, 254, 259, 262
WIDTH, HEIGHT, ORIENTATION, SUB_IFDS, DNG_VERSION = 256, 257, 274, 330, 50706
SENSOR_PHOTOMETRICS = (32803, 34892)  # colour filter array, linear RAW
MAKERS = (
    (b"NIKON", "nef"),
    (b"SONY", "arw"),
    (b"PENTAX", "pef"),
    (b"RICOH", "pef"),
    (b"SAMSUNG", "srw"),
    (b"OLYMPUS", "orf"),
    (b"Eastman Kodak", "kdc"),
    (b"Hasselblad", "3fr"),
    (b"Phase One", "iiq"),
    (b"Leaf", "mos"),
    (b"EPSON", "erf"),
    (b"Mamiya", "mef"),
)
MARKED = (
    (b"IIU\x00", "rw2"),
    (b"IIRO", "orf"),
    (b"IIRS", "orf"),
    (b"MMOR", "orf"),
)


def tiff_format(head: bytes) -> str | None:
    """The format of a TIFF-like file, None when it is none.

    A RAW is told from a photograph saved as TIFF by what a RAW alone has: a DNG version, sensor
    data, or a reduced picture as its first one beside the maker's name.
    """
    for mark, name in MARKED:
        if head.startswith(mark):
            return name
    if head[:4] not in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return None
    if head[8:10] == b"CR":
        return "cr2"
    tags = dict(_directory(head))
    make = tags.get(MAKE, b"")
    maker = next((name for mark, name in MAKERS if isinstance(make, bytes) and mark in make), None)
    photometric = tags.get(PHOTOMETRIC)
    if DNG_VERSION in tags:
        return "dng"
    if photometric in SENSOR_PHOTOMETRICS:
        return maker or "dng"
    is_reduced = tags.get(SUBFILE) == 1 and (SUB_IFDS in tags or tags.get(COMPRESSION) == 6)
    return maker if maker and is_reduced else "tiff"


def orientation_in(exif: bytes) -> int:
    """EXIF orientation 1-8 of a TIFF or an EXIF block (with or without its "Exif" mark); or 1."""
    value = dict(_directory(exif.removeprefix(b"Exif\x00\x00"))).get(ORIENTATION, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def size_in(head: bytes) -> tuple[int, int] | None:
    """Width and height of the full picture: the first directory's, or that of one below it."""
    tags = dict(_directory(head))
    below = tags.get(SUB_IFDS)
    directories = [tags]
    if isinstance(below, int) and below:
        directories.append(dict(_directory(head, below)))
    for tags in directories:
        width, height = tags.get(WIDTH), tags.get(HEIGHT)
        if tags.get(SUBFILE) != 1 and isinstance(width, int) and isinstance(height, int):
            return (width, height) if width and height else None
    return None


def _directory(head: bytes, at: int = 0) -> Iterator[tuple[int, int | bytes]]:
    """(tag, first number or bytes) of the first directory, or the one at `at`, within `head`."""
    order = "<" if head[:1] == b"I" else ">"
    big = head[2:4] in (b"+\x00", b"\x00+")
    entry, inline = (order + "HHQ", 8) if big else (order + "HHI", 4)
    try:
        if not at:
            (at,) = struct.unpack_from(order + ("Q" if big else "I"), head, 8 if big else 4)
        (count,) = struct.unpack_from(order + ("Q" if big else "H"), head, at)
        at += 8 if big else 2
        for _ in range(min(count, MOST_ENTRIES)):
            tag, kind, number = struct.unpack_from(entry, head, at)
            at += struct.calcsize(entry)
            yield tag, _value(head, order, (kind, number, at, inline))
            at += inline
    except (struct.error, OverflowError):
        return


def _value(head: bytes, order: str, field: tuple[int, int, int, int]) -> int | bytes:
    kind, count, at, inline = field
    if kind in (1, 2, 7):
        if count > inline:
            (at,) = struct.unpack_from(order + ("Q" if inline == 8 else "I"), head, at)
        return head[at : at + min(count, 256)]
    code = {3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}.get(kind)
    return int(struct.unpack_from(order + code, head, at)[0]) if code else 0
