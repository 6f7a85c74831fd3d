"""The colours of a picture: those that prevail in it, those at its border, and what suits them.

For `b_auto` (reference/cloudinary.md 9.6) and for palettes. The service's own counting is not
published; here near colours are counted together, and the middle of a group stands for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyvips
from numpy.typing import NDArray

from bridge_app.transform.geometry import Size
from bridge_app.transform.model import AutoBackground, Colour, Direction

EDGE_PX = 128
_WHITE, _BLACK = Colour(red=255, green=255, blue=255), Colour(red=0, green=0, blue=0)
_STEP = 16  # colours nearer than this in every channel are one colour
_ALIKE = 40.0
_LEGIBLE = 3.0  # WCAG 2.2's contrast ratio for large text and graphics
_Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swatch:
    """A colour and how much of the looked-at pixels it and its like cover, above 0 to 1."""

    colour: Colour
    share: float


def palette(image: pyvips.Image, count: int = 8) -> tuple[Swatch, ...]:
    """At most `count` colours that prevail, the commonest first; white for an empty picture.

    Args:
        image: Upright, sRGB, 8 bits; readable more than once.
        count: At least 1. Colours that look alike count as one.
    """
    return _commonest(_seen(_small(image)).reshape(-1, 4), count)


def border_palette(image: pyvips.Image, count: int = 1) -> tuple[Swatch, ...]:
    """The same of the outermost pixels only."""
    pixels = _seen(_small(image))
    edges = (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1])
    return _commonest(np.concatenate(edges), count)


def background_colours(image: pyvips.Image, wanted: AutoBackground) -> tuple[Colour, ...]:
    """What `b_auto` fills with: one colour, or the 2 or 4 of a gradient.

    Two run along the gradient's direction; four are the corners, clockwise from the top left.
    """
    mode = str(wanted.mode)
    count = wanted.count if "gradient" in mode else 1
    if mode.startswith("border") and count > 1:
        found = _ends(image, count, wanted.direction)
    else:
        swatches = border_palette(image) if mode.startswith("border") else palette(image, count)
        found = tuple(swatch.colour for swatch in swatches)
    if wanted.palette:
        found = tuple(nearest(colour, wanted.palette) for colour in found)
    if mode.endswith("contrast"):
        found = tuple(contrasting(colour, wanted.palette) for colour in found)
    return tuple(found[i % len(found)] for i in range(count))


def background(image: pyvips.Image, wanted: AutoBackground, canvas: Size) -> pyvips.Image:
    """The ground itself: sRGB, 8 bits, three bands, of the canvas's size."""
    return gradient(background_colours(image, wanted), canvas, wanted.direction)


def gradient(colours: Sequence[Colour], size: Size, direction: Direction) -> pyvips.Image:
    """One plain colour, two in a direction, or four from corner to corner."""
    ends = [[float(c.red), float(c.green), float(c.blue)] for c in colours]
    if len(ends) == 1:
        ground = (pyvips.Image.black(size.width, size.height) + ends[0]).cast("uchar")
        return ground.copy(interpretation="srgb")
    place = pyvips.Image.xyz(size.width, size.height)
    x = place[0] / max(1, size.width - 1)
    y = place[1] / max(1, size.height - 1)
    if len(ends) == 4:
        top, bottom = _between(ends[0], ends[1], x), _between(ends[3], ends[2], x)
        mixed = top * (1 - y) + bottom * y
    else:
        along = {
            Direction.HORIZONTAL: x,
            Direction.VERTICAL: y,
            Direction.DIAGONAL_DESC: (x + y) / 2,
            Direction.DIAGONAL_ASC: (x + 1 - y) / 2,
        }[direction]
        mixed = _between(ends[0], ends[1], along)
    return mixed.rint().cast("uchar").copy(interpretation="srgb")


def nearest(colour: Colour, among: Sequence[Colour]) -> Colour:
    """The colour of a palette that is closest; the first of equals."""
    return min(among, key=lambda other: _distance(colour, other))


