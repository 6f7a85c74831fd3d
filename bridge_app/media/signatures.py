"""What a file is by its first bytes. Names lie; the bytes decide which decoder is let near them.

Format names are ExifTool's file types in lower case, so that they can be checked against it.
"""

import codecs
import struct
import zlib

from bridge_app.media.tiff_tags import tiff_format

HEAD_BYTES = 1 << 18
UNKNOWN = "unknown"

# (offset, bytes, format), the first that fits wins.
MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"8BPS\x00\x01", "psd"),
    (0, b"8BPS\x00\x02", "psb"),
    (0, b"\x00\x00\x00\x0cjP  \r\n\x87\n", "jp2"),
    (0, b"\xff\x4f\xff\x51", "jp2"),
    (0, b"\x00\x00\x00\x0cJXL \r\n\x87\n", "jxl"),
    (0, b"\xff\x0a", "jxl"),
    (0, b"II\xbc\x01", "jxr"),
    (0, b"II\x1a\x00\x00\x00HEAPCCDR", "crw"),
    (0, b"FUJIFILM", "raf"),
    (0, b"\x00MRM", "mrw"),
    (0, b"FOVb", "x3f"),
    (0x19, b"ARECOYK", "raw"),
    (0, b"\x76\x2f\x31\x01", "exr"),
    (0, b"#?RADIANCE", "hdr"),
    (0, b"#?RGBE", "hdr"),
    (0, b"gimp xcf", "xcf"),
    (0, b"Paint Shop Pro Image File\n\x1a", "psp"),
    (0, b"DDS ", "dds"),
    (0, b"qoif", "qoi"),
    (0, b"icns", "icns"),
    (128, b"DICM", "dicom"),
    (0, b"\xd7\xcd\xc6\x9a", "wmf"),
    (40, b" EMF", "emf"),
    (10, b"\x00\x11\x02\xff", "pict"),
    (522, b"\x00\x11\x02\xff", "pict"),
    (0, b"\xc5\xd0\xd3\xc6", "eps"),
    (0, b"%!PS-AdobeFont", "pfa"),
    (0, b"%!PS", "eps"),
    (0, b"\x06\x06\xed\xf5\xd8\x1d\x46\xe5\xbd\x31\xef\xe7\xfe\x74\xb7\x1d", "indd"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (0, b"fLaC", "flac"),
    (0, b"FLV\x01", "flv"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wmv"),
    (0, b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01", "mxf"),
    (0, b"\x00\x00\x01\xba", "mpg"),
    (0, b"\x00\x00\x01\xb3", "mpg"),
    (0, b"MThd", "midi"),
    (0, b"OTTO", "otf"),
    (0, b"\x00\x01\x00\x00\x00", "ttf"),
    (0, b"true", "ttf"),
    (0, b"ttcf", "ttc"),
    (0, b"wOFF", "woff"),
    (0, b"wOF2", "woff2"),
    (0, b"\x80\x01", "pfb"),
    (36, b"acsp", "icc"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"BZh", "bz2"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"\x28\xb5\x2f\xfd", "zst"),
    (257, b"ustar", "tar"),
    (0, b"~\x10\x04\xfe0MIE", "mie"),
)
RIFF = {b"WEBP": "webp", b"AVI ": "avi", b"WAVE": "wav", b"ACON": "ani"}
BRANDS = {
    b"avif": "avif",
    b"avis": "avif",
    b"heic": "heic",
    b"hevc": "heic",
    **dict.fromkeys(
        (b"heix", b"hevx", b"heim", b"heis", b"mif1", b"mif2", b"mif3", b"msf1"), "heif"
    ),
    b"crx ": "cr3",
    b"qt  ": "mov",
    b"M4A ": "m4a",
    b"M4B ": "m4a",
    b"M4V ": "m4v",
    b"jp2 ": "jp2",
    b"jpx ": "jp2",
}
ZIPPED = (
    (b"mimetypeapplication/vnd.adobe.indesign-idml", "idml"),
    (b"mimetypeapplication/vnd.oasis.opendocument.graphics", "odg"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", "odp"),
    (b"mimetypeapplication/epub", "epub"),
    (b"word/", "docx"),
    (b"xl/", "xlsx"),
    (b"ppt/", "pptx"),
)
ASF_VIDEO = b"\xc0\xef\x19\xbc\x4d\x5b\xcf\x11\xa8\xfd\x00\x80\x5f\x5c\x44\x2b"


def format_of(head: bytes) -> str:
    """The format of a file that begins with `head` (up to HEAD_BYTES of it)."""
    if not head:
        return "empty"
    for offset, magic, name in MAGIC:
        if head.startswith(magic, offset):
            return _narrowed(name, head)
    for look in (
        tiff_format,
        _spoilt_jpeg,
        _riff,
        _boxes,
        _archive,
        _windows_picture,
        _streamed,
        _text,
    ):
        if found := look(head):
            return found
    return UNKNOWN


def _narrowed(name: str, head: bytes) -> str:
    if name == "wmv" and ASF_VIDEO not in head:
        return "wma" if b"\x40\x9e\x69\xf8\x4d\x5b\xcf\x11" in head else "wmv"
    return name


def _spoilt_jpeg(head: bytes) -> str | None:
    """Junk after the start mark, which decoders skip: a quantisation table tells."""
    return "jpeg" if head[:2] == b"\xff\xd8" and b"\xff\xdb\x00" in head[:4096] else None


def _riff(head: bytes) -> str | None:
    if head[:4] in (b"RIFF", b"RF64"):
        return RIFF.get(head[8:12])
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if head[:4] == b"OggS":
        if b"OpusHead" in head[:256]:
            return "opus"
        return "ogv" if b"theora" in head[:256] else "ogg"
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "webm" if b"webm" in head[:64] else "mkv"
    return None


def _boxes(head: bytes) -> str | None:
    """ISO base media: the brands in `ftyp`, which need not be the first box."""
    at = 0
    while at + 8 <= len(head):
        size, name = struct.unpack_from(">I4s", head, at)
        if name == b"ftyp":
            return _brand(head[at + 8 : at + max(size, 16)])
        if name in (b"moov", b"mdat"):
            return "mov"
        if name not in (b"free", b"skip", b"wide", b"pnot") or size < 8:
            return None
        at += size
    return None


def _brand(brands: bytes) -> str:
    major = brands[:4]
    compatible = {brands[at : at + 4] for at in range(8, len(brands), 4)}
    if major in (b"mif1", b"msf1") and compatible & {b"avif", b"avis"}:
        return "avif"
    if major.startswith((b"3gp", b"3g2")):
        return "3gp"
    return BRANDS.get(major, "mp4")


def _archive(head: bytes) -> str | None:
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return next((name for mark, name in ZIPPED if mark in head), "zip")
    if head[:2] == b"\x1f\x8b":
        inflate = zlib.decompressobj(31)
        try:
            text = inflate.decompress(head, 4096)
        except zlib.error:
            return "gz"
        return "svg" if b"<svg" in text else "gz"
    return None


def _windows_picture(head: bytes) -> str | None:
    if head[:2] == b"BM" and len(head) >= 18 and head[14:18] in _BMP_HEADERS:
        return "bmp"
    if head[:4] in (b"\x00\x00\x01\x00", b"\x00\x00\x02\x00") and head[4:6] != b"\x00\x00":
        return "ico" if head[2] == 1 else "cur"
    if head[:1] == b"\x0a" and head[1:3] in (b"\x00\x01", b"\x02\x01", b"\x03\x01", b"\x05\x01"):
        return "pcx" if head[3:4] in (b"\x01", b"\x02", b"\x04", b"\x08") else None
    fork = struct.unpack_from(">4I", head) if len(head) >= 16 else (0, 0, 0, 0)
    return "dfont" if fork[0] == 256 and fork[1] == fork[0] + fork[2] else None


_BMP_HEADERS = frozenset(struct.pack("<I", size) for size in (12, 16, 40, 52, 56, 64, 108, 124))


def _streamed(head: bytes) -> str | None:
    """Packets without a header: MPEG transport streams and MPEG audio."""
    if all(head[at : at + 1] == b"\x47" for at in (0, 188, 376)):
        return "mts"
    if all(head[at : at + 1] == b"\x47" for at in (4, 196, 388)):
        return "mts"
    if head[:3] == b"ID3":
        return "flac" if b"fLaC" in head else "mp3"
    if head[:1] == b"\xff" and len(head) > 2 and head[:2] != codecs.BOM_UTF16_LE:
        if head[1] & 0xF6 == 0xF0:
            return "aac"
        if head[1] & 0xE0 == 0xE0 and head[1] & 0x06 and head[1] & 0x18 != 0x08:
            return "mp3"
    return None


def _text(head: bytes) -> str | None:
    if b"%PDF-" in head[:1024]:
        return "ai" if b"Adobe Illustrator" in head and b"AIPrivateData" in head else "pdf"
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head[: len(head) & ~1].decode("utf-16", "replace")
    else:
        text = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    start = text[:4096].lstrip().lower()
    marks = (
        ("<?xpacket begin", "xmp"),
        ("<x:xmpmeta", "xmp"),
        ("<!doctype html", "html"),
        ("<html", "html"),
        ("solid ", "stl"),
        ("{\\rtf", "rtf"),
    )
    for mark, name in marks:
        if start.startswith(mark):
            return name
    if start.startswith(("<?xml", "<!doctype", "<!--", "<svg")):
        return _markup(text)
    printable = text.isprintable() or all(c.isprintable() or c in "\t\r\n\f" for c in text)
    return "txt" if printable and "\ufffd" not in text[:-4] else None


def _markup(text: str) -> str:
    marks = (
        ("<svg", "svg"),
        ("<x:xmpmeta", "xmp"),
        ("adjustmentFormatIdentifier", "aae"),
        ("<html", "html"),
    )
    return next((name for mark, name in marks if mark in text), "xml")
