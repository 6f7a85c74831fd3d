"""What the landscapes share: skies, ridges with light on them, trees, mist, water, stars."""

from collections.abc import Sequence
from math import cos, pi, sin

from bridge_app.sandbox.drawing import Noise, Point, Sheet, mixed, smooth

STEP = 5.0  # units between two points of a ridge


def sky(sheet: Sheet, *, horizon: float, sun: Point, radius: float = 80, rings: int = 3) -> None:
    """The sky down to `horizon`, and the brand's sign in it: a sun within thin rings."""
    top, middle, low = sheet.palette.sky
    at = horizon / sheet.height
    stops = [(0.0, top, 1.0), (at * 0.52, middle, 1.0), (at, low, 1.0), (1.0, low, 1.0)]
    sheet.rect((0, 0, sheet.width, sheet.height), sheet.fade(stops))
    sheet.circle(sun, radius * 9, sheet.glow(sheet.palette.sun, 0.55))
    sheet.circle(sun, radius * 3.4, sheet.glow(sheet.palette.sun, 0.65))
    for ring in range(rings):
        sheet.circle(
            sun,
            radius * (1.42 + 0.46 * ring),
            stroke=sheet.palette.sun,
            stroke_width=2.2,
            opacity=0.5 - 0.13 * ring,
        )
    sheet.circle(sun, radius, sheet.palette.sun)


def clouds(sheet: Sheet, *, horizon: float, count: int = 5, colour: str | None = None) -> None:
    """Long flat clouds, lighter than the sky, each of two or three bars."""
    fill = colour or sheet.palette.paper
    for _ in range(count):
        x = sheet.rng.uniform(-0.1, 1.0) * sheet.width + 60 * sheet.moment
        y = sheet.rng.uniform(0.12, 0.78) * horizon
        length = sheet.rng.uniform(160, 420)
        for bar in range(sheet.rng.randint(2, 3)):
            part = length * sheet.rng.uniform(0.45, 1.0)
            left = x + sheet.rng.uniform(-0.2, 0.4) * length
            box = (left, y + bar * 15.0, part, 11.0)
            sheet.rect(box, fill, rx=5.5, opacity=0.16 + 0.06 * bar)


def ridge(
    sheet: Sheet, *, base: float, height: float, period: float, sharp: bool, shift: float = 0.0
) -> list[Point]:
    """The upper edge of land from left to right: `height` above `base`, a bump each `period`."""
    noise = Noise(sheet.rng)
    count = int(sheet.width / STEP) + 3
    points = []
    for index in range(-1, count):
        x = index * STEP
        along = (x + shift) / period
        rise = noise.ridged(along) if sharp else 0.5 + 0.5 * noise.octaves(along, 3, 0.4)
        points.append((x, base - height * rise))
    return points


def land(sheet: Sheet, points: Sequence[Point], colour: str, mist: float = 0.5) -> None:
    """Fill below `points`; towards its foot the land dissolves into the horizon's light."""
    top = min(y for _, y in points)
    foot = max(y for _, y in points)
    span = max(sheet.height - top, 1.0)
    low = mixed(colour, sheet.palette.sky[2], mist)
    stops = [(0.0, colour, 1.0), (min((foot - top) / span + 0.06, 1.0), low, 1.0)]
    bottom = sheet.height + 20
    outline = [(points[0][0], bottom), *points, (points[-1][0], bottom)]
    sheet.path(outline, sheet.fade(stops))


def peaks(points: Sequence[Point], reach: int) -> list[int]:
    """Where a ridge is higher than everything within `reach` points on both sides."""
    return [
        index
        for index in range(reach, len(points) - reach)
        if points[index][1] == min(y for _, y in points[index - reach : index + reach + 1])
    ]


def relief(sheet: Sheet, points: Sequence[Point], *, shade: str, light: str) -> None:
    """Give each peak a dark flank away from the sun and a bright edge towards it."""
    for top in peaks(points, 14):
        _flank(sheet, points, top, 1, shade, 0.5)
        _flank(sheet, points, top, -1, light, 0.34)


