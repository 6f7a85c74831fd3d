"""What is damaged in a file's metadata, and the digest that says its IIM and XMP are in step."""

import hashlib
import re
import struct
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

from bridge_app.media import foreign
from bridge_app.media.metadata_chunks import png_packet, webp_packet
from bridge_app.media.metadata_packet import packet_in
from bridge_app.media.metadata_places import KEYS
from bridge_app.media.metadata_segments import (
    IIM,
    IIM_DIGEST,
    datasets,
    has_stray_xmp,
    iim_block,
    iim_digests,
    jpeg_extension,
    jpeg_packet,
    psd_packet,
    resources,
    resources_end,
    whole_resources,
)
from bridge_app.media.metadata_tiff import first_value, tail_of, with_first_value

DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
IIM_TAG, PHOTOSHOP_TAG, XMP_TAG = 33723, 34377, 700


def damage_of(image: Any, data: bytes, kind: str) -> str:
    """What of a file's XMP or IIM cannot be read whole, in words; "" where all can."""
    packet = (
        data if kind == "xmp" else image.xmpPacket().encode("utf-8", "surrogateescape")
    ) or b""
    if DECLARED.search(packet):
        return "its XMP declares entities, which no XMP may"
    if packet.strip() and image.xmpData().empty() and not _is_empty(packet):
        return "its XMP cannot be read"
    if kind == "jpeg" and (has_stray_xmp(BytesIO(data)) or _is_continued(data)):
        return "it holds XMP that not every program finds"
    block = iim_block(BytesIO(data), kind)
    if block is not None and _dataset_count(block) != len(set(_told(image))):
        return "its IIM cannot be read to the end"
    return _tiff_damage(image, data) if kind == "tiff" else ""


def _is_continued(data: bytes) -> bool:
    """Does a standard field stand in the extension of its XMP, which exiv2 does not know?"""
    packet = jpeg_extension(BytesIO(data))
    if not packet:
        return False
    image = foreign.exiv2().ImageFactory.open(packet_in(packet))
    image.readMetadata()
    return any(entry.key() in KEYS for entry in image.xmpData())


def packet_of(image: Any, data: bytes, kind: str) -> bytes:
    """The XMP of a file as it stands there; exiv2 alone tells it as it would write it."""
    if kind == "xmp":
        return data
    if kind in PACKETS:
        return PACKETS[kind](BytesIO(data))
    packet: bytes = image.xmpPacket().encode("utf-8", "surrogateescape")
    return packet


def _tiff_packet(file: BytesIO) -> bytes:
    try:
        return first_value(file, XMP_TAG)
    except (struct.error, LookupError, ValueError, OverflowError):
        return b""


PACKETS: dict[str, Callable[[BytesIO], bytes]] = {
    "jpeg": jpeg_packet,
    "png": png_packet,
    "psd": psd_packet,
    "tiff": _tiff_packet,
    "webp": webp_packet,
}


def _tiff_damage(image: Any, data: bytes) -> str:
    """What exiv2, which writes a TIFF anew, would leave out."""
    file = BytesIO(data)
    try:
        tail = tail_of(file)
        iim, photoshop = (first_value(file, tag) for tag in (IIM_TAG, PHOTOSHOP_TAG))
        known, end = dict(resources(photoshop)), resources_end(photoshop)
    except (struct.error, LookupError, ValueError, OverflowError):
        return "its directories cannot be read"
    if tail.strip(b"\0"):
        return "something lies behind its end"
    if photoshop[end:].strip(b"\0"):
        return "what Photoshop put into it cannot be read"
    block = iim or known.get(IIM, b"")
    if block and _dataset_count(block) != len(set(_told(image))):
        return "its IIM cannot be read to the end"
    return ""


def _told(image: Any) -> Iterator[tuple[str, str]]:
    for entry in image.iptcData():
        yield entry.key(), entry.toString()


def _is_empty(packet: bytes) -> bool:
    """Is it well-formed, with nothing in it?"""
    start, end = packet.find(b"<"), packet.rfind(b">") + 1
    try:
        root = ElementTree.fromstring(packet[start:end].lstrip(b"\xef\xbb\xbf"))  # noqa: S314 - nothing is declared in it
    except (ElementTree.ParseError, ExpatError, ValueError):
        return False
    for node in root.iter(f"{RDF}Description"):
        if len(node) or node.attrib.keys() - {f"{RDF}about", "about"}:
            return False
    return True


def _dataset_count(block: bytes) -> int:
    """How many different datasets a block of IIM has; -1 when it does not hold together.

    exiv2 reads one that may stand once only once, which loses nothing where the other is the same.
    """
    found = [whole for whole, _ in datasets(block)]
    rest = block[sum(map(len, found)) :]
    return -1 if rest.strip(b"\0") else len(set(found))


def with_digest(made: bytes, kind: str, original: bytes) -> bytes:
    """The new file with the digest of its IIM brought up to date, where it has one.

    A TIFF has its IIM in a tag of its own: no second one in what Photoshop put into it, where
    exiv2 puts one, unless the original has it there.
    """
    if kind == "tiff":
        return _tiff_in_step(made, original)
    digests = iim_digests(BytesIO(made), kind)
    if digests is None or digests[0] == digests[1]:
        return made
    stands, wanted = digests
    mark = b"8BIM\x04\x25\x00\x00\x00\x00\x00\x10" + stands
    return made.replace(mark, mark[:-16] + wanted, 1)


def _tiff_in_step(made: bytes, original: bytes) -> bytes:
    there = first_value(BytesIO(made), PHOTOSHOP_TAG)
    before = dict(resources(first_value(BytesIO(original), PHOTOSHOP_TAG)))
    block = first_value(BytesIO(made), IIM_TAG) or dict(resources(there)).get(IIM, b"")
    digest = hashlib.md5(block, usedforsecurity=False).digest()
    wanted = b"".join(
        whole[:-16] + digest if block and _is_digest(number, whole) else whole
        for number, whole in whole_resources(there)
        if number != IIM or IIM in before
    )
    return made if wanted == there else with_first_value(made, PHOTOSHOP_TAG, wanted)


def _is_digest(number: int, whole: bytes) -> bool:
    return number == IIM_DIGEST and whole[-20:-16] == b"\x00\x00\x00\x10"
