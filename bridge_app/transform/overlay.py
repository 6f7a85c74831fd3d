"""Lays a layer on its base: opens or sets it, does its own steps to it, places and blends it.

Source of the rules: reference 9.5 and 9.8. A layer that stands out of its base enlarges the
canvas, unless `fl_no_overflow` cuts it off.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import ceil
from pathlib import Path

import pyvips

from bridge_app.domain.errors import MediaError
from bridge_app.domain.expectations import Expected
from bridge_app.transform.blend import (
    blended,
    brightness,
    displaced,
    inside,
    on_canvas,
    outside,
    shaped,
)
from bridge_app.transform.chain import Chain, Lay, size_of
from bridge_app.transform.content import Content, focus_of
from bridge_app.transform.encode import reason_of
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.focus import Focus
from bridge_app.transform.geometry import Box, Size
from bridge_app.transform.layer_place import layer_box, sized_by_base
from bridge_app.transform.layer_source import LayerKind, StoredLayer, TextLayer, layer_source
from bridge_app.transform.layer_sources import LayerSources
from bridge_app.transform.layers import LayerSpan
from bridge_app.transform.model import Component, Gravity, Length, Transformation
from bridge_app.transform.pixels import Master
from bridge_app.transform.steps import MAXIMUM_PIXELS
from bridge_app.transform.text_pixels import setting, text_picture
from bridge_app.transform.text_style import TextStyle

_WHOLE = Fraction(1)
_MOST_FACES = 32
_KEPT = 16
"""Layer pictures kept in memory; content may ask for one in another size in every frame."""
_ALL_FACES = frozenset({"faces", "adv_faces"})
_SHAPES: Mapping[str, Callable[[pyvips.Image], pyvips.Image]] = {
    "cut_out": outside,
    "mask": brightness,
}


class Layering:
    """Lays the layers of one rendering; what several frames need is made once.

    Args:
        sources: Finds the files of pictures and fonts.
        scale: What files count as, times their size: below 1 where the base is a small copy.
    """

    def __init__(self, sources: LayerSources, *, scale: Fraction = _WHOLE) -> None:
        self._sources = sources
        self._scale = scale
        self._picture = lru_cache(maxsize=_KEPT)(self._made)

    def __call__(self, base: pyvips.Image, span: LayerSpan) -> pyvips.Image:
        """`base` with the layer on it, or below it; unchanged when the layer is not known here.

        With a face gravity it is laid on the largest face, or on each, or left out without any.

        Args:
            base: 8-bit sRGB, with or without transparency; a single frame, in memory.
            span: The layer; its expressions resolved.

        Raises:
            TransformationError: The layer is none, or too large, or does not fit where it has to.
            FileTroubleError: The file of the layer cannot be opened.
            MediaError: It cannot be decoded.
        """
        for region in _regions(base, span):
            picture = self._picture(span, size_of(base), region)
            if picture is None:
                return base
            if "replace_image" in span.flags:
                return picture
            base = _laid(base, picture, span, region)
        return base

    def _made(self, span: LayerSpan, base: Size, region: Box | None) -> pyvips.Image | None:
        """The layer by itself, RGBA in memory, its own steps done; None if not known here.

        It may be sized by its base (`fl_relative`) or by the content it is laid on
        (`fl_region_relative`).
        """
        chain = sized_by_base(span.chain, base=base, region=region)
        try:
            opened = _opened(span, chain, self._sources, self._scale)
            if opened is None:
                return None
            picture = _through(*opened, chain, span, self)
        except pyvips.Error as error:
            raise MediaError(detail=reason_of(error)) from error
        return (picture if picture.hasalpha() else picture.addalpha()).copy_memory()


def font_of(style: TextStyle, sources: LayerSources) -> Path | None:
    """The file of an uploaded font; None when it is not known here, or the font is no upload."""
    if not style.is_uploaded:
        return None
    return sources.open(StoredLayer(public_id=style.family, kind=LayerKind.FONT))


def _opened(
    span: LayerSpan, chain: Transformation, sources: LayerSources, scale: Fraction
) -> tuple[pyvips.Image, Size] | None:
    """The layer before its own steps, loaded no larger than these need it, and its true size."""
    source = layer_source(span.source.text, position=span.position)
    if isinstance(source, TextLayer):
        picture = _text(source, span, sources)
        return (picture, size_of(picture)) if picture else None
    path = sources.open(source) if source.kind is LayerKind.IMAGE else None
    if path is None:
        return None
    master = Master.open(path)
    size = _scaled(master.size, scale)
    needed = _planned(chain, size, span).load_size
    if needed.pixels > MAXIMUM_PIXELS:
        raise _too_large(span)
    return master.load(needed, every_frame=False).copy_memory(), size


def _text(source: TextLayer, span: LayerSpan, sources: LayerSources) -> pyvips.Image | None:
    if source.style is None:
        return None
    how = setting(
        source.style,
        span.wording,
        trimmed="text_no_trim" not in span.flags,
        font=font_of(source.style, sources),
    )
    return text_picture(source.text, how, position=span.position)


def _through(
    picture: pyvips.Image,
    size: Size,
    chain: Transformation,
    span: LayerSpan,
    within: Lay,
) -> pyvips.Image:
    """The layer's own steps, the layers within it included."""
    planned = _planned(chain, size, span, focus_of(picture, size))
    try:
        return planned.through(picture, within)
    except TransformationError as error:
        raise span.located(error) from error


