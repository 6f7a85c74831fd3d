"""The record of a picture written into its JPEG, as XMP, when a download asks for it.

Source: reference/photoshelter.md 7.3 and 15. The pixels stay as they are; the size changes. Other
formats are sent as they are, raw ones as by the real service.
"""

import re
import struct
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

from bridge_app.sandbox.photoshelter.contents import Content, pieces

START, SCAN, APPLICATION_1 = b"\xff\xd8", 0xDA, 0xE1
HEADER = b"http://ns.adobe.com/xap/1.0/\0"
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MOST_BYTES = 65_000
"""Of a packet; a segment holds 65,533."""
LANGUAGES = {"title": "dc:title", "caption": "dc:description", "copyright": "dc:rights"}
LANGUAGES |= {"rights": "xmpRights:UsageTerms"}
PLAIN = {
    "headline": "photoshop:Headline",
    "caption_writer": "photoshop:CaptionWriter",
    "position": "photoshop:AuthorsPosition",
    "credit": "photoshop:Credit",
    "source": "photoshop:Source",
    "instructions": "photoshop:Instructions",
    "trans_ref": "photoshop:TransmissionReference",
    "city": "photoshop:City",
    "state": "photoshop:State",
    "country": "photoshop:Country",
    "country_iso": "Iptc4xmpCore:CountryCode",
    "location": "Iptc4xmpCore:Location",
    "date_taken": "photoshop:DateCreated",
    "web_statement": "xmpRights:WebStatement",
}
SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
}


class WithRecord:
    """A JPEG with a record in it, instead of the one that it came with."""

    def __init__(self, content: Content, record: Mapping[str, Any]) -> None:
        data = b"".join(pieces(content))
        packet = HEADER + xmp_of(record).encode("utf-8", "replace")
        fits = data.startswith(START) and len(packet) <= MOST_BYTES
        self._data = _embedded(data, packet) if fits else data
        self.size = len(self._data)

    def read(self, start: int, length: int) -> bytes:
        """What stands from `start` on; shorter at the end."""
        return self._data[start : start + length]


def xmp_of(record: Mapping[str, Any]) -> str:
    """The packet of a record; what is no text, or no list of texts, is left out."""
    spaces = "".join(f' xmlns:{name}="{address}"' for name, address in SPACES.items())
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        f'{spaces}><rdf:Description rdf:about="">{"".join(_properties(record))}'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )


def _properties(record: Mapping[str, Any]) -> Iterator[str]:
    for name, value in record.items():
        if not isinstance(value, str | list | tuple) or not value:
            continue
        if name in PLAIN and isinstance(value, str):
            yield f"<{PLAIN[name]}>{_text(value)}</{PLAIN[name]}>"
        elif name in LANGUAGES and isinstance(value, str):
            item = f'<rdf:li xml:lang="x-default">{_text(value)}</rdf:li>'
            yield f"<{LANGUAGES[name]}><rdf:Alt>{item}</rdf:Alt></{LANGUAGES[name]}>"
        elif name == "author" and isinstance(value, str):
            yield f"<dc:creator><rdf:Seq><rdf:li>{_text(value)}</rdf:li></rdf:Seq></dc:creator>"
        elif name == "keywords" and not isinstance(value, str):
            items = "".join(f"<rdf:li>{_text(word)}</rdf:li>" for word in value)
            yield f"<dc:subject><rdf:Bag>{items}</rdf:Bag></dc:subject>"


def _text(value: object) -> str:
    """A text as XML may hold it."""
    return escape(UNFIT.sub("", str(value)))


def _embedded(data: bytes, packet: bytes) -> bytes:
    """A JPEG with a packet behind its start, without other ones."""
    segment = bytes((0xFF, APPLICATION_1)) + struct.pack(">H", len(packet) + 2) + packet
    kept, at = [START, segment], len(START)
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != SCAN:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if not data[at + 4 : end].startswith(HEADER):
            kept.append(data[at:end])
        at = end
    return b"".join((*kept, data[at:]))
