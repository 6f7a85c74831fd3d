"""Sizes that stand in a header, for decoders that read everything first or refuse the file."""

import struct

from bridge_app.media.source import Buffer
from bridge_app.media.tiff_tags import size_in

SIZ = b"\xff\x4f\xff\x51"
RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
SIZE_BITS = (9, 13, 18, 30)
MOST_BOXES = 64


def jpeg2000_size(data: Buffer) -> tuple[int, int] | None:
    """Width and height of the image area, or None where there is no codestream header.

    ISO 15444-1 A.5.1: the image area begins at an offset within the reference grid.
    """
    at = data.find(SIZ)
    if at < 0 or len(data) < at + 45:
        return None
    right, bottom, left, top = struct.unpack(">4I", data[at + 8 : at + 24])
    across, down = data[at + 43], data[at + 44]  # how thinly the first component is sampled
    if not across or not down or right <= left or bottom <= top:
        return None
    return -(-right // across) + -left // across, -(-bottom // down) + -top // down


def jxl_header(data: Buffer) -> tuple[int, int, int] | None:
    """Stored width, height and orientation 1-8, or None where there is no codestream.

    ISO 18181-1 D.2 and D.3: bits come lowest first.
    """
    codestream = data[:64] if data[:2] == b"\xff\x0a" else _boxed_codestream(data)
    if codestream[:2] != b"\xff\x0a":
        return None
    bits = _Bits(codestream[2:])
    width, height = _size(bits)
    if bits.take(1) or not bits.take(1):  # all default, or no extra fields
        return width, height, 1
    return width, height, 1 + bits.take(3)


def stated_size(name: str, head: bytes) -> tuple[int, int] | None:
    """Width and height as the header of a damaged or unusual file states them."""
    place = STATED.get(name)
    if name == "exr":
        at = head.find(b"displayWindow\0box2i\0")
        if at < 0 or len(head) < at + 40:
            return None
        left, top, right, bottom = struct.unpack_from("<4i", head, at + 24)
        return right - left + 1, bottom - top + 1
    if name == "webp":
        return _webp_size(head)
    if name in ("tiff", "dng"):
        return size_in(head)
    if place is None or len(head) < place[0] + struct.calcsize(place[1]):
        return None
    first, second = struct.unpack_from(place[1], head, place[0])
    if name in ("psd", "psb"):
        first, second = second, first
    return (abs(first), abs(second)) if first and second else None


STATED = {
    "png": (16, ">II"),
    "gif": (6, "<HH"),
    "bmp": (18, "<ii"),
    "psd": (14, ">II"),
    "psb": (14, ">II"),
}


def _webp_size(head: bytes) -> tuple[int, int] | None:
    chunk, body = head[12:16], head[20:30]
    if len(body) < 10:
        return None
    if chunk == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 ":
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    return None


def apng_frames(head: bytes) -> int:
    """How many frames a PNG's animation has; 1 for a still one."""
    at = head.find(b"acTL")
    return int.from_bytes(head[at + 4 : at + 8], "big") if 0 < at < len(head) - 8 else 1


def _boxed_codestream(data: Buffer) -> bytes:
    at = 0
    for _ in range(MOST_BOXES):
        if at + 8 > len(data):
            break
        size, name = struct.unpack(">I4s", data[at : at + 8])
        if name in (b"jxlc", b"jxlp"):
            start = at + (16 if size == 1 else 8) + (4 if name == b"jxlp" else 0)
            return bytes(data[start : start + 64])
        if size == 1:
            (size,) = struct.unpack(">Q", data[at + 8 : at + 16].ljust(8, b"\0"))
        if size < 8:
            break
        at += size
    return b""


def _size(bits: "_Bits") -> tuple[int, int]:
    is_small = bits.take(1)
    height = _side(bits, is_small)
    ratio = bits.take(3)
    if ratio:
        across, down = RATIOS[ratio - 1]
        return height * across // down, height
    return _side(bits, is_small), height


def _side(bits: "_Bits", is_small: int) -> int:
    if is_small:
        return (bits.take(5) + 1) * 8
    return 1 + bits.take(SIZE_BITS[bits.take(2)])


class _Bits:
    """Bits from the lowest of the first byte upwards; past the end they are 0."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "little")

    def take(self, count: int) -> int:
        value = self._value & ((1 << count) - 1)
        self._value >>= count
        return value
