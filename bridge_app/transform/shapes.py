"""The shape of a picture: rounded corners and the border that follows them.

Source: reference 9.4. Corners are as round as there is room for, as in CSS; edges are smooth.
"""

from collections.abc import Sequence
from functools import lru_cache

import pyvips

from bridge_app.transform.effects.bands import colours_of, eight_bit, with_alpha
from bridge_app.transform.geometry import Size
from bridge_app.transform.margins import border_margins
from bridge_app.transform.model import Border, Colour, Radius

Ellipse = tuple[float, float]
"""The half axes of one corner, in pixels."""
_KEPT_SHAPES = 2
_KEPT_PIXELS = 4096 * 2304
"""Films are no larger. A border has two shapes, and each holds a byte for every pixel."""


def rounded(image: pyvips.Image, radius: Radius) -> pyvips.Image:
    """The picture, clear outside its rounded corners."""
    corners = corner_ellipses(radius, image.width, image.height)
    mask = _shape_again(image.width, image.height, corners)
    return _masked(image, mask) if mask else image


def bordered(image: pyvips.Image, border: Border, radius: Radius | None) -> pyvips.Image:
    """The picture (not yet rounded) inside its border; both follow `radius`."""
    wide = border_margins(border).left
    width, height = image.width + 2 * wide, image.height + 2 * wide
    corners = corner_ellipses(radius, image.width, image.height) if radius else [(0.0, 0.0)] * 4
    inner = _shape_again(image.width, image.height, corners)
    outer = _shape_again(width, height, [_widened(corner, wide) for corner in corners])
    if not wide:
        return _masked(image, inner) if inner else image
    colour = border.colour
    if image.bands == 3 and colour.alpha == 255:
        ground = [colour.red, colour.green, colour.blue]
        whole = image.embed(wide, wide, width, height, extend="background", background=ground)
        if not inner or not outer:
            return whole
        # where the inner edge is, the outer mask is full already: nothing shines through
        shown = inner.embed(wide, wide, width, height, extend="black")
        return with_alpha(shown.ifthenelse(whole, ground, blend=True), outer)
    inside = _masked(image, inner) if inner else image
    frame = _frame(Size(width=width, height=height), wide, (inner, outer), colour)
    whole = inside if inside.bands == 4 else inside.addalpha()
    # the two share the pixels of the seam: what one leaves, the other fills
    laid = frame.composite2(whole, "add", x=wide, y=wide)
    return eight_bit(laid).copy(interpretation="srgb")


def _frame(
    size: Size,
    wide: int,
    edges: tuple[pyvips.Image | None, pyvips.Image | None],
    colour: Colour,
) -> pyvips.Image:
    """The border alone, between its inner and its outer edge, each None where it is straight."""
    full = pyvips.Image.black(size.width, size.height).invert()
    inner, outer = edges
    inner = inner or full.crop(wide, wide, size.width - 2 * wide, size.height - 2 * wide)
    hole = inner.embed(wide, wide, size.width, size.height, extend="black")
    ring = (outer or full) * 1.0 - hole
    ground = full.new_from_image([colour.red, colour.green, colour.blue]).cast("uchar")
    return with_alpha(ground, (ring < 0).ifthenelse(0, ring) * (colour.alpha / 255))


def corner_ellipses(radius: Radius, width: int, height: int) -> list[Ellipse]:
    """Each corner's half axes, clockwise from the top left, made to fit the picture."""
    wanted: list[Ellipse] = [
        (width / 2, height / 2) if corner is None else (float(corner), float(corner))
        for corner in radius.corners
    ]
    top_left, top_right, bottom_right, bottom_left = wanted
    rooms = [
        (width, top_left[0] + top_right[0]),
        (width, bottom_left[0] + bottom_right[0]),
        (height, top_left[1] + bottom_left[1]),
        (height, top_right[1] + bottom_right[1]),
    ]
    factor = min([1.0, *(side / taken for side, taken in rooms if taken > side)])
    return [(across * factor, along * factor) for across, along in wanted]


def shape(width: int, height: int, corners: Sequence[Ellipse]) -> pyvips.Image | None:
    """How much of each pixel lies inside (0–255); None when no corner is rounded."""
    if all(min(corner) <= 0 for corner in corners):
        return None
    mask = pyvips.Image.black(width, height).invert()
    tiles = {corner: _corner(corner) for corner in set(corners)}
    for index, corner in enumerate(corners):
        tile = tiles[corner]
        if tile is None:
            continue
        left = index in {0, 3}
        top = index in {0, 1}
        tile = tile if left else tile.fliphor()
        tile = tile if top else tile.flipver()
        mask = mask.insert(
            tile, 0 if left else width - tile.width, 0 if top else height - tile.height
        )
    return mask.crop(0, 0, width, height)


def _shape_again(width: int, height: int, corners: Sequence[Ellipse]) -> pyvips.Image | None:
    """As `shape`; the frames of a film all have the same one, which is kept for the next."""
    if width * height > _KEPT_PIXELS:
        return shape(width, height, corners)
    return _kept_shape(width, height, tuple(corners))


@lru_cache(maxsize=_KEPT_SHAPES)
def _kept_shape(width: int, height: int, corners: tuple[Ellipse, ...]) -> pyvips.Image | None:
    mask = shape(width, height, corners)
    return mask.copy_memory() if mask else None


def _corner(ellipse: Ellipse) -> pyvips.Image | None:
    """The top left corner: a quarter of an ellipse, its edge smoothed over one pixel."""
    across, along = ellipse
    if min(across, along) <= 0:
        return None
    place = pyvips.Image.xyz(max(1, -int(-across // 1)), max(1, -int(-along // 1)))
    x = (across - 0.5 - place[0]) / across
    y = (along - 0.5 - place[1]) / along
    x, y = (x < 0).ifthenelse(0, x), (y < 0).ifthenelse(0, y)
    reach = (x * x + y * y) ** 0.5
    slope = ((x / across) * (x / across) + (y / along) * (y / along)) ** 0.5
    inside = (1 - reach) * reach / (slope + 1e-9) + 0.5
    return eight_bit((reach == 0).ifthenelse(255, inside * 255)).copy_memory()


def _widened(corner: Ellipse, by: int) -> Ellipse:
    """The outer edge of a border around a rounded corner; a sharp one stays sharp."""
    across, along = corner
    return (across + by, along + by) if min(corner) > 0 else (0.0, 0.0)


def _masked(image: pyvips.Image, mask: pyvips.Image) -> pyvips.Image:
    if image.bands == 3:
        return with_alpha(image, mask)
    return with_alpha(colours_of(image), image[3] * (mask / 255.0))
