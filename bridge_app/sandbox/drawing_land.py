"""Landscapes: mountains, dunes, woods, a lake, mesas."""

from collections.abc import Sequence
from math import sin

from bridge_app.sandbox.drawing import Noise, Point, Sheet, mixed
from bridge_app.sandbox.drawing_nature import (
    birds,
    clouds,
    conifers,
    fir,
    frame_of_firs,
    glitter,
    land,
    mist,
    relief,
    ridge,
    ripples,
    sky,
    snow,
    strips,
    water,
)


def range_of_mountains(sheet: Sheet, *, horizon: float, layers: int, scale: float = 1.0) -> None:
    """Sharp ridges one before the other, from the horizon's haze to half way to us."""
    palette, height = sheet.palette, sheet.height
    for layer in range(layers):
        near = 0.1 + 0.5 * layer / max(layers - 1, 1)
        colour = palette.depth(near)
        points = ridge(
            sheet,
            base=horizon + height * (0.02 + 0.075 * layer),
            height=height * (0.36 - 0.05 * layer) * scale,
            period=330 + 40 * layer,
            sharp=True,
            shift=40 * layer * sheet.moment,
        )
        land(sheet, points, colour, mist=0.62)
        dark, bright = mixed(colour, palette.ink, 0.4), mixed(colour, palette.sun, 0.75)
        relief(sheet, points, shade=dark, light=bright)
        if layer == 0:
            snow(sheet, points, depth=height * 0.055, colour=palette.paper)
        mist(sheet, y=horizon + height * (0.05 + 0.075 * layer), height=height * 0.1, strength=0.4)


def woods(sheet: Sheet, *, top: float, layers: int, tall: float) -> None:
    """Rolling hills with firs on them, ever darker towards us."""
    for layer in range(layers):
        near = 0.62 + 0.38 * (layer + 1) / layers
        colour = sheet.palette.depth(near)
        points = ridge(
            sheet,
            base=top + sheet.height * 0.1 * layer,
            height=sheet.height * 0.09,
            period=420 + 90 * layer,
            sharp=False,
            shift=(90 + 70 * layer) * sheet.moment,
        )
        size = tall * (0.42 + 0.32 * layer)
        conifers(sheet, points, height=size, colour=colour, gap=0.3)
        land(sheet, points, colour, mist=0.16 if layer + 1 < layers else 0.0)
        if layer + 1 < layers:
            mist(sheet, y=top + sheet.height * (0.09 + 0.1 * layer), height=90, strength=0.3)


def mountains(sheet: Sheet) -> None:
    """The campaign's own view: sun over sharp ridges, woods at our feet."""
    horizon = sheet.height * 0.56
    sun = (sheet.width * sheet.rng.uniform(0.56, 0.72), horizon * (0.5 - 0.2 * sheet.moment))
    sky(sheet, horizon=horizon, sun=sun, radius=74)
    clouds(sheet, horizon=horizon)
    range_of_mountains(sheet, horizon=horizon, layers=3)
    birds(sheet, around=(sun[0] - 260, sun[1] + 60))
    woods(sheet, top=sheet.height * 0.82, layers=3, tall=110)
    frame_of_firs(sheet, 0.85)


def hills(sheet: Sheet) -> None:
    """Soft hills and nothing else; the quietest of all."""
    horizon = sheet.height * 0.6
    sun = (sheet.width * sheet.rng.uniform(0.3, 0.7), horizon * (0.62 - 0.22 * sheet.moment))
    hills_below(sheet, sun=sun)
    birds(sheet, around=(sheet.width * 0.5, horizon * 0.45), count=6)


def hills_below(sheet: Sheet, *, sun: Point) -> None:
    """Soft hills under a sun at that place, for whatever stands above them."""
    horizon = sheet.height * 0.6
    sky(sheet, horizon=horizon, sun=sun, radius=92)
    layers = 6
    for layer in range(layers):
        near = (layer + 0.4) / layers
        points = ridge(
            sheet,
            base=horizon + sheet.height * (0.03 + 0.075 * layer),
            height=sheet.height * (0.2 - 0.012 * layer),
            period=360 + 60 * layer,
            sharp=False,
            shift=(30 + 50 * layer) * sheet.moment,
        )
        land(sheet, points, sheet.palette.depth(near), mist=0.5 * (1 - near))


def dunes(sheet: Sheet) -> None:
    """Dunes with a lit and a shaded side, the light coming low from the left."""
    horizon = sheet.height * 0.47
    sun = (sheet.width * 0.27, horizon * 0.52)
    sky(sheet, horizon=horizon, sun=sun, radius=84)
    far = ridge(sheet, base=horizon + 22, height=90, period=260, sharp=True)
    land(sheet, far, mixed(sheet.palette.far, sheet.palette.sky[2], 0.55), mist=0.4)
    layers = 5
    for layer in range(layers):
        dune(sheet, near=layer / (layers - 1), horizon=horizon)


