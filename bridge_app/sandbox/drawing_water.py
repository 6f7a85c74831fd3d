"""Seas, fjords, coasts and the town at the water."""

from math import pi, sin

from bridge_app.sandbox.drawing import Noise, Point, Sheet, mixed, smooth
from bridge_app.sandbox.drawing_nature import (
    birds,
    clouds,
    conifers,
    glitter,
    land,
    mist,
    relief,
    ridge,
    ripples,
    sky,
    water,
)


def fjord(sheet: Sheet) -> None:
    """Cliffs on both sides, a small boat in the sun's path."""
    horizon = sheet.height * 0.6
    sun = (sheet.width * 0.5, horizon * 0.5)
    sky(sheet, horizon=horizon, sun=sun, radius=72)
    clouds(sheet, horizon=horizon * 0.8, count=4)
    far = ridge(sheet, base=horizon + 4, height=sheet.height * 0.22, period=300, sharp=True)
    land(sheet, far, sheet.palette.depth(0.08), mist=0.7)
    mist(sheet, y=horizon, height=120, strength=0.5)
    water(sheet, horizon=horizon, deep=sheet.palette.near)
    layers = 4
    for layer in range(layers):
        near = 0.22 + 0.7 * layer / (layers - 1)
        for left in (True, False):
            cliff(sheet, left=left, near=near, horizon=horizon)
    glitter(sheet, horizon=horizon, x=sun[0], colour=sheet.palette.sun, spread=0.085)
    ripples(sheet, horizon=horizon, colour=sheet.palette.paper, count=70)
    sail = (sheet.width * 0.565, horizon + sheet.height * 0.15)
    boat(sheet, sail, 120)
    birds(sheet, around=(sheet.width * 0.6, horizon * 0.36), count=6, size=14)


def cliff(sheet: Sheet, *, left: bool, near: float, horizon: float) -> None:
    """One wall of the fjord, falling towards the middle, with its dark foot in the water."""
    palette = sheet.palette
    noise = Noise(sheet.rng)
    foot = horizon + sheet.height * 0.16 * near**2.2
    reach = sheet.width * (0.44 - 0.3 * near) * sheet.rng.uniform(0.9, 1.12)
    tall = sheet.height * (0.34 + 0.26 * near)
    points: list[Point] = []
    count = 90
    for index in range(count + 1):
        part = index / count
        fall = (1 - part) ** 0.75 * (0.62 + 0.38 * noise.ridged(part * 4.2))
        x = -10 + reach * part
        points.append((x if left else sheet.width - x, foot - tall * fall))
    colour = palette.depth(near)
    wet = [(0.0, colour, 1.0), (0.72, mixed(colour, palette.sky[2], 0.3 * (1 - near)), 1.0)]
    ends = [(points[-1][0], foot), (points[0][0], foot)]
    sheet.path([*points, *ends], sheet.fade(wet))
    relief(
        sheet,
        points if left else points[::-1],
        shade=mixed(colour, palette.ink, 0.5),
        light=mixed(colour, palette.sun, 0.5),
    )
    if near > 0.3:
        slope = points if left else points[::-1]
        conifers(sheet, slope, height=26 + 58 * near, colour=mixed(colour, palette.ink, 0.35))
    mirror = sheet.fade([(0.0, colour, 0.75), (1.0, colour, 0.0)])
    under = [(x, foot + (foot - y) * 0.42) for x, y in points]
    sheet.path([*under, (points[-1][0], foot), (points[0][0], foot)], mirror)


def boat(sheet: Sheet, at: Point, size: float) -> None:
    """A small sailing boat with its reflection; `at` is the water line's middle."""
    palette = sheet.palette
    x, y = at
    bob = 3 * sin(2 * pi * sheet.moment)
    y += bob
    hull = [
        (x - size * 0.34, y - size * 0.09), (x + size * 0.38, y - size * 0.11),
        (x + size * 0.27, y + size * 0.03), (x - size * 0.25, y + size * 0.03),
    ]  # fmt: skip
    main = [(x + size * 0.01, y - size * 0.98), (x + size * 0.01, y - size * 0.17),
            (x + size * 0.37, y - size * 0.17)]  # fmt: skip
    jib = [(x - size * 0.03, y - size * 0.86), (x - size * 0.03, y - size * 0.17),
           (x - size * 0.28, y - size * 0.17)]  # fmt: skip
    low = sheet.fade([(0.0, palette.paper, 0.4), (1.0, palette.paper, 0.0)])
    sheet.path([(px, 2 * y - py) for px, py in main], low)
    sheet.path(main, palette.paper)
    sheet.path(jib, mixed(palette.paper, palette.accent, 0.85))
    sheet.path(hull, palette.ink)
    sheet.rect((x - size * 0.62, y + size * 0.035, size * 1.2, 3), palette.paper, opacity=0.5)


