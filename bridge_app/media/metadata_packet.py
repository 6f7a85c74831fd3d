"""Keeps in a packet of XMP what exiv2 would tidy: the name of what it is about, and its namespaces.

Adobe's library, by which exiv2 reads, takes an old packet's name for the instance ID, and knows a
namespace with a slash at its end as the one without.
"""

import re
from typing import Any

from bridge_app.media import foreign
from bridge_app.media.metadata_segments import with_psd_packet

EMPTY_PACKET = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""/>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
NAMED = re.compile(r"\babout\s*=\s*[\"']([^\"'<>&]+)[\"']")
SPACES = re.compile(r"(\bxmlns:[\w.-]+\s*=\s*)([\"'])([^\"'<>]+)[\"']")


def written(image: Any, kind: str, original: bytes) -> bytes:
    """The file of an image of exiv2, its XMP under the names that its original packet uses."""
    if kind == "xmp" and image.xmpData().empty():  # exiv2 would leave the file as it was
        return EMPTY_PACKET
    library = foreign.exiv2()
    flags = library.XmpParser.XmpFormatFlags
    layout = flags.omitPacketWrapper if kind == "xmp" else flags.omitAllFormatting
    code, packet = library.XmpParser.encode(image.xmpData(), flags.useCompactFormat | layout)
    kept = with_names(packet, original.decode("utf-8", "replace"))
    is_other = code == 0 and kept != packet
    if is_other and kind != "psd":
        image.setXmpPacket(kept)
        image.writeXmpFromPacket(True)  # noqa: FBT003 - it takes no names
    image.writeMetadata()
    made = bytes_of(image)
    if is_other and kind == "psd":  # exiv2 writes no XMP there that is given as a packet
        return with_psd_packet(made, kept.encode())
    return made


def bytes_of(image: Any) -> bytes:
    """The whole file that exiv2 holds in memory."""
    file = image.io()
    file.open()
    try:
        return bytes(file.data())
    finally:
        file.close()


def packet_in(text: bytes) -> bytes:
    """A packet as exiv2 takes it: from its first tag on, with its outermost element."""
    plain = text.lstrip(b"\xef\xbb\xbf \t\r\n")
    bare = plain.startswith(b"<rdf:RDF")
    return b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + plain + b"</x:xmpmeta>" if bare else plain


def with_names(packet: str, original: str) -> str:
    """The packet with the original's name and namespaces, and no instance ID made of the name."""
    known = {found[3] for found in SPACES.finditer(original)}

    def said(found: re.Match[str]) -> str:
        space = found[3]
        other = space[:-1] if space.endswith("/") else f"{space}/"
        kept = other if other in known and space not in known else space
        return f"{found[1]}{found[2]}{kept}{found[2]}"

    packet = SPACES.sub(said, packet)
    name = NAMED.search(original)
    if name is None:
        return packet
    if "InstanceID" not in original:
        made_of_it = rf"\s+[\w.-]+:InstanceID=\"{re.escape(name[1])}\""
        packet = re.sub(made_of_it, "", packet)
    return packet.replace('rdf:about=""', f'rdf:about="{name[1]}"')
