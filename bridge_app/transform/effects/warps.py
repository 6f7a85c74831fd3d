"""Effects that move pixels: a picture pulled by its corners, bent along an arc, sheared.

Canvases are as `margins.py` says: the box around what comes out; what is not covered is clear.
"""

from math import pi

import pyvips

from bridge_app.transform.arc import Arc
from bridge_app.transform.effects.bands import eight_bit
from bridge_app.transform.geometry import Size
from bridge_app.transform.margins import (
    Point,
    arc_degrees,
    corner_points,
    shear_slopes,
    sheared_size,
)
from bridge_app.transform.model import Component, Effect

Row = list[float]


def distort(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Four corners to four points (top left, top right, bottom right, bottom left), or an arc."""
    points = corner_points(effect)
    if points:
        return _pulled(image, points)
    degrees = arc_degrees(effect)
    return _bent(image, degrees) if degrees else image


def shear(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Rows pushed sideways and columns up or down, by two angles."""
    size = sheared_size(effect, Size(width=image.width, height=image.height))
    across, along = shear_slopes(effect)
    left = min(0.0, across * image.height)
    top = min(0.0, along * image.width)
    sheared = _clear_edged(image).affine(
        [1, across, along, 1],
        odx=across / 2 - left,  # pixels count at their middles
        ody=along / 2 - top,
        oarea=[0, 0, size.width, size.height],
        background=[0, 0, 0, 0],
    )
    return _finished(sheared)


def _pulled(image: pyvips.Image, points: tuple[Point, Point, Point, Point]) -> pyvips.Image:
    left, top = min(x for x, _ in points), min(y for _, y in points)
    right, bottom = max(x for x, _ in points), max(y for _, y in points)
    width, height = max(1, round(right - left)), max(1, round(bottom - top))
    moved = [(x - left, y - top) for x, y in points]
    map_back = _projection(
        moved, [(0, 0), (image.width, 0), (image.width, image.height), (0, image.height)]
    )
    if map_back is None:
        return image
    place = pyvips.Image.xyz(width, height)
    x, y = place[0] + 0.5, place[1] + 0.5
    a, b, c, d, e, f, g, h = map_back
    depth = x * g + y * h + 1
    across, along = (x * a + y * b + c) / depth - 0.5, (x * d + y * e + f) / depth - 0.5
    return _mapped(image, across, along)


def _bent(image: pyvips.Image, degrees: float) -> pyvips.Image:
    if degrees < 0:
        return _bent(image.rot180(), -degrees).rot180()
    arc = Arc.of(degrees, Size(width=image.width, height=image.height))
    place = pyvips.Image.xyz(arc.size.width, arc.size.height)
    x, y = place[0] + (0.5 - arc.half), place[1] + (0.5 - arc.outer)
    radius = (x * x + y * y) ** 0.5
    turn = x.atan2(y * -1)  # degrees, 0 to 360
    angle = (turn > 180).ifthenelse(turn - 360, turn) * (pi / 180)
    across = (angle / arc.angle + 0.5) * image.width - 0.5
    along = (arc.outer - radius) * (image.height / (arc.outer - arc.inner)) - 0.5
    return _mapped(image, across, along)


def _mapped(image: pyvips.Image, across: pyvips.Image, along: pyvips.Image) -> pyvips.Image:
    """Each pixel from where the two maps say; clear outside the picture."""
    framed = _clear_edged(image)
    whole = framed.mapim(
        across.bandjoin(along),
        interpolate=pyvips.Interpolate.new("bilinear"),
        extend="background",
        background=[0, 0, 0, 0],
    )
    return _finished(whole)


def _clear_edged(image: pyvips.Image) -> pyvips.Image:
    """With alpha, colours multiplied by it, so that nothing bleeds in at the edge."""
    return (image if image.bands == 4 else image.addalpha()).premultiply()


def _finished(whole: pyvips.Image) -> pyvips.Image:
    return eight_bit(whole.unpremultiply()).copy(interpretation="srgb")


def _projection(sources: list[Point], targets: list[Point]) -> Row | None:
    """The eight numbers of the perspective that takes `sources` to `targets`; None: degenerate."""
    rows: list[Row] = []
    for (x, y), (u, v) in zip(sources, targets, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return _solved(rows)


def _solved(rows: list[Row]) -> Row | None:
    """Gauss-Jordan elimination with pivoting."""
    count = len(rows)
    for column in range(count):
        pivot = max(range(column, count), key=lambda r: abs(rows[r][column]))
        if abs(rows[pivot][column]) < 1e-9:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = [value / rows[column][column] for value in rows[column]]
        rows = [
            head
            if index == column
            else [v - row[column] * p for v, p in zip(row, head, strict=True)]
            for index, row in enumerate(rows)
        ]
    return [row[-1] for row in rows]
