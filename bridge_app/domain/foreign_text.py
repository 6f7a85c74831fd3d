"""Text files from other programs: whatever encoding they come in, they are read as text."""

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
LARGEST_TEXT = 64 << 20
"""Bytes of a file that is read as a whole."""


def decoded(data: bytes, *, what: str) -> str:
    """The text of a file, without a byte order mark, its lines ended by line feeds.

    By its mark; else UTF-8 where it is, else Windows Latin, as spreadsheets write it. Raises
    InvalidInputError for what is no text.
    """
    if len(data) > LARGEST_TEXT:
        raise InvalidInputError(
            what=what, detail=QT_TRANSLATE_NOOP("facts", "it is larger than 64 MB")
        )
    text = _text(data, what)
    if "\0" in text:
        raise InvalidInputError(what=what, detail=QT_TRANSLATE_NOOP("facts", "it is no text"))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(data: bytes, what: str) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                detail = "it is no text in the encoding it says"
                raise InvalidInputError(what=what, detail=detail) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
