"""Graphic work: patterns, posters, cards and the brand's own sheets."""

from math import cos, pi, sin

from bridge_app.sandbox.drawing import Lettering, Noise, Point, Sheet, mixed, smooth
from bridge_app.sandbox.drawing_gear import compass
from bridge_app.sandbox.drawing_land import hills_below
from bridge_app.sandbox.drawing_marks import lockup, mark, wordmark, wordmark_width
from bridge_app.sandbox.drawing_nature import land, ridge
from bridge_app.sandbox.drawing_studio import shadow


def contours(sheet: Sheet) -> None:
    """A map's contour lines around three summits."""
    palette = sheet.palette
    paper = mixed(palette.paper, palette.sky[2], 0.3)
    sheet.rect((0, 0, sheet.width, sheet.height), paper)
    summits = [
        ((sheet.width * px, sheet.height * py), size)
        for px, py, size in ((0.26, 0.34, 1.0), (0.78, 0.68, 1.15), (0.86, 0.1, 0.7))
    ]
    for summit, size in summits:
        _summit(sheet, summit, size)


def _summit(sheet: Sheet, middle: Point, size: float) -> None:
    noise = Noise(sheet.rng)
    palette = sheet.palette
    rings = 24
    for ring in range(rings, 0, -1):
        reach = size * (14 + 20 * ring)
        points = []
        for step in range(73):
            turn = 2 * pi * step / 72
            wobble = (
                1
                + 0.3 * noise.octaves(3 * cos(turn) + 6 + ring * 0.035, 2)
                + 0.22 * noise.at(2.2 * sin(turn) + 40 + ring * 0.03)
            )
            points.append(
                (
                    middle[0] + reach * wobble * cos(turn) * 1.15,
                    middle[1] + reach * wobble * sin(turn),
                )
            )
        points[-1] = points[0]
        bold = ring % 5 == 0
        tint = mixed(
            mixed(palette.paper, palette.sky[2], 0.3), palette.far, 0.36 * (1 - ring / rings)
        )
        sheet.curve(
            smooth(points) + "Z", tint,
            stroke=mixed(palette.far, palette.near, 0.35),
            stroke_width=3.2 if bold else 1.4, opacity=0.9,
        )  # fmt: skip


def flat_lay(sheet: Sheet) -> None:
    """A folded map with a route on it, and the compass that belongs to it."""
    contours(sheet)
    palette = sheet.palette
    for index in range(1, 4):
        x = sheet.width * index / 4
        fold = sheet.fade([(0.0, palette.ink, 0.0), (0.48, palette.ink, 0.16),
                           (0.52, palette.paper, 0.5), (1.0, palette.paper, 0.0)],
                          across=True)  # fmt: skip
        sheet.rect((x - 60, 0, 120, sheet.height), fold)
    route = [
        (sheet.width * px, sheet.height * py)
        for px, py in ((0.06, 0.9), (0.2, 0.72), (0.3, 0.78), (0.42, 0.56), (0.36, 0.42),
                       (0.5, 0.3), (0.62, 0.34), (0.7, 0.16))
    ]  # fmt: skip
    sheet.curve(smooth(route), stroke=palette.accent, stroke_width=8, stroke_linecap="round",
                stroke_dasharray="2 20")  # fmt: skip
    for at in (route[0], route[4], route[-1]):
        sheet.circle(at, 17, palette.paper, stroke=palette.accent, stroke_width=7)
    compass(sheet, (sheet.width * 0.7, sheet.height * 0.62), 215)


def scales(sheet: Sheet) -> None:
    """Overlapping waves, as on old roofs and seas."""
    palette, size = sheet.palette, 125.0
    sheet.rect((0, 0, sheet.width, sheet.height), palette.near)
    inks = (palette.near, palette.far, palette.sky[1], palette.sky[2], palette.accent)
    rows = int(sheet.height / (size * 0.5)) + 3
    for row in range(rows):
        shift = size if row % 2 else 0.0
        for column in range(-1, int(sheet.width / (size * 2)) + 2):
            at = (column * size * 2 + shift, row * size * 0.5)
            pick = sheet.rng.randrange(4)
            for ring, part in enumerate((1.0, 0.78, 0.56, 0.34)):
                colour = inks[(ring + pick) % len(inks)]
                sheet.circle(at, size * part, mixed(colour, palette.near, 0.06 * ring))


