"""Other colours: greys and tones, mixing with a colour, replacing one, matrices, transparency.

Ranges and defaults: reference of effects, section 9.7.
"""

from bisect import bisect_right
from fractions import Fraction

import numpy as np
import pyvips

from bridge_app.transform.effect_arguments import (
    GREY,
    WHITE,
    colour_named,
    colour_of,
    rgb,
    strength,
    within,
)
from bridge_app.transform.effects.bands import (
    alpha_of,
    colours_of,
    eight_bit,
    luma_of,
    mixed,
    plain,
    through_curves,
    with_alpha,
)
from bridge_app.transform.effects.strips import by_strips, toned, weighed
from bridge_app.transform.model import Colour, Component, Effect

_RED = Colour(red=255, green=0, blue=0)
_BLACK_ROW, _WHITE_ROW = (0, 0, 0), (255, 255, 255)
_LAB_PER_TOLERANCE = 0.6
_MATRIX_SIDES = {9: 3, 16: 4}
Stop = tuple[float, tuple[int, int, int]]


def grayscale(image: pyvips.Image, _effect: Effect, _component: Component) -> pyvips.Image:
    """Each pixel as grey as it is bright (Rec. 709 luma)."""
    return by_strips(image, lambda strip: [np.rint(strip.luma).astype(np.uint8)] * 3)


