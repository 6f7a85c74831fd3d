"""The products of the campaign: what Lumenfell would make, if it existed."""

from collections.abc import Sequence
from math import cos, pi, sin

from bridge_app.sandbox.drawing import Point, Sheet, mixed
from bridge_app.sandbox.drawing_marks import mark, wordmark
from bridge_app.sandbox.drawing_studio import rounded, steam


def flask(sheet: Sheet, foot: Point, tall: float) -> None:
    """An insulated bottle with a lid and a loop."""
    palette, (x, y) = sheet.palette, foot
    half, t = tall * 0.16, tall
    top, neck = y - t * 0.8, half * 0.62
    body = (
        f"M{x - half:.1f},{y - t * 0.02:.1f}V{top + t * 0.12:.1f}"
        f"C{x - half:.1f},{top + t * 0.03:.1f} {x - neck:.1f},{top + t * 0.04:.1f} "
        f"{x - neck:.1f},{top:.1f}H{x + neck:.1f}"
        f"C{x + neck:.1f},{top + t * 0.04:.1f} {x + half:.1f},{top + t * 0.03:.1f} "
        f"{x + half:.1f},{top + t * 0.12:.1f}V{y - t * 0.02:.1f}"
        f"A{half:.1f},{half * 0.17:.1f} 0 0 1 {x - half:.1f},{y - t * 0.02:.1f}Z"
    )
    sheet.curve(body, rounded(sheet, palette.second))
    steel = mixed(palette.paper, palette.ink, 0.3)
    sheet.rect((x - neck, top - t * 0.025, neck * 2, t * 0.03), rounded(sheet, steel))
    lid = mixed(palette.ink, palette.near, 0.3)
    sheet.rect((x - neck * 1.12, top - t * 0.15, neck * 2.24, t * 0.128), rounded(sheet, lid),
               rx=t * 0.018)  # fmt: skip
    loop = (
        f"M{x - neck * 0.75:.1f},{top - t * 0.14:.1f}C{x - neck * 0.7:.1f},{top - t * 0.26:.1f} "
        f"{x + neck * 0.7:.1f},{top - t * 0.26:.1f} {x + neck * 0.75:.1f},{top - t * 0.14:.1f}"
    )
    sheet.curve(loop, stroke=lid, stroke_width=t * 0.03, stroke_linecap="round")
    band = y - t * 0.12
    sheet.rect((x - half, band, half * 2, t * 0.03), rounded(sheet, palette.accent))
    mark(sheet, (x - half * 0.08, y - t * 0.44), half * 0.52, palette.paper)
    wordmark(sheet, (x - half * 0.08, y - t * 0.285), t * 0.02, palette.paper)
    shine = sheet.fade([(0.0, palette.paper, 0.0), (0.3, palette.paper, 0.5),
                        (1.0, palette.paper, 0.0)])  # fmt: skip
    sheet.rect((x - half * 0.72, top + t * 0.12, half * 0.13, t * 0.56), shine, rx=half * 0.06)


