"""What people wrote into a file, from XMP, IIM and EXIF, as one answer.

The rule, field by field: XMP where it is there and not blank, then IIM, then EXIF, then the
container's own tags (PDF's information, a film's or a song's). It is the order that the Metadata
Working Group's guidelines give readers; the whole record (`embedded_record`) has their check of
the IIM's digest as well. What a sidecar says stands over it.
"""

import re
import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from bridge_app.domain.coordinates import coordinate
from bridge_app.domain.errors import FileTroubleError, MediaError
from bridge_app.media import foreign
from bridge_app.media.decoding import decoding
from bridge_app.media.documents import pdf_packet
from bridge_app.media.embedded_record import Record, overlaid, recorded
from bridge_app.media.facts import NAMED_APART, Embedded, named_apart
from bridge_app.media.formats import RAW
from bridge_app.media.metadata_boxes import heif_packets
from bridge_app.media.metadata_damaged import legible, mended
from bridge_app.media.metadata_dates import iso
from bridge_app.media.metadata_packet import packet_in
from bridge_app.media.metadata_places import KEYS as STANDARD
from bridge_app.media.metadata_places import member_named, places_of
from bridge_app.media.metadata_segments import iim_block, iim_digests, jpeg_extension
from bridge_app.media.source import Source

Texts = tuple[str, ...]
Fields = Mapping[str, Texts]

MOST_TEXT = 1 << 16
MOST_LETTERS = 1 << 20
MOST_KEYWORDS = 2000
MOST_DATE = 100
PLACES = ("com.apple.quicktime.location.iso6709", "location")
ISO_6709 = re.compile(r"([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)(?=[+-]|/|CRS|$)", re.ASCII)
"""Where a film was taken, in whole degrees and their decimals, as cameras and phones write it."""
HEIF = frozenset({"avif", "heic", "heif"})
PACKET_HEAD, PACKET_TAIL = 16 << 20, 4 << 20
PACKET = re.compile(rb"<x:xmpmeta\b.*?</x:xmpmeta>|<rdf:RDF\b.*?</rdf:RDF>", re.DOTALL)
# exiv2 reads these whole; elsewhere only the XMP packet is looked for.
BY_EXIV2 = RAW | {
    "avif",
    "eps",
    "heic",
    "heif",
    "jp2",
    "jpeg",
    "jxl",
    "png",
    "psd",
    "tiff",
    "webp",
    "xmp",
}
XP = {"Exif.Image.XPTitle", "Exif.Image.XPKeywords", "Exif.Image.XPComment", "Exif.Image.XPAuthor"}

# Where each field lives, in the order it is asked.
TITLE = ("Xmp.dc.title", "Iptc.Application2.ObjectName", "Exif.Image.XPTitle", "tag.title")
CAPTION = (
    "Xmp.dc.description",
    "Iptc.Application2.Caption",
    "Exif.Image.ImageDescription",
    "Exif.Image.XPComment",
    "tag.subject",
    "tag.description",
    "tag.comment",
)
KEYWORDS = (
    "Xmp.dc.subject",
    "Iptc.Application2.Keywords",
    "Exif.Image.XPKeywords",
    "Xmp.pdf.Keywords",
    "tag.keywords",
)
CREATOR = (
    "Xmp.dc.creator",
    "Iptc.Application2.Byline",
    "Exif.Image.Artist",
    "Exif.Image.XPAuthor",
    "tag.author",
    "tag.artist",
)
CREDIT = ("Xmp.photoshop.Credit", "Iptc.Application2.Credit")
COPYRIGHT = (
    "Xmp.dc.rights",
    "Iptc.Application2.Copyright",
    "Exif.Image.Copyright",
    "tag.copyright",
)
USAGE_TERMS = ("Xmp.xmpRights.UsageTerms",)
RATING = ("Xmp.xmp.Rating", "Exif.Image.Rating")
HEADLINE = ("Xmp.photoshop.Headline", "Iptc.Application2.Headline")
LOCATION = ("Xmp.iptc.Location", "Iptc.Application2.SubLocation")
CITY = ("Xmp.photoshop.City", "Iptc.Application2.City")
STATE = ("Xmp.photoshop.State", "Iptc.Application2.ProvinceState")
COUNTRY = ("Xmp.photoshop.Country", "Iptc.Application2.CountryName")
INSTRUCTIONS = ("Xmp.photoshop.Instructions", "Iptc.Application2.SpecialInstructions")
TAKEN = (
    ("Xmp.photoshop.DateCreated",),
    ("Xmp.exif.DateTimeOriginal",),
    ("Iptc.Application2.DateCreated", "Iptc.Application2.TimeCreated"),
    ("Exif.Photo.DateTimeOriginal", "Exif.Photo.OffsetTimeOriginal"),
    ("Exif.Photo.DateTimeDigitized", "Exif.Photo.OffsetTimeDigitized"),
    ("Xmp.xmp.CreateDate",),
    ("tag.com.apple.quicktime.creationdate",),
    ("tag.creation_time",),
)
STARTS = (
    ("Xmp.plus.LicenseStartDate",),
    ("Iptc.Application2.ReleaseDate", "Iptc.Application2.ReleaseTime"),
)
ENDS = (
    ("Xmp.plus.LicenseEndDate",),
    ("Iptc.Application2.ExpirationDate", "Iptc.Application2.ExpirationTime"),
)
TEXTS = (
    TITLE,
    CAPTION,
    KEYWORDS,
    CREATOR,
    CREDIT,
    COPYRIGHT,
    USAGE_TERMS,
    RATING,
    HEADLINE,
    LOCATION,
    CITY,
    STATE,
    COUNTRY,
    INSTRUCTIONS,
)
WANTED = STANDARD | {key for keys in (*TEXTS, *TAKEN, *STARTS, *ENDS) for key in keys}


