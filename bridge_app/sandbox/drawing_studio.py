"""The photo studio of the product pictures: backdrops, plinths, shadows, the light on things."""

from collections.abc import Callable

from bridge_app.sandbox.drawing import Noise, Point, Sheet, mixed
from bridge_app.sandbox.drawing_nature import STEP

Thing = Callable[[Sheet, Point, float], None]  # sheet, middle of the foot, height


def backdrop(sheet: Sheet, *, floor: float) -> None:
    """A wall and a floor without an edge, and an arch that opens on a view of the campaign."""
    palette = sheet.palette
    wall = mixed(palette.sky[2], palette.sky[1], 0.34)
    low = mixed(wall, palette.paper, 0.5)
    stops = [(0.0, mixed(wall, palette.far, 0.2), 1.0), (floor / sheet.height, wall, 1.0),
             (min(floor / sheet.height + 0.05, 1.0), low, 1.0),
             (1.0, mixed(low, wall, 0.7), 1.0)]  # fmt: skip
    sheet.rect((0, 0, sheet.width, sheet.height), sheet.fade(stops))
    light = mixed(palette.paper, palette.sun, 0.5)
    sheet.circle((sheet.width * 0.2, sheet.height * 0.1), 900, sheet.glow(light, 0.55))


def arch(sheet: Sheet, *, middle: float, foot: float, width: float, height: float) -> None:
    """An arched window with a sun and hills in it."""
    palette, left, radius = sheet.palette, middle - width / 2, width / 2
    top = foot - height
    d = (
        f"M{left:.1f},{foot:.1f}V{top + radius:.1f}A{radius:.1f},{radius:.1f} 0 0 1 "
        f"{left + width:.1f},{top + radius:.1f}V{foot:.1f}Z"
    )
    sheet.curve(
        d, mixed(palette.far, palette.ink, 0.25), transform="translate(-14,0)", opacity=0.35
    )
    view = sheet.clip(d)

    def look_out() -> None:
        sky = sheet.fade([(0.0, palette.sky[0], 1.0), (0.6, palette.sky[1], 1.0),
                          (1.0, palette.sky[2], 1.0)])  # fmt: skip
        sheet.rect((left, top, width, height), sky)
        sun = (middle + width * 0.13, top + height * 0.4)
        sheet.circle(sun, width * 0.62, sheet.glow(palette.sun, 0.7))
        for ring in range(3):
            sheet.circle(sun, width * (0.17 + 0.055 * ring), stroke=palette.sun,
                         stroke_width=2, opacity=0.55 - 0.14 * ring)  # fmt: skip
        sheet.circle(sun, width * 0.12, palette.sun)
        for layer in range(4):
            noise = Noise(sheet.rng)
            base = top + height * (0.62 + 0.11 * layer)
            points = [
                (left + STEP * i, base - height * 0.14 * noise.octaves(i * STEP / 190, 3))
                for i in range(int(width / STEP) + 2)
            ]
            outline = [*points, (left + width, foot), (left, foot)]
            sheet.path(outline, palette.depth(0.1 + 0.24 * layer))

    sheet.group(look_out, clip_path=view)


def plinth(sheet: Sheet, *, middle: float, top: float, width: float, height: float) -> None:
    """A round stand; `top` is the y of its upper face's middle."""
    palette, half, tilt = sheet.palette, width / 2, width * 0.085
    colour = mixed(palette.paper, palette.sky[1], 0.3)
    shadow(sheet, (middle, top + height + tilt * 0.4), width * 0.72, strength=0.5)
    d = (
        f"M{middle - half:.1f},{top:.1f}V{top + height:.1f}A{half:.1f},{tilt:.1f} 0 0 0 "
        f"{middle + half:.1f},{top + height:.1f}V{top:.1f}Z"
    )
    sheet.curve(d, rounded(sheet, colour, contrast=0.7))
    face = sheet.fade([(0.0, mixed(colour, palette.paper, 0.75), 1.0),
                       (1.0, mixed(colour, palette.far, 0.16), 1.0)], across=True)  # fmt: skip
    sheet.ellipse((middle, top), (half, tilt), face)


def shadow(sheet: Sheet, at: Point, half: float, *, strength: float = 0.55) -> None:
    """A soft shadow on the floor, falling to the right."""
    glow = sheet.glow(sheet.palette.ink, strength)
    sheet.ellipse((at[0] + half * 0.34, at[1]), (half * 1.35, half * 0.17), glow)
    sheet.ellipse(at, (half, half * 0.1), sheet.glow(sheet.palette.ink, strength * 0.9))


def rounded(sheet: Sheet, colour: str, *, contrast: float = 1.0) -> str:
    """A fill that makes a flat shape round: light from the left, a rim of light at the right."""
    palette = sheet.palette

    def dark(share: float) -> str:
        return mixed(colour, palette.ink, share * contrast)

    bright = mixed(colour, palette.paper, 0.42 * contrast)
    stops = [(0.0, dark(0.3), 1.0), (0.1, colour, 1.0), (0.26, bright, 1.0), (0.46, colour, 1.0),
             (0.84, dark(0.46), 1.0), (0.94, dark(0.36), 1.0), (1.0, dark(0.2), 1.0)]  # fmt: skip
    return sheet.fade(stops, across=True)


def steam(sheet: Sheet, at: Point, tall: float) -> None:
    """Two threads of steam."""
    for side in (-1, 1):
        x, y = at[0] + side * tall * 0.09, at[1]
        d = (
            f"M{x:.1f},{y:.1f}c{tall * 0.16:.1f},{-tall * 0.24:.1f} {-tall * 0.18:.1f},"
            f"{-tall * 0.42:.1f} {tall * 0.02:.1f},{-tall * 0.66:.1f}"
            f"s{-tall * 0.08:.1f},{-tall * 0.24:.1f} {tall * 0.03:.1f},{-tall * 0.4:.1f}"
        )
        fill = sheet.fade([(0.0, sheet.palette.paper, 0.0), (0.5, sheet.palette.paper, 0.75),
                           (1.0, sheet.palette.paper, 0.0)])  # fmt: skip
        sheet.curve(d, stroke=fill, stroke_width=tall * 0.05, stroke_linecap="round")


def on_stage(sheet: Sheet, thing: Thing, *, tall: float) -> None:
    """The whole set: backdrop, arch, plinth, and the thing on it, `tall` of the short edge."""
    floor = sheet.height * 0.72
    backdrop(sheet, floor=floor)
    middle = sheet.width / 2
    span = min(sheet.width * 0.62, 620.0)
    arch(sheet, middle=middle + span * 0.1, foot=floor, width=span, height=sheet.height * 0.6)
    top = sheet.height * 0.79
    plinth(sheet, middle=middle, top=top, width=560, height=sheet.height * 0.09)
    shadow(sheet, (middle, top + 4), 1000 * tall * 0.26)
    thing(sheet, (middle, top + 6), 1000 * tall)


def cut_out(sheet: Sheet, thing: Thing, *, tall: float) -> None:
    """The thing alone on transparent paper, with its shadow."""
    foot = (sheet.width / 2, sheet.height / 2 + 1000 * tall / 2)
    shadow(sheet, (foot[0], foot[1] - 4), 1000 * tall * 0.28, strength=0.4)
    thing(sheet, foot, 1000 * tall)
