"""People, as the campaign shows them: calm, without features that could be somebody's."""

from math import cos, pi, sin

from bridge_app.sandbox.drawing import Point, Sheet, mixed
from bridge_app.sandbox.drawing_marks import mark
from bridge_app.sandbox.drawing_nature import STEP, clouds, land, mist, ridge, sky
from bridge_app.sandbox.drawing_studio import rounded


def _halo(sheet: Sheet) -> Point:
    """Evening behind a portrait: the sun stands behind the head. Gives the chin's place."""
    head = (sheet.width * 0.5, sheet.height * 0.44)
    horizon = sheet.height * 0.78
    sky(sheet, horizon=horizon, sun=(head[0] + 30, head[1] - 30), radius=270, rings=4)
    clouds(sheet, horizon=horizon, count=4)
    for layer in range(3):
        points = ridge(
            sheet,
            base=horizon + 60 * layer,
            height=180 - 20 * layer,
            period=300 + 60 * layer,
            sharp=layer < 2,
        )
        land(sheet, points, sheet.palette.depth(0.1 + 0.22 * layer), mist=0.5)
    mist(sheet, y=horizon + 90, height=220, strength=0.5)
    return (head[0], head[1] + 165)


def _shoulders(sheet: Sheet, chin: Point, colour: str, *, hood: bool = False) -> None:
    palette, (x, y) = sheet.palette, chin
    bottom = sheet.height + 20
    if hood:
        d = (
            f"M{x - 190:.1f},{y + 130:.1f}C{x - 320:.1f},{y - 190:.1f} {x - 240:.1f},{y - 470:.1f} "
            f"{x:.1f},{y - 470:.1f}C{x + 240:.1f},{y - 470:.1f} {x + 320:.1f},{y - 190:.1f} "
            f"{x + 190:.1f},{y + 130:.1f}Z"
        )
        sheet.curve(d, rounded(sheet, mixed(colour, palette.ink, 0.16), contrast=0.7))
    neck = mixed(palette.skin, palette.ink, 0.26)
    sheet.rect((x - 62, y - 70, 124, 190), neck, rx=30)
    body = (
        f"M{x - 66:.1f},{y + 62:.1f}C{x - 130:.1f},{y + 112:.1f} {x - 330:.1f},{y + 120:.1f} "
        f"{x - 390:.1f},{y + 290:.1f}L{x - 430:.1f},{bottom:.1f}H{x + 430:.1f}"
        f"L{x + 390:.1f},{y + 290:.1f}C{x + 330:.1f},{y + 120:.1f} {x + 130:.1f},{y + 112:.1f} "
        f"{x + 66:.1f},{y + 62:.1f}Q{x:.1f},{y + 150:.1f} {x - 66:.1f},{y + 62:.1f}Z"
    )
    sheet.curve(body, rounded(sheet, colour, contrast=0.62))


def _jacket(sheet: Sheet, chin: Point, colour: str) -> None:
    palette, (x, y) = sheet.palette, chin
    _shoulders(sheet, chin, colour)
    for side in (-1, 1):
        collar = [
            (x + side * 60, y + 40), (x + side * 122, y + 76), (x + side * 96, y + 176),
            (x + side * 6, y + 196), (x + side * 6, y + 150),
        ]  # fmt: skip
        sheet.path(collar, mixed(colour, palette.ink if side > 0 else palette.paper, 0.22))
    sheet.rect((x - 4, y + 170, 8, sheet.height), palette.ink, opacity=0.45)
    sheet.rect((x - 7, y + 214, 14, 34), palette.sun, rx=6)
    mark(sheet, (x + 150, y + 262), 34, palette.paper)
    for side in (-1, 1):
        low = sheet.height + 20
        strap = [(x + side * 236, y + 116), (x + side * 288, y + 138),
                 (x + side * 262, low), (x + side * 206, low)]  # fmt: skip
        sheet.path(strap, mixed(palette.near, palette.ink, 0.3))


