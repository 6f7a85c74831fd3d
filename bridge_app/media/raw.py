"""Camera RAW: LibRaw's sizes, and the best preview the camera left, else the sensor's data."""

from io import BytesIO
from typing import Any

import pyvips

from bridge_app.domain.errors import MediaError
from bridge_app.media import foreign
from bridge_app.media.decoding import bounded, decoding
from bridge_app.media.source import Source, Wanted
from bridge_app.media.stills import from_pixels

TURNS = {0: 1, 3: 3, 5: 8, 6: 6}  # LibRaw's flip to EXIF's orientation


def raw_size(source: Source) -> tuple[int, int, int]:
    """Visible width, height, and orientation 1-8. Raises rawpy's errors."""
    with _opened(source) as raw:
        return raw.sizes.width, raw.sizes.height, TURNS.get(raw.sizes.flip, 1)


def by_raw(wanted: Wanted) -> pyvips.Image:
    """The camera's own JPEG where it is large enough, else the sensor's picture, else any preview.

    Everything comes as stored, to be turned by the file's orientation.
    """
    previews = sorted(_previews(wanted.source), key=lambda image: image.width * image.height)
    best = previews[-1] if previews else None
    if best is not None and max(best.width, best.height) >= wanted.edge_px:
        return best
    try:
        with decoding("the sensor's data"):
            developed = _developed(wanted)
    except MediaError:
        if best is None:
            raise
        return best
    return developed


def _opened(source: Source) -> Any:
    return foreign.libraw().imread(BytesIO(source.data))


def _developed(wanted: Wanted) -> pyvips.Image:
    with _opened(wanted.source) as raw:
        bounded(raw.sizes.raw_width, raw.sizes.raw_height, wanted.pixels)
        is_ample = max(raw.sizes.width, raw.sizes.height) // 2 >= wanted.edge_px
        picture = raw.postprocess(half_size=is_ample, use_camera_wb=True, user_flip=0)
    height, width, bands = picture.shape
    return from_pixels(picture.tobytes(), width=width, height=height, bands=bands)


def _previews(source: Source) -> list[pyvips.Image]:
    found = []
    for read in (_by_libraw, _by_exiv2):
        try:
            with decoding("the preview"):
                found += read(source)
        except MediaError:
            continue
    return found


def _by_libraw(source: Source) -> list[pyvips.Image]:
    with _opened(source) as raw:
        thumb = raw.extract_thumb()
        if thumb.format == foreign.libraw().ThumbFormat.JPEG:
            return _decoded(thumb.data)
        height, width, bands = thumb.data.shape
        return [from_pixels(thumb.data.tobytes(), width=width, height=height, bands=bands)]


def _by_exiv2(source: Source) -> list[pyvips.Image]:
    exiv2 = foreign.exiv2()
    container = exiv2.ImageFactory.open(source.data)
    container.readMetadata()
    manager = exiv2.PreviewManager(container)
    found: list[pyvips.Image] = []
    for properties in manager.getPreviewProperties():
        if properties.mimeType_ in ("image/jpeg", "image/tiff"):
            found += _decoded(bytes(manager.getPreviewImage(properties).data()))
    return found


def _decoded(preview: bytes) -> list[pyvips.Image]:
    """The preview, whole, or nothing when it cannot be read to its end."""
    loader = "jpegload_buffer" if preview[:2] == b"\xff\xd8" else "tiffload_buffer"
    try:
        image = pyvips.Operation.call(loader, preview, fail_on="error").copy_memory()
    except pyvips.Error:
        return []
    return [image]