def _flank(
    sheet: Sheet, points: Sequence[Point], top: int, way: int, colour: str, strength: float
) -> None:
    edge = [points[top]]
    index = top + way
    while 0 <= index < len(points) and points[index][1] >= edge[-1][1] - 5 and len(edge) < 70:
        edge.append(points[index])
        index += way
    if len(edge) < 8:
        return
    (peak_x, peak_y), (end_x, end_y) = edge[0], edge[-1]
    fall = end_y - peak_y
    steps = 7
    inner = []
    for step in range(1, steps):
        part = step / steps
        wobble = sheet.rng.uniform(-0.12, 0.12) * abs(end_x - peak_x)
        inner.append(
            (
                end_x + (peak_x - end_x) * part * 0.96 + wobble,
                end_y + fall * 0.35 * (1 - part) - fall * (part**1.5),
            )
        )
    fill = sheet.fade([(0.0, colour, strength), (1.0, colour, 0.0)])
    sheet.path([*edge, *inner], fill)


def snow(sheet: Sheet, points: Sequence[Point], *, depth: float, colour: str) -> None:
    """White caps with a ragged lower edge on the highest peaks."""
    highest = min(y for _, y in points)
    for top in peaks(points, 16):
        limit = points[top][1] + depth * sheet.rng.uniform(0.7, 1.1)
        if points[top][1] > highest + depth * 1.6:
            continue
        left = right = top
        while left > 0 and points[left][1] < limit:
            left -= 1
        while right < len(points) - 1 and points[right][1] < limit:
            right += 1
        if points[right][0] - points[left][0] > depth * 3.2:
            continue
        cap = list(points[left : right + 1])
        for index in range(9, 0, -1):
            x = cap[0][0] + (points[right][0] - points[left][0]) * index / 10
            drop = depth * (0.18 if index % 2 else -0.42)
            cap.append((x, limit + drop * sheet.rng.uniform(0.5, 1.2)))
        sheet.path(cap, sheet.fade([(0.0, colour, 0.95), (1.0, colour, 0.55)]))


def conifers(
    sheet: Sheet, points: Sequence[Point], *, height: float, colour: str, gap: float = 0.5
) -> None:
    """Firs along a ridge, as one shape; `gap` is the distance between two in tree heights."""
    parts: list[str] = []
    next_x = points[0][0]
    for x, y in points:
        if x < next_x:
            continue
        tall = height * sheet.rng.uniform(0.6, 1.15)
        parts.append(fir((x, y + tall * 0.12), tall, tall * sheet.rng.uniform(0.17, 0.22)))
        next_x = x + tall * gap * sheet.rng.uniform(0.45, 1.4)
    sheet.curve("".join(parts), colour)


def fir(foot: Point, height: float, half: float) -> str:
    """Path data of one fir in five tiers."""
    x, y = foot
    tiers = 5
    right: list[Point] = []
    for tier in range(tiers):
        lower = y - height * (0.1 + 0.9 * (tiers - 1 - tier) / tiers) + height * 0.05
        wide = half * ((tier + 1) / tiers) ** 0.85
        right += [(x + wide, lower), (x + wide * 0.52, lower - height * 0.025)]
    top = f"M{x:.1f},{y - height:.1f}"
    down = "".join(f"L{px:.1f},{py:.1f}" for px, py in right)
    trunk = f"L{x + half * 0.12:.1f},{y:.1f}L{x - half * 0.12:.1f},{y:.1f}"
    up = "".join(f"L{2 * x - px:.1f},{py:.1f}" for px, py in reversed(right))
    return f"{top}{down}{trunk}{up}Z"


def frame_of_firs(sheet: Sheet, scale: float = 1.0) -> None:
    """Tall firs close to us at both edges: they give a picture its depth."""
    for part, tall in ((0.03, 0.5), (0.09, 0.36), (0.93, 0.56), (0.985, 0.42), (0.87, 0.3)):
        height = sheet.height * tall * scale
        foot = (sheet.width * part, sheet.height * 0.985)
        sheet.curve(fir(foot, height, height * 0.19), sheet.palette.ink)


def mist(sheet: Sheet, *, y: float, height: float, strength: float = 0.6) -> None:
    """A soft bright band across the sheet."""
    low = sheet.palette.sky[2]
    fill = sheet.fade([(0.0, low, 0.0), (0.55, low, strength), (1.0, low, 0.0)])
    sheet.rect((0, y - height / 2, sheet.width, height), fill)


