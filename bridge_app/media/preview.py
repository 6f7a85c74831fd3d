"""A master kept small in a child's memory, so that a slider's every step is drawn at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self

import pyvips

from bridge_app.media.decoding import decoding
from bridge_app.media.facts import Facts
from bridge_app.media.source import Wanted
from bridge_app.media.thumbnails import small_image
from bridge_app.transform import Transformation
from bridge_app.transform.definitions import about_definitions
from bridge_app.transform.fidelity import Assessment, worst
from bridge_app.transform.geometry import Size
from bridge_app.transform.layer_sources import LayerSources
from bridge_app.transform.proxy_pixels import Proxy
from bridge_app.transform.record import Record
from bridge_app.transform.steps import Cut

RGBA, RGB = 4, 3
NOTHING: Mapping[str, str] = MappingProxyType({})
BLANK = Record()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One picture as it is shown: `bands` is 3 (RGB) or 4 (RGBA), rows without padding.

    `width` × `height` are the pixels that came, `full_width` × `full_height` those of the
    rendition they stand for. `fidelity` and `reasons` are as in `Rendered`.
    """

    data: bytes
    width: int
    height: int
    bands: int
    full_width: int
    full_height: int
    fidelity: str = "exact"
    reasons: tuple[str, ...] = ()


class KeptMaster:
    """A master whose pixels are at hand, no larger than `edge_px` at opening."""

    def __init__(self, image: pyvips.Image, size: Size) -> None:
        self._image = image
        self._size = size
        self._proxy = Proxy(image, size)

    @classmethod
    def of(cls, wanted: Wanted, facts: Facts, stands_for: tuple[int, int] | None = None) -> Self:
        """Decode once. Raises MediaError, DecoderLimitError.

        `stands_for` is the true master's size where this is only a picture of it.
        """
        image, _ = small_image(wanted, facts)
        width, height = stands_for or (facts.display_width, facts.display_height)
        size = Size(width=width or image.width, height=height or image.height)
        return cls(_bare(_shown(image)), size)

    def as_it_is(self) -> Frame:
        """The master itself."""
        return _frame(self._image, self._size, Assessment())

    def through(
        self,
        transformation: Transformation,
        *,
        edge_px: int,
        sources: LayerSources | None = None,
        named: Mapping[str, str] = NOTHING,
        record: Record = BLANK,
    ) -> Frame:
        """The master through a transformation, at most `edge_px` a side.

        `sources` finds the pictures and fonts that layers name; `named` is what presets say of
        named transformations, `record` what is known beside the file.

        Raises MediaError, TransformationError.
        """
        with decoding("the preview"):
            drawn = self._proxy.draw(
                transformation, edge_px=edge_px, sources=sources, named=named, record=record
            )
            truth = worst([drawn.truth, *about_definitions(named)])
            return _frame(_shown(drawn.image), drawn.result, truth)

    def last_cut(
        self,
        transformation: Transformation,
        *,
        edge_px: int,
        named: Mapping[str, str] = NOTHING,
        record: Record = BLANK,
    ) -> Cut | None:
        """What the last step keeps, and the content it goes by; None if it cuts nothing.

        Raises MediaError, TransformationError.
        """
        with decoding("the preview"):
            return self._proxy.last_cut(transformation, edge_px=edge_px, named=named, record=record)


def _shown(image: pyvips.Image) -> pyvips.Image:
    """Three or four bands of sRGB."""
    if image.interpretation != "srgb" or image.format != "uchar":
        image = image.colourspace("srgb").cast("uchar")
    if image.bands > RGBA:
        return image[0:RGBA]
    if image.bands < RGB:
        alpha = image[1] if image.hasalpha() else None
        image = image[0].bandjoin([image[0], image[0]]).copy(interpretation="srgb")
        return image.bandjoin(alpha) if alpha is not None else image
    return image


def _bare(image: pyvips.Image) -> pyvips.Image:
    """The pixels in memory, without what the file said of itself, which every effect would keep."""
    pixels = image.write_to_memory()
    bare = pyvips.Image.new_from_memory(pixels, image.width, image.height, image.bands, "uchar")
    return bare.copy(interpretation="srgb").copy_memory()


def _frame(image: pyvips.Image, full: Size, truth: Assessment) -> Frame:
    data = bytes(image.write_to_memory())  # libvips hands out a buffer of its own
    return Frame(
        data=data,
        width=image.width,
        height=image.height,
        bands=image.bands,
        full_width=full.width,
        full_height=full.height,
        fidelity=truth.fidelity.value,
        reasons=truth.reasons,
    )