def dune(sheet: Sheet, *, near: float, horizon: float) -> None:
    """One dune across the sheet, at `near` 0..1 from the horizon to our feet."""
    palette = sheet.palette
    points = _dune_edge(sheet, base=horizon + sheet.height * (0.04 + 0.43 * near), near=near)
    lit = mixed(palette.far, palette.sky[1], 0.55 - 0.35 * near)
    land(sheet, points, mixed(lit, palette.near, 0.08 + 0.12 * near), mist=0.2)
    strips(sheet, points, palette.near, count=5)
    shade = mixed(palette.far, palette.near, 0.35 + 0.5 * near)
    for top in _crests(points):
        _lee(sheet, points, top, shade)


def _dune_edge(sheet: Sheet, *, base: float, near: float) -> list[Point]:
    noise = Noise(sheet.rng)
    period, height = 330 + 330 * near, sheet.height * (0.07 + 0.12 * near)
    points = []
    for index in range(-2, int(sheet.width / 8) + 4):
        x = index * 8.0
        crest = abs(noise.at(x / period)) ** 0.8
        points.append((x, base - height * (1 - crest) - 16 * sin(x / 400)))
    return points


def _crests(points: Sequence[Point]) -> list[int]:
    return [
        i
        for i in range(4, len(points) - 4)
        if points[i][1] < points[i - 1][1] and points[i][1] <= points[i + 1][1]
    ]


def _lee(sheet: Sheet, points: Sequence[Point], top: int, shade: str) -> None:
    end = top
    while end + 1 < len(points) and points[end + 1][1] >= points[end][1]:
        end += 1
    if end - top < 6:
        return
    (x, y), (end_x, end_y) = points[top], points[end]
    fall, run = end_y - y, end_x - x
    edge = " ".join(f"L{px:.1f},{py:.1f}" for px, py in points[top : end + 1])
    back = (
        f"C{end_x - run * 0.1:.1f},{end_y + fall * 0.9:.1f} "
        f"{x - run * 0.35:.1f},{y + fall * 1.9:.1f} {x - run * 0.05:.1f},{y + fall * 2.4:.1f} "
        f"C{x + run * 0.2:.1f},{y + fall * 1.3:.1f} {x - run * 0.12:.1f},{y + fall * 0.5:.1f} "
        f"{x:.1f},{y:.1f}"
    )
    fill = sheet.fade([(0.0, shade, 0.95), (0.45, shade, 0.6), (1.0, shade, 0.0)])
    sheet.curve(f"M{x:.1f},{y:.1f}{edge}{back}Z", fill)


def forest(sheet: Sheet) -> None:
    """Inside the wood: trunks and firs behind one another, beams of light between them."""
    horizon = sheet.height * 0.62
    sun = (sheet.width * 0.58, sheet.height * 0.3)
    sky(sheet, horizon=horizon, sun=sun, radius=86)
    layers = 5
    for layer in range(layers):
        near = (layer + 0.6) / layers
        tall = sheet.height * (0.2 + 0.11 * layer)
        base = horizon + sheet.height * (0.02 + 0.085 * layer)
        points = ridge(sheet, base=base, height=50, period=500, sharp=False)
        colour = sheet.palette.depth(near)
        conifers(sheet, points, height=tall, colour=colour, gap=0.22 + 0.1 * layer)
        land(sheet, points, colour, mist=0.3 * (1 - near))
        if layer < layers - 1:
            mist(sheet, y=base - 6, height=170, strength=0.62 - 0.12 * layer)
    _beams(sheet, sun)


def _beams(sheet: Sheet, sun: Point) -> None:
    reach = sheet.height * 1.1
    for _ in range(7):
        lean = sheet.rng.uniform(-0.75, 0.6)
        wide = sheet.rng.uniform(20, 70)
        end = (sun[0] + lean * reach, sun[1] + reach)
        fill = sheet.fade([(0.0, sheet.palette.sun, 0.24), (0.8, sheet.palette.sun, 0.0)])
        sheet.path([sun, (end[0] + wide, end[1]), (end[0] - wide, end[1])], fill)