def mug(sheet: Sheet, foot: Point, tall: float) -> None:
    """An enamel mug with a dark rim, filled."""
    palette, (x, y) = sheet.palette, foot
    half, t = tall * 0.46, tall
    top, tilt = y - t * 0.86, tall * 0.1
    steam(sheet, (x, top - t * 0.02), t * 0.9)
    colour = palette.paper
    handle = (
        f"M{x + half * 0.9:.1f},{top + t * 0.2:.1f}C{x + half * 1.75:.1f},{top + t * 0.14:.1f} "
        f"{x + half * 1.7:.1f},{top + t * 0.66:.1f} {x + half * 0.86:.1f},{top + t * 0.62:.1f}"
    )
    dark = mixed(colour, palette.ink, 0.42)
    sheet.curve(handle, stroke=dark, stroke_width=t * 0.1, stroke_linecap="round")
    sheet.curve(handle, stroke=mixed(colour, palette.ink, 0.12), stroke_width=t * 0.055)
    body = (
        f"M{x - half:.1f},{top:.1f}L{x - half * 0.93:.1f},{y - t * 0.07:.1f}"
        f"Q{x - half * 0.92:.1f},{y - t * 0.02:.1f} {x - half * 0.84:.1f},{y - t * 0.015:.1f}"
        f"A{half * 0.9:.1f},{tilt * 0.72:.1f} 0 0 0 {x + half * 0.84:.1f},{y - t * 0.015:.1f}"
        f"Q{x + half * 0.92:.1f},{y - t * 0.02:.1f} {x + half * 0.93:.1f},{y - t * 0.07:.1f}"
        f"L{x + half:.1f},{top:.1f}Z"
    )
    sheet.curve(body, rounded(sheet, colour, contrast=0.62))
    for _ in range(70):
        at = (x + sheet.rng.uniform(-0.86, 0.86) * half, top + t * sheet.rng.uniform(0.14, 0.78))
        sheet.circle(at, sheet.rng.uniform(0.8, 2.0) * t / 300, palette.ink, opacity=0.34)
    rim = mixed(palette.near, palette.ink, 0.3)
    sheet.ellipse((x, top), (half * 1.02, tilt * 1.06), rim)
    sheet.ellipse((x, top + t * 0.008), (half * 0.95, tilt * 0.93),
                  rounded(sheet, mixed(colour, palette.ink, 0.12)))  # fmt: skip
    coffee = mixed(palette.ink, palette.accent, 0.2)
    sheet.ellipse((x, top + t * 0.035), (half * 0.9, tilt * 0.72), coffee)
    sheet.ellipse((x - half * 0.2, top + t * 0.028), (half * 0.5, tilt * 0.3),
                  sheet.glow(palette.accent, 0.4))  # fmt: skip
    mark(sheet, (x - half * 0.1, y - t * 0.42), t * 0.17, palette.accent)


def backpack(sheet: Sheet, foot: Point, tall: float) -> None:
    """A canvas backpack with leather straps and a rolled mat."""
    palette, (x, y), t = sheet.palette, foot, tall
    cloth, leather = palette.accent, mixed(palette.sky[2], palette.ink, 0.5)
    _mat(sheet, (x, y - t * 0.94), t)
    for side in (-1, 1):
        pocket = (x + side * t * 0.31 - t * 0.09, y - t * 0.42, t * 0.18, t * 0.37)
        sheet.rect(pocket, rounded(sheet, mixed(cloth, palette.ink, 0.2)), rx=t * 0.06)
    body = _pillow(x, y, t * 0.3, t * 0.84)
    sheet.curve(body, rounded(sheet, cloth, contrast=0.8))
    fold = sheet.fade([(0.0, palette.ink, 0.0), (1.0, palette.ink, 0.3)])
    sheet.curve(body, fold)
    pouch = (x - t * 0.21, y - t * 0.38, t * 0.42, t * 0.31)
    sheet.rect(pouch, rounded(sheet, mixed(cloth, palette.paper, 0.06), contrast=0.8), rx=t * 0.05)
    sheet.rect((pouch[0] + 12, pouch[1] + 12, pouch[2] - 24, pouch[3] - 24), "none", rx=t * 0.035,
               stroke=palette.paper, stroke_width=t * 0.004, stroke_dasharray="7 6",
               opacity=0.6)  # fmt: skip
    flap = (
        f"M{x - t * 0.305:.1f},{y - t * 0.73:.1f}C{x - t * 0.29:.1f},{y - t * 0.93:.1f} "
        f"{x + t * 0.29:.1f},{y - t * 0.93:.1f} {x + t * 0.305:.1f},{y - t * 0.73:.1f}"
        f"L{x + t * 0.285:.1f},{y - t * 0.5:.1f}Q{x:.1f},{y - t * 0.42:.1f} "
        f"{x - t * 0.285:.1f},{y - t * 0.5:.1f}Z"
    )
    sheet.curve(flap, palette.ink, transform="translate(0,9)", opacity=0.28)
    sheet.curve(flap, rounded(sheet, mixed(cloth, palette.paper, 0.1), contrast=0.8))
    for side in (-1, 1):
        left = x + side * t * 0.15 - t * 0.024
        sheet.rect((left, y - t * 0.64, t * 0.048, t * 0.4), rounded(sheet, leather), rx=t * 0.014)
        buckle = (left - t * 0.014, y - t * 0.345, t * 0.076, t * 0.062)
        sheet.rect(buckle, "none", rx=t * 0.012, stroke=palette.sun, stroke_width=t * 0.013)
    mark(sheet, (x, y - t * 0.63), t * 0.07, palette.paper)
    wordmark(sheet, (x, y - t * 0.135), t * 0.024, palette.paper)
    loop = (
        f"M{x - t * 0.07:.1f},{y - t * 0.87:.1f}C{x - t * 0.07:.1f},{y - t * 0.99:.1f} "
        f"{x + t * 0.07:.1f},{y - t * 0.99:.1f} {x + t * 0.07:.1f},{y - t * 0.87:.1f}"
    )
    sheet.curve(loop, stroke=leather, stroke_width=t * 0.026, stroke_linecap="round")


