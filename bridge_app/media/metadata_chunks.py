"""The XMP of a PNG and of a WebP as it lies in its chunk."""

import struct
import zlib
from typing import BinaryIO

PNG_MARK = b"XML:com.adobe.xmp\0"
MOST_PACKET = 16 << 20


def png_packet(file: BinaryIO) -> bytes:
    """The XMP of a PNG's international text; none where there is none."""
    end = file.seek(0, 2)
    at = 8
    while at + 12 <= end:
        file.seek(at)
        size, name = struct.unpack(">I4s", file.read(8))
        if name == b"iTXt" and file.read(len(PNG_MARK)) == PNG_MARK:
            return _text(file.read(min(size, MOST_PACKET) - len(PNG_MARK)))
        at += 12 + size
    return b""


def webp_packet(file: BinaryIO) -> bytes:
    """The XMP of a WebP; none where there is none."""
    end = file.seek(0, 2)
    at = 12
    while at + 8 <= end:
        file.seek(at)
        name, size = struct.unpack("<4sI", file.read(8))
        if name == b"XMP ":
            return file.read(min(size, MOST_PACKET))
        at += 8 + size + size % 2
    return b""


def _text(body: bytes) -> bytes:
    """A text behind its two flags, its language and its translated name."""
    text = body[2:].partition(b"\0")[2].partition(b"\0")[2]
    if not body[:1].strip(b"\0"):
        return text
    try:
        return zlib.decompressobj().decompress(text, MOST_PACKET)
    except zlib.error:
        return b""