def tiles(sheet: Sheet) -> None:
    """The sign taken apart: suns, hills, rings and bars on a grid."""
    palette = sheet.palette
    count = 6 if sheet.wide >= 1 else 4
    size = sheet.width / count
    grounds = (palette.near, palette.accent, palette.second, palette.sky[2], palette.far)
    last = -1
    for row in range(int(sheet.height / size) + 1):
        for column in range(count):
            pick = (last + sheet.rng.randint(1, len(grounds) - 1)) % len(grounds)
            last = pick
            ink = palette.paper if pick < 3 else palette.near
            _tile(sheet, (column * size, row * size), size, (grounds[pick], ink))


def _tile(sheet: Sheet, at: Point, size: float, colours: tuple[str, str]) -> None:
    (x, y), (ground, ink) = at, colours
    sheet.rect((x, y, size + 0.6, size + 0.6), ground)
    half, kind = size / 2, sheet.rng.randrange(6)
    window = sheet.clip(f"M{x:.1f},{y:.1f}h{size:.1f}v{size:.1f}h{-size:.1f}Z")

    def drawn() -> None:
        if kind == 0:
            sheet.circle((x + half, y + half), size * 0.3, ink)
        elif kind == 1:
            for ring in range(5):
                sheet.circle((x, y + size), size * (0.2 + 0.17 * ring), stroke=ink,
                             stroke_width=size * 0.05)  # fmt: skip
        elif kind == 2:
            sheet.path([(x, y + size), (x + half, y + size * 0.22), (x + size, y + size)], ink)
        elif kind == 3:
            for bar in range(4):
                box = (x + size * 0.14, y + size * (0.16 + 0.19 * bar), size * 0.72, size * 0.08)
                sheet.rect(box, ink, rx=size * 0.04)
        elif kind == 4:
            sheet.circle((x + half, y + size), half, ink)
            sheet.circle((x + half, y + size * 0.27), size * 0.12, ink)
        else:
            mark(sheet, (x + half, y + half), size * 0.32, ink)

    sheet.group(drawn, clip_path=window)


def poster(sheet: Sheet) -> None:
    """Large type above hills; the words are lines, the last one small."""
    hills_below(sheet, sun=(sheet.width * 0.76, sheet.height * 0.585))
    ink = sheet.palette.paper
    *lines, small = sheet.words
    longest = max(len(line) for line in lines)
    size = min(sheet.width * 0.86 / (longest * 0.62), sheet.height * 0.2)
    left = sheet.width * 0.07
    y = sheet.height * 0.1 + size * 0.74
    for line in lines:
        sheet.letter(Lettering(text=line, x=left, y=y, size=size, colour=ink,
                               tracking=-size * 0.025))  # fmt: skip
        y += size * 0.98
    sheet.letter(Lettering(text=small, x=left, y=y - size * 0.3, size=36, colour=ink,
                           weight="Medium", tracking=1.0))  # fmt: skip
    middle = sheet.width - left - wordmark_width(sheet.brand, 26) / 2
    wordmark(sheet, (middle, sheet.height * 0.94), 26, ink)
    mark(sheet, (left + 34, sheet.height * 0.935), 34, ink)


def quote(sheet: Sheet) -> None:
    """A warm card with a sentence."""
    _card(sheet, sheet.palette.accent)


def quote_cool(sheet: Sheet) -> None:
    """A cool card with a sentence."""
    _card(sheet, sheet.palette.second)


def _card(sheet: Sheet, ground: str) -> None:
    """One colour, a sun rising at the foot; the words are lines, the last one small."""
    palette = sheet.palette
    sheet.rect((0, 0, sheet.width, sheet.height), ground)
    sun = (sheet.width * 0.5, sheet.height)
    for ring in range(5, 0, -1):
        colour = mixed(ground, palette.sun, 0.14 * (6 - ring))
        sheet.circle(sun, 110.0 * ring, colour)
    points = ridge(sheet, base=sheet.height * 0.99, height=110, period=420, sharp=False)
    land(sheet, points, palette.near, mist=0.0)
    *lines, small = sheet.words
    size = min(sheet.width * 0.84 / (max(len(line) for line in lines) * 0.56), 118.0)
    y = sheet.height * 0.17 + size * 0.5
    for line in lines:
        sheet.letter(Lettering(text=line, x=sheet.width / 2, y=y, size=size, colour=palette.paper,
                               anchor="middle", tracking=-size * 0.02))  # fmt: skip
        y += size * 1.06
    sheet.letter(Lettering(text=small, x=sheet.width / 2, y=y + 6, size=30, colour=palette.paper,
                           weight="Medium", anchor="middle", tracking=2))  # fmt: skip


