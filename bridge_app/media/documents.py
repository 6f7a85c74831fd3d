"""First pages: PDF and PDF-compatible Illustrator by PDFium, EPS by the preview it carries."""

import re
import struct
import zlib
from typing import Any

import pyvips

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, MediaError
from bridge_app.media import foreign
from bridge_app.media.source import Buffer, Source, Wanted
from bridge_app.media.stills import from_pixels

ILLUSTRATOR = b"AIPrivateData"
DOS_EPS = b"\xc5\xd0\xd3\xc6"
CATALOG = re.compile(rb"/Type\s*/Catalog\b")
METADATA = re.compile(rb"/Metadata\s+(\d+)\s+\d+\s+R")
PACKET_BYTES = 4 << 20
POINTS_LIMIT = 100_000.0


def is_illustrator(source: Source) -> bool:
    """Whether a PDF is an Illustrator file saved with PDF compatibility."""
    return source.data.find(ILLUSTRATOR) >= 0


def read_pdf(source: Source) -> tuple[int, dict[str, str]]:
    """The number of pages and the information dictionary."""
    document = _pdf(source)
    try:
        return len(document), document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()


def pdf_packet(data: Buffer) -> bytes | None:
    """The XMP that the newest catalog of a PDF names; None where that is packed away.

    A PDF may hold many packets: those of its pictures, and those of its earlier versions.
    """
    number = None
    for found in CATALOG.finditer(data):
        start, end = data.rfind(b"obj", 0, found.start()), data.find(b"endobj", found.end())
        if named := METADATA.search(data, max(start, 0), end if end > 0 else len(data)):
            number = named[1]
    if number is None:
        return None
    objects = list(
        re.finditer(rb"(?<!\d)%b \d+ obj\b(.{0,400}?)stream\r?\n" % number, data, re.DOTALL)
    )
    if not objects:
        return None
    start = objects[-1].end()
    stream = data[start : data.find(b"endstream", start)]
    if b"FlateDecode" not in objects[-1][1]:
        return stream
    return zlib.decompressobj().decompress(stream, PACKET_BYTES)


def first_page(wanted: Wanted) -> pyvips.Image:
    """The first page on white paper, as large as wanted."""
    document = _pdf(wanted.source)
    try:
        if len(document) == 0:
            raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "the document has no pages"))
        page = document[0]
        width, height = page.get_size()
        if not 0 < max(width, height) < POINTS_LIMIT:
            raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "the page has no size"))
        bitmap = page.render(
            scale=wanted.edge_px / max(width, height),
            fill_color=(255, 255, 255, 255),
            rev_byteorder=True,
        )
        image = from_pixels(
            bytes(bitmap.buffer),
            width=bitmap.stride // bitmap.n_channels,
            height=bitmap.height,
            bands=bitmap.n_channels,
        )
        return image.crop(0, 0, bitmap.width, bitmap.height).extract_band(0, n=3)
    finally:
        document.close()


def eps_preview(wanted: Wanted) -> pyvips.Image:
    """The TIFF that an EPS for screens carries. Raises MediaError where there is none."""
    source = wanted.source
    if source.head[:4] != DOS_EPS:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "it is PostScript without a preview"))
    at, size = struct.unpack("<II", source.head[20:28])
    if not at or not size:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "its preview is not a picture"))
    return pyvips.Image.tiffload_buffer(bytes(source.data[at : at + size]))


def _pdf(source: Source) -> Any:
    pypdfium2 = foreign.pdfium()
    try:
        return pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "it needs a password")) from error
        raise