def _pillow(x: float, y: float, half: float, high: float) -> str:
    return (
        f"M{x - half * 0.82:.1f},{y:.1f}Q{x - half * 1.08:.1f},{y:.1f} "
        f"{x - half * 1.06:.1f},{y - high * 0.16:.1f}L{x - half:.1f},{y - high * 0.8:.1f}"
        f"C{x - half * 0.95:.1f},{y - high * 1.06:.1f} {x + half * 0.95:.1f},{y - high * 1.06:.1f} "
        f"{x + half:.1f},{y - high * 0.8:.1f}L{x + half * 1.06:.1f},{y - high * 0.16:.1f}"
        f"Q{x + half * 1.08:.1f},{y:.1f} {x + half * 0.82:.1f},{y:.1f}Z"
    )


def _mat(sheet: Sheet, middle: Point, t: float) -> None:
    palette, (x, y) = sheet.palette, middle
    roll = mixed(palette.second, palette.paper, 0.12)
    upright = sheet.fade([(0.0, mixed(roll, palette.paper, 0.35), 1.0), (0.35, roll, 1.0),
                          (1.0, mixed(roll, palette.ink, 0.5), 1.0)])  # fmt: skip
    sheet.rect((x - t * 0.36, y - t * 0.075, t * 0.72, t * 0.15), upright, rx=t * 0.07)
    for side in (-1, 1):
        sheet.rect((x + side * t * 0.2 - t * 0.02, y - t * 0.08, t * 0.04, t * 0.16),
                   mixed(palette.sky[2], palette.ink, 0.5), rx=t * 0.01)  # fmt: skip
        end = (x + side * t * 0.335, y)
        for ring in (0.062, 0.042, 0.022):
            sheet.ellipse(end, (t * ring * 0.5, t * ring), stroke=palette.ink,
                          stroke_width=t * 0.005, opacity=0.4)  # fmt: skip