def read_embedded(
    source: Source, tags: Mapping[str, str], *, sidecars: Sequence[Source] = ()
) -> Embedded:
    """The metadata of a file; what cannot be read is left out.

    Args:
        source: The file.
        tags: What its container says beside XMP, IIM and EXIF (lower-case names).
        sidecars: The XMP files that belong to it; a later one stands over an earlier one.
    """
    fields = {f"tag.{name.lower()}": (_clean(value),) for name, value in tags.items()}
    found = found_in(source)
    embedded = composed({**fields, **found})
    record, differs = recorded(found, iim_leads=_iim_leads(source, found))
    record = {**_container_record(embedded, tags), **record}
    if not sidecars:
        return replace(embedded, record=record, differs=differs)
    for sidecar in sidecars:
        said = found_in(sidecar)
        record = {**overlaid(record, said), **_limits(said)}
    return replace(named_apart(record), differs=differs)


@contextmanager
def beside(sidecars: Sequence[str]) -> Iterator[list[Source]]:
    """The sidecars of a file, opened; one that cannot be is left out."""
    with ExitStack() as stack:
        opened = []
        for path in sidecars:
            with suppress(FileTroubleError):
                opened.append(stack.enter_context(Source.open(Path(path))))
        yield opened


def found_in(source: Source) -> Fields:
    """Every text of the standard places, by exiv2's keys; nothing where nothing can be read."""
    for look in (_by_exiv2, _by_packet):
        try:
            with decoding("its metadata"):
                found = look(source)
        except MediaError:
            continue
        if found:
            return found
    return {}


def _container_record(embedded: Embedded, tags: Mapping[str, str]) -> Record:
    """What the container's own tags say, where the standard places say nothing."""
    said: Record = {
        name: "; ".join(value.split(", ")) if name == "author" else value
        for ours, name in NAMED_APART.items()
        if (value := getattr(embedded, ours))
    }
    found = next(filter(None, (ISO_6709.match(tags.get(name, "")) for name in PLACES)), None)
    if found is not None:
        said["coordinate"] = coordinate(float(found[1]), float(found[2]))
    return said


def _limits(fields: Fields) -> Record:
    """When the rights begin and end, as far as that is said."""
    said = {"rights_start": _limit(fields, STARTS), "rights_end": _limit(fields, ENDS)}
    return {name: moment for name, moment in said.items() if moment}


def _iim_leads(source: Source, found: Fields) -> bool:
    if source.format not in ("jpeg", "psd") or not any(key.startswith("Iptc.") for key in found):
        return False
    digests = iim_digests(source.stream(), source.format)
    return digests is not None and digests[0] != digests[1]


def composed(fields: Fields) -> Embedded:
    """One answer from all the places: the first one that says something, for each field."""
    return Embedded(
        title=_first(fields, TITLE),
        caption=_first(fields, CAPTION),
        keywords=_keywords(fields),
        creator=_first(fields, CREATOR, joined=", "),
        credit=_first(fields, CREDIT),
        copyright=_first(fields, COPYRIGHT),
        usage_terms=_first(fields, USAGE_TERMS),
        rating=_rating(fields),
        taken_at=_moment(fields, TAKEN),
        rights_starts=_limit(fields, STARTS),
        rights_ends=_limit(fields, ENDS),
        headline=_first(fields, HEADLINE),
        location=_first(fields, LOCATION),
        city=_first(fields, CITY),
        state=_first(fields, STATE),
        country=_first(fields, COUNTRY),
        instructions=_first(fields, INSTRUCTIONS),
    )


def _by_exiv2(source: Source) -> Fields:
    if source.format not in BY_EXIV2:
        return {}
    block = iim_block(source.stream(), source.format)
    more = jpeg_extension(source.stream()) if source.format == "jpeg" else b""
    continued = _of_packet(packet_in(more)) if more else {}
    said = _metadata(source.data)
    if source.format in HEIF:
        said = _of_main_picture(source, said)
    if source.format == "crw":  # exiv2 finds no XMP behind the camera's directories
        said = {**_by_packet(source), **said}
    return {**(legible(block) if block else {}), **continued, **said}


