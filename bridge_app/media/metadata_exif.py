"""Changes tags of an EXIF block where they stand: nothing else in it moves.

Notes of camera makers hold offsets that nobody knows, and blocks that are not quite as they should
be are common: writing a block anew loses some of it. So a value that has grown goes to the end of
the block, and only the entry that points to it changes. Tags are never added. Of a value that is
taken away nothing stays in the file.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.media.metadata_iim import clock_of

MARK = b"Exif\x00\x00"
EXIF_IFD, GPS_IFD, INTEROP_IFD = 0x8769, 0x8825, 0xA005
ENTRY_BYTES = 12
ASCII_TAGS = {"caption": 0x010E, "author": 0x013B, "copyright": 0x8298}
WINDOWS_TAGS = {"title": 0x9C9B, "caption": 0x9C9C, "author": 0x9C9D, "keywords": 0x9C9E}
MOMENTS = {"date_taken": (0x9003, 0x9011), "date_digitised": (0x9004, 0x9012)}
RATING = 0x4746
BYTE, ASCII, SHORT, RATIONAL = 1, 2, 3, 5
SIZES = {BYTE: 1, ASCII: 1, SHORT: 2, 4: 4, RATIONAL: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8}
SIZES |= {11: 4, 12: 8, 13: 4}
MOST_ENTRIES = 1000


@dataclass(slots=True)
class _Block:
    """A block while it is changed."""

    data: bytearray
    order: str

    def number(self, at: int, size: int) -> int:
        return int(struct.unpack_from(self.order + {2: "H", 4: "I"}[size], self.data, at)[0])

    def places(self, at: int) -> list[int]:
        """Where the entries of the directory at `at` lie."""
        count = self.number(at, 2)
        if count > MOST_ENTRIES:
            raise ValueError("too many entries")
        return [at + 2 + ENTRY_BYTES * index for index in range(count)]

    def entries(self, at: int) -> dict[int, int]:
        """Tag -> where its entry lies, of the directory at `at`."""
        return {self.number(place, 2): place for place in self.places(at)}

    def value(self, entry: int) -> tuple[int, int]:
        """Where the value of an entry begins, and its bytes."""
        kind, count = self.number(entry + 2, 2), self.number(entry + 4, 4)
        size = SIZES[kind] * count
        start = entry + 8 if size <= 4 else self.number(entry + 8, 4)
        if start + size > len(self.data):
            raise ValueError("a value lies outside of the block")
        return start, size

    def put(self, entry: int, kind: int, count: int, value: bytes) -> None:
        """Give an entry a value: where the old one was if it fits, else at the end."""
        start, size = self.value(entry)
        is_own = self._wipe(entry)
        if len(value) <= 4:
            start = entry + 8
            self.data[start : start + 4] = bytes(4)
        elif len(value) > size or size <= 4 or not is_own:
            self.data.extend(bytes(len(self.data) % 2))
            start = len(self.data)
            self.data.extend(value)
            struct.pack_into(self.order + "I", self.data, entry + 8, start)
        self.data[start : start + len(value)] = value
        struct.pack_into(self.order + "HI", self.data, entry + 2, kind, count)

    def remove(self, directory: int, entry: int) -> None:
        """Take an entry out of its directory with its value; those after it move up."""
        self._wipe(entry)
        count = self.number(directory, 2)
        end = directory + 2 + ENTRY_BYTES * count + 4
        self.data[entry : end - ENTRY_BYTES] = self.data[entry + ENTRY_BYTES : end]
        self.data[end - ENTRY_BYTES : end] = bytes(ENTRY_BYTES)
        struct.pack_into(self.order + "H", self.data, directory, count - 1)

    def remove_below(self, directory: int, pointer: int) -> None:
        """Take a directory away that an entry of another one points to, with all its values."""
        entry = self.entries(directory)[pointer]
        at = self.number(entry + 8, 4)
        places = self.places(at)
        for place in places:
            self._wipe(place)
        self.remove(directory, entry)
        self.data[at : at + 2 + ENTRY_BYTES * len(places)] = bytes(2 + ENTRY_BYTES * len(places))

    def _wipe(self, entry: int) -> bool:
        """Leave nothing of a value that lies apart, unless something else lies there as well."""
        start, end = self._span(entry)
        if start == end or end > len(self.data):
            return start == end
        others = (span for place, span in self._spans() if place != entry)
        if any(start < finish and begin < end for begin, finish in others):
            return False
        self.data[start:end] = bytes(end - start)
        return True

    def _span(self, entry: int) -> tuple[int, int]:
        """Where a value that lies apart begins and ends; nowhere for one in its entry."""
        size = SIZES.get(self.number(entry + 2, 2), 1) * self.number(entry + 4, 4)
        start = self.number(entry + 8, 4) if size > 4 else 0
        return start, start + size if size > 4 else 0

    def _spans(self) -> Iterator[tuple[int, tuple[int, int]]]:
        """Every entry that can be reached and its value's span; and the directories' own."""
        waiting, seen = [self.number(4, 4)], {0}
        while waiting:
            at = waiting.pop()
            if at in seen:
                continue
            seen.add(at)
            try:
                places = self.places(at)
            except (struct.error, ValueError):  # there is no directory
                continue
            end = at + 2 + ENTRY_BYTES * len(places)
            yield -1, (at, end)
            for place in places:
                yield place, self._span(place)
                if self.number(place, 2) in (EXIF_IFD, GPS_IFD, INTEROP_IFD):
                    waiting.append(self.number(place + 8, 4))
            if end + 4 <= len(self.data):
                waiting.append(self.number(end, 4))


def patched(exif: bytes, changes: Mapping[str, FieldValue]) -> bytes:
    """An EXIF block with the tags of these fields changed, as far as it has them.

    Args:
        exif: A TIFF header and its directories, with or without the mark of a JPEG before it.
        changes: Key of a field's path -> value in the field's form; None takes the tag away.

    A block that is not laid out as it has to be is given back as it is.
    """
    mark = MARK if exif.startswith(MARK) else b""
    order = {b"II": "<", b"MM": ">"}.get(exif[len(mark) : len(mark) + 2], "")
    if not order:
        return exif
    block = _Block(bytearray(exif[len(mark) :]), order)
    try:
        _change(block, changes)
    except (struct.error, ValueError, KeyError, IndexError):
        return exif
    return mark + bytes(block.data)


def _change(block: _Block, changes: Mapping[str, FieldValue]) -> None:
    first = block.number(4, 4)
    for name, value in changes.items():
        if name in ASCII_TAGS:
            _set_text(block, first, ASCII_TAGS[name], _ascii(value))
        if name in WINDOWS_TAGS:
            _set_text(block, first, WINDOWS_TAGS[name], _windows(value), kind=BYTE)
        if name == "rating":
            _set_rating(block, first, value)
        if name in MOMENTS:
            _set_moment(block, first, MOMENTS[name], value)
        if name == "coordinate":
            _set_place(block, first, value)


def _below(block: _Block, first: int, pointer: int) -> int | None:
    entry = block.entries(first).get(pointer)
    return None if entry is None else block.number(entry + 8, 4)


def _set_text(
    block: _Block, directory: int, tag: int, value: bytes | None, *, kind: int = ASCII
) -> None:
    entry = block.entries(directory).get(tag)
    if entry is None:
        return
    if value is None:
        block.remove(directory, entry)
    else:
        block.put(entry, kind, len(value), value)


def _ascii(value: FieldValue) -> bytes | None:
    return None if value is None else str(value).encode() + b"\0"


def _windows(value: FieldValue) -> bytes | None:
    if value is None:
        return None
    text = ";".join(value) if isinstance(value, tuple) else str(value).replace("; ", ";")
    return (text + "\0").encode("utf-16-le")


def _set_rating(block: _Block, directory: int, value: FieldValue) -> None:
    """EXIF cannot say that a picture is rejected."""
    entry = block.entries(directory).get(RATING)
    if entry is None:
        return
    if isinstance(value, int) and value >= 0:
        block.put(entry, SHORT, 1, struct.pack(block.order + "H", value))
    else:
        block.remove(directory, entry)


def _set_moment(block: _Block, first: int, tags: tuple[int, int], value: FieldValue) -> None:
    directory = _below(block, first, EXIF_IFD)
    if directory is None or tags[0] not in block.entries(directory):
        return
    if value is None:
        for tag in tags:
            _set_text(block, directory, tag, None)
        return
    start, size = block.value(block.entries(directory)[tags[0]])
    before = bytes(block.data[start : start + size]).rstrip(b"\0").decode("latin-1")
    said = clock_of(str(value), before)
    if said is not None:
        moment, zone = said
        _set_text(block, directory, tags[0], moment.encode() + b"\0")
        if zone is not None:
            _set_text(block, directory, tags[1], zone.encode() + b"\0" if zone else None)


def _set_place(block: _Block, first: int, value: FieldValue) -> None:
    """Without a coordinate nothing stays of where it was: no height, no direction, no name."""
    directory = _below(block, first, GPS_IFD)
    if directory is None:
        return
    if value is None:
        block.remove_below(first, GPS_IFD)
        return
    if not {1, 2, 3, 4} <= block.entries(directory).keys():
        return
    for index, (text, signs) in enumerate(zip(str(value).split(","), ("NS", "EW"), strict=True)):
        degrees = float(text)
        entries = block.entries(directory)
        sign = signs[degrees < 0].encode() + b"\0"
        block.put(entries[1 + 2 * index], ASCII, 2, sign)
        block.put(entries[2 + 2 * index], RATIONAL, 3, _degrees(block.order, abs(degrees)))


def _degrees(order: str, degrees: float) -> bytes:
    """Degrees, minutes and ten-thousandths of a second, as rationals."""
    tenths = round(Fraction(degrees) * 36_000_000)
    minutes, seconds = divmod(tenths, 600_000)
    whole, minutes = divmod(minutes, 60)
    return struct.pack(order + "6I", whole, 1, minutes, 1, seconds, 10_000)