def lantern(sheet: Sheet, foot: Point, tall: float) -> None:
    """A camp lantern, lit."""
    palette, (x, y), t = sheet.palette, foot, tall
    metal = mixed(palette.near, palette.second, 0.35)
    sheet.circle((x, y - t * 0.45), t * 0.9, sheet.glow(palette.accent, 0.75))
    bail = (
        f"M{x - t * 0.24:.1f},{y - t * 0.66:.1f}C{x - t * 0.36:.1f},{y - t * 1.12:.1f} "
        f"{x + t * 0.36:.1f},{y - t * 1.12:.1f} {x + t * 0.24:.1f},{y - t * 0.66:.1f}"
    )
    sheet.curve(bail, stroke=palette.ink, stroke_width=t * 0.017)
    sheet.rect((x - t * 0.26, y - t * 0.15, t * 0.52, t * 0.15), rounded(sheet, metal), rx=t * 0.03)
    sheet.rect((x - t * 0.2, y - t * 0.21, t * 0.4, t * 0.07), rounded(sheet, metal), rx=t * 0.02)
    glass = (
        f"M{x - t * 0.17:.1f},{y - t * 0.2:.1f}C{x - t * 0.29:.1f},{y - t * 0.36:.1f} "
        f"{x - t * 0.26:.1f},{y - t * 0.55:.1f} {x - t * 0.14:.1f},{y - t * 0.66:.1f}"
        f"H{x + t * 0.14:.1f}C{x + t * 0.26:.1f},{y - t * 0.55:.1f} "
        f"{x + t * 0.29:.1f},{y - t * 0.36:.1f} {x + t * 0.17:.1f},{y - t * 0.2:.1f}Z"
    )
    warm = sheet.fade([(0.0, mixed(palette.accent, palette.sun, 0.5), 0.92),
                       (0.65, palette.sun, 0.98), (1.0, palette.accent, 0.95)])  # fmt: skip
    sheet.curve(glass, warm)
    sheet.circle((x, y - t * 0.38), t * 0.2, sheet.glow(palette.paper, 1.0))
    flame = (
        f"M{x:.1f},{y - t * 0.25:.1f}c{-t * 0.075:.1f},{-t * 0.07:.1f} {-t * 0.02:.1f},"
        f"{-t * 0.14:.1f} 0,{-t * 0.22:.1f}c{t * 0.03:.1f},{t * 0.08:.1f} "
        f"{t * 0.075:.1f},{t * 0.15:.1f} 0,{t * 0.22:.1f}Z"
    )
    sheet.curve(flame, palette.paper)
    for side in (-1, 1):
        sheet.curve(
            f"M{x + side * t * 0.215:.1f},{y - t * 0.18:.1f}"
            f"C{x + side * t * 0.33:.1f},{y - t * 0.4:.1f} {x + side * t * 0.29:.1f},"
            f"{y - t * 0.6:.1f} {x + side * t * 0.17:.1f},{y - t * 0.68:.1f}",
            stroke=palette.ink, stroke_width=t * 0.014,
        )  # fmt: skip
    sheet.rect((x - t * 0.2, y - t * 0.715, t * 0.4, t * 0.065), rounded(sheet, metal), rx=t * 0.02)
    cap = [(x - t * 0.15, y - t * 0.71), (x - t * 0.08, y - t * 0.83), (x + t * 0.08, y - t * 0.83),
           (x + t * 0.15, y - t * 0.71)]  # fmt: skip
    sheet.path(cap, rounded(sheet, metal))
    mark(sheet, (x, y - t * 0.075), t * 0.045, palette.paper)


def pour_over(sheet: Sheet, foot: Point, tall: float) -> None:
    """A glass carafe with a wooden collar and a filter full of coffee."""
    palette, (x, y), t = sheet.palette, foot, tall
    steam(sheet, (x, y - t * 0.98), t * 0.5)
    coffee, wood = (
        mixed(palette.ink, palette.accent, 0.22),
        mixed(palette.sky[2], palette.ink, 0.35),
    )
    glass = [(-0.33, -0.005), (-0.35, -0.1), (-0.1, -0.52), (-0.3, -0.98), (0.3, -0.98),
             (0.1, -0.52), (0.35, -0.1), (0.33, -0.005)]  # fmt: skip
    fill = sheet.fade([(0.0, palette.paper, 0.75), (0.4, palette.paper, 0.28),
                       (0.8, palette.second, 0.3), (1.0, palette.paper, 0.6)],
                      across=True)  # fmt: skip
    _around(sheet, [(-0.25, -0.98), (-0.08, -0.62), (0.08, -0.62), (0.25, -0.98)], foot, t,
            mixed(palette.paper, palette.sky[2], 0.35))  # fmt: skip
    _around(sheet, [(-0.315, -0.02), (-0.33, -0.1), (-0.215, -0.3), (0.215, -0.3), (0.33, -0.1),
                    (0.315, -0.02)], foot, t, rounded(sheet, coffee))  # fmt: skip
    sheet.ellipse((x, y - t * 0.3), (t * 0.215, t * 0.026), mixed(coffee, palette.accent, 0.35))
    _around(sheet, glass, foot, t, fill)
    sheet.ellipse((x, y - t * 0.98), (t * 0.3, t * 0.04), mixed(palette.paper, palette.ink, 0.1),
                  opacity=0.9)  # fmt: skip
    sheet.ellipse((x, y - t * 0.975), (t * 0.24, t * 0.027), coffee)
    collar = [(-0.13, -0.58), (-0.105, -0.52), (-0.14, -0.45), (0.14, -0.45), (0.105, -0.52),
              (0.13, -0.58)]  # fmt: skip
    _around(sheet, collar, foot, t, rounded(sheet, wood))
    sheet.rect((x - t * 0.115, y - t * 0.527, t * 0.23, t * 0.016), palette.ink, opacity=0.7)
    sheet.circle((x, y - t * 0.49), t * 0.024, palette.accent)
    shine = sheet.fade([(0.0, palette.paper, 0.0), (0.5, palette.paper, 0.75),
                        (1.0, palette.paper, 0.0)])  # fmt: skip
    _around(sheet, [(-0.29, -0.1), (-0.12, -0.39), (-0.105, -0.39), (-0.26, -0.1)], foot, t, shine)


