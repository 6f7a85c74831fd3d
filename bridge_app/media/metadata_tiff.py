"""What has to stay of a TIFF: every directory's picture, and what says how it is read.

Also what would not stay: exiv2 writes a TIFF anew from its directories, and from them alone.
"""

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

Span = tuple[int, int]
Entry = tuple[int, int, bytes]
"""Kind, count and the bytes of the value, or of the place where it lies."""

MOST_DIRECTORIES = 512
SUB_IFDS = 330
POINTERS = (SUB_IFDS, 34665, 34853, 40965)
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
    for order, _, entries in _directories(file, (SUB_IFDS,)):
        yield from _picture(file, order, entries)


def tail_of(file: BinaryIO) -> bytes:
    """What lies behind all that the directories tell of; raises as `tiff_parts` does."""
    end = 8
    for order, at, entries in _directories(file, POINTERS):
        end = max(end, at + 6 + 12 * len(entries))
        for kind, count, raw in entries.values():
            length = SIZES.get(kind, 1) * count
            if length > 4:
                end = max(end, struct.unpack(order + "I", raw)[0] + length)
        for start, length in _data(file, order, entries):
            end = max(end, start + length)
    file.seek(end)
    return file.read()


def first_value(file: BinaryIO, tag: int) -> bytes:
    """The bytes of a tag in the first directory; none where it is not there."""
    for order, _, entries in _directories(file, ()):
        return _value(file, order, entries[tag]) if tag in entries else b""
    return b""


def with_first_value(data: bytes, tag: int, value: bytes) -> bytes:
    """The file with a tag of bytes in the first directory made shorter where it lies.

    What is left of its place is filled with zeros.
    """
    file = BytesIO(data)
    order, at, entries = next(_directories(file, ()))
    kind, count, raw = entries[tag]
    length = SIZES.get(kind, 1) * count
    if len(value) > length or SIZES.get(kind, 1) != 1 or len(value) <= 4:
        raise ValueError("a value that does not fit")
    begin = struct.unpack(order + "I", raw)[0]
    entry = at + 2 + 12 * list(entries).index(tag)
    made = bytearray(data)
    made[entry + 4 : entry + 8] = struct.pack(order + "I", len(value))
    made[begin : begin + length] = value.ljust(length, b"\0")
    return bytes(made)


def _directories(
    file: BinaryIO, pointers: tuple[int, ...]
) -> Iterator[tuple[str, int, dict[int, Entry]]]:
    """(order of bytes, where it lies, entries) of each directory, those below it included."""
    file.seek(0)
    head = file.read(16)
    order = {b"II": "<", b"MM": ">"}[head[:2]]
    if struct.unpack_from(order + "H", head, 2)[0] != 42:
        raise ValueError("another kind of TIFF")
    waiting = [(struct.unpack_from(order + "I", head, 4)[0], True)]
    for _ in range(MOST_DIRECTORIES):
        if not waiting:
            return
        at, is_picture = waiting.pop(0)
        entries, following = _directory(file, order, at)
        yield order, at, entries
        for pointer in pointers:
            if pointer in entries:
                numbers = _numbers(file, order, entries[pointer])
                waiting.extend((number, pointer == SUB_IFDS) for number in numbers)
        if following and is_picture:
            waiting.append((following, True))
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
    yield from _data(file, order, entries)


def _data(file: BinaryIO, order: str, entries: dict[int, Entry]) -> Iterator[Span]:
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
