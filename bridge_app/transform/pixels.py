"""The pixels: opening a master in sRGB, no larger than needed, and taking it through a chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyvips

from bridge_app.domain.errors import FileTroubleError, MediaError
from bridge_app.transform.chain import Chain, Lay
from bridge_app.transform.encode import reason_of
from bridge_app.transform.geometry import Size
from bridge_app.transform.model import Format
from bridge_app.transform.passed import Passed
from bridge_app.transform.scaling import resized

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
    """A picture file, its header read: `size` is upright unless `as_stored`.

    `profiled` tells whether its colours need a profile to be read (its own, or CMYK's usual one).
    `format` is its own where the web shows that and we write it, otherwise None. `frames` is
    above 1 for animations only. `is_drawing` is true of vectors, sharp at every size.
    """

    path: Path
    size: Size
    alpha: bool
    profiled: bool
    frames: int
    format: Format | None
    as_stored: bool = False
    is_drawing: bool = False

    @classmethod
    def open(cls, path: Path, *, as_stored: bool = False) -> "Master":
        """Read the header; `as_stored` takes no notice of the EXIF orientation (`a_ignore`).

        Raises:
            FileTroubleError: The file cannot be opened.
            MediaError: It is no picture we can decode.
        """
        try:
            header = pyvips.Image.new_from_source(opened(path), "")
            upright = header if as_stored else header.autorot()
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
            as_stored=as_stored,
            is_drawing=header.get("vips-loader").startswith("svg"),
        )

    def load(self, size: Size, *, every_frame: bool) -> pyvips.Image:
        """The picture at `size`, 8-bit sRGB; frames stand below one another, never enlarged.

        JPEG, WebP and SVG decode close to that size, never larger than needed.
        """
        width = size.width if self.is_drawing else min(size.width, self.size.width)
        height = size.height if self.is_drawing else min(size.height, self.size.height)
        try:
            image = pyvips.Image.thumbnail_source(
                opened(self.path),
                width,
                height=height,
                size="force",
                no_rotate=self.as_stored,
                option_string="[n=-1]" if every_frame else "",
                **(_TO_SRGB if self.profiled else {}),
            )
            if image.interpretation != "srgb" or image.format != "uchar":
                image = image.colourspace("srgb").cast("uchar")
            image = image[0:4] if image.bands > 4 else image
            return image if every_frame else resized(image, size)
        except pyvips.Error as error:
            raise MediaError(detail=reason_of(error)) from error


def draw(
    master: Master,
    chain: Chain,
    *,
    animated: bool,
    lay: Lay | None = None,
    seen: pyvips.Image | None = None,
    passed: Passed | None = None,
) -> pyvips.Image:
    """The master through the chain.

    Args:
        master: Where the pixels are.
        chain: What is done to each frame.
        animated: Keep every frame, one below the other.
        lay: Lays layers on; None: they are left out.
        seen: The master at the chain's `load_size`, in memory, if somebody has decoded it.
        passed: What was drawn of this master before; not for animations.

    Raises:
        FileTroubleError: The file cannot be opened.
        MediaError: It cannot be decoded.
        TransformationError: A step asks for more pixels than are allowed.
    """
    image = seen or master.load(chain.load_size, every_frame=animated)
    try:
        if seen is None and not chain.is_plain:
            image = image.copy_memory()  # turning reads in another order than decoding writes
        frames = image.pagesplit() if animated else [image]
        return _joined([chain.through(_alone(frame), lay, passed) for frame in frames])
    except pyvips.Error as error:
        raise MediaError(detail=reason_of(error)) from error


def _alone(frame: pyvips.Image) -> pyvips.Image:
    """One frame that has forgotten how high its siblings were."""
    if frame.get_typeof("page-height"):
        frame = frame.copy()
        frame.remove("page-height")
    return frame


def _joined(frames: list[pyvips.Image]) -> pyvips.Image:
    """The frames below one another, as libvips writes an animation; delays stay as they were."""
    if len(frames) == 1:
        return frames[0]
    width, height = max(f.width for f in frames), max(f.height for f in frames)
    if any(frame.hasalpha() for frame in frames):
        frames = [frame if frame.hasalpha() else frame.addalpha() for frame in frames]
    image = pyvips.Image.arrayjoin(
        [_widened(frame, width, height) for frame in frames], across=1
    ).copy()
    image.set_type(pyvips.GValue.gint_type, "page-height", height)
    return image


def _widened(frame: pyvips.Image, width: int, height: int) -> pyvips.Image:
    """On the canvas of the largest frame: trimming may leave several sizes."""
    ground = [255] * 3 if frame.bands == 3 else [0] * 4
    return frame.embed(0, 0, width, height, extend="background", background=ground)


def _own_format(header: pyvips.Image) -> Format | None:
    loader: str = header.get("vips-loader").partition("load")[0]
    if loader == "heif" and header.get("heif-compression") == "av1":
        return Format.AVIF
    return _OWN_FORMATS.get(loader)


def opened(path: Path) -> pyvips.Source:
    """A source that libvips keeps open; by descriptor, since a name may hold any bytes."""
    try:
        with path.open("rb") as stream:
            return pyvips.Source.new_from_descriptor(stream.fileno())
    except OSError as error:
        raise FileTroubleError(path=path, detail=error.strerror or str(error)) from error