def _head(sheet: Sheet, chin: Point) -> None:
    palette, (x, y) = sheet.palette, chin
    for side in (-1, 1):
        sheet.ellipse((x + side * 131, y - 146), (24, 38), mixed(palette.skin, palette.ink, 0.14))
    face = (
        f"M{x - 130:.1f},{y - 200:.1f}C{x - 136:.1f},{y - 70:.1f} {x - 84:.1f},{y + 14:.1f} "
        f"{x:.1f},{y + 16:.1f}C{x + 84:.1f},{y + 14:.1f} {x + 136:.1f},{y - 70:.1f} "
        f"{x + 130:.1f},{y - 200:.1f}C{x + 124:.1f},{y - 380:.1f} {x - 124:.1f},{y - 380:.1f} "
        f"{x - 130:.1f},{y - 200:.1f}Z"
    )
    sheet.curve(face, palette.skin)
    shade = sheet.fade([(0.0, palette.sun, 0.28), (0.45, palette.sun, 0.0),
                        (0.56, palette.ink, 0.0), (1.0, palette.ink, 0.34)],
                       across=True)  # fmt: skip
    sheet.curve(face, shade)
    nose = f"M{x + 2:.1f},{y - 168:.1f}Q{x + 30:.1f},{y - 96:.1f} {x - 8:.1f},{y - 92:.1f}"
    line = mixed(palette.skin, palette.ink, 0.45)
    sheet.curve(nose, stroke=line, stroke_width=6, stroke_linecap="round")
    smile = f"M{x - 42:.1f},{y - 54:.1f}Q{x:.1f},{y - 26:.1f} {x + 44:.1f},{y - 56:.1f}"
    sheet.curve(smile, stroke=mixed(line, palette.accent, 0.3), stroke_width=7,
                stroke_linecap="round")  # fmt: skip


def _closed_eyes(sheet: Sheet, chin: Point) -> None:
    x, y = chin
    for side in (-1, 1):
        lid = f"M{x + side * 32:.1f},{y - 158:.1f}q{side * 25:.1f},20 {side * 52:.1f},0"
        sheet.curve(lid, stroke=sheet.palette.ink, stroke_width=6.5, stroke_linecap="round")
        brow = f"M{x + side * 28:.1f},{y - 202:.1f}q{side * 28:.1f},-18 {side * 62:.1f},2"
        sheet.curve(brow, stroke=sheet.palette.hair, stroke_width=11, stroke_linecap="round")


def beanie(sheet: Sheet) -> None:
    """A beard, a beanie, eyes closed towards the sun."""
    palette = sheet.palette
    chin = _halo(sheet)
    x, y = chin
    _jacket(sheet, chin, palette.second)
    _head(sheet, chin)
    beard = (
        f"M{x - 131:.1f},{y - 170:.1f}C{x - 150:.1f},{y + 60:.1f} {x - 60:.1f},{y + 84:.1f} "
        f"{x:.1f},{y + 84:.1f}C{x + 60:.1f},{y + 84:.1f} {x + 150:.1f},{y + 60:.1f} "
        f"{x + 131:.1f},{y - 170:.1f}C{x + 112:.1f},{y - 70:.1f} {x + 70:.1f},{y - 96:.1f} "
        f"{x:.1f},{y - 78:.1f}C{x - 70:.1f},{y - 96:.1f} {x - 112:.1f},{y - 70:.1f} "
        f"{x - 131:.1f},{y - 170:.1f}Z"
    )
    sheet.curve(beard, rounded(sheet, palette.hair, contrast=0.4))
    smile = f"M{x - 34:.1f},{y - 44:.1f}Q{x:.1f},{y - 26:.1f} {x + 34:.1f},{y - 44:.1f}"
    sheet.curve(smile, stroke=mixed(palette.skin, palette.accent, 0.4), stroke_width=8,
                stroke_linecap="round")  # fmt: skip
    _closed_eyes(sheet, chin)
    cap = (
        f"M{x - 148:.1f},{y - 226:.1f}C{x - 160:.1f},{y - 470:.1f} {x + 160:.1f},{y - 470:.1f} "
        f"{x + 148:.1f},{y - 226:.1f}Z"
    )
    sheet.curve(cap, rounded(sheet, palette.accent, contrast=0.7))
    sheet.circle((x, y - 418), 34, rounded(sheet, mixed(palette.accent, palette.paper, 0.3)))
    brim = (x - 156, y - 282, 312, 82)
    sheet.rect(
        brim, rounded(sheet, mixed(palette.accent, palette.paper, 0.12), contrast=0.7), rx=24
    )
    for rib in range(1, 14):
        at = brim[0] + rib * brim[2] / 14
        sheet.rect((at, brim[1] + 8, 3, 66), palette.ink, opacity=0.18, rx=1.5)


