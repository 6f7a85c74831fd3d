"""Nights out: a lit tent under stars, northern lights, friends at a fire."""

from math import pi, sin

from bridge_app.sandbox.drawing import Noise, Point, Sheet, mixed
from bridge_app.sandbox.drawing_land import range_of_mountains, woods
from bridge_app.sandbox.drawing_nature import (
    conifers,
    frame_of_firs,
    land,
    mist,
    ridge,
    ripples,
    stars,
    water,
)


def night_sky(sheet: Sheet, *, horizon: float) -> None:
    """Dark above, a last light below, stars and the milky way."""
    top, middle, low = sheet.palette.sky
    at = horizon / sheet.height
    stops = [(0.0, top, 1.0), (at * 0.6, middle, 1.0), (at, low, 1.0), (1.0, low, 1.0)]
    sheet.rect((0, 0, sheet.width, sheet.height), sheet.fade(stops))

    def milky_way() -> None:
        colour = mixed(sheet.palette.second, sheet.palette.paper, 0.6)
        for _ in range(46):
            along = sheet.rng.gauss(0, 0.3)
            at = (sheet.width * along, sheet.rng.gauss(0, 34) * (1 - abs(along)))
            size = sheet.rng.uniform(40, 150) * (1.1 - min(abs(along), 1.0))
            sheet.ellipse(at, (size * 2.2, size * 0.8), sheet.glow(colour, 0.075))

    turn = f"translate({sheet.width * 0.5:.0f},{horizon * 0.42:.0f}) rotate(-24)"
    sheet.group(milky_way, transform=turn)
    stars(sheet, horizon=horizon, count=int(240 * sheet.wide) + 80)


def moon(sheet: Sheet, at: Point, radius: float) -> None:
    """The moon, three days old, in the brand's rings."""
    colour = sheet.palette.sun
    sheet.circle(at, radius * 6, sheet.glow(colour, 0.4))
    for ring in range(2):
        sheet.circle(at, radius * (1.6 + 0.55 * ring), stroke=colour, stroke_width=1.8, opacity=0.3)
    x, y, r = at[0], at[1], radius
    sheet.curve(
        f"M{x:.1f},{y - r:.1f}A{r},{r} 0 1 1 {x:.1f},{y + r:.1f}"
        f"A{r * 1.5:.1f},{r * 1.5:.1f} 0 0 0 {x:.1f},{y - r:.1f}Z",
        colour,
        transform=f"rotate(200 {x:.1f} {y:.1f})",
    )


def camp(sheet: Sheet) -> None:
    """A tent lit from within, mountains behind, the milky way above."""
    horizon = sheet.height * 0.66
    night_sky(sheet, horizon=horizon)
    moon(sheet, (sheet.width * 0.76, sheet.height * 0.2), 46)
    range_of_mountains(sheet, horizon=horizon, layers=2, scale=0.85)
    woods(sheet, top=sheet.height * 0.8, layers=1, tall=190)
    ground = ridge(sheet, base=sheet.height * 0.9, height=46, period=700, sharp=False)
    at = (sheet.width * 0.42, sheet.height * 0.9)
    land(sheet, ground, sheet.palette.ink, mist=0.0)
    light = sheet.glow(sheet.palette.accent, 0.85)
    sheet.ellipse((at[0], at[1] + 14), (sheet.height * 0.42, sheet.height * 0.085), light)
    tent(sheet, at, sheet.height * 0.23)
    frame_of_firs(sheet)


