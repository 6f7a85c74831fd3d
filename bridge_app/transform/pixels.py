"""The pixels: opening a master upright and in sRGB, no larger than needed, and doing the steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import assert_never

import pyvips

from bridge_app.domain.errors import FileTroubleError, MediaError
from bridge_app.transform.encode import reason_of
from bridge_app.transform.geometry import Placement, Size
from bridge_app.transform.model import Colour, Format, Move
from bridge_app.transform.steps import MAXIMUM_PIXELS, Step

WHITE = Colour(red=255, green=255, blue=255)
CLEAR = Colour(red=0, green=0, blue=0, alpha=0)

# Perceptual keeps the blacks of print profiles black, as browsers do. Going through profiles is
# slow, so pictures that are sRGB already do not.
_TO_SRGB: Mapping[str, str] = {"export_profile": "srgb", "intent": "perceptual"}
# By the word that libvips' loader names start with.
_OWN_FORMATS: Mapping[str, Format] = {
    "jpeg": Format.JPG,
    "png": Format.PNG,
    "webp": Format.WEBP,
    "gif": Format.GIF,
}
_MOVING_FORMATS = frozenset({Format.GIF, Format.WEBP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Master:
    """A picture file, its header read: `size` is upright (EXIF orientation applied).

    `profiled` tells whether its colours need a profile to be read (its own, or CMYK's usual one).
    `format` is its own where the web shows that and we write it, otherwise None. `frames` is
    above 1 for animations only.
    """

    path: Path
    size: Size
    alpha: bool
    profiled: bool
    frames: int
    format: Format | None

    @classmethod
    def open(cls, path: Path) -> "Master":
        """Read the header.

        Raises:
            FileTroubleError: The file cannot be opened.
            MediaError: It is no picture we can decode.
        """
        try:
            header = pyvips.Image.new_from_source(_source(path), "")
            upright = header.autorot()
        except pyvips.Error as error:
            raise MediaError(detail=reason_of(error)) from error
        kind = _own_format(header)
        pages = header.get("n-pages") if header.get_typeof("n-pages") else 1
        return cls(
            path=path,
            size=Size(width=upright.width, height=upright.height),
            alpha=bool(header.hasalpha()),
            profiled=bool(header.get_typeof("icc-profile-data")) or header.interpretation == "cmyk",
            frames=pages if kind in _MOVING_FORMATS else 1,
            format=kind,
        )

    def load(self, size: Size, *, every_frame: bool) -> pyvips.Image:
        """The picture at `size`, upright, 8-bit sRGB; frames stand below one another.

        JPEG, WebP and SVG decode close to that size, never larger than needed.
        """
        try:
            image = pyvips.Image.thumbnail_source(
                _source(self.path),
                size.width,
                height=size.height,
                size="force",
                option_string="[n=-1]" if every_frame else "",
                **(_TO_SRGB if self.profiled else {}),
            )
            if image.interpretation != "srgb" or image.format != "uchar":
                image = image.colourspace("srgb").cast("uchar")
        except pyvips.Error as error:
            raise MediaError(detail=reason_of(error)) from error
        return image[0:4] if image.bands > 4 else image


def draw(master: Master, steps: tuple[Step, ...], *, animated: bool) -> pyvips.Image:
    """The master through the steps; `animated` keeps every frame, one below the other.

    Raises:
        FileTroubleError: The file cannot be opened.
        MediaError: It cannot be decoded.
    """
    image = master.load(_size_to_load(master, steps), every_frame=animated)
    try:
        if any(step.moves for step in steps):
            image = image.copy_memory()  # turning reads in another order than decoding writes
        frames = image.pagesplit() if animated else [image]
        return _joined([_through(_alone(frame), steps) for frame in frames])
    except pyvips.Error as error:
        raise MediaError(detail=reason_of(error)) from error


def _alone(frame: pyvips.Image) -> pyvips.Image:
    """One frame that has forgotten how high its siblings were."""
    frame = frame.copy()
    if frame.get_typeof("page-height"):
        frame.remove("page-height")
    return frame


def _joined(frames: list[pyvips.Image]) -> pyvips.Image:
    """The frames below one another, as libvips writes an animation; delays stay as they were."""
    if len(frames) == 1:
        return frames[0]
    height = frames[0].height
    image = pyvips.Image.arrayjoin(frames, across=1).copy()
    image.set_type(pyvips.GValue.gint_type, "page-height", height)
    return image


def padding_colour(step: Step, *, alpha: bool) -> Colour:
    """What a padding is filled with: `b_`, else white, or nothing under a transparent picture."""
    return step.component.find("b", Colour) or (CLEAR if alpha else WHITE)


def _own_format(header: pyvips.Image) -> Format | None:
    loader: str = header.get("vips-loader").partition("load")[0]
    if loader == "heif" and header.get("heif-compression") == "av1":
        return Format.AVIF
    return _OWN_FORMATS.get(loader)


def _source(path: Path) -> pyvips.Source:
    """A source that libvips keeps open; by descriptor, since a name may hold any bytes."""
    try:
        with path.open("rb") as stream:
            return pyvips.Source.new_from_descriptor(stream.fileno())
    except OSError as error:
        raise FileTroubleError(path=path, detail=error.strerror or str(error)) from error


def _size_to_load(master: Master, steps: tuple[Step, ...]) -> Size:
    """The size the first step needs, when nothing but sizing comes before it."""
    for step in steps:
        if step.placement:
            return master.size if _is_vast(step.placement) else step.placement.picture
        if step.moves:
            break
    return master.size


def _through(image: pyvips.Image, steps: tuple[Step, ...]) -> pyvips.Image:
    for step in steps:
        if step.placement:
            image = _placed(image, step.placement, step)
        elif colour := step.component.find("b", Colour):
            image = _on(image, colour, Size(width=image.width, height=image.height))
        for move in step.moves:
            image = _moved(image, move)
    return image


def _placed(image: pyvips.Image, placement: Placement, step: Step) -> pyvips.Image:
    canvas, crop = placement.canvas, placement.crop
    image = _cut_first(image, placement) if _is_vast(placement) else _scaled(image, placement)
    if (image.width, image.height) != (crop.width, crop.height):
        image = image.crop(crop.left, crop.top, crop.width, crop.height)
    if placement.pads:
        colour = padding_colour(step, alpha=image.hasalpha())
        return _on(image, colour, canvas, left=placement.left, top=placement.top)
    ground = step.component.find("b", Colour)
    return _on(image, ground, canvas) if ground else image


def _is_vast(placement: Placement) -> bool:
    """Whether scaling all of the picture would waste most of it: a strip filled to a square."""
    return placement.cuts and placement.picture.pixels > MAXIMUM_PIXELS


def _scaled(image: pyvips.Image, placement: Placement) -> pyvips.Image:
    size = placement.picture
    if (image.width, image.height) == (size.width, size.height):
        return image
    return image.thumbnail_image(size.width, height=size.height, size="force")


def _cut_first(image: pyvips.Image, placement: Placement) -> pyvips.Image:
    """The kept part alone, scaled."""
    across = Fraction(image.width, placement.picture.width)
    along = Fraction(image.height, placement.picture.height)
    crop = placement.crop
    left, top = floor(crop.left * across), floor(crop.top * along)
    width = min(image.width - left, max(1, round(crop.width * across)))
    height = min(image.height - top, max(1, round(crop.height * along)))
    kept = image.crop(left, top, width, height)
    return kept.thumbnail_image(crop.width, height=crop.height, size="force")


def _on(
    image: pyvips.Image, colour: Colour, canvas: Size, *, left: int = 0, top: int = 0
) -> pyvips.Image:
    """`image` over a plain canvas of that colour."""
    rgb = [colour.red, colour.green, colour.blue]
    if colour.alpha == 255:
        opaque = image.flatten(background=rgb) if image.hasalpha() else image
        return opaque.embed(
            left, top, canvas.width, canvas.height, extend="background", background=rgb
        )
    black = pyvips.Image.black(canvas.width, canvas.height, bands=4)
    ground = black.linear([1] * 4, [*rgb, colour.alpha], uchar=True).copy(interpretation="srgb")
    layer = image if image.hasalpha() else image.addalpha()
    return ground.composite2(layer, "over", x=left, y=top).cast("uchar")


def _moved(image: pyvips.Image, move: Move) -> pyvips.Image:
    match move:
        case Move.TURN_90:
            return image.rot90()
        case Move.TURN_180:
            return image.rot180()
        case Move.TURN_270:
            return image.rot270()
        case Move.FLIP_HORIZONTAL:
            return image.fliphor()
        case Move.FLIP_VERTICAL:
            return image.flipver()
        case _:
            assert_never(move)