def hood(sheet: Sheet) -> None:
    """A hood against the wind, a strand of hair."""
    palette = sheet.palette
    chin = _halo(sheet)
    x, y = chin
    colour = palette.accent
    _shoulders(sheet, chin, colour, hood=True)
    inside = (
        f"M{x - 152:.1f},{y - 10:.1f}C{x - 214:.1f},{y - 250:.1f} {x - 150:.1f},{y - 400:.1f} "
        f"{x:.1f},{y - 400:.1f}C{x + 150:.1f},{y - 400:.1f} {x + 214:.1f},{y - 250:.1f} "
        f"{x + 152:.1f},{y - 10:.1f}Q{x:.1f},{y + 120:.1f} {x - 152:.1f},{y - 10:.1f}Z"
    )
    sheet.curve(inside, mixed(colour, palette.ink, 0.66))
    _head(sheet, chin)
    fringe = (
        f"M{x - 128:.1f},{y - 170:.1f}C{x - 150:.1f},{y - 380:.1f} {x + 60:.1f},{y - 400:.1f} "
        f"{x + 118:.1f},{y - 270:.1f}C{x + 40:.1f},{y - 300:.1f} {x - 70:.1f},{y - 280:.1f} "
        f"{x - 128:.1f},{y - 170:.1f}Z"
    )
    sheet.curve(fringe, palette.hair)
    _closed_eyes(sheet, chin)
    for side in (-1, 1):
        cord = f"M{x + side * 62:.1f},{y + 92:.1f}q{side * 16:.1f},70 {side * 4:.1f},150"
        sheet.curve(cord, stroke=palette.paper, stroke_width=8, stroke_linecap="round")
        sheet.rect((x + side * 66 - 9, y + 236, 18, 30), palette.paper, rx=6)
    mark(sheet, (x + 196, y + 292), 36, palette.paper)


def shades(sheet: Sheet) -> None:
    """Long hair, round sunglasses with the mountains in them."""
    palette = sheet.palette
    chin = _halo(sheet)
    x, y = chin
    back = (
        f"M{x - 150:.1f},{y - 210:.1f}C{x - 170:.1f},{y - 440:.1f} {x + 170:.1f},{y - 440:.1f} "
        f"{x + 150:.1f},{y - 210:.1f}C{x + 190:.1f},{y - 40:.1f} {x + 170:.1f},{y + 120:.1f} "
        f"{x + 210:.1f},{y + 260:.1f}C{x + 80:.1f},{y + 300:.1f} {x - 80:.1f},{y + 300:.1f} "
        f"{x - 210:.1f},{y + 260:.1f}C{x - 170:.1f},{y + 120:.1f} {x - 190:.1f},{y - 40:.1f} "
        f"{x - 150:.1f},{y - 210:.1f}Z"
    )
    sheet.curve(back, rounded(sheet, palette.hair, contrast=0.5))
    _jacket(sheet, chin, mixed(palette.paper, palette.sky[1], 0.25))
    _head(sheet, chin)
    fringe = (
        f"M{x - 146:.1f},{y - 150:.1f}C{x - 170:.1f},{y - 430:.1f} {x + 170:.1f},{y - 430:.1f} "
        f"{x + 146:.1f},{y - 150:.1f}C{x + 120:.1f},{y - 250:.1f} {x + 70:.1f},{y - 310:.1f} "
        f"{x + 4:.1f},{y - 330:.1f}C{x - 70:.1f},{y - 310:.1f} {x - 120:.1f},{y - 250:.1f} "
        f"{x - 146:.1f},{y - 150:.1f}Z"
    )
    sheet.curve(fringe, rounded(sheet, palette.hair, contrast=0.4))
    sheet.path([(x - 120, y - 166), (x + 120, y - 166)], line=1, stroke=palette.ink,
               stroke_width=7)  # fmt: skip
    lens = sheet.fade([(0.0, palette.sky[0], 1.0), (0.55, palette.sky[1], 1.0),
                       (0.62, palette.near, 1.0), (1.0, palette.ink, 1.0)])  # fmt: skip
    for side in (-1, 1):
        middle = (x + side * 60, y - 150)
        sheet.circle(middle, 50, lens, stroke=palette.sun, stroke_width=6)
        sheet.circle((middle[0] + 12, middle[1] - 16), 10, palette.sun)


