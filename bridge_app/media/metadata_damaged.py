"""What damaged XMP and IIM still say: shown to people, and never written.

XMP of broken XML is closed where it ends, what it declares is left out (so nothing is fetched and
nothing grows), and what no XML may hold becomes U+FFFD. IIM counts up to the dataset that breaks
it.
"""

import re
from collections.abc import Iterator

from bridge_app.media.metadata_places import IIM_NAMES
from bridge_app.media.metadata_segments import datasets

MOST = 4 << 20
DEEPEST = 200
SPOILT = "\N{REPLACEMENT CHARACTER}"
ENVELOPE, APPLICATION, CHARSET = 1, 2, 90
UTF_8 = b"\x1b%G"
NAMES = {int(place.partition(":")[2]): name for place, name in IIM_NAMES.items()}
_UNFIT = re.compile("[^\t\n\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(#x?[0-9A-Fa-f]{1,6};)?")
_TAG = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z_][\w:.-]*)(?P<rest>[^<>]*?)(?P<empty>/)?>")


def mended(packet: bytes) -> bytes:
    """A packet as XML that can be read, with what was legible of it."""
    text = packet[:MOST].decode("utf-8", "replace")
    text = _REFERENCE.sub(_reference, _UNFIT.sub(SPOILT, _undeclared(text)))
    start = min((at for at in map(text.find, ("<x:xmpmeta", "<rdf:RDF")) if at >= 0), default=-1)
    return "".join(_closed(text[start:])).encode() if start >= 0 else b""


def legible(block: bytes) -> dict[str, tuple[str, ...]]:
    """What the datasets say up to the first that does not hold together, by exiv2's keys."""
    said: dict[str, tuple[str, ...]] = {}
    encoding = "cp1252"
    for whole, value in datasets(block):
        record, number = whole[1:3]
        if (record, number) == (ENVELOPE, CHARSET) and value == UTF_8:
            encoding = "utf-8"
        elif record == APPLICATION and number in NAMES:
            key = f"Iptc.Application2.{NAMES[number]}"
            text = value.decode(encoding, "replace").replace("\0", "").strip()
            said[key] = (*said.get(key, ()), text)
    return said


def _undeclared(text: str) -> str:
    start = text.find("<!DOCTYPE")
    if start < 0:
        return text
    has_inside = 0 <= text.find("[", start) < text.find(">", start)
    end = text.find("]>" if has_inside else ">", start)
    return text[:start] + text[end + 1 + has_inside :] if end >= 0 else ""


def _reference(found: re.Match[str]) -> str:
    """A character by its number stays if it is one; what was declared stands as it was typed."""
    number = found[1]
    if number is None:
        return "&amp;"
    digits = number[1:-1]
    code = int(digits[1:], 16) if digits[0] in "xX" else _decimal(digits)
    return SPOILT if code > 0x10FFFF or _UNFIT.match(chr(code)) else found[0]


def _decimal(digits: str) -> int:
    return int(digits) if digits.isdecimal() else 0


def _closed(text: str) -> Iterator[str]:
    """The text with every element closed: where its end stands, else where what holds it ends."""
    open_names: list[str] = []
    at = 0
    for tag in _TAG.finditer(text):
        between = text[at : tag.start()]
        at = tag.end()
        if not open_names and tag["close"]:
            break
        yield between.replace("<", "&lt;")
        name = tag["name"]
        if not tag["close"]:
            yield tag[0]
            open_names += [] if tag["empty"] else [name]
        elif name in open_names:
            while (last := open_names.pop()) != name:
                yield f"</{last}>"
            yield f"</{name}>"
        if not open_names or len(open_names) > DEEPEST:
            break
    yield from (f"</{name}>" for name in reversed(open_names))