def contrasting(colour: Colour, among: Sequence[Colour] = ()) -> Colour:
    """A colour that stands out: of a palette, else the complement, else black or white."""
    if among:
        return max(among, key=lambda other: contrast_ratio(colour, other))
    inverse = Colour(red=255 - colour.red, green=255 - colour.green, blue=255 - colour.blue)
    if contrast_ratio(colour, inverse) >= _LEGIBLE:
        return inverse
    return max(_BLACK, _WHITE, key=lambda other: contrast_ratio(colour, other))


def contrast_ratio(one: Colour, other: Colour) -> float:
    """1 (the same lightness) to 21 (black on white), as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _small(image: pyvips.Image) -> pyvips.Image:
    return image.thumbnail_image(EDGE_PX, height=EDGE_PX, size="down")


def _seen(image: pyvips.Image) -> _Pixels:
    """Height × width × red, green, blue and opacity."""
    coloured = image if image.bands >= 3 else image.colourspace("srgb")
    whole = coloured if coloured.hasalpha() else coloured.addalpha()
    found: _Pixels = np.asarray(whole.numpy(), np.uint8)
    return found


def _commonest(pixels: _Pixels, count: int) -> tuple[Swatch, ...]:
    """Groups of near colours, the largest first; one that looks like a larger one joins it."""
    opaque = pixels[pixels[:, 3] >= 128][:, :3]
    if not len(opaque):
        return (Swatch(colour=_WHITE, share=1.0),)
    cells = (opaque // _STEP).astype(np.int64) @ np.array([4096, 64, 1])
    _, member, sizes = np.unique(cells, return_inverse=True, return_counts=True)
    sums = np.zeros((len(sizes), 3))
    np.add.at(sums, member, opaque)
    groups: list[tuple[int, int]] = []
    means = sums / sizes[:, None]
    for at in np.argsort(-sizes, kind="stable").tolist():
        alike = (i for i, (o, _) in enumerate(groups) if _apart(means[at], means[o]) < _ALIKE)
        if (into := next(alike, None)) is not None:
            groups[into] = (groups[into][0], groups[into][1] + int(sizes[at]))
        else:
            groups.append((at, int(sizes[at])))
    groups.sort(key=lambda group: -group[1])
    return tuple(
        Swatch(colour=_middle(opaque[member == at]), share=size / len(opaque))
        for at, size in groups[:count]
    )


def _ends(image: pyvips.Image, count: int, direction: Direction) -> tuple[Colour, ...]:
    """The commonest colour of the two sides a gradient runs between, or of the four corners."""
    pixels = _seen(_small(image))
    down, across = max(1, pixels.shape[0] // 4), max(1, pixels.shape[1] // 4)
    top_left, top_right = pixels[:down, :across], pixels[:down, -across:]
    bottom_left, bottom_right = pixels[-down:, :across], pixels[-down:, -across:]
    if count == 4:
        parts = [top_left, top_right, bottom_right, bottom_left]
    else:
        parts = {
            Direction.HORIZONTAL: [pixels[:, :1], pixels[:, -1:]],
            Direction.VERTICAL: [pixels[:1], pixels[-1:]],
            Direction.DIAGONAL_DESC: [top_left, bottom_right],
            Direction.DIAGONAL_ASC: [bottom_left, top_right],
        }[direction]
    return tuple(_commonest(part.reshape(-1, 4), 1)[0].colour for part in parts)


def _between(start: list[float], end: list[float], at: pyvips.Image) -> pyvips.Image:
    bands = [at * (b - a) + a for a, b in zip(start, end, strict=True)]
    return bands[0].bandjoin(bands[1:])


def _middle(pixels: _Pixels) -> Colour:
    """The median of each channel: a plain ground keeps its exact colour."""
    red, green, blue = (int(value) for value in np.median(pixels, axis=0))
    return Colour(red=red, green=green, blue=blue)


def _apart(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float(np.sqrt(((one - other) ** 2).sum()))


def _distance(one: Colour, other: Colour) -> int:
    return (
        (one.red - other.red) ** 2 + (one.green - other.green) ** 2 + (one.blue - other.blue) ** 2
    )


def _luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    shares = [value / 255 for value in (colour.red, colour.green, colour.blue)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
