"""The segments of a JPEG and Photoshop's resources: where IIM lies, and which digest it has."""

import hashlib
import struct
from collections.abc import Iterator
from typing import BinaryIO

SOS, APP1, APP13 = 0xDA, 0xE1, 0xED
XMP_MARK = b"http://ns.adobe.com/xap/1.0/\x00"
EXTENSION_MARK = b"http://ns.adobe.com/xmp/extension/\x00"
EXTENSION_HEAD = len(EXTENSION_MARK) + 32 + 4 + 4
ALONE = (0x01, *range(0xD0, 0xD8))
PHOTOSHOP = b"Photoshop 3.0\x00"
RESOURCE_TYPES = (b"8BIM", b"MeSa", b"AgHg", b"PHUT", b"DCSR")
IIM, IIM_DIGEST = 0x0404, 0x0425
PSD_RESOURCES = 64 << 20
DATASET, DATASET_HEAD = 0x1C, 5

PSD_XMP = 1060
"""The image resource that holds it: Adobe Photoshop File Formats Specification."""


def segments(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """(marker, where it begins, body) up to the first scan, which has no body.

    Raises ValueError where there is no segment where one has to be.
    """
    file.seek(0)
    if file.read(2) != b"\xff\xd8":
        raise ValueError("not a JPEG")
    at = 2
    while True:
        file.seek(at)
        head = file.read(4)
        if len(head) < 4 or head[0] != 0xFF:
            raise ValueError("no segment where one has to be")
        if head[1] == SOS:
            yield SOS, at, b""
            return
        if head[1] == 0xFF or head[1] in ALONE:
            at += 1 if head[1] == 0xFF else 2
            continue
        length = int.from_bytes(head[2:4], "big")
        yield head[1], at, file.read(length - 2)
        at += 2 + length


def resources(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(number, data) of Photoshop's resources, as far as they are laid out right."""
    for number, start, size in _laid_out(data):
        yield number, data[start : start + size]


def whole_resources(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(number, all of its bytes) of Photoshop's resources: joined they are what was there."""
    begin = 0
    for number, start, size in _laid_out(data):
        end = start + size + size % 2
        yield number, data[begin:end]
        begin = end


def resources_end(data: bytes) -> int:
    """Where the last of Photoshop's resources that is laid out right ends."""
    return max((start + size + size % 2 for _, start, size in _laid_out(data)), default=0)


def _laid_out(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(number, where it begins, bytes) of each resource."""
    at = 0
    while data[at : at + 4] in RESOURCE_TYPES:
        (number,) = struct.unpack_from(">H", data, at + 4)
        name = 1 + data[at + 6]
        at += 6 + name + name % 2
        (size,) = struct.unpack_from(">I", data, at)
        yield number, at + 4, size
        at += 4 + size + size % 2


def has_stray_xmp(file: BinaryIO) -> bool:
    """Is there XMP in a JPEG that readers disagree about: a second one, or one badly marked?"""
    try:
        bodies = [body for marker, _, body in segments(file) if marker == APP1]
    except ValueError:
        return False
    marked = sum(body.startswith(XMP_MARK) for body in bodies)
    strays = (b"<?xpacket" in body[:64] and not body.startswith(XMP_MARK) for body in bodies)
    return marked > 1 or any(strays)


def iim_digests(file: BinaryIO, kind: str) -> tuple[bytes, bytes] | None:
    """The digest that stands in a JPEG or a PSD, and that of the IIM which is there now.

    None where the file has none: then nobody knows which of IIM and XMP is newer.
    """
    found = _found(file, kind)
    if len(found.get(IIM_DIGEST, b"")) != 16 or IIM not in found:
        return None
    return found[IIM_DIGEST], hashlib.md5(found[IIM], usedforsecurity=False).digest()


def iim_block(file: BinaryIO, kind: str) -> bytes | None:
    """The IIM of a JPEG or a PSD as it lies there; None where there is none."""
    return _found(file, kind).get(IIM)


def jpeg_packet(file: BinaryIO) -> bytes:
    """The XMP of a JPEG as it lies there, without its extension; none where there is none."""
    try:
        bodies = (body for marker, _, body in segments(file) if marker == APP1)
        return next((body[len(XMP_MARK) :] for body in bodies if body.startswith(XMP_MARK)), b"")
    except (ValueError, struct.error, IndexError):
        return b""


def jpeg_extension(file: BinaryIO) -> bytes:
    """The packet that an XMP too long for one segment is continued with; none where there is none.

    Each part has its digest, the whole length and its place (XMP specification 3, 1.1.3.1).
    """
    try:
        bodies = [body for marker, _, body in segments(file) if marker == APP1]
    except (ValueError, struct.error, IndexError):
        return b""
    parts = {}
    for body in bodies:
        if body.startswith(EXTENSION_MARK) and len(body) >= EXTENSION_HEAD:
            at = int.from_bytes(body[EXTENSION_HEAD - 4 : EXTENSION_HEAD], "big")
            parts[at] = body[EXTENSION_HEAD:]
    return b"".join(parts[at] for at in sorted(parts))


def psd_packet(file: BinaryIO) -> bytes:
    """The XMP of a PSD as it lies there; none where there is none."""
    return _found(file, "psd").get(PSD_XMP, b"")


def with_psd_packet(data: bytes, packet: bytes) -> bytes:
    """A PSD with this packet in the place of the one that it has."""
    colours = 30 + int.from_bytes(data[26:30], "big")
    begin = colours + 4
    end = begin + int.from_bytes(data[colours:begin], "big")
    new = b"8BIM\x04\x24\x00\x00" + len(packet).to_bytes(4, "big") + packet
    new += bytes(len(new) % 2)
    pieces = whole_resources(data[begin:end])
    made = b"".join(new if number == PSD_XMP else whole for number, whole in pieces)
    return data[:colours] + len(made).to_bytes(4, "big") + made + data[end:]


def _found(file: BinaryIO, kind: str) -> dict[int, bytes]:
    try:
        return dict(resources(_photoshop(file, kind)))
    except (ValueError, struct.error, IndexError):
        return {}


def _photoshop(file: BinaryIO, kind: str) -> bytes:
    if kind == "jpeg":
        bodies = (body for marker, _, body in segments(file) if marker == APP13)
        return b"".join(body[len(PHOTOSHOP) :] for body in bodies if body.startswith(PHOTOSHOP))
    if kind != "psd":
        return b""
    file.seek(26)
    (colours,) = struct.unpack(">I", file.read(4))
    file.seek(30 + colours)
    (size,) = struct.unpack(">I", file.read(4))
    return file.read(min(size, PSD_RESOURCES))


def datasets(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each whole dataset of a block of IIM, and its value, up to the first that breaks off."""
    at = 0
    while at + DATASET_HEAD <= len(block) and block[at] == DATASET:
        start, at = at, at + DATASET_HEAD
        size = int.from_bytes(block[at - 2 : at], "big")
        if size & 0x8000:
            length = size & 0x7FFF
            size, at = int.from_bytes(block[at : at + length], "big"), at + length
        if at + size > len(block):
            return
        yield block[start : at + size], block[at : at + size]
        at += size
