"""Which family each format belongs to; the names are ExifTool's file types in lower case."""

from bridge_app.domain.assets import Kind

RAW: frozenset[str] = frozenset(
    {
        "3fr",
        "arw",
        "cr2",
        "cr3",
        "crw",
        "dcr",
        "dng",
        "erf",
        "iiq",
        "kdc",
        "mef",
        "mos",
        "mrw",
        "nef",
        "nrw",
        "orf",
        "pef",
        "raf",
        "raw",
        "rw2",
        "sr2",
        "srw",
        "x3f",
    }
)
STILLS: frozenset[str] = frozenset(
    {
        "ai",
        "ani",
        "avif",
        "bmp",
        "cur",
        "dds",
        "dicom",
        "emf",
        "eps",
        "exr",
        "gif",
        "hdr",
        "heic",
        "heif",
        "icns",
        "ico",
        "jp2",
        "jpeg",
        "jxl",
        "jxr",
        "pcx",
        "pict",
        "png",
        "psb",
        "psd",
        "psp",
        "qoi",
        "svg",
        "tiff",
        "webp",
        "wmf",
        "xcf",
    }
)
VIDEOS: frozenset[str] = frozenset(
    {
        "3gp",
        "avi",
        "flv",
        "m4v",
        "mkv",
        "mov",
        "mp4",
        "mpg",
        "mts",
        "mxf",
        "ogv",
        "webm",
        "wmv",
    }
)
AUDIO: frozenset[str] = frozenset(
    {
        "aac",
        "aiff",
        "flac",
        "m4a",
        "midi",
        "mp3",
        "ogg",
        "opus",
        "wav",
        "wma",
    }
)
DOCUMENTS: frozenset[str] = frozenset(
    {
        "docx",
        "epub",
        "html",
        "idml",
        "indd",
        "odg",
        "odp",
        "ods",
        "odt",
        "ole",
        "pdf",
        "pptx",
        "rtf",
        "txt",
        "xlsx",
    }
)
FAMILIES = (
    (RAW | STILLS, Kind.IMAGE),
    (VIDEOS, Kind.VIDEO),
    (AUDIO, Kind.AUDIO),
    (DOCUMENTS, Kind.DOCUMENT),
)


def kind_of(name: str) -> Kind:
    """The family of a format; sidecars, fonts, archives, profiles and the unknown are OTHER."""
    return next((kind for names, kind in FAMILIES if name in names), Kind.OTHER)
