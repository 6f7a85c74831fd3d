"""What has to stay of files made of boxes (ISO 14496-12): JPEG 2000, HEIF and films."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

Span = tuple[int, int]
Box = tuple[bytes, int, int]
"""Name, start and end of a box's body."""

MOST_ITEMS = 1 << 16
XMP_BOXES = (b"uuid", b"xml ")
ITEM_METADATA = (b"Exif", b"mime", b"uri ")
XMP_ITEM = b"application/rdf+xml\0"
MOST_XMP = 16 << 20
MOST_ENTRY = 1 << 10


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes that lie directly between `start` and `end`; raises ValueError on nonsense."""
    at = start
    while at + 8 <= end:
        file.seek(at)
        size, name = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", file.read(8))
            head = 16
        finish = end if size == 0 else at + size
        if finish < at + head or finish > end:
            raise ValueError("a box does not end where it lies")
        yield name, at + head, finish
        at = finish


def jp2_parts(file: BinaryIO) -> Iterator[bytes | Span]:
    """Every box but those of metadata."""
    for name, start, end in boxes(file, 0, file.seek(0, 2)):
        if name not in XMP_BOXES:
            yield name
            yield start, end - start


def film_parts(file: BinaryIO) -> Iterator[bytes | Span]:
    """What is seen and heard: the media data, and the tables of every track but its offsets."""
    whole = file.seek(0, 2)
    for name, start, end in boxes(file, 0, whole):
        if name == b"mdat":
            yield start, end - start
    for name, start, end in boxes(file, 0, whole):
        if name == b"moov":
            tracks = [box for box in boxes(file, start, end) if box[0] == b"trak"]
            for _, begin, finish in tracks:
                yield from _tables(file, begin, finish)


def _tables(file: BinaryIO, start: int, end: int) -> Iterator[bytes | Span]:
    for name, begin, finish in boxes(file, start, end):
        if name in (b"mdia", b"minf", b"stbl"):
            yield from _tables(file, begin, finish)
        elif name in (b"tkhd", b"mdhd", b"hdlr", b"stsd", b"stts", b"stsz", b"stsc", b"stss"):
            yield name
            yield begin, finish - begin


def heif_parts(file: BinaryIO) -> Iterator[bytes | Span]:
    """The properties of the items, and the bytes of all items but EXIF and XMP."""
    outer = {box[0]: box for box in boxes(file, 0, file.seek(0, 2))}
    meta = outer[b"meta"]
    inner = {box[0]: box for box in boxes(file, meta[1] + 4, meta[2])}
    for name in (b"pitm", b"hdlr"):
        if name in inner:
            yield inner[name][1], inner[name][2] - inner[name][1]
    yield from _properties(file, inner[b"iprp"])
    pictures = {
        number for number, kind in _items(file, inner[b"iinf"]) if kind not in ITEM_METADATA
    }
    data = inner.get(b"idat", (b"", 0, 0))[1]
    for number, spans in _locations(file, inner[b"iloc"], data):
        if number in pictures:
            yield str(number).encode()
            yield from spans


def heif_packets(file: BinaryIO) -> list[bytes]:
    """Every packet of XMP in a HEIF; the main picture's comes first, b"" if others alone have one.

    A gain map or a thumbnail is a picture of its own, with XMP of its own. Raises as the walks do.
    """
    outer = {box[0]: box for box in boxes(file, 0, file.seek(0, 2))}
    meta = outer[b"meta"]
    inner = {box[0]: box for box in boxes(file, meta[1] + 4, meta[2])}
    main = _main_item(file, inner[b"pitm"])
    packets = set(_packets(file, inner[b"iinf"]))
    told = _described(file, inner[b"iref"]) if b"iref" in inner else {}
    places = dict(_locations(file, inner[b"iloc"], inner.get(b"idat", (b"", 0, 0))[1]))
    own = [one for one in sorted(packets) if main in told.get(one, {main})]
    others = sorted(packets - set(own))
    first = [_content(file, places.get(own[0], []))] if own else [b""] if others else []
    return [*first, *(_content(file, places.get(one, [])) for one in (*own[1:], *others))]


def _main_item(file: BinaryIO, box: Box) -> int:
    file.seek(box[1])
    body = file.read(box[2] - box[1])
    return int.from_bytes(body[4:8] if body[0] else body[4:6], "big")


def _packets(file: BinaryIO, box: Box) -> Iterator[int]:
    """The numbers of the items that are XMP as it stands."""
    for number, kind, named in _entries(file, box):
        before, mark, encoding = named.partition(b"\0")[2].partition(XMP_ITEM)
        if kind == b"mime" and mark and not before and not encoding.strip(b"\0"):
            yield number


def _described(file: BinaryIO, box: Box) -> dict[int, set[int]]:
    """Which items each item of metadata is about."""
    file.seek(box[1])
    wide = 4 if file.read(1)[0] else 2
    told: dict[int, set[int]] = {}
    for name, start, end in boxes(file, box[1] + 4, box[2]):
        if name == b"cdsc":
            file.seek(start)
            body = file.read(end - start)
            number, at = _number(body, 0, wide)
            count, at = _number(body, at, 2)
            some = range(at, min(at + count * wide, len(body)), wide)
            told.setdefault(number, set()).update(_number(body, one, wide)[0] for one in some)
    return told


def _content(file: BinaryIO, spans: list[Span]) -> bytes:
    content, left = b"", MOST_XMP
    for start, length in spans:
        file.seek(start)
        content += file.read(min(length, left))
        left = MOST_XMP - len(content)
    return content


def _properties(file: BinaryIO, box: Box) -> Iterator[bytes | Span]:
    for name, start, end in boxes(file, box[1], box[2]):
        if name == b"ipco":
            yield start, end - start


def _items(file: BinaryIO, box: Box) -> Iterator[tuple[int, bytes]]:
    """(number, kind) of every item."""
    for number, kind, _ in _entries(file, box):
        yield number, kind


def _entries(file: BinaryIO, box: Box) -> Iterator[tuple[int, bytes, bytes]]:
    """(number, kind, the name and what follows it) of every item."""
    file.seek(box[1])
    (version,) = struct.unpack(">B", file.read(1))
    start = box[1] + (6 if version == 0 else 8)
    for name, begin, end in boxes(file, start, box[2]):
        if name == b"infe":
            file.seek(begin)
            entry = file.read(min(end - begin, MOST_ENTRY))
            wide = entry[0] >= 3
            number, _, kind = struct.unpack_from(">IH4s" if wide else ">HH4s", entry + b"\0\0", 4)
            yield number, kind, entry[14 if wide else 12 :]


def _locations(file: BinaryIO, box: Box, data: int) -> Iterator[tuple[int, list[Span]]]:
    """(number, where it lies) of every item; `data` is where the box of inner data begins."""
    file.seek(box[1])
    body = file.read(box[2] - box[1])
    version, sizes = body[0], int.from_bytes(body[4:6], "big")
    offset_size, length_size, start_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    at = 6
    count, at = _number(body, at, 4 if version == 2 else 2)
    for _ in range(min(count, MOST_ITEMS)):
        number, at = _number(body, at, 4 if version == 2 else 2)
        method, at = _number(body, at, 2) if version else (0, at)
        start, at = _number(body, at + 2, start_size)
        extents, at = _number(body, at, 2)
        spans = []
        for _ in range(extents):
            _, at = _number(body, at, index_size)
            offset, at = _number(body, at, offset_size)
            length, at = _number(body, at, length_size)
            spans.append((start + offset + (data if method & 15 == 1 else 0), length))
        yield number, spans


def _number(body: bytes, at: int, size: int) -> tuple[int, int]:
    if at + size > len(body):
        raise ValueError("a box is cut off")
    return int.from_bytes(body[at : at + size], "big"), at + size