def birds(sheet: Sheet, *, around: Point, count: int = 5, size: float = 16) -> None:
    """A few birds far away."""
    for _ in range(count):
        x = around[0] + sheet.rng.gauss(0, size * 4) + 90 * sheet.moment
        y = around[1] + sheet.rng.gauss(0, size * 1.6)
        wing = size * sheet.rng.uniform(0.6, 1.1)
        d = (
            f"M{x - wing:.1f},{y - wing * 0.25:.1f}q{wing * 0.6:.1f},{-wing * 0.3:.1f} "
            f"{wing:.1f},{wing * 0.32:.1f}q{wing * 0.4:.1f},{-wing * 0.62:.1f} "
            f"{wing:.1f},{-wing * 0.32:.1f}"
        )
        sheet.curve(d, stroke=sheet.palette.ink, stroke_width=wing * 0.13, opacity=0.75)


def water(sheet: Sheet, *, horizon: float, deep: str) -> None:
    """Still water from `horizon` to the bottom: the sky's light far off, depth at our feet."""
    _, middle, low = sheet.palette.sky
    stops = [
        (0.0, mixed(low, sheet.palette.sun, 0.3), 1.0),
        (0.28, mixed(middle, deep, 0.25), 1.0),
        (1.0, deep, 1.0),
    ]
    sheet.rect((0, horizon, sheet.width, sheet.height - horizon + 5), sheet.fade(stops))


def glitter(sheet: Sheet, *, horizon: float, x: float, colour: str, spread: float = 0.16) -> None:
    """The sun's path on the water: short bars, wider and sparser towards us."""
    depth = sheet.height - horizon
    for index in range(64):
        part = (index / 64) ** 1.45
        y = horizon + 3 + part * depth * 0.94
        half = sheet.width * spread * (0.12 + part) * sheet.rng.uniform(0.15, 0.75)
        sway = sin(2 * pi * (sheet.moment * 2 + sheet.rng.random())) * 10 * part
        left = x + sheet.rng.gauss(0, 0.34) * sheet.width * spread * (0.1 + part) - half + sway
        thick = 1.6 + 6.5 * part
        sheet.rect((left, y, half * 2, thick), colour, rx=thick / 2, opacity=0.75 - 0.5 * part)


def ripples(sheet: Sheet, *, horizon: float, colour: str, count: int = 60) -> None:
    """Thin bars over the whole water."""
    depth = sheet.height - horizon
    for _ in range(count):
        part = sheet.rng.random() ** 1.3
        length = (30 + 190 * part) * sheet.rng.uniform(0.4, 1.2)
        left = sheet.rng.uniform(-0.05, 1.0) * sheet.width + 24 * sheet.moment * (1 + part)
        thick = 1.2 + 3.4 * part
        box = (left, horizon + 6 + part * depth * 0.95, length, thick)
        sheet.rect(box, colour, rx=thick / 2, opacity=0.10 + 0.12 * sheet.rng.random())


def stars(sheet: Sheet, *, horizon: float, count: int = 240) -> None:
    """Stars, thinner towards the horizon; some twinkle with the moment."""
    for _ in range(count):
        part = sheet.rng.random() ** 1.5
        at = (sheet.rng.uniform(0, sheet.width), part * horizon * 0.95)
        size = sheet.rng.choice((0.9, 1.1, 1.3, 1.7, 2.5))
        phase = sheet.rng.random()
        twinkle = 0.75 + 0.25 * cos(2 * pi * (phase + 3 * sheet.moment))
        opacity = (1 - 0.75 * part) * sheet.rng.uniform(0.45, 1.0) * twinkle
        sheet.circle(at, size, sheet.palette.paper, opacity=opacity)


def strips(sheet: Sheet, points: Sequence[Point], colour: str, count: int = 4) -> None:
    """Fine lines that follow a slope below its edge, as wind leaves them in sand or snow."""
    for index in range(1, count + 1):
        drop = 13.0 * index + index * index * 2.2
        line = [(x, y + drop + 3 * sin(x / 70 + index)) for x, y in points[::6]]
        sheet.curve(smooth(line), stroke=colour, stroke_width=1.6, opacity=0.34 / index**0.6)
