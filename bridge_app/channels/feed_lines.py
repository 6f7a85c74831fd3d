"""Lines of a feed as they come: however long one is, little of it is ever held.

Byte order marks are taken off, and what is not UTF-8 but says so, or is said to be, is made UTF-8.
"""

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO, NamedTuple

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.product_feed import FeedUnreadableError, printable

CHUNK = 1 << 18
LONGEST_LINE = 1 << 20
"""Bytes of a line, and of a record, that are read at all."""
MARKS = (
    (codecs.BOM_UTF8, ""),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and what they say; those of UTF-32 begin like those of UTF-16."""


class Line(NamedTuple):
    """One line, the first is 1; without what ends it. `data` None: it was too long."""

    number: int
    data: bytes | None


def chunks_of(file: BinaryIO) -> Iterator[bytes]:
    """What a file holds, piece by piece."""
    while piece := file.read(CHUNK):
        yield piece


def in_utf8(chunks: Iterable[bytes], encoding: str = "") -> Iterator[bytes]:
    """The same as UTF-8 without a mark. `encoding` "" is found by the mark, else it is UTF-8.

    What cannot be read in another encoding becomes U+FFFD, which no row takes. Raises
    FeedUnreadableError for an encoding nobody knows.
    """
    pieces = iter(chunks)
    first = next(pieces, b"")
    while len(first) < 4 and (more := next(pieces, b"")):
        first += more
    for mark, name in MARKS:
        if first.startswith(mark):
            first, encoding = first[len(mark) :], name
            break
    whole = chain([first], pieces)
    if encoding.casefold().replace("-", "").replace("_", "") in ("", "utf8"):
        yield from whole
        return
    try:
        # Unlike a decoder, this refuses what encodes no text.
        b"a".decode(encoding, "replace")
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    except (LookupError, ValueError) as error:
        detail = "nobody knows that encoding"
        raise FeedUnreadableError(name=printable(encoding), detail=detail) from error
    for piece in chain(whole, [None]):
        try:
            text = decoder.decode(piece or b"", final=piece is None)
        except UnicodeError as error:
            raise FeedUnreadableError(
                name=encoding, detail=QT_TRANSLATE_NOOP("facts", "it is no encoding of files")
            ) from error
        yield _utf8(text)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def lines_of(chunks: Iterable[bytes], longest: int = LONGEST_LINE) -> Iterator[Line]:
    """The lines of UTF-8 text; of one that is too long only that it is there."""
    number, rest, is_cut = 1, b"", False
    for chunk in chunks:
        parts = (rest + chunk if rest else chunk).split(b"\n")
        rest = parts.pop()
        for part in parts:
            whole = not is_cut and len(part) <= longest
            yield Line(number, part.removesuffix(b"\r") if whole else None)
            number, is_cut = number + 1, False
        if len(rest) > longest:
            rest, is_cut = b"", True
    if rest or is_cut:
        yield Line(number, None if is_cut else rest.removesuffix(b"\r"))
