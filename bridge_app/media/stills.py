"""Still pictures as libvips images: by libvips itself, else by Pillow or a codec of its own.

What comes out is as stored, with the profile it had; `thumbnails` turns and converts it.
"""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import pyvips

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, MediaError
from bridge_app.media import foreign
from bridge_app.media.decoding import bounded
from bridge_app.media.source import Source, Wanted
from bridge_app.media.tiff_tags import orientation_in

LOADERS = {
    "jpeg": "jpegload_buffer",
    "png": "pngload_buffer",
    "gif": "gifload_buffer",
    "webp": "webpload_buffer",
    "tiff": "tiffload_buffer",
    "avif": "heifload_buffer",
}
PILLOW_FORMATS = {
    "jpeg": "JPEG",
    "png": "PNG",
    "gif": "GIF",
    "webp": "WEBP",
    "tiff": "TIFF",
    "avif": "AVIF",
    "jp2": "JPEG2000",
    "bmp": "BMP",
    "ico": "ICO",
    "cur": "CUR",
    "pcx": "PCX",
    "dds": "DDS",
    "qoi": "QOI",
    "icns": "ICNS",
}
ICC = "icc-profile-data"
THREADS = 2  # each thread reserves a stack in the bounded address space
FORMATS_OF_BANDS = {1: "b-w", 2: "b-w", 3: "srgb", 4: "srgb"}


def vips_header(source: Source) -> pyvips.Image:
    """The picture's first page with its pixels not read yet. Raises pyvips.Error."""
    return pyvips.Operation.call(LOADERS[source.format], source.data)


def open_pillow(source: Source) -> Any:
    """The file in Pillow, by the one plugin that its content asks for; pixels not read yet."""
    return foreign.pillow().open(source.stream(), formats=(PILLOW_FORMATS[source.format],))


def by_vips(wanted: Wanted) -> pyvips.Image:
    """The decoder of libvips, which gives up on a damaged picture."""
    return _loaded(wanted, "truncated")


def by_vips_as_far_as_it_goes(wanted: Wanted) -> pyvips.Image:
    """The decoder of libvips, grey where the picture is damaged."""
    return _loaded(wanted, "none")


def by_vips_small(wanted: Wanted) -> pyvips.Image:
    """For formats whose decoder skips most of the work when it knows how little is wanted."""
    return _loaded_small(wanted, "truncated")


def by_vips_small_as_far_as_it_goes(wanted: Wanted) -> pyvips.Image:
    """The same, grey where the picture is damaged."""
    return _loaded_small(wanted, "none")


def by_pillow(wanted: Wanted) -> pyvips.Image:
    """Pillow's decoder: what libvips cannot read, or reads less of."""
    with open_pillow(wanted.source) as picture:
        width, height = picture.size
        bounded(width, height, wanted.pixels)
        picture.load()
        return from_pillow(picture)


def by_heif(wanted: Wanted) -> pyvips.Image:
    """HEIC and HEIF through libheif, which does the container's own turning; shrunk.

    The pixels belong to libheif's picture, so they are used up before it goes.
    """
    data = BytesIO(wanted.source.data)
    container = foreign.heif().open_heif(data, convert_hdr_to_8bit=True)
    picture = container[container.primary_index]
    width, height = picture.size
    bounded(width, height, wanted.pixels)
    sample = "ushort" if picture.mode == "I;16" else "uchar"
    bands = 1 if picture.mode == "I;16" else len(picture.mode)
    row = picture.stride // (bands * (2 if sample == "ushort" else 1))
    image = from_pixels(picture.data, width=row, height=height, bands=bands, sample=sample)
    image = with_profile(image.crop(0, 0, width, height), picture.info.get("icc_profile"))
    return shrunk(image, wanted.edge_px).copy_memory()


def by_jxl(wanted: Wanted) -> pyvips.Image:
    """JPEG XL, upright: libjxl turns it, but for a JPEG inside, which comes out as it went in."""
    pillow = foreign.jxl(THREADS)
    with pillow.open(wanted.source.stream(), formats=("JXL",)) as picture:
        width, height = picture.size
        bounded(width, height, wanted.pixels)
        picture.load()
        exif = picture.info.get("exif", b"") if picture.jpeg else b""
        return upright(from_pillow(picture), orientation_in(exif))


def by_opencv(wanted: Wanted) -> pyvips.Image:
    """What no other decoder takes: OpenEXR of luminance and chroma, wide floats, odd bit masks.

    Linear light comes out as such; other numbers are stretched, numbers that are none left dark.
    """
    numbers, cv2 = foreign.numpy(), foreign.opencv()
    # From memory it would read OpenEXR by way of a new file, which a child may not make.
    pixels = cv2.imread(f"/dev/fd/{wanted.source.file.fileno()}", cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "no decoder knows it"))
    pixels = pixels.reshape(*pixels.shape[:2], -1)
    height, width, bands = pixels.shape
    bounded(width, height, wanted.pixels)
    if bands >= len("BGR"):
        pixels = pixels[..., (2, 1, 0, *range(3, bands))]
    if wanted.source.format == "exr":
        light = numbers.nan_to_num(pixels, posinf=1.0).astype(numbers.float32).tobytes()
        image = pyvips.Image.new_from_memory(light, width, height, bands, "float")
        return image.copy(interpretation="scrgb" if bands >= len("RGB") else "b-w")
    if pixels.dtype != numbers.uint8:
        pixels = _stretched(numbers, pixels)
    return from_pixels(pixels.tobytes(), width=width, height=height, bands=bands)


