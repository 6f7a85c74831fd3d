"""What of a master's metadata goes along into a rendition: nothing, the credit, or all of it.

Cloudinary takes all metadata off what it transforms; `fl_keep_attribution` keeps "the copyright
related fields", `fl_keep_iptc` everything (reference/cloudinary.md 9.9, and the descriptions of
these flags in its SDKs). Which fields are "related" is not published: ours are the rights and
credit fields of the IPTC Photo Metadata Standard 2025.
"""

from collections.abc import Iterable
from enum import Enum
from pathlib import Path

import exiv2

from bridge_app.domain.errors import FileTroubleError

ATTRIBUTION_FIELDS = (
    "Exif.Image.Artist",
    "Exif.Image.Copyright",
    "Iptc.Application2.Byline",
    "Iptc.Application2.BylineTitle",
    "Iptc.Application2.Copyright",
    "Iptc.Application2.Credit",
    "Iptc.Application2.Source",
    "Xmp.dc.creator",
    "Xmp.dc.rights",
    "Xmp.photoshop.AuthorsPosition",
    "Xmp.photoshop.Credit",
    "Xmp.photoshop.Source",
    "Xmp.iptc.CreatorContactInfo",
    "Xmp.plus.",
    "Xmp.xmpRights.",
)
"""Keys as exiv2 spells them; those that end in a dot stand for all that begin so."""

# True of the master's pixels only: how they lie, how many there are, a small picture of them.
_OF_THE_MASTER = (
    "Exif.Image.Orientation",
    "Exif.Image.ImageWidth",
    "Exif.Image.ImageLength",
    "Exif.Photo.PixelXDimension",
    "Exif.Photo.PixelYDimension",
    "Exif.Photo.ColorSpace",
    "Exif.Thumbnail.",
    "Xmp.tiff.Orientation",
    "Xmp.tiff.ImageWidth",
    "Xmp.tiff.ImageLength",
    "Xmp.exif.PixelXDimension",
    "Xmp.exif.PixelYDimension",
    "Xmp.xmp.Thumbnails",
)
_CHARACTER_SET = "Iptc.Envelope.CharacterSet"


class Keep(Enum):
    """How much of the metadata a rendition keeps."""

    NOTHING = "nothing"
    ATTRIBUTION = "attribution"
    EVERYTHING = "everything"


def carried_over(data: bytes, master: Path, keep: Keep) -> bytes:
    """The rendition's file with what is kept of the master's metadata.

    A format that exiv2 cannot write (AVIF, GIF) stays without, and so does a rendition of a
    master whose metadata is damaged beyond reading.

    Args:
        data: The rendition.
        master: The file it was made of.
        keep: How much.

    Raises:
        FileTroubleError: The master cannot be read any more.
    """
    if keep is Keep.NOTHING:
        return data
    try:
        content = master.read_bytes()
    except OSError as error:
        raise FileTroubleError(path=master, detail=error.strerror or str(error)) from error
    try:
        return _with(data, content, keep)
    except exiv2.Exiv2Error:
        return data


def writes_metadata(extension: str) -> bool:
    """Whether renditions with that extension (`jpg`, `avif`…) can keep metadata here."""
    return extension in {"jpg", "png", "webp", "tiff"}


def _with(data: bytes, content: bytes, keep: Keep) -> bytes:
    source = exiv2.ImageFactory.open(content)
    source.readMetadata()
    target = exiv2.ImageFactory.open(data)
    target.readMetadata()
    pairs = (
        (source.exifData(), target.exifData()),
        (source.iptcData(), target.iptcData()),
        (source.xmpData(), target.xmpData()),
    )
    for there, here in pairs:
        own = {datum.key() for datum in here}  # a TIFF's own layout is metadata, too
        for datum in there:
            if datum.key() not in own and _stays(datum.key(), keep):
                here.add(datum)
    target.writeMetadata()
    return bytes(target.io().mmap())


def _stays(key: str, keep: Keep) -> bool:
    if keep is Keep.ATTRIBUTION:
        return _is_among(key, (*ATTRIBUTION_FIELDS, _CHARACTER_SET))
    return not _is_among(key, _OF_THE_MASTER)


def _is_among(key: str, fields: Iterable[str]) -> bool:
    """A field itself, all of a group (`Xmp.plus.`), or a part of a structure (`…/plus:Name`)."""
    return any(
        key.startswith(field) if field.endswith(".") else key.partition("/")[0] == field
        for field in fields
    )
