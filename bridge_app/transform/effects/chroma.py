"""Lightness and saturation of HSL by tables: what each pixel becomes follows from its extremes.

A pixel's strongest and weakest channel decide by how much it is stretched and moved; looking
that up costs a fraction of working it out for every pixel, which a dragged slider would feel.
"""

from functools import cache

import pyvips

from bridge_app.transform.effects.bands import table_of

_TINY = 1e-3
_SUMS = range(511)


def extremes(colours: pyvips.Image) -> tuple[pyvips.Image, pyvips.Image]:
    """The strongest and the weakest of three channels, 8-bit."""
    red, green, blue = (colours.extract_band(band) for band in range(3))
    return red.bandrank([green, blue], index=2), red.bandrank([green, blue], index=0)


def chroma_of(colours: pyvips.Image) -> pyvips.Image:
    """How far the channels are apart, 0–255; to be looked up in a table."""
    high, low = extremes(colours)
    return (high - low).cast("uchar")


def lightened(colours: pyvips.Image, factor: float) -> pyvips.Image:
    """Colours with the lightness of HSL times `factor`, at most white; floats."""
    high, low = extremes(colours)
    wanted = [min(255.0, total / 2 * factor) for total in _SUMS]
    shares = [
        _room(w) / (_room(s / 2) + _TINY) if _room(s / 2) else 0.0
        for s, w in zip(_SUMS, wanted, strict=True)
    ]
    moves = [w - s / 2 * share for s, w, share in zip(_SUMS, wanted, shares, strict=True)]
    total = high + low
    return colours * total.maplut(table_of(shares)) + total.maplut(table_of(moves))


def saturated(colours: pyvips.Image, factor: float) -> pyvips.Image:
    """Colours with the saturation of HSL times `factor`, at most full; floats."""
    most, inverses = _limits()
    high, low = extremes(colours)
    total = high + low
    limit = total.maplut(most) * (high - low).cast("uchar").maplut(inverses)
    share = limit.clamp(min=0, max=factor)
    return colours * share + total.linear(0.5, 0) * share.linear(-1, 1)


@cache
def _limits() -> tuple[pyvips.Image, pyvips.Image]:
    """Tables of the largest chroma by the sum of the extremes, and of 1 / chroma by chroma."""
    return table_of(_room(total / 2) for total in _SUMS), table_of(
        1 / (chroma + _TINY) for chroma in range(256)
    )


def _room(lightness: float) -> float:
    """How far apart the channels of a colour so light can be."""
    return 255 - abs(lightness * 2 - 255)
