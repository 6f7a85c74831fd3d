"""SVG from unknown hands: nothing outside the file is ever referred to, and its size is capped.

librsvg loads nothing from the disk when it is given bytes; taking the references away first does
not depend on that staying so.
"""

import re
import zlib

import pyvips

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, DecoderLimitError, MediaError
from bridge_app.media.source import Source, Wanted

MOST_BYTES = 32 << 20
LONGEST_SIDE = 32767
OUTSIDE = re.compile(
    r"""(?P<name>\b(?:[\w.-]+:)?(?:href|src|base))\s*=\s*(?P<quote>["'])
        (?!\s*(?:\#|data:image/))[^"']*(?P=quote)""",
    re.VERBOSE | re.IGNORECASE,
)
SHEETS = re.compile(r"<\?xml-stylesheet.*?\?>|@import[^;}]*[;}]", re.DOTALL | re.IGNORECASE)


def svg_text(source: Source) -> bytes:
    """The document, unpacked, without references to anything outside.

    Raises DecoderLimitError when it unpacks to more than 32 MiB.
    """
    raw = bytes(source.data)
    if raw[:2] == b"\x1f\x8b":
        inflate = zlib.decompressobj(31)
        raw = inflate.decompress(raw, MOST_BYTES)
        if inflate.unconsumed_tail:
            raise DecoderLimitError(detail=f"it unpacks to more than {MOST_BYTES >> 20} MiB")
    if len(raw) > MOST_BYTES:
        raise DecoderLimitError(detail=f"it is larger than {MOST_BYTES >> 20} MiB")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raw = raw.decode("utf-16").encode()
        raw = re.sub(rb"""(<\?xml[^>]*?)\s+encoding=["'][^"']*["']""", rb"\1", raw, count=1)
    text = raw.decode("utf-8", "surrogateescape")
    text = OUTSIDE.sub(r"\g<name>=\g<quote>\g<quote>", text)
    return SHEETS.sub("", text).encode("utf-8", "surrogateescape")


def svg_size(source: Source) -> tuple[int, int]:
    """Width and height in CSS pixels, as librsvg computes them."""
    image = pyvips.Image.svgload_buffer(svg_text(source))
    return image.width, image.height


def by_svg(wanted: Wanted) -> pyvips.Image:
    """The drawing with as large as wanted, transparent where nothing is drawn."""
    text = svg_text(wanted.source)
    image = pyvips.Image.svgload_buffer(text)
    longest = max(image.width, image.height)
    if not 0 < longest <= LONGEST_SIDE:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "it has no size"))
    return pyvips.Image.svgload_buffer(text, scale=wanted.edge_px / longest)