def _loaded(wanted: Wanted, fail_on: str) -> pyvips.Image:
    source = wanted.source
    image = pyvips.Operation.call(
        LOADERS[source.format], source.data, access="sequential", fail_on=fail_on
    )
    bounded(image.width, image.height, wanted.pixels)
    return image


def _loaded_small(wanted: Wanted, fail_on: str) -> pyvips.Image:
    edge_px = wanted.edge_px
    return pyvips.Image.thumbnail_buffer(
        wanted.source.data,
        edge_px,
        height=edge_px,
        size="down",
        no_rotate=True,
        option_string=f"fail_on={fail_on}",
    ).copy_memory()


def shrunk(image: pyvips.Image, edge_px: int) -> pyvips.Image:
    """Shrunk to fit a square, never enlarged, in 8-bit sRGB or grey.

    A profile that makes no sense is left aside, and so is that of linear light (floats), which
    libvips knows by itself.
    """
    if image.format in ("float", "double"):
        image = image.copy()
        image.remove(ICC)
        image = image.colourspace("srgb")
    options = {"height": edge_px, "size": "down", "no_rotate": True}
    try:
        small = image.thumbnail_image(edge_px, output_profile="srgb", **options)
    except pyvips.Error:
        image = image.copy()
        image.remove(ICC)
        small = image.thumbnail_image(edge_px, **options)
    small = small if small.interpretation in ("srgb", "b-w") else small.colourspace("srgb")
    return small if small.format == "uchar" else small.cast("uchar")


def upright(image: pyvips.Image, orientation: int) -> pyvips.Image:
    """EXIF orientation 1-8 applied."""
    if orientation == 1:
        return image
    image = image.copy_memory()
    image.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    return image.autorot()


def from_pixels(
    data: Any, *, width: int, height: int, bands: int, sample: str = "uchar"
) -> pyvips.Image:
    """Packed pixels as an image: 1-2 bands grey, 3-4 sRGB; no copy is made."""
    image = pyvips.Image.new_from_memory(data, width, height, bands, sample)
    space = FORMATS_OF_BANDS[bands]
    if sample == "ushort":
        space = {"b-w": "grey16", "srgb": "rgb16"}[space]
    return image.copy(interpretation=space)


def with_profile(image: pyvips.Image, profile: bytes | None) -> pyvips.Image:
    """The image with that ICC profile attached, where there is one."""
    if not profile:
        return image
    image = image.copy()
    image.set_type(pyvips.GValue.blob_type, ICC, bytes(profile))
    return image


def from_pillow(picture: Any) -> pyvips.Image:
    """A decoded Pillow picture of any mode as a libvips image with its profile."""
    profile = picture.info.get("icc_profile")
    convert = PILLOW_MODES.get(picture.mode)
    if convert is None:
        convert = PILLOW_MODES["RGBA" if _sees_through(picture) else "RGB"]
        picture = picture.convert("RGBA" if _sees_through(picture) else "RGB")
    return with_profile(convert(picture), profile)


def _sees_through(picture: Any) -> bool:
    return "transparency" in picture.info or picture.mode in ("PA", "La", "RGBa")


def _packed(picture: Any) -> pyvips.Image:
    width, height = picture.size
    bands = len(picture.getbands())
    return from_pixels(picture.tobytes(), width=width, height=height, bands=bands)


def _cmyk(picture: Any) -> pyvips.Image:
    return _packed(picture).copy(interpretation="cmyk")


def _sixteen(picture: Any) -> pyvips.Image:
    width, height = picture.size
    return from_pixels(
        picture.tobytes("raw", "I;16"), width=width, height=height, bands=1, sample="ushort"
    )


def _wide(picture: Any) -> pyvips.Image:
    """32-bit integers or floats: stretched between the darkest and the brightest pixel."""
    width, height = picture.size
    sample = "int" if picture.mode == "I" else "float"
    image = pyvips.Image.new_from_memory(picture.tobytes(), width, height, 1, sample)
    low, high = image.min(), image.max()
    scale = 255 / (high - low) if high > low else 1.0
    return ((image - low) * scale).cast("uchar").copy(interpretation="b-w")


def _stretched(numbers: Any, pixels: Any) -> Any:
    """Bytes between the least number and the greatest one."""
    known = pixels[numbers.isfinite(pixels)]
    low, high = (known.min(), known.max()) if known.size else (0.0, 0.0)
    scale = 255 / (high - low) if high > low else 1.0
    whole = numbers.nan_to_num(pixels, nan=low, posinf=high, neginf=low)
    return ((whole - low) * scale).astype(numbers.uint8)


def _lab(picture: Any) -> pyvips.Image:
    cms = foreign.image_cms()
    lab, srgb = cms.createProfile("LAB"), cms.createProfile("sRGB")
    converted = cms.profileToProfile(picture, lab, srgb, outputMode="RGB")
    if converted is None:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "its colours cannot be converted"))
    return _packed(converted)


PILLOW_MODES: Mapping[str, Callable[[Any], pyvips.Image]] = {
    "L": _packed,
    "LA": _packed,
    "RGB": _packed,
    "RGBA": _packed,
    "CMYK": _cmyk,
    "I;16": _sixteen,
    "I;16L": _sixteen,
    "I": _wide,
    "F": _wide,
    "LAB": _lab,
}
