"""Pictures that look drawn: oil paint, cartoon, ordered dots, and growing or shrinking shapes.

Ranges and defaults: reference of effects, section 9.7. Recipes of our own: the service's are not
published.
"""

from itertools import product
from math import hypot

import pyvips

from bridge_app.transform.effect_arguments import option, strength, within
from bridge_app.transform.effects.bands import (
    alpha_of,
    colours_of,
    eight_bit,
    luma_of,
    recoloured,
    with_alpha,
)
from bridge_app.transform.effects.blurs import softened
from bridge_app.transform.effects.chroma import saturated
from bridge_app.transform.model import Component, Effect

Runs = list[tuple[int, int, int]]

_LEVELS_PER_CHANNEL = 16
_LARGEST_KERNEL = 32.0


def oil_paint(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Strokes: each pixel takes the mean of the calmest of the four squares it is a corner of."""
    radius = round(strength(effect, default=30, low=0, high=100) / 10)
    return with_alpha(_calmest(colours_of(image), radius), alpha_of(image)) if radius else image


def cartoonify(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Few flat colours within dark lines; `bw` keeps the lines on white alone."""
    lines = within(effect, 0, default=50, low=0, high=100)
    drawn = _lines(image, lines)
    if effect.arguments[1:2] == ("bw",):
        return with_alpha(drawn.bandjoin([drawn, drawn]), alpha_of(image))
    reduction = within(effect, 1, default=0, low=0, high=100)
    levels = max(2.0, _LEVELS_PER_CHANNEL * (1 - reduction / 110))
    flat = _calmest(colours_of(image), 2)
    flat = (flat * ((levels - 1) / 255)).rint() * (255 / (levels - 1))
    strong = saturated(eight_bit(flat), 1.2)
    return with_alpha(strong * (drawn / 255.0), alpha_of(image))


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


def _calmest(colours: pyvips.Image, radius: int) -> pyvips.Image:
    """Kuwahara's filter: edges stay, everything else becomes strokes."""
    side = radius + 1
    box = pyvips.Image.new_from_array([[1] * side], scale=side)
    framed = eight_bit(colours).embed(
        radius, radius, colours.width + 2 * radius, colours.height + 2 * radius, extend="copy"
    )
    light = framed.cast("float").recomb([[1 / 3] * 3])
    mean = framed.convsep(box, precision="integer").copy_memory()  # each is read four times
    spread = ((light * light).convsep(box) - light.convsep(box) ** 2).copy_memory()
    size = colours.width, colours.height
    best = calm = None
    for left, top in product((side // 2, radius + side // 2), repeat=2):
        here, unrest = mean.crop(left, top, *size), spread.crop(left, top, *size)
        if best is None:
            best, calm = here, unrest
        else:
            calmer = unrest < calm
            best, calm = calmer.ifthenelse(here, best), calmer.ifthenelse(unrest, calm)
    return best


def _lines(image: pyvips.Image, amount: float) -> pyvips.Image:
    """Dark lines on white where brightness changes suddenly."""
    light = softened(luma_of(image), 1.0).copy_memory()
    across = light.conv(pyvips.Image.new_from_array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]))
    along = light.conv(pyvips.Image.new_from_array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]))
    steep = (across * across + along * along) ** 0.5
    if not amount:
        return eight_bit(steep * 0.0 + 255)
    faintest = 240 - 1.6 * amount
    return eight_bit(255 - (steep - faintest) * (amount / 40))


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
