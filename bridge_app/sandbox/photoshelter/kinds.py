"""Which kind of media a file is by its name, and how large a picture is."""

import io

from PIL import Image, UnidentifiedImageError

VIDEO = frozenset({".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".mts"})
AUDIO = frozenset({".mp3", ".wav", ".aif", ".aiff", ".m4a", ".flac", ".ogg"})
DOCUMENT = frozenset(
    {".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".txt", ".rtf", ".json", ".zip"}
    | {".ai", ".eps", ".indd", ".csv", ".xml", ".html", ".key"}
)
KINDS = {
    **dict.fromkeys(VIDEO, "video"),
    **dict.fromkeys(AUDIO, "audio"),
    **dict.fromkeys(DOCUMENT, "document"),
}


def kind_of(file_name: str) -> str:
    """image, video, audio or document; a name that tells nothing is a picture's."""
    _, dot, ending = file_name.rpartition(".")
    return KINDS.get(dot + ending.lower(), "image")


def size_in_pixels(data: bytes) -> tuple[int | None, int | None]:
    """Width and height as stored; twice None for what is no picture we know."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.size
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        return None, None
