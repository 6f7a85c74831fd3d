"""Effects at a picture's edge: vignette, fading, shadow, outline and trimming.

Ranges and defaults: reference of effects, section 9.7. By how much a shadow or an outline
enlarges the canvas: `margins.py`.
"""

import numpy as np
import pyvips
from numpy.typing import NDArray

from bridge_app.transform.effect_arguments import (
    BLACK,
    GREY,
    colour_named,
    colour_of,
    length,
    rgb,
    strength,
)
from bridge_app.transform.effects.bands import (
    alpha_of,
    colours_of,
    eight_bit,
    plain,
    with_alpha,
)
from bridge_app.transform.effects.blurs import softened
from bridge_app.transform.effects.strips import Numbers, Strip, by_strips
from bridge_app.transform.margins import (
    Margins,
    outline_blur,
    outline_margins,
    outline_mode,
    outline_width,
    shadow_margins,
    shadow_offset,
    shadow_spread,
)
from bridge_app.transform.model import Component, Effect

# How many standard deviations from an edge the outline lies, and what a Gaussian is there: the
# share of it beyond, and its height.
_DEVIATIONS = 1.5
_TAIL = 0.0668
_SLOPE = 0.1295


def vignette(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Darker towards the corners, evenly along ellipses."""
    amount = strength(effect, default=20, low=0, high=100) / 100
    across = _halves(image.width)
    along = _halves(image.height)[:, np.newaxis]

    def change(strip: Strip) -> list[Numbers]:
        distance = (across + along[strip.top : strip.top + len(strip.red)]) / 2
        shade = np.maximum(0, 1 - distance * np.sqrt(distance) * np.float32(amount * 1.6))
        return [colour * shade for colour in strip.colours]

    return by_strips(image, change)


def _halves(side: int) -> NDArray[np.float32]:
    """The squared distance of each pixel from the middle; 1 at the ends."""
    from_middle = (np.arange(side) - (side - 1) / 2) / max(1, side / 2)
    return (from_middle * from_middle).astype(np.float32)


def gradient_fade(image: pyvips.Image, effect: Effect, component: Component) -> pyvips.Image:
    """Clear at an edge, whole after the distance of `x_` or `y_` (the upper half by default)."""
    curve = strength(effect, default=20, low=0, high=100) / 20
    both = any(word.startswith("symmetric") for word in effect.arguments)
    x = length(component, "x", image.width)
    y = length(component, "y", image.height)
    if x is None and y is None:
        y = image.height / 2
    place = pyvips.Image.xyz(image.width, image.height)
    seen = _ramp(place[0], x, image.width, both=both) * _ramp(place[1], y, image.height, both=both)
    whole = image if image.bands == 4 else image.addalpha()
    return with_alpha(colours_of(whole), whole[3] * seen**curve)


def _ramp(place: pyvips.Image, reach: float | None, side: int, *, both: bool) -> pyvips.Image:
    """0 at the edge to 1 at `reach` pixels from it; negative: from the far edge."""
    if not reach:
        return place * 0.0 + 1
    far = side - 1 - place
    distance = place if reach > 0 else far
    if both:
        distance = (place < far).ifthenelse(place, far)
    share = distance / min(abs(reach), side)
    return (share > 1).ifthenelse(1, share)


def shadow(image: pyvips.Image, effect: Effect, component: Component) -> pyvips.Image:
    """A soft copy of the shape in one colour, offset and below the picture."""
    opacity = strength(effect, default=40, low=0, high=100) / 100
    around = shadow_margins(effect, component)
    x, y = shadow_offset(component)
    mask = _shape(image, around)
    soft = softened(mask, shadow_spread(effect) / 2)
    moved = soft.embed(round(x), round(y), soft.width, soft.height, extend="black")
    ground = with_alpha(plain(moved, rgb(colour_of(component, GREY))), moved * opacity)
    return _over(ground, image, around)


def outline(image: pyvips.Image, effect: Effect, component: Component) -> pyvips.Image:
    """A line around the shape: outside it (`outer`, `fill`) or inside (`inner…`)."""
    mode = outline_mode(effect)
    around = outline_margins(effect)
    mask = _shape(image, around)
    width, blur = outline_width(effect), outline_blur(effect)
    colour = rgb(colour_of(component, BLACK))
    if mode.startswith("inner"):
        core = _grown(mask, -width)
        line = mask if mode == "inner_fill" else eight_bit(mask - core * 1.0)
        whole = image if image.bands == 4 else image.addalpha()
        ground = with_alpha(plain(mask, colour), softened(line, blur))
        return eight_bit(whole.composite2(ground, "atop")).copy(interpretation="srgb")
    wide = softened(_grown(mask, width), blur)
    ground = with_alpha(plain(wide, colour), wide)
    return ground if mode == "fill" else _over(ground, image, around)


def trim(image: pyvips.Image, effect: Effect, _component: Component) -> pyvips.Image:
    """Without its uniform border: of the colour of the corner, of another, or transparent."""
    tolerance = 255 * strength(effect, default=10, low=0, high=100) / 100
    named = next((c for word in effect.arguments[1:] if (c := colour_named(word))), None)
    alpha = alpha_of(image)
    if alpha is not None and named is None and alpha.getpoint(0, 0)[0] == 0:
        found = alpha.find_trim(threshold=0, background=[0], line_art=True)
    else:
        colours = colours_of(image)
        ground = list(rgb(named)) if named else colours.getpoint(0, 0)
        found = colours.find_trim(threshold=tolerance, background=ground, line_art=True)
    left, top, width, height = found
    return image.crop(left, top, width, height) if width and height else image


def _shape(image: pyvips.Image, around: Margins) -> pyvips.Image:
    """The opacity of the picture on its enlarged canvas."""
    alpha = alpha_of(image)
    if alpha is None:
        alpha = pyvips.Image.black(image.width, image.height).invert()
    return alpha.embed(
        around.left,
        around.top,
        image.width + around.left + around.right,
        image.height + around.top + around.bottom,
        extend="black",
    )


def _over(ground: pyvips.Image, image: pyvips.Image, around: Margins) -> pyvips.Image:
    whole = image if image.bands == 4 else image.addalpha()
    laid = ground.composite2(whole, "over", x=around.left, y=around.top)
    return eight_bit(laid).copy(interpretation="srgb")


def _grown(mask: pyvips.Image, width: int) -> pyvips.Image:
    """The shape `width` pixels larger all around, with smooth edges; negative: smaller.

    A blurred edge has the same value everywhere at the same distance: it is cut there.
    """
    reach = abs(width)
    room = 2 * reach
    framed = mask.embed(room, room, mask.width + 2 * room, mask.height + 2 * room, extend="black")
    solid = framed if width > 0 else framed.invert()
    radius = reach / _DEVIATIONS
    soft = softened(solid, radius) / 255.0
    larger = (soft - _TAIL) * (radius / _SLOPE) + 0.5
    shape = eight_bit((larger if width > 0 else 1 - larger) * 255)
    return shape.crop(room, room, mask.width, mask.height)