def banner(sheet: Sheet) -> None:
    """A wide strip: hills at the right, words at the left."""
    hills_below(sheet, sun=(sheet.width * 0.78, sheet.height * 0.36))
    palette = sheet.palette
    veil = sheet.fade([(0.0, palette.ink, 0.8), (0.62, palette.ink, 0.0)], across=True)
    sheet.rect((0, 0, sheet.width, sheet.height), veil)
    *lines, small = sheet.words
    y = 400.0
    for line in lines:
        sheet.letter(Lettering(text=line, x=150, y=y, size=215, colour=palette.paper, tracking=-5))
        y += 215
    sheet.letter(Lettering(text=small, x=156, y=y - 90, size=70, colour=palette.paper,
                           weight="Medium"))  # fmt: skip


def logo(sheet: Sheet) -> None:
    """Sign and name alone, in the palette's dark, on whatever is below."""
    lockup(sheet, (sheet.width / 2, sheet.height / 2), sheet.width * 0.72, sheet.palette.near)


def logo_light(sheet: Sheet) -> None:
    """Sign and name in the paper's colour."""
    lockup(sheet, (sheet.width / 2, sheet.height / 2), sheet.width * 0.72, sheet.palette.paper)


def brand_sheet(sheet: Sheet) -> None:
    """One page: the sign, the colours with their names, the type."""
    palette = sheet.palette
    sheet.rect((0, 0, sheet.width, sheet.height), palette.paper)
    lockup(sheet, (sheet.width / 2, 270), 380, palette.near)
    swatches = (palette.near, palette.far, palette.sky[1], palette.sky[2], palette.accent,
                palette.second)  # fmt: skip
    wide = (sheet.width - 160) / len(swatches)
    for index, colour in enumerate(swatches):
        sheet.rect((80 + index * wide, 540, wide - 14, 210), colour, rx=14)
        sheet.letter(Lettering(text=colour.upper(), x=80 + index * wide, y=784, size=21,
                               colour=palette.near, weight="Medium"))  # fmt: skip
    for text, y, size, weight in (
        ("Aa", 1010, 190, "Bold"),
        ("Go slowly. See more.", 1130, 58, "SemiBold"),
        (
            "Large lines in Bold, sentences in Medium, everything else in Regular.",
            1186,
            25,
            "Regular",
        ),
    ):
        sheet.letter(Lettering(text=text, x=80, y=y, size=size, colour=palette.near, weight=weight))
    for index in range(3):
        at = (sheet.width - 150 - 190 * index, 960)
        sheet.circle(at, 82, (palette.accent, palette.second, palette.near)[index])
        mark(sheet, at, 46, palette.paper)


def sticker(sheet: Sheet) -> None:
    """A round badge with a white edge, to be cut out."""
    palette, middle = sheet.palette, (sheet.width / 2, sheet.height / 2)
    shadow(sheet, (middle[0], middle[1] + 440), 420, strength=0.35)
    sheet.circle(middle, 455, palette.paper)
    sheet.circle(middle, 425, palette.accent)
    for ring in range(4):
        sheet.circle((middle[0], middle[1] + 60), 330 - 62 * ring,
                     mixed(palette.accent, palette.sun, 0.16 + 0.24 * ring))  # fmt: skip
    window = sheet.clip(
        f"M{middle[0] - 425:.0f},{middle[1]:.0f}a425,425 0 1 0 850,0a425,425 0 1 0 -850,0Z"
    )

    def view() -> None:
        for layer in range(3):
            points = ridge(sheet, base=middle[1] + 160 + 90 * layer, height=170, period=260,
                           sharp=layer == 0)  # fmt: skip
            land(sheet, points, palette.depth(0.3 + 0.3 * layer), mist=0.2)

    sheet.group(view, clip_path=window)
    wordmark(sheet, (middle[0], middle[1] + 330), 46, palette.paper)
