"""What a file is: kind, size, orientation, pages, colour, duration; no picture is decoded.

A damaged file gives what can be known: its format always, the rest as far as its header goes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

import pyvips

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, MediaError
from bridge_app.media import foreign
from bridge_app.media.decoding import decoding, turned
from bridge_app.media.documents import is_illustrator, read_pdf
from bridge_app.media.facts import Facts
from bridge_app.media.formats import AUDIO, RAW, VIDEOS, kind_of
from bridge_app.media.headers import apng_frames, jpeg2000_size, jxl_header, stated_size
from bridge_app.media.heif_boxes import read_picture
from bridge_app.media.photoshop import EXIF_RESOURCE, ICC_RESOURCE, read_header
from bridge_app.media.raw import raw_size
from bridge_app.media.source import Source
from bridge_app.media.stills import ICC, PILLOW_FORMATS, open_pillow, vips_header
from bridge_app.media.svg import svg_size
from bridge_app.media.tiff_tags import orientation_in, size_in
from bridge_app.media.video import read_clip

PILLOW_SPACES = {
    "1": "b-w",
    "L": "b-w",
    "LA": "b-w",
    "CMYK": "cmyk",
    "LAB": "lab",
    "I;16": "grey16",
    "I": "grey16",
    "F": "b-w",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """Facts, the tags a container carries beside XMP and EXIF, and what went wrong, if anything."""

    facts: Facts
    tags: dict[str, str] = field(default_factory=dict)
    trouble: MediaError | None = None


def sketch(source: Source) -> Facts:
    """What the signature alone says."""
    return Facts(kind=kind_of(source.format), format=source.format)


def probe(source: Source) -> Probed:
    """Everything known without decoding a picture. Never raises over the file's content."""
    known = sketch(source)
    look = READERS.get(source.format)
    if look is None:
        return Probed(facts=known)
    try:
        with decoding("its header"):
            probed = look(source, known)
    except MediaError as error:
        probed = Probed(facts=known, trouble=error)
    if not probed.facts.width:
        size = stated_size(source.format, source.head) or (None, None)
        probed = replace(probed, facts=replace(probed.facts, width=size[0], height=size[1]))
    width, height = turned(probed.facts)
    return replace(probed, facts=replace(probed.facts, display_width=width, display_height=height))


def profile_name(profile: bytes | None) -> str | None:
    """The description inside an ICC profile; None where there is none or it is broken."""
    if not profile:
        return None
    try:
        with decoding("its profile"):
            opened = foreign.image_cms().ImageCmsProfile(BytesIO(profile)).profile
            return (opened.profile_description or "").strip() or None
    except MediaError:
        return None


def _vips(source: Source, known: Facts) -> Probed:
    image = vips_header(source)
    pages = _field(image, "n-pages") or 1
    if source.format == "png":
        pages = apng_frames(source.head)
    exif = _field(image, "exif-data") or b""
    turn = _field(image, "orientation") or orientation_in(bytes(exif))
    return Probed(
        facts=replace(
            known,
            width=image.width,
            height=image.height,
            orientation=turn if 1 <= turn <= 8 else 1,
            pages=pages,
            colour_space=image.interpretation,
            icc_profile=profile_name(_field(image, ICC)),
            has_alpha=bool(image.hasalpha()),
        )
    )


def _field(image: pyvips.Image, name: str) -> Any:
    return image.get(name) if image.get_typeof(name) else None


def _still(source: Source, known: Facts) -> Probed:
    """libvips, then Pillow for what it does not read."""
    try:
        with decoding("its header"):
            return _vips(source, known)
    except MediaError:
        if source.format not in PILLOW_FORMATS:
            raise
    return _pillow(source, known)


def _pillow(source: Source, known: Facts) -> Probed:
    with open_pillow(source) as picture:
        width, height = picture.size
        return Probed(
            facts=replace(
                known,
                width=width,
                height=height,
                pages=getattr(picture, "n_frames", 1),
                orientation=orientation_in(picture.info.get("exif", b"")),
                colour_space=PILLOW_SPACES.get(picture.mode, "srgb"),
                icc_profile=profile_name(picture.info.get("icc_profile")),
                has_alpha="A" in picture.mode or "transparency" in picture.info,
            )
        )


def _jpeg2000(source: Source, known: Facts) -> Probed:
    size = jpeg2000_size(source.data)
    try:
        with decoding("its header"):
            probed = _pillow(source, known)
    except MediaError:
        if size is None:
            raise
        probed = Probed(facts=known)
    if size is None:
        return probed
    return replace(probed, facts=replace(probed.facts, width=size[0], height=size[1]))