def _planned(
    chain: Transformation, size: Size, span: LayerSpan, focus: Focus | None = None
) -> Chain:
    try:
        return Chain.of(chain, size, focus)
    except TransformationError as error:
        raise span.located(error) from error


def _regions(base: pyvips.Image, span: LayerSpan) -> list[Box | None]:
    """The boxes the layer is laid on; one None where no content decides."""
    gravity = span.placing.parameter("g")
    if gravity is None or isinstance(gravity.value, Gravity):
        return [None]
    word = gravity.text.partition(":")[0]
    if word in _ALL_FACES:
        return [*Content(image=base, size=size_of(base)).faces[:_MOST_FACES]]
    found = focus_of(base, size_of(base))(gravity.text)
    return [] if found is None and "face" in word else [found]


def _laid(
    base: pyvips.Image, picture: pyvips.Image, span: LayerSpan, region: Box | None
) -> pyvips.Image:
    name, size = _blend(span), size_of(base)
    if name == "displace":
        return _displaced(base, picture, span)
    if "tiled" in span.flags:
        picture = _tiled(picture, size)
        box = Box(left=0, top=0, width=size.width, height=size.height)
    else:
        box = layer_box(span.placing, size_of(picture), base=size, region=region)
    shape = inside if "cutter" in span.flags else _SHAPES.get(name)
    if shape:
        return shaped(base, shape(on_canvas(picture, size, left=box.left, top=box.top)))
    _refuse_overflow(span, box, size)
    if "no_overflow" not in span.flags:
        base, box = _extended(base, box, span)
    if span.is_under:
        below = on_canvas(picture, size_of(base), left=box.left, top=box.top)
        return blended(below, base if base.hasalpha() else base.addalpha(), name)
    return blended(base, picture, name, left=box.left, top=box.top)


def _blend(span: LayerSpan) -> str:
    return span.blend.text.partition(":")[0] if span.blend else ""


def _tiled(picture: pyvips.Image, size: Size) -> pyvips.Image:
    """The picture again and again, from the top left."""
    across, along = ceil(size.width / picture.width), ceil(size.height / picture.height)
    return picture.replicate(across, along).crop(0, 0, size.width, size.height)


def _displaced(base: pyvips.Image, picture: pyvips.Image, span: LayerSpan) -> pyvips.Image:
    """Here x and y say how far, so they do not move the layer."""
    lengths = {key: span.placing.find(key, Length) for key in ("x", "y")}
    x, y = (float(length.amount) if length else 0.0 for length in lengths.values())
    still = tuple(p for p in span.placing.parameters if p.key not in lengths)
    size = size_of(base)
    box = layer_box(Component(parameters=still), size_of(picture), base=size)
    return displaced(base, on_canvas(picture, size, left=box.left, top=box.top), x=x, y=y)


def _refuse_overflow(span: LayerSpan, box: Box, size: Size) -> None:
    stands_out = (
        min(box.left, box.top) < 0
        or box.left + box.width > size.width
        or box.top + box.height > size.height
    )
    if "text_disallow_overflow" in span.flags and stands_out:
        raise TransformationError(
            position=span.position,
            found=str(span.source)[:80],
            expected=Expected.TEXT_FITS.format(width=size.width, height=size.height),
        )


def _extended(base: pyvips.Image, box: Box, span: LayerSpan) -> tuple[pyvips.Image, Box]:
    """The base on a canvas that holds the layer too, and the layer's box on that."""
    left, top = min(0, box.left), min(0, box.top)
    canvas = Size(
        width=max(base.width, box.left + box.width) - left,
        height=max(base.height, box.top + box.height) - top,
    )
    if (canvas.width, canvas.height) == (base.width, base.height):
        return base, box
    if canvas.pixels > MAXIMUM_PIXELS:
        raise _too_large(span)
    moved = Box(left=box.left - left, top=box.top - top, width=box.width, height=box.height)
    return on_canvas(base, canvas, left=-left, top=-top), moved


def _too_large(span: LayerSpan) -> TransformationError:
    return TransformationError(
        position=span.position,
        found=str(span.source)[:80],
        expected=Expected.LAYER_SIZE.format(limit=MAXIMUM_PIXELS // 1_000_000),
    )


def _scaled(size: Size, scale: Fraction) -> Size:
    return Size(width=max(1, round(size.width * scale)), height=max(1, round(size.height * scale)))