def lake(sheet: Sheet) -> None:
    """Mountains twice: in the air and in the water."""
    horizon = sheet.height * 0.55
    sun = (sheet.width * 0.4, horizon * 0.48)
    sky(sheet, horizon=horizon, sun=sun, radius=70)
    clouds(sheet, horizon=horizon, count=4)
    state = sheet.rng.getstate()
    range_of_mountains(sheet, horizon=horizon - sheet.height * 0.1, layers=3, scale=0.9)
    water(sheet, horizon=horizon, deep=sheet.palette.near)
    after = sheet.rng.getstate()
    sheet.rng.setstate(state)
    window = sheet.clip(f"M0,0H{sheet.width:.0f}V{horizon:.0f}H0Z")
    sheet.group(
        lambda: sheet.group(
            lambda: range_of_mountains(
                sheet, horizon=horizon - sheet.height * 0.1, layers=3, scale=0.9
            ),
            clip_path=window,
        ),
        transform=f"translate(0,{2 * horizon:.1f}) scale(1,-1)",
        opacity=0.42,
    )
    sheet.rng.setstate(after)
    shore(sheet, horizon=horizon)
    glitter(sheet, horizon=horizon, x=sun[0], colour=sheet.palette.sun, spread=0.1)
    ripples(sheet, horizon=horizon, colour=sheet.palette.paper)


def shore(sheet: Sheet, *, horizon: float) -> None:
    """Two tongues of wood at the far side of the water, with their dark reflections."""
    colour = sheet.palette.depth(0.78)
    for left, right in ((-0.02, 0.34), (0.7, 1.02)):
        points = [
            (sheet.width * (left + (right - left) * i / 60), horizon + 3 - 7 * sin(i / 9))
            for i in range(61)
        ]
        state = sheet.rng.getstate()
        conifers(sheet, points, height=72, colour=colour, gap=0.3)
        sheet.rng.setstate(state)
        mirror = f"translate(0,{2 * horizon + 8:.1f}) scale(1,-1)"
        sheet.group(
            lambda p=points: conifers(sheet, p, height=72, colour=colour, gap=0.3),  # type: ignore[misc]
            transform=mirror,
            opacity=0.45,
        )
        sheet.path([*points, (points[-1][0], horizon + 9), (points[0][0], horizon + 9)], colour)


def canyon(sheet: Sheet) -> None:
    """Mesas in the evening: flat tops, steep walls, layers of rock."""
    horizon = sheet.height * 0.66
    sky(sheet, horizon=horizon, sun=(sheet.width * 0.63, horizon * 0.55), radius=96)
    clouds(sheet, horizon=horizon, count=4)
    layers = 4
    for layer in range(layers):
        near = layer / (layers - 1)
        base = horizon + sheet.height * (0.015 + 0.1 * layer)
        tall = sheet.height * (0.14 + 0.07 * layer)
        colour = sheet.palette.depth(0.12 + 0.78 * near)
        _mesas(sheet, base=base, tall=tall, colour=colour)
        mist(sheet, y=base, height=80, strength=0.3 * (1 - near))
    plain = ridge(sheet, base=sheet.height * 0.99, height=70, period=700, sharp=False)
    land(sheet, plain, sheet.palette.ink, mist=0.0)
    for part in (0.06, 0.1, 0.9, 0.95, 0.985):
        foot = (sheet.width * part, sheet.height * 0.965)
        sheet.curve(fir(foot, 90, 17), sheet.palette.ink)


def _mesas(sheet: Sheet, *, base: float, tall: float, colour: str) -> None:
    shade = mixed(colour, sheet.palette.ink, 0.42)
    sheet.rect((0, base - 4, sheet.width, sheet.height), colour)
    x = sheet.rng.uniform(-200, 60)
    while x < sheet.width:
        wide = tall * sheet.rng.uniform(0.5, 1.7)
        high = tall * sheet.rng.uniform(0.55, 1.0)
        foot = high * 0.34
        top, neck = base - high, base - high * 0.42
        outline = [
            (x - foot, base), (x - foot * 0.25, neck), (x, neck - 6), (x + 4, top),
            (x + wide * 0.7, top), (x + wide * 0.72, top + high * 0.09),
            (x + wide, top + high * 0.1), (x + wide + 4, neck),
            (x + wide + foot * 0.3, neck + 8), (x + wide + foot, base),
        ]  # fmt: skip
        sheet.path(outline, colour)
        right = [
            (x + wide * 0.62, top), (x + wide * 0.7, top), (x + wide * 0.72, top + high * 0.09),
            (x + wide, top + high * 0.1), (x + wide + 4, neck), (x + wide + foot, base),
            (x + wide * 0.5, base), (x + wide * 0.66, neck),
        ]  # fmt: skip
        sheet.path(right, shade, opacity=0.8)
        for line in range(3):
            y = top + high * (0.14 + 0.13 * line)
            sheet.rect((x + 5, y, wide * 0.55, 2.4), sheet.palette.sun, opacity=0.2, rx=1.2)
        x += wide + tall * sheet.rng.uniform(0.5, 1.9)