def _around(sheet: Sheet, shape: Sequence[Point], foot: Point, t: float, fill: str) -> None:
    sheet.path([(foot[0] + px * t, foot[1] + py * t) for px, py in shape], fill)


def compass(sheet: Sheet, middle: Point, radius: float) -> None:
    """A brass compass seen from above."""
    palette, (x, y), r = sheet.palette, middle, radius
    brass = mixed(palette.sun, palette.accent, 0.35)
    sheet.circle((x + r * 0.1, y + r * 0.14), r * 1.2, sheet.glow(palette.ink, 0.75, 0.45))
    rim = sheet.fade([(0.0, mixed(brass, palette.paper, 0.5), 1.0), (0.5, brass, 1.0),
                      (1.0, mixed(brass, palette.ink, 0.55), 1.0)])  # fmt: skip
    sheet.rect((x - r * 0.09, y - r * 1.26, r * 0.18, r * 0.3), rim, rx=r * 0.04)
    sheet.circle((x, y - r * 1.32), r * 0.16, stroke=brass, stroke_width=r * 0.055)
    sheet.circle(middle, r, rim)
    sheet.circle(middle, r * 0.87, mixed(palette.paper, palette.sun, 0.35))
    for tick in range(72):
        turn = tick * pi / 36
        long = 0.7 if tick % 18 == 0 else 0.76 if tick % 9 == 0 else 0.8
        ends = [(x + r * part * sin(turn), y - r * part * cos(turn)) for part in (long, 0.84)]
        sheet.path(ends, line=1, stroke=palette.ink, stroke_width=r * (0.018 if tick % 9 else 0.03))
    rose = mixed(palette.second, palette.paper, 0.35)
    for quarter in range(4):
        quarter_turn = f"rotate({quarter * 90} {x:.1f} {y:.1f})"
        sheet.path(
            [(x, y - r * 0.6), (x + r * 0.1, y - r * 0.1), (x, y)], rose, transform=quarter_turn
        )
        sheet.path([(x, y - r * 0.6), (x - r * 0.1, y - r * 0.1), (x, y)],
                   mixed(rose, palette.ink, 0.35), transform=quarter_turn)  # fmt: skip
    needle = f"rotate(-28 {x:.1f} {y:.1f})"
    for way, colour in ((-1, palette.accent), (1, palette.near)):
        tip = [(x, y + way * r * 0.7), (x + r * 0.075, y), (x - r * 0.075, y)]
        sheet.path(tip, colour, transform=needle)
    sheet.circle(middle, r * 0.07, brass)
    glass = sheet.fade([(0.0, palette.paper, 0.5), (0.5, palette.paper, 0.0)])
    sheet.circle(middle, r * 0.87, glass, transform=f"rotate(-35 {x:.1f} {y:.1f})")