def coast(sheet: Sheet) -> None:
    """A lighthouse on a cliff above the open sea."""
    horizon = sheet.height * 0.58
    sun = (sheet.width * 0.28, horizon * 0.72)
    sky(sheet, horizon=horizon, sun=sun, radius=88)
    clouds(sheet, horizon=horizon, count=6)
    water(sheet, horizon=horizon, deep=mixed(sheet.palette.near, sheet.palette.second, 0.35))
    glitter(sheet, horizon=horizon, x=sun[0], colour=sheet.palette.sun, spread=0.12)
    ripples(sheet, horizon=horizon, colour=sheet.palette.paper, count=90)
    headland(sheet, near=0.35, reach=0.62, horizon=horizon)
    rock = headland(sheet, near=0.6, reach=0.5, horizon=horizon)
    lighthouse(sheet, (rock[0], rock[1] + 9), sheet.height * 0.36)
    headland(sheet, near=0.92, reach=0.36, horizon=horizon)
    birds(sheet, around=(sheet.width * 0.55, horizon * 0.4), count=7, size=15)
    boat(sheet, (sheet.width * 0.33, horizon + sheet.height * 0.045), 58)


def headland(sheet: Sheet, *, near: float, reach: float, horizon: float) -> Point:
    """A cliff from the right edge, with foam where the sea meets it; gives a place on top."""
    noise = Noise(sheet.rng)
    foot = horizon + sheet.height * 0.3 * near**1.6
    tall = sheet.height * (0.12 + 0.12 * near)
    points = []
    for index in range(71):
        part = index / 70
        rise = min(part * 5, 1.0) ** 0.7 * (0.72 + 0.28 * noise.octaves(part * 5))
        points.append((sheet.width * (1 - reach * (1 - part)), foot - tall * rise))
    colour = sheet.palette.depth(near)
    body = sheet.fade([(0.0, colour, 1.0), (1.0, mixed(colour, sheet.palette.ink, 0.45), 1.0)])
    sheet.path([*points, (sheet.width + 10, foot + 4), (points[0][0], foot + 4)], body)
    edge = sheet.fade([(0.0, sheet.palette.sun, 0.4), (1.0, sheet.palette.sun, 0.0)])
    lit = [(x, y + 13) for x, y in points[::-1]]
    sheet.path([*points, *lit], edge)
    foam = [(x, foot + 3 + 4 * sin(x / 23)) for x, _ in points[::3]]
    foam.insert(0, (foam[0][0] - 26, foot + 6))
    sheet.curve(smooth(foam), stroke=sheet.palette.paper, stroke_width=5, opacity=0.7)
    return points[38]


def lighthouse(sheet: Sheet, foot: Point, tall: float) -> None:
    """A banded tower with its lamp lit."""
    palette = sheet.palette
    x, y = foot
    lamp = (x, y - tall * 1.06)
    for way, strength in ((-1, 0.5), (1, 0.28)):
        beam = sheet.fade([(0.0, palette.sun, strength), (1.0, palette.sun, 0.0)], across=True)
        far = lamp[0] + way * sheet.height * 0.75
        near_end = [(lamp[0], lamp[1] - 7), (lamp[0], lamp[1] + 7)]
        fill = (
            beam
            if way > 0
            else sheet.fade([(0.0, palette.sun, 0.0), (1.0, palette.sun, strength)], across=True)
        )
        sheet.path([*near_end, (far, lamp[1] + 92), (far, lamp[1] - 60)], fill)
    sheet.circle(lamp, tall * 0.42, sheet.glow(palette.sun, 0.85))
    wall = sheet.fade(
        [(0.0, palette.paper, 1.0), (0.5, palette.paper, 1.0),
         (1.0, mixed(palette.paper, palette.ink, 0.42), 1.0)], across=True
    )  # fmt: skip
    band = sheet.fade(
        [(0.0, palette.accent, 1.0), (1.0, mixed(palette.accent, palette.ink, 0.5), 1.0)],
        across=True,
    )
    low, high = tall * 0.13, tall * 0.085
    for index in range(5):
        a, b = index / 5, (index + 1) / 5
        wa, wb = low + (high - low) * a, low + (high - low) * b
        part = [(x - wa, y - tall * a), (x + wa, y - tall * a), (x + wb, y - tall * b),
                (x - wb, y - tall * b)]  # fmt: skip
        sheet.path(part, wall if index % 2 == 0 else band)
    sheet.rect((x - high * 1.35, y - tall * 1.02, high * 2.7, tall * 0.022), palette.ink)
    sheet.rect((x - high * 0.72, y - tall * 1.11, high * 1.44, tall * 0.09), palette.sun)
    roof = [(x - high * 0.95, y - tall * 1.11), (x, y - tall * 1.22),
            (x + high * 0.95, y - tall * 1.11)]  # fmt: skip
    sheet.path(roof, palette.accent)


def waves(sheet: Sheet) -> None:
    """Swell after swell up to the horizon, drawn as bands with a bright lip."""
    horizon = sheet.height * 0.4
    sun = (sheet.width * 0.64, horizon * (0.78 - 0.25 * sheet.moment))
    sky(sheet, horizon=horizon, sun=sun, radius=100)
    clouds(sheet, horizon=horizon, count=4)
    water(sheet, horizon=horizon, deep=sheet.palette.near)
    bands = 9
    for band in range(bands):
        near = band / (bands - 1)
        y = horizon + 10 + (sheet.height - horizon) * near**1.35 * 0.92
        _swell(sheet, y=y, near=near, phase=band * 1.7)
    glitter(sheet, horizon=horizon, x=sun[0], colour=sheet.palette.sun, spread=0.1)
    birds(sheet, around=(sheet.width * 0.3, horizon * 0.5), count=5)


