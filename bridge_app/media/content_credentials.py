"""Whether a file carries content credentials: a C2PA manifest, which is not read or checked here.

Source: C2PA technical specification, embedding manifests: JPEG in APP11 segments (JPEG XT) as a
JUMBF box of type `c2pa`, PNG in a chunk `caBX`, RIFF in a chunk `C2PA`, ISO base media files
(HEIF, AVIF, MP4) in a `uuid` box of its own.
"""

import struct
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from bridge_app.domain.errors import FileTroubleError
from bridge_app.media.metadata_boxes import boxes
from bridge_app.media.metadata_segments import segments

APP11 = 0xEB
JPEG_XT = b"JP"
MANIFEST_TYPE = bytes.fromhex("6332706100110010800000aa00389b71")
MANIFEST_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
PNG_HEAD, PNG_CHUNK = b"\x89PNG\r\n\x1a\n", b"caBX"
RIFF_HEAD, RIFF_CHUNK = b"RIFF", b"C2PA"
MOST_PARTS = 20_000
"""Chunks, segments or boxes that are looked at."""


def holds_manifest(path: Path) -> bool:
    """Is there a manifest in it? A file that is laid out wrong has none.

    Raises FileTroubleError.
    """
    try:
        with path.open("rb") as file:
            look = _look(file.read(12))
            return look is not None and look(file)
    except (ValueError, struct.error):
        return False
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise FileTroubleError(path=path, detail=detail) from error


def _look(head: bytes) -> Callable[[BinaryIO], bool] | None:
    """How to look into a file that begins so."""
    if head.startswith(b"\xff\xd8"):
        return _in_jpeg
    if head.startswith(PNG_HEAD):
        return _in_png
    if head.startswith(RIFF_HEAD):
        return _in_riff
    return _in_boxes if head[4:8] == b"ftyp" else None


def _in_jpeg(file: BinaryIO) -> bool:
    return any(
        marker == APP11 and body.startswith(JPEG_XT) and MANIFEST_TYPE in body
        for marker, _, body in islice(segments(file), MOST_PARTS)
    )


def _in_png(file: BinaryIO) -> bool:
    return PNG_CHUNK in islice(_chunks(file, start=8, order=">I4s", tail=4), MOST_PARTS)


def _in_riff(file: BinaryIO) -> bool:
    return RIFF_CHUNK in islice(_chunks(file, start=12, order="<I4s", tail=0), MOST_PARTS)


def _chunks(file: BinaryIO, *, start: int, order: str, tail: int) -> Iterator[bytes]:
    """The names of the chunks of a PNG, or of a RIFF, whose names stand before their sizes."""
    at, is_riff = start, order.startswith("<")
    while True:
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            return
        size, name = struct.unpack(order, head[4:] + head[:4] if is_riff else head)
        yield name
        at += 8 + size + tail + (size % 2 if is_riff else 0)


def _in_boxes(file: BinaryIO) -> bool:
    whole = file.seek(0, 2)
    for name, start, _ in islice(boxes(file, 0, whole), MOST_PARTS):
        if name == b"uuid":
            file.seek(start)
            if file.read(16) == MANIFEST_UUID:
                return True
    return False
