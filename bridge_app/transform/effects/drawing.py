"""Pictures that look drawn: oil paint, cartoon, ordered dots, and growing or shrinking shapes.

Ranges and defaults: reference of effects, section 9.7. Recipes of our own: the service's are not
published.
"""

from itertools import product
from math import hypot

import numpy as np
import pyvips

from bridge_app.transform.effect_arguments import option, strength, within
from bridge_app.transform.effects.bands import LUMA, eight_bit, recoloured
from bridge_app.transform.effects.chroma import saturated
from bridge_app.transform.effects.neighbours import by_neighbours, reach_of, soft
from bridge_app.transform.effects.open_cv import opencv
from bridge_app.transform.effects.strips import Numbers, Plane, Strip
from bridge_app.transform.model import Component, Effect

Runs = list[tuple[int, int, int]]

_LEVELS_PER_CHANNEL = 16
_LARGEST_KERNEL = 32.0
_CARTOON_RADIUS = 2
_LINE_RADIUS = 1.0


def oil_paint(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Strokes: each pixel takes the mean of the calmest of the four squares it is a corner of."""
    radius = round(strength(effect, default=30, low=0, high=100) / 10)
    return by_neighbours(image, radius, lambda rows: _calmest(rows, radius)) if radius else image


def cartoonify(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Few flat colours within dark lines; `bw` keeps the lines on white alone."""
    lines = within(effect, 0, default=50, low=0, high=100)
    is_black_and_white = effect.arguments[1:2] == ("bw",)
    reduction = within(effect, 1, default=0, low=0, high=100)
    levels = max(2.0, _LEVELS_PER_CHANNEL * (1 - reduction / 110))
    flat = np.rint(np.rint(np.arange(256) * ((levels - 1) / 255)) * (255 / (levels - 1)))
    table, livelier = flat.astype(np.uint8), saturated(1.2)

    def change(rows: Plane) -> Numbers:
        drawn = _lines(rows, lines)
        if is_black_and_white:
            return np.dstack([drawn] * 3)
        red, green, blue = opencv().split(table.take(_calmest(rows, _CARTOON_RADIUS)))
        strong = livelier(Strip(red=red, green=green, blue=blue, top=0))
        return np.dstack([colour * (drawn / 255) for colour in strong])

    return by_neighbours(image, max(_CARTOON_RADIUS, reach_of(_LINE_RADIUS) + 1), change)


def ordered_dither(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Each channel on or off by a repeated pattern of thresholds."""
    kind = int(within(effect, 0, default=0, low=0, high=18))
    rows = _thresholds(kind)
    side = len(rows)
    tile = eight_bit(pyvips.Image.new_from_list([[255 * v for v in row] for row in rows]))
    across, down = -(-image.width // len(rows[0])), -(-image.height // side)
    pattern = tile.replicate(across, down).crop(0, 0, image.width, image.height)
    return recoloured(image, lambda colours: colours > pattern)


def morphology(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Dark shapes grow (`erode`), light shapes grow (`dilate`), or the kernel's mean."""
    radius = option(effect, "radius", default=2, low=0.5, high=_LARGEST_KERNEL)
    times = int(option(effect, "iterations", default=1, low=1, high=5))
    runs = _kernel(effect.option("kernel") or "octagon", radius)
    method = effect.option("method") or "erode"

    def change(colours: pyvips.Image) -> pyvips.Image:
        for _ in range(times):
            colours = (
                _convolved(colours, runs)
                if method == "convolve"
                else _extreme(colours, runs, highest=method == "dilate")
            )
        return colours

    return recoloured(image, change)


def _calmest(rows: Plane, radius: int) -> Plane:
    """Kuwahara's filter: edges stay, everything else becomes strokes."""
    cv2 = opencv()
    side = radius + 1
    framed = cv2.copyMakeBorder(rows, *[radius] * 4, cv2.BORDER_REPLICATE)
    light = cv2.transform(framed.astype(np.float32), np.full((1, 3), 1 / 3, np.float32))
    mean, grey = cv2.blur(framed, (side, side)), cv2.blur(light, (side, side))
    spread = cv2.blur(light * light, (side, side)) - grey * grey
    height, width = rows.shape[:2]
    best: Plane = np.empty_like(rows)
    calm = np.full((height, width), np.inf, np.float32)
    for left, top in product((side // 2, radius + side // 2), repeat=2):
        unrest = spread[top : top + height, left : left + width]
        calmer = cv2.compare(unrest, calm, cv2.CMP_LT)
        cv2.copyTo(mean[top : top + height, left : left + width], calmer, best)
        calm = cv2.min(unrest, calm)
    return best


def _lines(rows: Plane, amount: float) -> Numbers:
    """Dark lines on white where brightness changes suddenly."""
    if not amount:
        return np.full(rows.shape[:2], 255, np.float32)
    cv2 = opencv()
    light = cv2.transform(rows.astype(np.float32), np.array([LUMA], np.float32))
    light = soft(light, _LINE_RADIUS)
    across, along = (
        cv2.Sobel(light, cv2.CV_32F, right, 1 - right, borderType=cv2.BORDER_REPLICATE)
        for right in (1, 0)
    )
    faintest = 240 - 1.6 * amount
    drawn: Numbers = 255 - (cv2.magnitude(across, along) - faintest) * (amount / 40)
    return drawn.clip(0, 255)


def _thresholds(kind: int) -> list[list[float]]:
    """ImageMagick's order of maps: a level, checks, four of Bayer's, then clustered dots."""
    if kind == 0:
        return [[0.5]]
    if kind == 1:
        return [[1 / 3, 2 / 3], [2 / 3, 1 / 3]]
    if kind == 3:
        return _clustered(3)
    if kind in {2, 4, 5}:
        return _bayer({2: 2, 4: 4, 5: 8}[kind])
    return _clustered((4, 6, 8, 4, 6, 8, 16, 5, 5, 6, 6, 7, 7)[kind - 6])


def _bayer(side: int) -> list[list[float]]:
    order = [[0]]
    while len(order) < side:
        above = [[4 * v for v in row] + [4 * v + 2 for v in row] for row in order]
        below = [[4 * v + 3 for v in row] + [4 * v + 1 for v in row] for row in order]
        order = [*above, *below]
    return [[(v + 1) / (side * side + 1) for v in row] for row in order]


def _clustered(side: int) -> list[list[float]]:
    """Dots that grow from the middle of each cell."""
    middle = (side - 1) / 2
    cells = [(x, y) for y in range(side) for x in range(side)]
    nearest = sorted(cells, key=lambda at: (hypot(at[0] - middle, at[1] - middle), at))
    rank = {cell: index for index, cell in enumerate(nearest)}
    return [[1 - (rank[x, y] + 1) / (side * side + 1) for x in range(side)] for y in range(side)]


def _kernel(name: str, radius: float) -> Runs:
    """The shape as runs: the row's offset, its first and its last column."""
    reach = int(radius)
    if name == "cross":
        return [(d, s * d, s * d) for d in range(-reach, reach + 1) for s in (-1, 1)]
    if name == "ring":
        edge = [
            (y, x, x)
            for y in range(-reach, reach + 1)
            for x in range(-reach, reach + 1)
            if radius - 1 < hypot(x, y) <= radius + 0.5
        ]
        return edge or [(0, 0, 0)]
    runs: Runs = []
    for y in range(-reach, reach + 1):
        half = {
            "square": reach,
            "diamond": reach - abs(y),
            "plus": reach if y == 0 else 0,
            "disk": int((max(0.0, (radius + 0.3) ** 2 - y * y)) ** 0.5),
        }.get(name, min(reach, int(1.5 * reach + 0.5) - abs(y)))
        runs.append((y, -half, half))
    return runs


def _extreme(colours: pyvips.Image, runs: Runs, *, highest: bool) -> pyvips.Image:
    reach = max(max(abs(y), abs(first), abs(last)) for y, first, last in runs)
    width, height = colours.width, colours.height
    framed = colours.embed(reach, reach, width + 2 * reach, height + 2 * reach, extend="copy")
    rows = []
    for y, first, last in runs:
        length = last - first + 1
        row = framed.rank(length, 1, length - 1 if highest else 0) if length > 1 else framed
        rows.append(row.crop(reach + first + length // 2, reach + y, width, height))
    if len(rows) == 1:
        return rows[0]
    return rows[0].bandrank(rows[1:], index=len(rows) - 1 if highest else 0)


def _convolved(colours: pyvips.Image, runs: Runs) -> pyvips.Image:
    reach = max(max(abs(y), abs(first), abs(last)) for y, first, last in runs)
    cells = {(y, x) for y, first, last in runs for x in range(first, last + 1)}
    side = range(-reach, reach + 1)
    weights = [[1 if (y, x) in cells else 0 for x in side] for y in side]
    mask = pyvips.Image.new_from_array(weights, scale=len(cells))
    return eight_bit(colours.conv(mask, precision="integer"))