def _swell(sheet: Sheet, *, y: float, near: float, phase: float) -> None:
    palette = sheet.palette
    lift, length = 8 + 34 * near, 130 + 260 * near
    drift = 2 * pi * sheet.moment * (1 if int(phase) % 2 else -1)
    crest = [
        (x, y - lift * (0.5 + 0.5 * sin(2 * pi * x / length + phase + drift)) ** 1.6)
        for x in range(-40, int(sheet.width) + 60, 14)
    ]
    colour = mixed(mixed(palette.far, palette.sky[1], 0.3), palette.near, 0.1 + 0.75 * near)
    body = sheet.fade([(0.0, colour, 0.96), (1.0, mixed(colour, palette.ink, 0.2), 0.9)])
    bottom = sheet.height + 20
    sheet.curve(f"{smooth(crest)}L{crest[-1][0]},{bottom}L{crest[0][0]},{bottom}Z", body)
    for line in range(3):
        lip = [(x, cy + line * (5 + 9 * near)) for x, cy in crest]
        sheet.curve(
            smooth(lip),
            stroke=palette.paper,
            stroke_width=(1.2 + 3.2 * near) * (1 - 0.28 * line),
            opacity=(0.75, 0.3, 0.16)[line],
        )


def town(sheet: Sheet) -> None:
    """A town in the evening, its windows lit, a bridge across the water before it."""
    horizon = sheet.height * 0.7
    sun = (sheet.width * 0.37, horizon * 0.56)
    sky(sheet, horizon=horizon, sun=sun, radius=110)
    clouds(sheet, horizon=horizon, count=4)
    far = ridge(sheet, base=horizon, height=130, period=420, sharp=False)
    land(sheet, far, sheet.palette.depth(0.05), mist=0.5)
    for layer in range(3):
        near = 0.2 + 0.3 * layer
        _houses(sheet, base=horizon, near=near, tall=sheet.height * (0.36 - 0.07 * layer))
        mist(sheet, y=horizon - 10, height=150, strength=0.25)
    water(sheet, horizon=horizon, deep=sheet.palette.near)
    glitter(sheet, horizon=horizon, x=sun[0], colour=sheet.palette.sun, spread=0.13)
    ripples(sheet, horizon=horizon, colour=sheet.palette.accent, count=70)
    _bridge(sheet, y=horizon + sheet.height * 0.035)


def _houses(sheet: Sheet, *, base: float, near: float, tall: float) -> None:
    colour, x = sheet.palette.depth(near), -20.0
    while x < sheet.width:
        wide = sheet.rng.uniform(38, 92)
        high = tall * sheet.rng.uniform(0.35, 1.0) * (0.6 + 0.4 * sin(pi * x / sheet.width))
        sheet.rect((x, base - high, wide, high + 2), colour)
        if sheet.rng.random() < 0.35:
            tip = [
                (x, base - high),
                (x + wide / 2, base - high - wide * 0.6),
                (x + wide, base - high),
            ]
            sheet.path(tip, colour)
        _windows(sheet, (x, base - high, wide, high), near)
        x += wide + sheet.rng.uniform(-6, 14)


def _windows(sheet: Sheet, box: tuple[float, float, float, float], near: float) -> None:
    x, y, wide, high = box
    across = max(int(wide / 17), 1)
    pitch = wide / across
    for row in range(int(high / 24) - 1):
        for column in range(across):
            if sheet.rng.random() < 0.3 + 0.2 * near:
                at = (x + pitch * (column + 0.28), y + 14 + row * 24, pitch * 0.44, 11)
                sheet.rect(at, sheet.palette.sun, opacity=sheet.rng.uniform(0.35, 0.9))


def _bridge(sheet: Sheet, *, y: float) -> None:
    palette = sheet.palette
    spans, thick = 5, 15.0
    pitch = sheet.width / spans
    arches = [f"M-10,{y:.1f}H{sheet.width + 10:.1f}V{y + thick:.1f}"]
    for index in range(spans, 0, -1):
        right, left = index * pitch - 9, (index - 1) * pitch + 9
        deep = y + thick + 64
        arches.append(
            f"H{right:.1f}V{deep:.1f}H{right:.1f}"
            f"C{right:.1f},{y + 22:.1f} {left:.1f},{y + 22:.1f} {left:.1f},{deep:.1f}"
            f"H{left - 18:.1f}V{y + thick:.1f}"
        )
    sheet.curve("".join(arches) + "H-10Z", palette.ink)
    for index in range(int(sheet.width / 62) + 1):
        x = 30 + index * 62.0
        sheet.rect((x, y - 34, 2.4, 34), palette.ink)
        sheet.circle((x + 1.2, y - 36), 17, sheet.glow(palette.accent, 0.9))
        sheet.circle((x + 1.2, y - 36), 3.6, palette.sun)
