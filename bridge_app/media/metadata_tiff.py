"""What has to stay of a TIFF: every directory's picture, and what says how it is read."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

Span = tuple[int, int]
Entry = tuple[int, int, bytes]
"""Kind, count and the bytes of the value, or of the place where it lies."""

MOST_DIRECTORIES = 512
SUB_IFDS = 330
OFFSETS = {273: 279, 324: 325, 513: 514}  # strips, tiles, a JPEG in one piece: where, how long
PICTURE_TAGS = (
    *(254, 256, 257, 258, 259, 262, 266, 274, 277, 278, 284, 317, 318, 319, 320, 321),
    *(322, 323, 338, 339, 340, 341, 347, 529, 530, 531, 532, 34675),
)
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
SIZES |= {16: 8, 17: 8, 18: 8}
CODES = {3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}


def tiff_parts(file: BinaryIO) -> Iterator[bytes | Span]:
    """The pixels of every directory as they are packed, and the tags they are read by."""
    file.seek(0)
    head = file.read(16)
    order = {b"II": "<", b"MM": ">"}[head[:2]]
    if struct.unpack_from(order + "H", head, 2)[0] != 42:
        raise ValueError("another kind of TIFF")
    waiting = [struct.unpack_from(order + "I", head, 4)[0]]
    for _ in range(MOST_DIRECTORIES):
        if not waiting:
            return
        at = waiting.pop(0)
        entries, following = _directory(file, order, at)
        yield from _picture(file, order, entries)
        if SUB_IFDS in entries:
            waiting.extend(_numbers(file, order, entries[SUB_IFDS]))
        if following:
            waiting.append(following)
    raise ValueError("too many directories")


def _directory(file: BinaryIO, order: str, at: int) -> tuple[dict[int, Entry], int]:
    file.seek(at)
    (count,) = struct.unpack(order + "H", file.read(2))
    raw = file.read(12 * count)
    entries = {}
    for index in range(count):
        tag, kind, number = struct.unpack_from(order + "HHI", raw, 12 * index)
        entries[tag] = (kind, number, raw[12 * index + 8 : 12 * index + 12])
    following = file.read(4)
    return entries, struct.unpack(order + "I", following)[0] if len(following) == 4 else 0


def _picture(file: BinaryIO, order: str, entries: dict[int, Entry]) -> Iterator[bytes | Span]:
    for tag in PICTURE_TAGS:
        if tag in entries:
            yield tag.to_bytes(2, "big")
            yield _value(file, order, entries[tag])
    for where, length in OFFSETS.items():
        if where in entries and length in entries:
            starts = _numbers(file, order, entries[where])
            sizes = _numbers(file, order, entries[length])
            yield from zip(starts, sizes, strict=True)


def _value(file: BinaryIO, order: str, entry: Entry) -> bytes:
    kind, count, raw = entry
    length = SIZES.get(kind, 1) * count
    if length <= 4:
        return raw[:length]
    file.seek(struct.unpack(order + "I", raw)[0])
    return file.read(length)


def _numbers(file: BinaryIO, order: str, entry: Entry) -> tuple[int, ...]:
    kind, count, _ = entry
    return struct.unpack(f"{order}{count}{CODES[kind]}", _value(file, order, entry))
