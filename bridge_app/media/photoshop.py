"""The merged picture of a PSD or PSB, at every depth and in every mode.

Libraries either know eight bits only or read all the layers; the composite needs neither. Layout:
Adobe's published file format: header, colour data, resources, layers, merged picture.
"""

import struct
from dataclasses import dataclass

import pyvips

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, MediaError
from bridge_app.media import foreign
from bridge_app.media.decoding import bounded
from bridge_app.media.source import Source, Wanted
from bridge_app.media.stills import with_profile

BITMAP, GREY, INDEXED, RGB, CMYK, MULTICHANNEL, DUOTONE, LAB = 0, 1, 2, 3, 4, 7, 8, 9
ICC_RESOURCE, EXIF_RESOURCE = 1039, 1058
RAW, PACKBITS = 0, 1
COLOURS = {GREY: 1, INDEXED: 1, RGB: 3, CMYK: 4, MULTICHANNEL: 3, DUOTONE: 1, LAB: 3, BITMAP: 1}
SAMPLES = {1: "uchar", 8: "uchar", 16: "ushort", 32: "float"}
MOST_CHANNELS = 56
MOST_RESOURCE_BYTES = 16 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Photoshop:
    """The header of a Photoshop file, its profile and EXIF, and where the picture begins."""

    width: int
    height: int
    channels: int
    depth: int
    mode: int
    is_large: bool
    palette: bytes
    resources: dict[int, bytes]
    has_alpha: bool
    picture_at: int

    @property
    def white(self) -> int:
        """The largest sample of an integer depth."""
        return 65535 if self.depth == 16 else 255

    @property
    def colour_space(self) -> str:
        """Libvips' name for what the picture is decoded to."""
        if self.mode == LAB:
            return "lab"
        if self.mode == CMYK:
            return "cmyk"
        is_grey = self.mode in (BITMAP, GREY, DUOTONE)
        if self.depth == 16:
            return "grey16" if is_grey else "rgb16"
        return "b-w" if is_grey else "srgb"


def read_header(source: Source) -> Photoshop:
    """Everything but the pixels. Raises struct.error or MediaError when it is cut."""
    head = source.data[:26]
    version, channels, height, width, depth, mode = struct.unpack(">4xH6xHIIHH", head)
    if not 1 <= channels <= MOST_CHANNELS or depth not in SAMPLES or mode not in COLOURS:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "its header makes no sense"))
    at, palette = _section(source, 26, "I")
    resources_at = at
    at, _ = _section(source, at, "I", keep=False)
    resources = _resources(source, resources_at + 4, at)
    layers_at = at
    length = "Q" if version == 2 else "I"
    at, _ = _section(source, at, length, keep=False)
    return Photoshop(
        width=width,
        height=height,
        channels=channels,
        depth=depth,
        mode=mode,
        is_large=version == 2,
        palette=palette,
        resources=resources,
        has_alpha=channels > COLOURS[mode]
        and _merged_alpha(source, layers_at, struct.calcsize(length)),
        picture_at=at,
    )


def by_photoshop(wanted: Wanted) -> pyvips.Image:
    """The merged picture, with its profile unless its numbers are colours by themselves."""
    header = read_header(wanted.source)
    bounded(header.width, header.height, wanted.pixels)
    count = min(header.channels, COLOURS[header.mode] + header.has_alpha)
    planes = _planes(wanted.source, header, count)
    if header.depth == 32:
        return _linear(planes)
    if count < COLOURS[header.mode]:
        return planes[0].copy(interpretation="grey16" if header.depth == 16 else "b-w")
    if header.mode == LAB:
        return _lab(planes, header.white)
    profile = header.resources.get(ICC_RESOURCE)
    if header.mode == INDEXED:
        return with_profile(_indexed(planes[0], header.palette), profile)
    if header.mode == CMYK:
        planes[:4] = [_inverted(plane, header.white) for plane in planes[:4]]
    image = planes[0].bandjoin(planes[1:]) if len(planes) > 1 else planes[0]
    return with_profile(image.copy(interpretation=header.colour_space), profile)


def _section(source: Source, at: int, code: str, *, keep: bool = True) -> tuple[int, bytes]:
    size = struct.calcsize(code)
    (length,) = struct.unpack(">" + code, source.data[at : at + size])
    end = at + size + length
    return end, bytes(source.data[at + size : end]) if keep else b""


