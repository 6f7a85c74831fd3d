"""The steps of a chain as FFmpeg's filters: scaling, cutting, padding, turning."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from bridge_app.transform.geometry import Placement, Size
from bridge_app.transform.model import Colour, Move
from bridge_app.transform.steps import MAXIMUM_PIXELS, Step
from bridge_app.transform.video.filters import Filter

_BLACK = Colour(red=0, green=0, blue=0)
_MOVES: Mapping[Move, tuple[Filter, ...]] = {
    Move.TURN_90: (("transpose", "dir=clock"),),
    Move.TURN_180: (("hflip", ""), ("vflip", "")),
    Move.TURN_270: (("transpose", "dir=cclock"),),
    Move.FLIP_HORIZONTAL: (("hflip", ""),),
    Move.FLIP_VERTICAL: (("vflip", ""),),
}
_UPRIGHT: Mapping[str, Filter] = {
    # Without a turn of its own: columns become rows.
    "transpose": ("transpose", "dir=cclock_flip"),
    "hflip": ("hflip", ""),
    "vflip": ("vflip", ""),
}


def upright_filters(moves: tuple[str, ...], size: Size, stored: Size) -> tuple[Filter, ...]:
    """From a stored frame to an upright one with square pixels."""
    sides = (stored.width, stored.height)
    turned = sides[::-1] if "transpose" in moves else sides
    stretched = (_scaled(size),) if turned != (size.width, size.height) else ()
    return (*(_UPRIGHT[move] for move in moves), *stretched, ("setsar", "1"))


def step_filters(steps: tuple[Step, ...], size: Size) -> tuple[Filter, ...]:
    """What the steps do to the frame of a film of that size; effects are not among it."""
    filters: list[Filter] = []
    for step in steps:
        if step.placement:
            filters.extend(_placed(step.placement, size, step.component.find("b", Colour)))
        for move in step.moves:
            filters.extend(_MOVES[move])
        size = step.result
    return tuple(filters)


def evened(size: Size) -> Size:
    """What a codec with shared colours can hold: even sides, at least 2."""
    return Size(width=max(2, size.width // 2 * 2), height=max(2, size.height // 2 * 2))


def evening_filters(size: Size) -> tuple[Filter, ...]:
    """From `size` to `evened(size)`: a row or column is left out, or doubled where alone."""
    even = evened(size)
    if even == size:
        return ()
    if even.width > size.width or even.height > size.height:
        return (_scaled(even),)
    return (("crop", f"{even.width}:{even.height}:0:0:exact=1"),)


def _placed(placement: Placement, size: Size, ground: Colour | None) -> list[Filter]:
    crop, canvas = placement.crop, placement.canvas
    if placement.cuts and placement.picture.pixels > MAXIMUM_PIXELS:
        filters = _cut_first(placement, size)
    else:
        filters = [_scaled(placement.picture)] if placement.picture != size else []
        if placement.cuts:
            filters.append(_cut(crop.left, crop.top, crop.width, crop.height))
    if placement.pads:
        at = f"{canvas.width}:{canvas.height}:{placement.left}:{placement.top}"
        filters += [("format", "yuv444p"), ("pad", f"{at}:{_hex(ground or _BLACK)}")]
    return filters


def _cut_first(placement: Placement, size: Size) -> list[Filter]:
    """The kept part alone, scaled, where scaling all of it would waste most."""
    crop, picture = placement.crop, placement.picture
    across, along = Fraction(size.width, picture.width), Fraction(size.height, picture.height)
    left, top = floor(crop.left * across), floor(crop.top * along)
    width = min(size.width - left, max(1, round(crop.width * across)))
    height = min(size.height - top, max(1, round(crop.height * along)))
    kept = Size(width=crop.width, height=crop.height)
    return [_cut(left, top, width, height), _scaled(kept)]


def _scaled(size: Size) -> Filter:
    return "scale", f"{size.width}:{size.height}:flags=lanczos"


def _cut(left: int, top: int, width: int, height: int) -> Filter:
    return "crop", f"{width}:{height}:{left}:{top}:exact=1"


def _hex(colour: Colour) -> str:
    return f"0x{colour.red:02x}{colour.green:02x}{colour.blue:02x}"