def _jxl(source: Source, known: Facts) -> Probed:
    header = jxl_header(source.data)
    if header is None:
        raise MediaError(detail=QT_TRANSLATE_NOOP("facts", "its header: there is no codestream"))
    width, height, turn = header
    return Probed(facts=replace(known, width=width, height=height, orientation=turn))


def _heif(source: Source, known: Facts) -> Probed:
    """The boxes decide; EXIF's orientation is kept as a fact, but does not turn the picture."""
    picture = read_picture(source.data)
    if picture is None or picture.width is None:
        return _sequence(source, known)
    orientation, pages = _noted(source)
    return Probed(
        facts=replace(
            known,
            width=picture.width,
            height=picture.height,
            orientation=orientation,
            pages=pages,
            rotation=picture.rotation,
            colour_space="rgb16" if (picture.bits or 8) > 8 else "srgb",
            icc_profile=profile_name(picture.icc_profile),
            has_alpha=picture.has_alpha,
        )
    )


def _noted(source: Source) -> tuple[int, int | None]:
    """EXIF's orientation and the number of pictures, as far as libheif opens the file."""
    try:
        with decoding("its EXIF"):
            if source.format == "avif":
                image = vips_header(source)
                return orientation_in(bytes(_field(image, "exif-data") or b"")), 1
            container = foreign.heif().open_heif(BytesIO(source.data))
            exif = container[container.primary_index].info.get("exif") or b""
            return orientation_in(exif), len(container)
    except MediaError:
        return 1, None


def _sequence(source: Source, known: Facts) -> Probed:
    """A HEIF without a still picture: a short film."""
    clip = read_clip(replace(source, format="mov"))
    return Probed(facts=replace(known, width=clip.width, height=clip.height))


def _photoshop(source: Source, known: Facts) -> Probed:
    header = read_header(source)
    return Probed(
        facts=replace(
            known,
            width=header.width,
            height=header.height,
            orientation=orientation_in(header.resources.get(EXIF_RESOURCE, b"")),
            pages=1,
            colour_space=header.colour_space,
            icc_profile=profile_name(header.resources.get(ICC_RESOURCE)),
            has_alpha=header.has_alpha,
        )
    )


def _raw(source: Source, known: Facts) -> Probed:
    """LibRaw's visible area; for the heads it refuses, what the first TIFF directory says."""
    turn = orientation_in(source.head)
    width: int | None
    height: int | None
    try:
        with decoding("its header"):
            width, height, flip = raw_size(source)
    except MediaError:
        width, height = size_in(source.head) or (None, None)
        flip = turn
    return Probed(
        facts=replace(known, width=width, height=height, orientation=turn if turn > 1 else flip)
    )


def _svg(source: Source, known: Facts) -> Probed:
    width, height = svg_size(source)
    return Probed(facts=replace(known, width=width, height=height, has_alpha=True))


def _pdf(source: Source, known: Facts) -> Probed:
    if is_illustrator(source):
        known = replace(known, format="ai", kind=kind_of("ai"))
    try:
        with decoding("its header"):
            pages, tags = read_pdf(source)
    except MediaError as error:
        return Probed(facts=known, trouble=error)
    return Probed(facts=replace(known, pages=pages), tags=tags)


def _clip(source: Source, known: Facts) -> Probed:
    clip = read_clip(source)
    if clip.is_sound and known.format in ("mp4", "mov"):
        known = replace(known, format="m4a", kind=kind_of("m4a"))
    return Probed(
        facts=replace(
            known,
            width=clip.width,
            height=clip.height,
            rotation=clip.rotation,
            duration_s=clip.duration_s,
        ),
        tags=clip.tags,
    )


READERS: dict[str, Callable[[Source, Facts], Probed]] = {
    **dict.fromkeys(("jpeg", "png", "gif", "webp", "tiff"), _still),
    **dict.fromkeys(("bmp", "ico", "cur", "pcx", "dds", "qoi", "icns"), _pillow),
    **dict.fromkeys(("exr", "hdr"), _clip),
    **dict.fromkeys(("heic", "heif", "avif"), _heif),
    **dict.fromkeys(("psd", "psb"), _photoshop),
    **dict.fromkeys(RAW, _raw),
    **dict.fromkeys(VIDEOS | AUDIO - {"midi"}, _clip),
    "jp2": _jpeg2000,
    "jxl": _jxl,
    "svg": _svg,
    "pdf": _pdf,
}
