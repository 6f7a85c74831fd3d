"""Puts the metadata that exiv2 made into the original file, whose every other byte stays.

exiv2 writes whole files, and tidies on the way: it moves comments, packs colour profiles anew and
corrects what it takes for wrong. So only the parts that were to change are taken from its file.
"""

import struct
from collections.abc import Callable, Mapping
from io import BytesIO
from zlib import crc32

from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.media.metadata_exif import patched
from bridge_app.media.metadata_segments import APP13, PHOTOSHOP, SOS, segments

XMP, EXIF, IIM = "xmp", "exif", "iim"
APP0, APP1 = 0xE0, 0xE1
VP8X_FLAGS = {EXIF: 0b1000, XMP: 0b0100}
PNG_MARKS = {
    XMP: (b"XML:com.adobe.xmp", b"Raw profile type xmp"),
    EXIF: (b"Raw profile type exif", b"Raw profile type APP1"),
    IIM: (b"Raw profile type iptc",),
}
MOST_IN_SEGMENT = 65_533
Pieces = list[tuple[str, bytes]]
"""(what it is, "" for what is none of ours; the bytes)."""


def spliced(
    original: bytes,
    made: bytes,
    kind: str,
    parts: frozenset[str],
    changes: Mapping[str, FieldValue],
) -> bytes:
    """The original with these parts of the file that exiv2 made, and its EXIF in step.

    Args:
        original: The whole file.
        made: The same, with all metadata as it is to be.
        kind: The format of both; of one that is not known here, `made` is taken as it is.
        parts: Those of `XMP`, `EXIF` and `IIM` that changed.
        changes: The fields that EXIF is to say as well, as far as it has them already.

    Raises ValueError and struct.error for a file that is not laid out as it has to be.
    """
    if kind not in TAKEN_APART:
        return made
    take_apart, put_together = TAKEN_APART[kind]
    mine, theirs = take_apart(original), take_apart(made)
    pieces = mine
    for part in sorted(parts):
        pieces = _exchanged(pieces, [piece for piece in theirs if piece[0] == part], part)
    in_step = _in_step(pieces, kind, changes)
    return put_together(in_step, {name: data for name, data in theirs if name == "frame"})


def exif_changed(data: bytes, kind: str, changes: Mapping[str, FieldValue]) -> bytes:
    """The file with its EXIF in step with these fields, as far as EXIF has them already."""
    if kind not in TAKEN_APART:
        return data
    take_apart, put_together = TAKEN_APART[kind]
    pieces = take_apart(data)
    in_step = _in_step(pieces, kind, changes)
    if in_step == pieces:
        return data
    return put_together(in_step, {name: piece for name, piece in pieces if name == "frame"})


def _in_step(pieces: Pieces, kind: str, changes: Mapping[str, FieldValue]) -> Pieces:
    return [
        (name, _exif_piece(piece, kind, changes) if name == EXIF else piece)
        for name, piece in pieces
    ]


def _exif_piece(piece: bytes, kind: str, changes: Mapping[str, FieldValue]) -> bytes:
    head = 4 if kind == "jpeg" else 8
    if kind == "png" and piece[4:8] != b"eXIf":
        return piece
    size = {"jpeg": len(piece) - 4, "png": len(piece) - 12}.get(kind)
    size = int.from_bytes(piece[4:8], "little") if size is None else size
    before = piece[head : head + size]
    after = patched(before, changes)
    if after == before or (kind == "jpeg" and len(after) > MOST_IN_SEGMENT):
        return piece
    if kind == "jpeg":
        return piece[:2] + (len(after) + 2).to_bytes(2, "big") + after
    if kind == "png":
        checked = b"eXIf" + after
        return len(after).to_bytes(4, "big") + checked + crc32(checked).to_bytes(4, "big")
    return b"EXIF" + len(after).to_bytes(4, "little") + after + bytes(len(after) % 2)


def _exchanged(pieces: Pieces, new: Pieces, part: str) -> Pieces:
    """The pieces with those of one part taken out, and the new ones where the first was.

    EXIF comes first, as its standard demands; what had no place yet comes next.
    """
    names = [name for name, _ in pieces]
    places = [index for index, name in enumerate(names) if name == part]
    heads = [index for index, name in enumerate(names) if name == "head"]
    at = places[0] if places else heads[-1] + 1 if heads else len(pieces)
    if not places and part != EXIF and names[at : at + 1] == [EXIF]:
        at += 1
    before = [piece for piece in pieces[:at] if piece[0] != part]
    return [*before, *new, *(piece for piece in pieces[at:] if piece[0] != part)]


def _jpeg_pieces(data: bytes) -> Pieces:
    pieces: Pieces = [("head", data[:2])]
    at, leading = 2, True
    for marker, start, body in segments(BytesIO(data)):
        if marker == SOS:
            pieces.append(("", data[at:]))
            break
        end = start + 4 + len(body)
        name = _segment_name(marker, body)
        leading = leading and (marker == APP0 or name == EXIF)
        pieces.append(("head" if leading and marker == APP0 else name, data[at:end]))
        at = end
    return pieces


def _segment_name(marker: int, body: bytes) -> str:
    if marker == APP1 and body.startswith(b"Exif\x00\x00"):
        return EXIF
    if marker == APP1 and body.startswith(b"http://ns.adobe.com/xap/1.0/\x00"):
        return XMP
    return IIM if marker == APP13 and body.startswith(PHOTOSHOP) else ""


def _joined(pieces: Pieces, frame: Mapping[str, bytes]) -> bytes:
    del frame
    return b"".join(data for _, data in pieces)


def _png_pieces(data: bytes) -> Pieces:
    pieces: Pieces = [("head", data[:8])]
    at = 8
    while at < len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        pieces.append((_chunk_name(name, data[at + 8 : at + 40]), data[at:end]))
        at = end
    return pieces


def _chunk_name(name: bytes, head: bytes) -> str:
    if name in (b"IHDR", b"eXIf"):
        return "head" if name == b"IHDR" else EXIF
    if name in (b"tEXt", b"zTXt", b"iTXt"):
        return next((part for part, marks in PNG_MARKS.items() if head.startswith(marks)), "")
    return ""


def _webp_pieces(data: bytes) -> Pieces:
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    pieces: Pieces = []
    at = 12
    while at + 8 <= end:
        name, size = struct.unpack_from("<4sI", data, at)
        after = at + 8 + size + size % 2
        part = {b"VP8X": "frame", b"EXIF": EXIF, b"XMP ": XMP}.get(name, "")
        pieces.append((part, data[at : min(after, end)].ljust(after - at, b"\0")))
        at = after
    pieces.append(("tail", data[end:]))
    return pieces


def _webp(pieces: Pieces, frame: Mapping[str, bytes]) -> bytes:
    """The chunks in their order, under a header that says which metadata there is."""
    known = dict(pieces)
    header = bytearray(known.get("frame") or frame["frame"])
    for part, flag in VP8X_FLAGS.items():
        header[8] = header[8] | flag if part in known else header[8] & ~flag
    kept = (data for name, data in pieces if name not in ("frame", "tail"))
    body = b"".join((b"WEBP", bytes(header), *kept))
    return b"RIFF" + len(body).to_bytes(4, "little") + body + known.get("tail", b"")


TakeApart = Callable[[bytes], Pieces]
PutTogether = Callable[[Pieces, Mapping[str, bytes]], bytes]
TAKEN_APART: dict[str, tuple[TakeApart, PutTogether]] = {
    "jpeg": (_jpeg_pieces, _joined),
    "png": (_png_pieces, _joined),
    "webp": (_webp_pieces, _webp),
}