def hiker(sheet: Sheet, foot: Point, tall: float, *, jacket: str, pole: int = 1) -> None:
    """Somebody seen from behind, with a pack; `pole` is the side of the walking stick."""
    palette, (x, y), t = sheet.palette, foot, tall
    trousers, boots = mixed(palette.near, palette.ink, 0.3), palette.ink
    for side in (-1, 1):
        leg = [(x + side * t * 0.015, y - t * 0.5), (x + side * t * 0.125, y - t * 0.5),
               (x + side * t * 0.115, y - t * 0.03),
               (x + side * t * 0.035, y - t * 0.03)]  # fmt: skip
        sheet.path(leg, trousers if side < 0 else mixed(trousers, palette.ink, 0.35))
        sheet.rect((x + side * t * 0.075 - t * 0.05, y - t * 0.06, t * 0.1, t * 0.06), boots,
                   rx=t * 0.018)  # fmt: skip
        arm = [(x + side * t * 0.13, y - t * 0.8), (x + side * t * 0.2, y - t * 0.75),
               (x + side * t * 0.235, y - t * 0.5),
               (x + side * t * 0.17, y - t * 0.48)]  # fmt: skip
        sheet.path(arm, mixed(jacket, palette.ink, 0.1 if side < 0 else 0.38),
                   stroke=mixed(jacket, palette.ink, 0.1 if side < 0 else 0.38),
                   stroke_width=t * 0.03, stroke_linejoin="round")  # fmt: skip
        sheet.circle((x + side * t * 0.205, y - t * 0.465), t * 0.032, palette.skin)
    torso = (x - t * 0.155, y - t * 0.84, t * 0.31, t * 0.4)
    sheet.rect(torso, rounded(sheet, jacket, contrast=0.7), rx=t * 0.08)
    sheet.rect(
        (x - t * 0.04, y - t * 0.9, t * 0.08, t * 0.09), mixed(palette.skin, palette.ink, 0.2)
    )
    sheet.circle((x, y - t * 0.94), t * 0.078, palette.hair)
    half = t * 0.086
    cap = f"M{x - half:.1f},{y - t * 0.94:.1f}a{half:.1f},{t * 0.096:.1f} 0 0 1 {2 * half:.1f},0Z"
    sheet.curve(cap, palette.accent)
    brim = mixed(palette.accent, palette.ink, 0.2)
    sheet.rect((x - t * 0.09, y - t * 0.955, t * 0.18, t * 0.034), brim, rx=t * 0.012)
    pack = (x - t * 0.125, y - t * 0.82, t * 0.25, t * 0.34)
    cloth = mixed(palette.second, palette.ink, 0.1)
    sheet.rect(pack, rounded(sheet, cloth, contrast=0.8), rx=t * 0.05)
    sheet.rect((x - t * 0.14, y - t * 0.865, t * 0.28, t * 0.075),
               rounded(sheet, mixed(palette.sun, palette.accent, 0.3)), rx=t * 0.036)  # fmt: skip
    sheet.rect((x - t * 0.09, y - t * 0.64, t * 0.18, t * 0.13), mixed(cloth, palette.ink, 0.22),
               rx=t * 0.025)  # fmt: skip
    mark(sheet, (x, y - t * 0.72), t * 0.032, palette.paper)
    stick = [(x + pole * t * 0.21, y - t * 0.48), (x + pole * t * 0.27, y + t * 0.01)]
    sheet.path(stick, line=1, stroke=palette.ink, stroke_width=t * 0.012)


def lookout(sheet: Sheet) -> None:
    """One walker on a rock, the whole valley before them."""
    _valley(sheet)
    x = sheet.width * 0.44
    _rock(sheet, middle=x, top=sheet.height * 0.86)
    hiker(sheet, (x, sheet.height * 0.872), 330, jacket=sheet.palette.accent)


def friends(sheet: Sheet) -> None:
    """Three walkers side by side."""
    _valley(sheet)
    x = sheet.width * 0.5
    _rock(sheet, middle=x, top=sheet.height * 0.87)
    palette = sheet.palette
    coats = (palette.accent, palette.paper, mixed(palette.sun, palette.accent, 0.4))
    for index, (coat, tall) in enumerate(zip(coats, (300, 330, 285), strict=True)):
        foot = (x + (index - 1) * 150, sheet.height * 0.88 + 6 * abs(index - 1))
        hiker(sheet, foot, tall, jacket=coat, pole=-1 if index == 0 else 1)


def _valley(sheet: Sheet) -> None:
    horizon = sheet.height * 0.58
    sun = (sheet.width * 0.6, horizon * 0.52)
    sky(sheet, horizon=horizon, sun=sun, radius=105)
    clouds(sheet, horizon=horizon)
    for layer in range(5):
        points = ridge(
            sheet,
            base=horizon + sheet.height * (0.01 + 0.065 * layer),
            height=sheet.height * (0.22 - 0.025 * layer),
            period=300 + 50 * layer,
            sharp=layer < 3,
        )
        land(sheet, points, sheet.palette.depth(0.08 + 0.15 * layer), mist=0.6 - 0.06 * layer)
        y = horizon + sheet.height * (0.05 + 0.065 * layer)
        mist(sheet, y=y, height=110, strength=0.34)


def _rock(sheet: Sheet, *, middle: float, top: float) -> None:
    palette, points = sheet.palette, []
    for index in range(int(sheet.width / STEP) + 3):
        x = (index - 1) * STEP
        away = abs(x - middle) / sheet.width
        bumps = 9 * sin(x / 37) + 6 * cos(x / 19 + 1) + 4 * sin(x / 7)
        points.append((x, top + max(away - 0.2, 0) * 420 + bumps * min(away * 6, 1)))
    land(sheet, points, mixed(palette.near, palette.ink, 0.45), mist=0.0)
    edge = [(x, y + 9 + 5 * sin(x / 31 + pi)) for x, y in points[::-1]]
    light = mixed(palette.near, palette.far, 0.55)
    sheet.path([*points, *edge], light, opacity=0.7)
