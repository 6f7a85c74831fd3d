"""How the pixels of a layer meet those below: laid over, multiplied, as a mask, as a displacement.

Both pictures are 8-bit sRGB. Source of the modes: reference 9.7 and 9.8.
"""

from collections.abc import Callable, Mapping

import pyvips

from bridge_app.transform.geometry import Size

Mix = Callable[[pyvips.Image, pyvips.Image], pyvips.Image]
"""From the colours below and above, 0–255, to those of full opacity."""

_NEUTRAL = 127.5
_STRONGEST_PX = 999


def blended(
    base: pyvips.Image, layer: pyvips.Image, mode: str, *, left: int = 0, top: int = 0
) -> pyvips.Image:
    """The layer, RGBA, over an opaque or transparent base, its corner at `left`, `top`.

    Args:
        base: RGB or RGBA.
        layer: May stand out of the base on any side; what stands out is lost.
        mode: `multiply`, `screen`, `overlay`; anything else is laid over as it is.
        left: Pixels from the left of the base, negative to stand out.
        top: Pixels from the top.
    """
    x, y = max(0, left), max(0, top)
    width = min(base.width, left + layer.width) - x
    height = min(base.height, top + layer.height) - y
    if width < 1 or height < 1:
        return base
    part, below = layer.crop(x - left, y - top, width, height), base.crop(x, y, width, height)
    if mode in _MIXES:
        part = _mixed(below, part, _MIXES[mode])
    done = below.composite2(part, "over", compositing_space="srgb").cast("uchar")
    return base.insert(done if base.hasalpha() else done[0:3], x, y)


def _mixed(base: pyvips.Image, layer: pyvips.Image, mix: Mix) -> pyvips.Image:
    """The layer in the colours it takes over that base; its opacity stays.

    libvips has these modes too, but mixes colours that are multiplied by their opacity already
    (8.18), which darkens what is half transparent.
    """
    below, colours = base[0:3], layer[0:3]
    mixed = mix(below, colours)
    if base.hasalpha():
        there = base[3] / 255
        mixed = mixed * there + colours * (there * -1 + 1)
    return mixed.rint().bandjoin(layer[3]).cast("uchar").copy(interpretation="srgb")


def _multiply(below: pyvips.Image, above: pyvips.Image) -> pyvips.Image:
    return below * above / 255


def _screen(below: pyvips.Image, above: pyvips.Image) -> pyvips.Image:
    return below + above - below * above / 255


def _overlay(below: pyvips.Image, above: pyvips.Image) -> pyvips.Image:
    """Dark parts of the base multiply, light ones screen."""
    dark = below * above * 2 / 255
    return (below < _NEUTRAL).ifthenelse(dark, (below + above) * 2 - dark - 255)


_MIXES: Mapping[str, Mix] = {"multiply": _multiply, "overlay": _overlay, "screen": _screen}


def shaped(base: pyvips.Image, shape: pyvips.Image) -> pyvips.Image:
    """`base` as visible as it was times `shape` (one band, 0–255, of the same size)."""
    alpha = base[3] if base.hasalpha() else base[0].linear(0, 255)
    kept = (alpha * shape / 255).rint().cast("uchar")
    return base[0:3].bandjoin(kept).copy(interpretation="srgb")


def outside(layer: pyvips.Image) -> pyvips.Image:
    """Where a layer is not: its transparency, one band (`e_cut_out`)."""
    return layer[3].invert()


def inside(layer: pyvips.Image) -> pyvips.Image:
    """Where a layer is: its opacity, one band (`fl_cutter`)."""
    return layer[3]


def brightness(layer: pyvips.Image) -> pyvips.Image:
    """How light a layer is, on black: white keeps, black hides (`e_mask`)."""
    return layer.flatten(background=[0, 0, 0]).colourspace("b-w")[0]


def displaced(base: pyvips.Image, layer: pyvips.Image, *, x: float, y: float) -> pyvips.Image:
    """Each pixel fetched from where the layer's colours say: red across, green along.

    Args:
        base: RGB or RGBA.
        layer: RGBA of the same size; middle grey and transparency move nothing.
        x: Pixels that full red fetches from the right, and no red from the left; ±999.
        y: Likewise for green, from below and above.
    """
    far_x, far_y = (min(_STRONGEST_PX, max(-_STRONGEST_PX, length)) for length in (x, y))
    strength = layer[3] / 255
    across = (layer[0].linear(1, -_NEUTRAL)) * strength * (far_x / _NEUTRAL)
    along = (layer[1].linear(1, -_NEUTRAL)) * strength * (far_y / _NEUTRAL)
    places = pyvips.Image.xyz(base.width, base.height)
    at_x = _bounded(places[0] + across, base.width - 1)
    at_y = _bounded(places[1] + along, base.height - 1)
    interpolate = pyvips.Interpolate.new("bilinear")
    moved = base.copy_memory().mapim(at_x.bandjoin(at_y), interpolate=interpolate, extend="copy")
    return moved.cast("uchar").copy(interpretation="srgb")


def on_canvas(picture: pyvips.Image, canvas: Size, *, left: int = 0, top: int = 0) -> pyvips.Image:
    """`picture` with transparency around, or cut, to fill `canvas`; RGBA."""
    layer = picture if picture.hasalpha() else picture.addalpha()
    if not (-layer.width < left < canvas.width and -layer.height < top < canvas.height):
        nothing = layer.crop(0, 0, 1, 1).linear(0, 0, uchar=True).copy(interpretation="srgb")
        return nothing.replicate(canvas.width, canvas.height)
    return layer.embed(left, top, canvas.width, canvas.height).copy(interpretation="srgb")


def _bounded(places: pyvips.Image, last: int) -> pyvips.Image:
    """Not beyond the edges: what would come from outside is the edge's own pixel."""
    return (places < 0).ifthenelse(0, (places > last).ifthenelse(last, places))
