"""The merged picture of a PSD or PSB, at every depth and in every mode.

Libraries either know eight bits only or read all the layers; the composite needs neither. Layout:
Adobe's published file format: header, colour data, resources, layers, merged picture.
"""

import struct
from dataclasses import dataclass

import pyvips

from bridge_app.domain.errors import MediaError
from bridge_app.media import foreign
from bridge_app.media.decoding import bounded
from bridge_app.media.source import Source, Wanted
from bridge_app.media.stills import with_profile

BITMAP, GREY, INDEXED, RGB, CMYK, MULTICHANNEL, DUOTONE, LAB = 0, 1, 2, 3, 4, 7, 8, 9
ICC_RESOURCE, EXIF_RESOURCE = 1039, 1058
RAW, PACKBITS = 0, 1
COLOURS = {GREY: 1, INDEXED: 1, RGB: 3, CMYK: 4, MULTICHANNEL: 3, DUOTONE: 1, LAB: 3, BITMAP: 1}
SAMPLES = {8: "uchar", 16: "ushort", 32: "float"}
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
    def colour_space(self) -> str | None:
        """Libvips' name for what the picture is decoded to."""
        if self.mode in (LAB,):
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
    if not 1 <= channels <= MOST_CHANNELS or depth not in (1, *SAMPLES) or mode not in COLOURS:
        raise MediaError(detail="its header makes no sense")
    at, palette = _section(source, 26, "I")
    resources_at = at
    at, _ = _section(source, at, "I", keep=False)
    resources = _resources(source, resources_at + 4, at)
    layers_at = at
    at, _ = _section(source, at, "Q" if version == 2 else "I", keep=False)
    return Photoshop(
        width=width,
        height=height,
        channels=channels,
        depth=depth,
        mode=mode,
        is_large=version == 2,
        palette=palette,
        resources=resources,
        has_alpha=_merged_alpha(source, layers_at, version == 2) and channels > COLOURS[mode],
        picture_at=at,
    )


def by_photoshop(wanted: Wanted) -> pyvips.Image:
    """The merged picture with its profile."""
    source = wanted.source
    header = read_header(source)
    bounded(header.width, header.height, wanted.pixels)
    count = min(header.channels, COLOURS[header.mode] + header.has_alpha)
    planes = _planes(source, header, count)
    image = planes[0].bandjoin(planes[1:]) if len(planes) > 1 else planes[0]
    return with_profile(_meant(image, header, planes), header.resources.get(ICC_RESOURCE))


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


def _merged_alpha(source: Source, at: int, is_large: bool) -> bool:  # noqa: FBT001 - private
    """Whether the first extra channel is the picture's transparency: a negative layer count."""
    at += (8 if is_large else 4) * 2
    raw = source.data[at : at + 2]
    return len(raw) == 2 and struct.unpack(">h", raw)[0] < 0


def _planes(source: Source, header: Photoshop, count: int) -> list[pyvips.Image]:
    """The first `count` channels, 8-bit, 16-bit or float."""
    row = (header.width + 7) // 8 if header.depth == 1 else header.width * header.depth // 8
    at = header.picture_at
    (compression,) = struct.unpack(">H", source.data[at : at + 2])
    at += 2
    if compression not in (RAW, PACKBITS):
        raise MediaError(detail="its picture is compressed in a way that is not known")
    if compression == RAW:
        size = row * header.height
        starts = [at + channel * size for channel in range(count)]
        blobs = [bytes(source.data[start : start + size]) for start in starts]
    else:
        blobs = _unpacked(source, header, row, count)
    return [_plane(blob.ljust(row * header.height, b"\0"), header, row) for blob in blobs]


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


def _plane(blob: bytes, header: Photoshop, row: int) -> pyvips.Image:
    if header.depth == 1:
        bits = foreign.pillow().frombytes("1", (header.width, header.height), blob, "raw", "1;I")
        blob = bits.convert("L").tobytes()
        return pyvips.Image.new_from_memory(blob, header.width, header.height, 1, "uchar")
    sample = SAMPLES[header.depth]
    image = pyvips.Image.new_from_memory(blob, header.width, header.height, 1, sample)
    del row
    return image if header.depth == 8 else image.byteswap()


def _meant(image: pyvips.Image, header: Photoshop, planes: list[pyvips.Image]) -> pyvips.Image:
    """The samples as the colours they stand for."""
    if header.depth == 32:  # linear light, 1.0 is white
        space = "scrgb" if header.mode == RGB else "b-w"
        if space == "scrgb":
            return image.copy(interpretation="scrgb").colourspace("srgb")
        return ((image.abs() ** (1 / 2.2)) * 255).cast("uchar").copy(interpretation="b-w")
    full = 65535 if header.depth == 16 else 255
    if header.mode == INDEXED:
        channels = pyvips.Image.new_from_memory(
            header.palette.ljust(768, b"\0")[:768], 256, 3, 1, "uchar"
        )
        table = channels.crop(0, 0, 256, 1).bandjoin(
            [channels.crop(0, 1, 256, 1), channels.crop(0, 2, 256, 1)]
        )
        return planes[0].maplut(table).copy(interpretation="srgb")
    if header.mode == CMYK:  # stored inverted
        inks = full - image.extract_band(0, n=4)
        alpha = image.extract_band(4, n=image.bands - 4) if image.bands > 4 else None
        inks = inks.bandjoin(alpha) if alpha is not None else inks
        return inks.cast(SAMPLES[header.depth]).copy(interpretation="cmyk")
    if header.mode == LAB:
        lab = image.extract_band(0, n=3) * [100 / full, 255 / full, 255 / full] - [0, 128, 128]
        return lab.copy(interpretation="lab").colourspace("srgb")
    return image.copy(interpretation=header.colour_space)