def sepia(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Brown tones, as a darkroom's bath gives them; the strength is the tone's threshold."""
    threshold = 255 * within(effect, 0, default=80, low=1, high=100) / 100
    return toned(image, [_sepia_tone(grey, threshold) for grey in range(256)])


def blackwhite(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """White from N % brightness on, black below."""
    threshold = 255 * within(effect, 0, default=50, low=0, high=100) / 100
    lit = eight_bit(luma_of(image)) >= threshold
    return with_alpha(lit.bandjoin([lit, lit]), alpha_of(image))


def colorize(image: pyvips.Image, effect: Effect, component: Component) -> pyvips.Image:
    """N % of the colour, the rest of the picture."""
    share = within(effect, 0, default=100, low=0, high=100) / 100
    towards = [share * c / 255 for c in rgb(colour_of(component, GREY))]
    return through_curves(image, *(lambda v, to=to: v * (1 - share) + to for to in towards))


def tint(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Brightness mapped onto colours: dark at 0p, light at 100p, mixed in by the amount."""
    words = [word for word in effect.arguments if word != "equalize"]
    share = strength(effect, default=60, low=0, high=100) / 100
    stops = _tint_stops(words)
    rows = [_between(stops, value / 255) for value in range(256)]
    source = image
    if "equalize" in effect.arguments:
        source = with_alpha(colours_of(image).hist_equal(), alpha_of(image))
    if source is not image:
        source = toned(source, rows)
        return with_alpha(mixed(colours_of(image), colours_of(source), share), alpha_of(image))
    return toned(image, rows, share)


def recolor(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Channels mixed by a matrix, row by row; 4 × 4 mixes transparency as well."""
    numbers = [float(effect.number(i, Fraction(0))) for i in range(len(effect.arguments))]
    side = _MATRIX_SIDES.get(len(numbers))
    if side is None:
        return image
    matrix = [numbers[start : start + side] for start in range(0, len(numbers), side)]
    if side == 3:
        return by_strips(image, lambda strip: [weighed(row, strip) for row in matrix])
    whole = image if image.bands == 4 else image.addalpha()
    return eight_bit(whole.recomb(matrix)).copy(interpretation="srgb")


def replace_color(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """What looks like `from` (else the strongest colour) takes the hue of `to`; shading stays."""
    wanted = colour_named(effect.arguments[0]) if effect.arguments else None
    if wanted is None:
        return image
    tolerance = within(effect, 1, default=50, low=0, high=100) * _LAB_PER_TOLERANCE
    named = colour_named(effect.arguments[2]) if len(effect.arguments) > 2 else None
    before = _lab(rgb(named)) if named else strongest(image)
    after = _lab(rgb(wanted))
    lab = colours_of(image).copy(interpretation="srgb").colourspace("lab")
    apart = ((lab[1:3] - before[1:]) ** 2).recomb([[1, 1]]) ** 0.5
    near = 1 - (apart - tolerance) / (0.25 * tolerance + 1)
    share = (near < 0).ifthenelse(0, (near > 1).ifthenelse(1, near))
    moved = lab + share.bandjoin([share, share]) * [
        a - b for a, b in zip(after, before, strict=True)
    ]
    colours = moved.copy(interpretation="lab").colourspace("srgb")
    return with_alpha(colours, alpha_of(image))


def strongest(image: pyvips.Image) -> list[float]:
    """The mean Lab colour of the most colourful tenth of the picture."""
    small = colours_of(image).copy(interpretation="srgb").thumbnail_image(128, height=128)
    lab = small.colourspace("lab").copy_memory()
    chroma = (lab[1:3] ** 2).recomb([[1, 1]]) ** 0.5
    limit = chroma.cast("uchar").percent(90)
    lit = chroma.cast("uchar") >= limit
    weight = lit / 255.0
    total = max(weight.avg(), 1e-6)
    return [(lab[band] * weight).avg() / total for band in range(3)]


def make_transparent(image: pyvips.Image, effect: Effect, component: Component) -> pyvips.Image:
    """Pixels no further than N % from the colour become transparent."""
    reach = 255 * within(effect, 0, default=10, low=0, high=100) / 100
    target = list(rgb(colour_of(component, WHITE)))
    apart = ((colours_of(image) * 1.0 - target) ** 2).recomb([[1 / 3] * 3]) ** 0.5
    whole = image if image.bands == 4 else image.addalpha()
    return with_alpha(colours_of(whole), (apart <= reach).ifthenelse(0, whole[3]))


def opacity_threshold(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Opaque from N % on, clear below."""
    alpha = alpha_of(image)
    if alpha is None:
        return image
    limit = 255 * within(effect, 0, default=50, low=1, high=100) / 100
    return with_alpha(colours_of(image), alpha >= limit)


def faded(image: pyvips.Image, percent: float) -> pyvips.Image:
    """`o_`: the picture seen at `percent` of its opacity."""
    whole = image if image.bands == 4 else image.addalpha()
    return with_alpha(colours_of(whole), whole[3] * (percent / 100))


def _sepia_tone(grey: int, threshold: float) -> tuple[float, float, float]:
    """ImageMagick's toning, without the stretching it does afterwards."""
    shade = 7 * threshold / 6
    red = 255 if grey > threshold else grey + 255 - threshold
    green = 255 if grey > shade else grey + 255 - shade
    blue = 0 if grey < threshold / 6 else grey - threshold / 6
    floor = threshold / 7
    return red, max(green, floor), max(blue, floor)


def _tint_stops(words: list[str]) -> list[Stop]:
    """The colours and where they stand (0–1), black and white at the ends when these are free."""
    stops: list[tuple[float | None, tuple[int, int, int]]] = []
    for word in words:
        colour = colour_named(word) if not word.isdecimal() or len(word) > 3 else None
        if colour:
            stops.append((None, rgb(colour)))
        elif stops and word.endswith("p") and word[:-1].isdecimal():
            stops[-1] = (min(1.0, int(word[:-1]) / 100), stops[-1][1])
    stops = stops or [(None, rgb(_RED))]
    count = len(stops)
    placed = sorted(
        ((index + 1) / (count + 1) if at is None else at, row)
        for index, (at, row) in enumerate(stops)
    )
    first = [] if placed[0][0] <= 0 else [(0.0, _BLACK_ROW)]
    last = [] if placed[-1][0] >= 1 else [(1.0, _WHITE_ROW)]
    return [*first, *placed, *last]


def _between(stops: list[Stop], value: float) -> tuple[float, float, float]:
    after = min(bisect_right([at for at, _ in stops], value), len(stops) - 1)
    (start, one), (end, other) = stops[max(0, after - 1)], stops[after]
    share = 0.0 if end <= start else min(1.0, max(0.0, (value - start) / (end - start)))
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def _lab(colour: tuple[int, int, int]) -> list[float]:
    one = plain(pyvips.Image.black(1, 1), colour)
    found: list[float] = one.colourspace("lab").getpoint(0, 0)
    return found
