"""Made-up masters: a picture of the right shape as a file, for media that nobody gave bytes.

A picture is at most 1600 pixels a side whatever the record says, so that it is quickly made.
"""

from functools import lru_cache
from pathlib import PurePosixPath
from random import Random

from bridge_app.sandbox.photoshelter.placeholders import placeholder, shape_of
from bridge_app.sandbox.photoshelter.records import FileVersion, Media

EDGES_PX = (1600, 400, 64)
SAVERS = {
    ".jpg": ".jpg[Q=85]",
    ".jpeg": ".jpg[Q=85]",
    ".png": ".png",
    ".tif": ".tif[compression=lzw]",
    ".tiff": ".tif[compression=lzw]",
    ".webp": ".webp",
}
FILLER_BYTES = 1 << 16


def filler(seed: str) -> bytes:
    """Bytes that mean nothing, others for each seed."""
    return Random(seed).randbytes(FILLER_BYTES)  # noqa: S311 - nothing is secret here


def drawn_file(media: Media, version: FileVersion) -> bytes:
    """A whole picture in the format of the file's name, of at most the version's size.

    Empty where that format is not drawn, or the size is too small for any picture.
    """
    saver = SAVERS.get(PurePosixPath(media.file_name).suffix.lower(), "")
    if not saver:
        return b""
    width, height = shape_of(version.width, version.height)
    return _drawn(f"{media.id}/{version.number}", saver, width, height, version.size)


@lru_cache(maxsize=64)
def _drawn(seed: str, saver: str, width: int, height: int, size: int) -> bytes:
    """The largest of some pictures whose file is not above `size`."""
    for edge in EDGES_PX:
        share = min(1.0, edge / max(width, height))
        picture = placeholder(seed, max(1, round(width * share)), max(1, round(height * share)))
        data = bytes(picture.write_to_buffer(saver))
        if len(data) <= size:
            return data
    return b""
