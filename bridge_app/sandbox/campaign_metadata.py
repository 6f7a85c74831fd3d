"""What a studio writes into its files: XMP with the PLUS licence dates, IIM in UTF-8, Exif."""

from datetime import datetime
from pathlib import Path

import exiv2

from bridge_app.sandbox.campaign_recipe import Brand, Piece

EMBEDDABLE = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"})
WITHOUT_IIM = frozenset({".webp"})  # the format has no place for it
UTF8 = "\x1b%G"  # IIM 1:90, ISO 2022: everything that follows is UTF-8


def embed(file: Path, piece: Piece, brand: Brand) -> None:
    """Write the piece's metadata into `file`, which is one of EMBEDDABLE."""
    image = exiv2.ImageFactory.open(str(file))
    image.readMetadata()
    _fill_exif(image.exifData(), piece, brand)
    _fill_xmp(image.xmpData(), piece, brand)
    if piece.suffix not in WITHOUT_IIM:
        _fill_iim(image.iptcData(), piece, brand)
    image.writeMetadata()


def xmp_packet(piece: Piece, brand: Brand) -> bytes:
    """The piece's XMP by itself, for formats that take it when they are encoded."""
    data = exiv2.XmpData()
    _fill_xmp(data, piece, brand)
    _, packet = exiv2.XmpParser.encode(data)
    return str(packet).encode()


def _fill_xmp(xmp: exiv2.XmpData, piece: Piece, brand: Brand) -> None:
    if piece.title:
        xmp["Xmp.dc.title"] = exiv2.LangAltValue({"x-default": piece.title})
        xmp["Xmp.photoshop.Headline"] = brand.campaign
    if piece.caption:
        xmp["Xmp.dc.description"] = exiv2.LangAltValue({"x-default": piece.caption})
    if piece.keywords:
        xmp["Xmp.dc.subject"] = exiv2.XmpArrayValue(list(piece.keywords), exiv2.TypeId.xmpBag)
    xmp["Xmp.dc.creator"] = exiv2.XmpArrayValue([brand.creator], exiv2.TypeId.xmpSeq)
    xmp["Xmp.dc.rights"] = exiv2.LangAltValue({"x-default": brand.rights})
    xmp["Xmp.photoshop.Credit"] = brand.credit
    xmp["Xmp.photoshop.DateCreated"] = piece.taken.strftime("%Y-%m-%dT%H:%M:%S")
    xmp["Xmp.xmpRights.Marked"] = "True"
    xmp["Xmp.xmpRights.UsageTerms"] = exiv2.LangAltValue({"x-default": brand.usage})
    if piece.rating:
        xmp["Xmp.xmp.Rating"] = str(piece.rating)
    for name, day in (("Start", piece.licence_from), ("End", piece.licence_until)):
        if day is not None:
            xmp[f"Xmp.plus.License{name}Date"] = day.strftime("%Y-%m-%d")


def _fill_iim(iim: exiv2.IptcData, piece: Piece, brand: Brand) -> None:
    iim["Iptc.Envelope.CharacterSet"] = UTF8
    texts = {
        "ObjectName": piece.title,
        "Caption": piece.caption,
        "Byline": brand.creator,
        "Credit": brand.credit,
        "Copyright": brand.rights,
    }
    for name, text in texts.items():
        if text:
            iim[f"Iptc.Application2.{name}"] = text
    iim["Iptc.Application2.DateCreated"] = piece.taken.strftime("%Y-%m-%d")
    for keyword in piece.keywords:
        datum = exiv2.Iptcdatum(exiv2.IptcKey("Iptc.Application2.Keywords"))
        datum.setValue(keyword)
        iim.add(datum)


def _fill_exif(exif: exiv2.ExifData, piece: Piece, brand: Brand) -> None:
    maker, model = brand.camera
    exif["Exif.Image.Make"] = maker
    exif["Exif.Image.Model"] = model
    exif["Exif.Image.Orientation"] = exiv2.UShortValue(piece.orientation)
    exif["Exif.Image.Artist"] = brand.creator
    exif["Exif.Photo.DateTimeOriginal"] = _exif_time(piece.taken)
    exif["Exif.Photo.OffsetTimeOriginal"] = "+00:00"
    exif["Exif.Photo.DateTimeDigitized"] = _exif_time(piece.taken)


def _exif_time(moment: datetime) -> str:
    return moment.strftime("%Y:%m:%d %H:%M:%S")