def tent(sheet: Sheet, foot: Point, tall: float) -> None:
    """A ridge tent, its cloth glowing; flickers with the moment."""
    palette = sheet.palette
    x, y = foot
    glow = 0.72 + 0.1 * sin(2 * pi * 3 * sheet.moment)
    sheet.circle((x, y - tall * 0.4), tall * 1.9, sheet.glow(palette.accent, glow))
    cloth = sheet.fade(
        [(0.0, mixed(palette.accent, palette.near, 0.3), 1.0), (0.65, palette.accent, 1.0),
         (1.0, mixed(palette.accent, palette.sun, 0.75), 1.0)]
    )  # fmt: skip
    side = sheet.fade([(0.0, mixed(palette.accent, palette.ink, 0.62), 1.0),
                       (1.0, mixed(palette.accent, palette.ink, 0.3), 1.0)])  # fmt: skip
    peak = (x, y - tall)
    sheet.path([peak, (x + tall * 0.62, y - tall * 0.9), (x + tall * 1.35, y),
                (x + tall * 0.78, y)], side)  # fmt: skip
    sheet.path([peak, (x + tall * 0.78, y), (x - tall * 0.78, y)], cloth)
    door = sheet.fade([(0.0, palette.sun, 0.95), (1.0, palette.paper, 1.0)])
    sheet.path([(x, y - tall * 0.82), (x + tall * 0.3, y), (x - tall * 0.12, y)], door)
    sitter(sheet, (x + tall * 0.08, y), tall * 0.36)
    for end in ((-1.02, 0.0), (1.6, 0.0)):
        start = peak if end[0] < 0 else (x + tall * 0.62, y - tall * 0.9)
        rope = [start, (x + tall * end[0], y + 4)]
        sheet.path(rope, line=1, stroke=palette.paper, stroke_width=1.3, opacity=0.35)


def sitter(sheet: Sheet, foot: Point, tall: float, *, way: int = 1) -> None:
    """Somebody sitting on the ground, as a shadow; `way` 1 looks right."""
    x, y, s = foot[0], foot[1], tall * way
    t = tall
    sheet.circle((x - s * 0.06, y - t * 0.86), t * 0.135, sheet.palette.ink)
    d = (
        f"M{x - s * 0.28:.1f},{y:.1f}C{x - s * 0.36:.1f},{y - t * 0.42:.1f} "
        f"{x - s * 0.27:.1f},{y - t * 0.74:.1f} {x - s * 0.09:.1f},{y - t * 0.74:.1f}"
        f"C{x + s * 0.07:.1f},{y - t * 0.72:.1f} {x + s * 0.1:.1f},{y - t * 0.5:.1f} "
        f"{x + s * 0.12:.1f},{y - t * 0.42:.1f}L{x + s * 0.36:.1f},{y - t * 0.46:.1f}"
        f"L{x + s * 0.42:.1f},{y - t * 0.38:.1f}L{x + s * 0.5:.1f},{y - t * 0.03:.1f}"
        f"L{x + s * 0.62:.1f},{y:.1f}Z"
    )
    sheet.curve(d, sheet.palette.ink)


def aurora(sheet: Sheet) -> None:
    """Northern lights over a frozen lake."""
    horizon = sheet.height * 0.7
    night_sky(sheet, horizon=horizon)
    for band, colour in enumerate(
        (sheet.palette.second, sheet.palette.second, sheet.palette.accent)
    ):
        curtain(sheet, band=band, colour=colour, horizon=horizon)
    range_of_mountains(sheet, horizon=horizon - sheet.height * 0.06, layers=2, scale=0.6)
    water(sheet, horizon=horizon + sheet.height * 0.06, deep=sheet.palette.ink)
    glow = sheet.glow(sheet.palette.second, 0.5)
    sheet.ellipse((sheet.width * 0.5, sheet.height * 0.86), (sheet.width * 0.5, 100), glow)
    ripples(sheet, horizon=horizon + sheet.height * 0.06, colour=sheet.palette.second, count=80)
    points = ridge(sheet, base=sheet.height * 0.985, height=70, period=520, sharp=False)
    conifers(sheet, points, height=120, colour=sheet.palette.ink, gap=0.34)
    land(sheet, points, sheet.palette.ink, mist=0.0)


