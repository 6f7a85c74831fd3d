"""Size and frames of the four commonest image formats from their headers alone.

A thousand uploads must cost little, so no decoder is started for these; and nothing is decoded,
so no file can do harm here. What is not understood is left to the decoder.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
JPEG_SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
JPEG_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})
GIF_EXTENSION, GIF_IMAGE = 0x21, 0x2C
BMP_OLD_HEADER = 12
BMP_HEADERS = frozenset({40, 52, 56, 64, 108, 124})
"""Lengths of the headers that programs have written."""
MAX_STEPS = 100_000
"""More segments or frames than any real file has."""


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """Pixels as stored, before any orientation; `pages` counts frames."""

    format: str
    width: int
    height: int
    pages: int = 1


def read_header(file: BinaryIO) -> ImageHeader | None:
    """What the header of a JPEG, PNG, GIF or BMP says; None for anything else or broken."""
    start = file.read(32)
    try:
        if start.startswith(b"\xff\xd8\xff"):
            return _jpeg(file)
        if start.startswith(PNG_SIGNATURE):
            return _png(file)
        if start.startswith((b"GIF87a", b"GIF89a")):
            return _gif(file, start)
        if start.startswith(b"BM"):
            return _bmp(start)
    except (struct.error, IndexError):
        return None
    return None


def _checked(name: str, width: int, height: int, pages: int = 1) -> ImageHeader | None:
    """A header with a size that can be."""
    return ImageHeader(name, width, height, pages) if width and height else None


def _png(file: BinaryIO) -> ImageHeader | None:
    """The header chunk, which some writers do not put first."""
    file.seek(len(PNG_SIGNATURE))
    for _ in range(MAX_STEPS):
        length, kind = struct.unpack(">I4s", file.read(8))
        if kind == b"IHDR":
            return _checked("png", *struct.unpack(">II", file.read(8)))
        file.seek(length + 4, 1)
    return None


def _bmp(start: bytes) -> ImageHeader | None:
    """A BMP states its size behind the length of its header; a negative height is top-down.

    Two letters are no signature, so the length and the number of planes must be right too.
    """
    (length,) = struct.unpack("<I", start[14:18])
    if length == BMP_OLD_HEADER:
        width, height, planes = struct.unpack("<HHH", start[18:24])
    elif length in BMP_HEADERS:
        width, height, planes = struct.unpack("<iiH", start[18:28])
    else:
        return None
    return _checked("bmp", max(width, 0), abs(height)) if planes == 1 else None


def _jpeg(file: BinaryIO) -> ImageHeader | None:
    """Walk the segments to the frame header."""
    file.seek(2)
    for _ in range(MAX_STEPS):
        marker = _jpeg_marker(file)
        if marker in JPEG_SIZE_MARKERS:
            _, _, height, width = struct.unpack(">HBHH", file.read(7))
            return _checked("jpg", width, height)
        if marker in JPEG_BARE_MARKERS:
            continue
        (length,) = struct.unpack(">H", file.read(2))
        if length < 2:
            return None
        file.seek(length - 2, 1)
    return None


def _jpeg_marker(file: BinaryIO) -> int:
    """The next marker; whatever stands before it is skipped."""
    before = 0
    for _ in range(MAX_STEPS):
        code = file.read(1)[0]
        if before == 0xFF and code not in {0x00, 0xFF}:
            return code
        before = code
    raise IndexError("no marker")


def _gif(file: BinaryIO, start: bytes) -> ImageHeader | None:
    """The screen's size, and how many images follow."""
    width, height = struct.unpack("<HH", start[6:10])
    file.seek(13 + _gif_table(start[10]))
    frames = sum(block == GIF_IMAGE for block in _gif_blocks(file))
    return _checked("gif", width, height, max(frames, 1))


def _gif_blocks(file: BinaryIO) -> Iterator[int]:
    """The kinds of the blocks, up to the trailer or the end of a truncated file."""
    for _ in range(MAX_STEPS):
        kind = file.read(1)
        if kind == bytes([GIF_EXTENSION]):
            file.seek(1, 1)
        elif kind == bytes([GIF_IMAGE]):
            packed = file.read(9)[8:]
            file.seek(_gif_table(packed[0] if packed else 0) + 1, 1)
        else:
            return
        while length := file.read(1):
            if length == b"\0":
                break
            file.seek(length[0], 1)
        yield kind[0]


def _gif_table(packed: int) -> int:
    """Bytes of the colour table that these flags announce."""
    return 3 * 2 ** ((packed & 7) + 1) if packed & 0x80 else 0
