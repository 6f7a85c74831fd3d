"""What the boxes of a HEIF or AVIF say of its main picture, without any decoder.

libheif states sizes after turning; the catalog keeps them as stored, with the turn beside them.
Layout: ISO 14496-12 8.11 (meta) and ISO 23008-12 6.5 (item properties).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from bridge_app.media.source import Buffer

MOST_BOXES = 4096
MOST_META_BYTES = 8 << 20
ALPHA_URNS = (b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1")
FULL = {b"meta": 4, b"iref": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeifPicture:
    """The primary item: pixels after its clean aperture and before its turn.

    `rotation` is counter-clockwise degrees, as `irot` counts them.
    """

    width: int | None
    height: int | None
    rotation: int
    icc_profile: bytes | None
    bits: int | None
    has_alpha: bool


def read_picture(data: Buffer) -> HeifPicture | None:
    """The primary picture, or None where the file has no readable `meta` box."""
    try:
        meta = next(
            (body for name, body in _boxes(data[:MOST_META_BYTES]) if name == b"meta"), None
        )
        if meta is None:
            return _late_meta(data)
        return _picture(bytes(meta[4:]))
    except (struct.error, IndexError):
        return None


def _late_meta(data: Buffer) -> HeifPicture | None:
    """`meta` behind the pixels, as some phones write it."""
    at = 0
    for _ in range(MOST_BOXES):
        head = data[at : at + 16]
        if len(head) < 8:
            return None
        size, name = struct.unpack_from(">I4s", head)
        if size == 1 and len(head) == 16:
            (size,) = struct.unpack_from(">Q", head, 8)
        if name == b"meta":
            return _picture(bytes(data[at + 12 : at + min(size, MOST_META_BYTES)]))
        if size < 8:
            return None
        at += size
    return None


def _picture(meta: bytes) -> HeifPicture | None:
    boxes = dict(_boxes(meta))
    if b"pitm" not in boxes or b"iprp" not in boxes:
        return None
    pitm = boxes[b"pitm"]
    (primary,) = struct.unpack_from(">H" if pitm[0] == 0 else ">I", pitm, 4)
    iprp = list(_boxes(boxes[b"iprp"]))
    container = next((body for name, body in iprp if name == b"ipco"), b"")
    properties = list(_boxes(container))
    tied = [properties[i - 1] for i in _tied(iprp, primary) if 0 < i <= len(properties)]
    size = next((body for name, body in tied if name == b"ispe"), None)
    width, height = struct.unpack_from(">II", size, 4) if size else (None, None)
    aperture = next((body for name, body in tied if name == b"clap"), None)
    if aperture is not None and width and height:
        width, height = _clean(aperture, width, height)
    turn = next((body for name, body in tied if name == b"irot"), b"\0")
    colours = [body for name, body in tied if name == b"colr" and body[:4] in (b"prof", b"rICC")]
    depth = next((body for name, body in tied if name == b"pixi"), b"")
    return HeifPicture(
        width=width,
        height=height,
        rotation=(turn[0] & 3) * 90,
        icc_profile=bytes(colours[0][4:]) if colours else None,
        bits=depth[5] if len(depth) > 5 else None,
        has_alpha=any(urn in container for urn in ALPHA_URNS),
    )


def _tied(iprp: list[tuple[bytes, bytes]], item: int) -> Iterator[int]:
    """The 1-based indexes of the properties of an item, in the order they apply."""
    for name, body in iprp:
        if name != b"ipma":
            continue
        is_wide_id, is_wide_index = body[0] >= 1, body[3] & 1
        (entries,) = struct.unpack_from(">I", body, 4)
        at = 8
        for _ in range(min(entries, MOST_BOXES)):
            (owner,) = struct.unpack_from(">I" if is_wide_id else ">H", body, at)
            at += 4 if is_wide_id else 2
            count = body[at]
            at += 1
            for _ in range(count):
                (index,) = struct.unpack_from(">H" if is_wide_index else ">B", body, at)
                at += 2 if is_wide_index else 1
                if owner == item:
                    yield index & (0x7FFF if is_wide_index else 0x7F)


def _clean(aperture: bytes, width: int, height: int) -> tuple[int, int]:
    across, across_of, down, down_of = struct.unpack_from(">4I", aperture)
    if not across_of or not down_of:
        return width, height
    return min(width, across // across_of), min(height, down // down_of)


def _boxes(data: Buffer) -> Iterator[tuple[bytes, bytes]]:
    """(name, body) of the boxes one after the other; a box of size 0 reaches to the end."""
    at = 0
    for _ in range(MOST_BOXES):
        if at + 8 > len(data):
            return
        size, name = struct.unpack(">I4s", data[at : at + 8])
        start = at + 8
        if size == 1:
            (size,) = struct.unpack(">Q", data[at + 8 : at + 16])
            start = at + 16
        end = len(data) if size == 0 else at + size
        if end < start:
            return
        yield name, bytes(data[start:end])
        at = end