def curtain(sheet: Sheet, *, band: int, colour: str, horizon: float) -> None:
    """One curtain of light: upright rays along a wandering line."""
    noise, rays = Noise(sheet.rng), Noise(sheet.rng)
    fill = sheet.fade([(0.0, colour, 0.0), (0.62, colour, 0.5), (0.93, colour, 0.85),
                       (1.0, colour, 0.0)])  # fmt: skip
    step = 9.0
    for index in range(int(sheet.width / step) + 2):
        part = index * step / sheet.width
        bend = noise.octaves(part * 2.6 + 0.5 * sheet.moment, 3)
        x = index * step + 60 * noise.at(part * 3.1 + 40)
        foot = horizon * (0.62 + 0.1 * band) + horizon * 0.2 * bend
        tall = horizon * (0.38 + 0.2 * rays.octaves(part * 7 + sheet.moment, 3))
        strength = 0.36 * (0.5 + 0.5 * rays.at(part * 11)) * (0.9 - 0.22 * band)
        box = (x, foot - tall, step * 3.4, tall)
        sheet.rect(box, fill, opacity=max(strength, 0.05))


def fire(sheet: Sheet) -> None:
    """Friends around a fire among high firs."""
    horizon = sheet.height * 0.74
    night_sky(sheet, horizon=horizon)
    moon(sheet, (sheet.width * 0.24, sheet.height * 0.17), 40)
    for layer in range(3):
        points = ridge(sheet, base=horizon + 22 * layer, height=40, period=500, sharp=False)
        colour = sheet.palette.depth(0.35 + 0.22 * layer)
        tall = sheet.height * (0.3 + 0.09 * layer)
        conifers(sheet, points, height=tall, colour=colour, gap=0.26)
        land(sheet, points, colour, mist=0.1)
        mist(sheet, y=horizon + 12 * layer, height=120, strength=0.16)
    at = (sheet.width * 0.5, sheet.height * 0.87)
    sheet.rect((0, at[1] - 34, sheet.width, sheet.height), sheet.palette.ink)
    sheet.circle((at[0], at[1] - 60), sheet.height * 0.5, sheet.glow(sheet.palette.accent, 0.75))
    sheet.ellipse((at[0], at[1] + 6), (sheet.height * 0.4, 52), sheet.glow(sheet.palette.accent))
    _flames(sheet, at)
    for x, tall, way in ((-0.3, 190, 1), (-0.19, 170, 1), (0.2, 180, -1), (0.32, 200, -1)):
        foot = (at[0] + x * sheet.height, at[1] + 18)
        sitter(sheet, foot, tall, way=way)


def _flames(sheet: Sheet, at: Point) -> None:
    palette, (x, y) = sheet.palette, at
    flicker = 1 + 0.07 * sin(2 * pi * 5 * sheet.moment)
    tongues = ((1.0, palette.accent), (0.68, mixed(palette.accent, palette.sun, 0.55)),
               (0.38, palette.paper))  # fmt: skip
    for size, colour in tongues:
        h, w = 150 * size * flicker, 52 * size
        d = (
            f"M{x:.1f},{y:.1f}C{x - w:.1f},{y:.1f} {x - w * 1.1:.1f},{y - h * 0.45:.1f} "
            f"{x - w * 0.2:.1f},{y - h:.1f}C{x - w * 0.1:.1f},{y - h * 0.62:.1f} "
            f"{x + w * 0.5:.1f},{y - h * 0.7:.1f} {x + w * 0.4:.1f},{y - h * 0.86:.1f}"
            f"C{x + w * 1.2:.1f},{y - h * 0.4:.1f} {x + w:.1f},{y:.1f} {x:.1f},{y:.1f}Z"
        )
        sheet.curve(d, colour)
    for turn in (-16, 14):
        sheet.rect((x - 78, y - 6, 156, 15), palette.near, rx=7,
                   transform=f"rotate({turn} {x:.0f} {y:.0f})")  # fmt: skip
    for _ in range(26):
        spark = (x + sheet.rng.gauss(0, 46), y - sheet.rng.uniform(90, 420))
        sheet.circle(spark, sheet.rng.uniform(1.2, 3), palette.accent, opacity=0.8)
