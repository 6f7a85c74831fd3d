"""A file as one small upright sRGB picture: JPEG, or PNG where it can be seen through."""

from collections.abc import Callable

import pyvips

from bridge_app.domain.assets import Kind
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, DecoderLimitError, MediaError
from bridge_app.media.decoding import bounded, decoding
from bridge_app.media.documents import eps_preview, first_page
from bridge_app.media.facts import Facts, Picture
from bridge_app.media.formats import RAW, VIDEOS
from bridge_app.media.photoshop import by_photoshop
from bridge_app.media.raw import by_raw
from bridge_app.media.signatures import UNKNOWN
from bridge_app.media.source import Wanted
from bridge_app.media.stills import (
    by_heif,
    by_jxl,
    by_opencv,
    by_pillow,
    by_vips,
    by_vips_as_far_as_it_goes,
    by_vips_small,
    by_vips_small_as_far_as_it_goes,
    shrunk,
    upright,
)
from bridge_app.media.svg import by_svg
from bridge_app.media.video import by_ffmpeg, poster

QUALITY = 85
COMPRESSION = 6
OPAQUE = 255
DAMAGED = "The file is damaged: this is what could be read of it."

Way = Callable[[Wanted], pyvips.Image]
# The ways to a picture, tried in this order; each gives it as stored but for SELF_TURNED.
WAYS: dict[str, tuple[Way, ...]] = {
    **dict.fromkeys(("jpeg", "webp"), (by_vips_small, by_pillow, by_vips_small_as_far_as_it_goes)),
    **dict.fromkeys(("png", "gif"), (by_vips, by_pillow, by_vips_as_far_as_it_goes)),
    "tiff": (by_vips, by_pillow, by_ffmpeg, by_opencv, by_vips_as_far_as_it_goes),
    "avif": (by_vips, by_pillow, by_ffmpeg, by_vips_as_far_as_it_goes),
    **dict.fromkeys(("heic", "heif"), (by_heif,)),
    **dict.fromkeys(("psd", "psb"), (by_photoshop,)),
    "bmp": (by_pillow, by_ffmpeg, by_opencv),
    "jp2": (by_pillow, by_ffmpeg),
    **dict.fromkeys(("ico", "cur", "pcx", "dds", "qoi", "icns"), (by_pillow,)),
    "exr": (by_ffmpeg, by_opencv),
    "hdr": (by_ffmpeg,),
    **dict.fromkeys(RAW, (by_raw,)),
    **dict.fromkeys(VIDEOS, (poster,)),
    **dict.fromkeys(("pdf", "ai"), (first_page,)),
    "jxl": (by_jxl,),
    "svg": (by_svg,),
    "eps": (eps_preview,),
}
PARTIAL = (by_vips_as_far_as_it_goes, by_vips_small_as_far_as_it_goes)
DOUBTED = (*PARTIAL, by_ffmpeg, by_opencv)  # what they make of nothing is a blank picture
SELF_TURNED = {"heic", "heif", "avif", "jxl", *VIDEOS}
DRAWN = {"svg", "pdf", "ai", "eps", *RAW}  # their size is not what has to be decoded

PHOTOGRAPHIC = {"jpeg", "heic", "heif", *RAW, *VIDEOS}


def may_have_a_picture(facts: Facts) -> bool:
    """Sounds, texts and archives never have one; of pictures and the unknown it is trouble."""
    return facts.kind in {Kind.IMAGE, Kind.VIDEO} or facts.format in {UNKNOWN, *WAYS}


def thumbnail(wanted: Wanted, facts: Facts) -> tuple[Picture, str | None]:
    """The picture, no larger than wanted and never enlarged; a sentence when it is partial.

    Raises MediaError where no picture can be made, DecoderLimitError past the pixels allowed.
    """
    image, trouble = small_image(wanted, facts)
    return _encoded(image, facts.format), trouble


def small_image(wanted: Wanted, facts: Facts) -> tuple[pyvips.Image, str | None]:
    """The same as pixels in memory: upright, sRGB, 8 bits a band.

    Raises as `thumbnail` does.
    """
    ways = WAYS.get(facts.format)
    if ways is None:
        raise MediaError(detail=f"{facts.format} files have no picture")
    if facts.format not in DRAWN:
        bounded(facts.width, facts.height, wanted.pixels)
    turn = 1 if facts.format in SELF_TURNED else facts.orientation
    first: MediaError | None = None
    for way in ways:
        try:
            with decoding("the picture"):
                image = upright(shrunk(way(wanted), wanted.edge_px), turn).copy_memory()
                if way not in DOUBTED or image.min() < image.max():
                    trouble = DAMAGED if way in PARTIAL else None
                    return image, trouble
        except DecoderLimitError:
            raise
        except MediaError as error:
            first = first or error
    raise first or MediaError(detail=QT_TRANSLATE_NOOP("facts", "no decoder knows it"))


def _encoded(image: pyvips.Image, made_from: str) -> Picture:
    """JPEG; PNG where some pixel is not opaque. Drawings keep every colour's edge (4:4:4)."""
    if image.hasalpha():
        if image[image.bands - 1].min() < OPAQUE:
            data = image.pngsave_buffer(compression=COMPRESSION, keep="none")
            return Picture(data=data, width=image.width, height=image.height, format="png")
        image = image.extract_band(0, n=image.bands - 1)
    chroma = "auto" if made_from in PHOTOGRAPHIC else "off"
    data = image.jpegsave_buffer(Q=QUALITY, subsample_mode=chroma, keep="none")
    return Picture(data=data, width=image.width, height=image.height, format="jpeg")
