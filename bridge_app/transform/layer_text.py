"""The words of a text layer between a person's keyboard and a delivery URL, both ways.

A URL's path is decoded once before it is cut at slashes and commas, and the text once more after,
so these two are written escaped twice (reference 9.8). Variables `$(name)` stay as they are.
"""

import re
from urllib.parse import unquote_to_bytes

from bridge_app.domain.expectations import Expected
from bridge_app.transform.errors import TransformationError

VARIABLE = re.compile(r"\$\([A-Za-z][A-Za-z0-9_]*\)")
"""A value that Cloudinary puts into the text: `$(price)`."""

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_PLAIN = re.compile(r"[A-Za-z0-9_.\-:]")
# What no font draws and Pango's markup refuses; tabs and line breaks stay.
_INVISIBLE = {code: None for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF) if code not in (9, 10)}


def escaped(text: str) -> str:
    """`text` as it is written in a layer: `Hello, world` → `Hello%252C%20world`.

    Raises UnicodeEncodeError for lone surrogates: such a text cannot be written anywhere.
    """
    pieces: list[str] = []
    at = 0
    for variable in VARIABLE.finditer(text):
        pieces += [_escaped(text[at : variable.start()]), variable[0]]
        at = variable.end()
    return "".join([*pieces, _escaped(text[at:])])


def unescaped(written: str, *, position: int = 0) -> str:
    """The text of a layer as people read it: line feeds end lines, nothing invisible is left.

    Args:
        written: As it stands in the transformation.
        position: Where it stands there, for errors.

    Raises:
        TransformationError: Its bytes are no UTF-8.
    """
    text = _decoded(_decoded(written, position), position)
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE)


def decoded_once(written: str, *, position: int = 0) -> str:
    """A public ID, style or family as people read it: `my%20logo` → `my logo`.

    Raises:
        TransformationError: Its bytes are no UTF-8.
    """
    return _decoded(written, position)


def _escaped(text: str) -> str:
    return "".join(map(_escaped_character, _escape_signs(text)))


def _escape_signs(text: str) -> str:
    """Commas, slashes, and percent signs that look like an escape: they need it twice."""
    return _ESCAPE.sub(r"%25\1", text).replace(",", "%2C").replace("/", "%2F")


def _escaped_character(character: str) -> str:
    if _PLAIN.fullmatch(character):
        return character
    return "".join(f"%{byte:02X}" for byte in character.encode())


def _decoded(written: str, position: int) -> str:
    try:
        return unquote_to_bytes(written.encode()).decode()
    except UnicodeError as error:
        raise TransformationError(
            position=position, found=_shown(written), expected=Expected.UTF_8
        ) from error


def _shown(written: str) -> str:
    """What can be printed of it, and not too much."""
    return written[:80].encode("ascii", "backslashreplace").decode()