def _of_main_picture(source: Source, said: Fields) -> Fields:
    """Of several packets of XMP exiv2 tells the last one, a gain map's; of some files none."""
    try:
        packets = heif_packets(source.stream())
    except (struct.error, LookupError, ValueError, OverflowError):
        return said
    if not packets:
        return said
    others = {key: texts for key, texts in said.items() if not key.startswith("Xmp.")}
    return {**others, **_of_packet(packet_in(packets[0]))}


def _by_packet(source: Source) -> Fields:
    """The XMP packet as it lies in the file; a compressed one is found in a PDF only."""
    if source.format == "pdf" and (packet := pdf_packet(source.data)):
        return _metadata(packet)
    file = source.stream()
    data = file.read(PACKET_HEAD)
    if source.size > PACKET_HEAD + PACKET_TAIL:
        file.seek(-PACKET_TAIL, 2)
    data += file.read(PACKET_TAIL)
    for packet in PACKET.findall(data):
        text = packet if packet.startswith(b"<x:") else b"<x:xmpmeta>" + packet + b"</x:xmpmeta>"
        if found := _metadata(text):
            return found
    return _of_packet(mended(data)) if source.format == "xmp" else {}


def _metadata(data: Any) -> Fields:
    image = foreign.exiv2().ImageFactory.open(data)
    image.readMetadata()
    fields = fields_of(image, WANTED, members=True)
    packet = image.xmpPacket().encode("utf-8", "surrogateescape")
    if packet.strip() and image.xmpData().empty():
        return {**_of_packet(mended(packet)), **fields}
    return fields


def _of_packet(packet: bytes) -> Fields:
    if not packet:
        return {}
    image = foreign.exiv2().ImageFactory.open(packet)
    image.readMetadata()
    return fields_of(image, WANTED, members=True)


def recorded_of(image: Any, names: Collection[str]) -> tuple[Record, Texts]:
    """What an image of exiv2 says in these fields, and whose places disagree; its IIM in step."""
    places = map(places_of, names)
    keys = {key for one in places for key in (*one.xmp, *one.iim, *one.exif)}
    return recorded(fields_of(image, keys), iim_leads=False)


def fields_of(image: Any, keys: Collection[str], *, members: bool = False) -> Fields:
    """Every text that an image of exiv2 has under these keys, by them.

    With `members` also the standard's fields in the second and later structures of lists.
    """
    fields: dict[str, Texts] = {}
    for entry in (*image.xmpData(), *image.iptcData(), *image.exifData()):
        key = entry.key()
        if key in keys or (members and "]/" in key and member_named(key)):
            value = entry.value()
            values = tuple(filter(None, map(_clean, _values(key, value))))
            fields[key] = (*fields.get(key, ()), *values)
            if type(value).__name__ == "LangAltValue":
                fields |= {f"{key}[{tag}]": (_clean(text),) for tag, text in dict(value).items()}
    return fields


def _values(key: str, value: Any) -> Iterator[str]:
    kind = type(value).__name__
    if kind == "LangAltValue":
        texts = dict(value)
        yield texts.get("x-default") or next(iter(texts.values()), "")
    elif kind == "XmpArrayValue":
        yield from map(str, value)
    elif key in XP:
        yield bytes(int(n) & 255 for n in str(value).split()).decode("utf-16-le", "replace")
    else:
        yield _decoded(str(value))


def _decoded(text: str) -> str:
    """Text of unknown encoding: UTF-8 where it is, else Windows Latin, as readers assume."""
    raw = text.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _clean(text: str) -> str:
    return text[:MOST_LETTERS].replace("\0", "").strip().encode("utf-8", "replace").decode()


def _first(fields: Fields, keys: Texts, *, joined: str | None = None) -> str | None:
    for key in keys:
        values = fields.get(key, ())
        if any(values):
            text = joined.join(values) if joined else next(filter(None, values))
            return text[:MOST_TEXT]
    return None


def _keywords(fields: Fields) -> Texts:
    for key in KEYWORDS:
        values = fields.get(key, ())
        if key not in KEYWORDS[:2]:  # one text holds them all
            values = tuple(word.strip() for text in values for word in re.split("[;,]", text))
        if any(values):
            return tuple(dict.fromkeys(filter(None, values)))[:MOST_KEYWORDS]
    return ()


def _rating(fields: Fields) -> int | None:
    text = _first(fields, RATING)
    try:
        rating = round(float(text or ""))
    except (ValueError, OverflowError):
        return None
    return rating if 0 <= rating <= 5 else None


def _moment(fields: Fields, places: tuple[Texts, ...]) -> str | None:
    for day, *rest in places:
        value = (fields.get(day) or ("",))[0]
        more = (fields.get(rest[0]) or ("",))[0] if rest else ""
        for moment in (iso(value, more), iso(value, "")):
            if moment:
                return moment
    return None


def _limit(fields: Fields, places: tuple[Texts, ...]) -> str | None:
    """A date of the rights; of one that is none its text, which limits more than nothing would."""
    for place in places:
        moment = _moment(fields, (place,)) or _first(fields, place[:1])
        if moment:
            return moment[:MOST_DATE]
    return None