def _resources(source: Source, at: int, end: int) -> dict[int, bytes]:
    """The image resources that matter here; a cut block ends the search."""
    found: dict[int, bytes] = {}
    end = min(end, source.size)
    while at + 12 <= end and source.data[at : at + 4] in (b"8BIM", b"MeSa", b"PHUT", b"AgHg"):
        (number,) = struct.unpack(">H", source.data[at + 4 : at + 6])
        name = source.data[at + 6] + 1
        at += 6 + name + name % 2
        (length,) = struct.unpack(">I", source.data[at : at + 4] or bytes(4))
        if number in (ICC_RESOURCE, EXIF_RESOURCE) and length <= MOST_RESOURCE_BYTES:
            found[number] = bytes(source.data[at + 4 : at + 4 + length])
        at += 4 + length + length % 2
    return found


def _merged_alpha(source: Source, at: int, length_bytes: int) -> bool:
    """Whether the first extra channel is the picture's transparency: a negative layer count."""
    at += 2 * length_bytes
    raw = source.data[at : at + 2]
    return len(raw) == 2 and struct.unpack(">h", raw)[0] < 0


def _planes(source: Source, header: Photoshop, count: int) -> list[pyvips.Image]:
    """The first `count` channels, 8-bit, 16-bit or float."""
    row = (header.width + 7) // 8 if header.depth == 1 else header.width * header.depth // 8
    at = header.picture_at
    (compression,) = struct.unpack(">H", source.data[at : at + 2])
    at += 2
    if compression not in (RAW, PACKBITS):
        raise MediaError(
            detail=QT_TRANSLATE_NOOP(
                "facts", "its picture is compressed in a way that is not known"
            )
        )
    if compression == RAW:
        size = row * header.height
        starts = [at + channel * size for channel in range(count)]
        blobs = [bytes(source.data[start : start + size]) for start in starts]
    else:
        blobs = _unpacked(source, header, row, count)
    return [_plane(blob.ljust(row * header.height, b"\0"), header) for blob in blobs]


def _unpacked(source: Source, header: Photoshop, row: int, count: int) -> list[bytes]:
    code, width = (">%dI", 4) if header.is_large else (">%dH", 2)
    total = header.channels * header.height
    at = header.picture_at + 2
    lengths = struct.unpack(code % total, source.data[at : at + width * total])
    at += width * total
    blobs = []
    for channel in range(count):
        size = sum(lengths[channel * header.height : (channel + 1) * header.height])
        packed = bytes(source.data[at : at + size])
        at += size
        # Pillow's decoder takes the rows one after the other, as they lie here.
        plane = foreign.pillow().frombytes("L", (row, header.height), packed, "packbits", "L")
        blobs.append(plane.tobytes())
    return blobs


def _plane(blob: bytes, header: Photoshop) -> pyvips.Image:
    if header.depth == 1:  # 1 is black
        bits = foreign.pillow().frombytes("1", (header.width, header.height), blob, "raw", "1;I")
        blob = bits.convert("L").tobytes()
    sample = SAMPLES[header.depth]
    image = pyvips.Image.new_from_memory(blob, header.width, header.height, 1, sample)
    return image if header.depth <= 8 else image.byteswap()


def _linear(planes: list[pyvips.Image]) -> pyvips.Image:
    """Floats are linear light, 1.0 is white; grey is shown as equal red, green and blue."""
    colours = planes[:3] if len(planes) >= 3 else [planes[0]] * 3
    return colours[0].bandjoin(colours[1:]).copy(interpretation="scrgb").colourspace("srgb")


def _lab(planes: list[pyvips.Image], white: int) -> pyvips.Image:
    """L is 0-100 % of full scale; a and b are 8-bit steps around 128, at either depth."""
    lab = planes[0].bandjoin(planes[1:3])
    scaled = lab * [100 / white, 255 / white, 255 / white] - [0, 128, 128]
    return scaled.copy(interpretation="lab").colourspace("srgb")


def _indexed(plane: pyvips.Image, palette: bytes) -> pyvips.Image:
    """256 reds, then 256 greens, then 256 blues."""
    rows = pyvips.Image.new_from_memory(palette.ljust(768, b"\0")[:768], 256, 3, 1, "uchar")
    red, green, blue = (rows.crop(0, row, 256, 1) for row in range(3))
    return plane.maplut(red.bandjoin([green, blue])).copy(interpretation="srgb")


def _inverted(plane: pyvips.Image, white: int) -> pyvips.Image:
    """Inks are stored as what they leave: full scale is no ink."""
    return (white - plane).cast(plane.format)
