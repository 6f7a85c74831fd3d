"""How much two pictures differ: in pixels, to the eye, and where, as a picture to look at.

Both scores are 0 for the same picture and grow to 1. Source of the second one: Z. Wang et al.,
"Image quality assessment: from error visibility to structural similarity", IEEE TIP 13(4), 2004.
"""

from dataclasses import dataclass

import pyvips

from bridge_app.domain.errors import MediaError

COMPARED_PX = 2048
"""The longest side that is compared; larger pictures are brought down to it, both alike."""
SEEN = 3.0
"""CIE76 ΔE from which two colours look different, in pictures smoothed as by the eye."""
FIELDS = 8
"""So many fields a side: the worst one counts, so that a small change is not averaged away."""
BLUR = 1.5
"""Sigma of the window in pixels. Source: Wang et al., 3."""
RANGES = (100.0, 200.0, 200.0)
"""Of lightness, and of the two colours, in CIE L*a*b*."""
WEIGHTS = (0.6, 0.2, 0.2)
MARK = [255, 0, 128]
"""What differs is painted in this; the rest is the second picture, pale and grey."""
PALE = 0.35
GROUNDS = (255.0, 0.0)
"""What lies behind transparent pictures: a difference in transparency shows on one of both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How much a picture differs from another one.

    `pixels` is the share of pixels that look different; `perceptual` the structural
    dissimilarity, (1 - SSIM) / 2, of the worst of 64 fields; `picture` a JPEG of the second one
    in pale grey, with what differs marked. `same_shape` says that both have the same proportions:
    if not, what only one of them covers counts as different.
    """

    pixels: float
    perceptual: float
    same_shape: bool
    picture: bytes

    @property
    def score(self) -> float:
        """The larger one, which is what a limit is about: both have to be below."""
        return max(self.pixels, self.perceptual)

    def is_below(self, limit: float) -> bool:
        """Is it small enough for what was said of the first to hold for the second?"""
        return self.same_shape and self.score < limit


def difference(a: bytes, b: bytes) -> Difference:
    """How picture `b` (a file's bytes: JPEG, PNG or WebP) differs from picture `a`.

    Of what moves, the first frame. Raises MediaError for what is no picture.
    """
    try:
        return _compared(_opened(a), _opened(b))
    except pyvips.Error as error:
        raise MediaError(detail=str(error).partition("\n")[0].strip()) from error


def _compared(a: pyvips.Image, b: pyvips.Image) -> Difference:
    width, height = max(a.width, b.width), max(a.height, b.height)
    shrink = min(1.0, COMPARED_PX / max(width, height))
    canvas = max(1, round(width * shrink)), max(1, round(height * shrink))
    same_shape = abs(a.width * b.height - b.width * a.height) <= max(width, height)
    see_through = a.hasalpha() or b.hasalpha()
    grounds = GROUNDS if see_through else GROUNDS[:1]
    seen, dissimilar, shown = _on_ground(a, b, canvas, grounds[0], stretched=same_shape)
    for ground in grounds[1:]:
        more, unlike, _ = _on_ground(a, b, canvas, ground, stretched=same_shape)
        seen = seen | more
        dissimilar = (dissimilar > unlike).ifthenelse(dissimilar, unlike)
    return Difference(
        pixels=float(seen.avg()) / 255.0,
        perceptual=_worst_field(dissimilar),
        same_shape=same_shape,
        picture=_marked(shown, seen),
    )


def _on_ground(
    a: pyvips.Image, b: pyvips.Image, canvas: tuple[int, int], ground: float, *, stretched: bool
) -> tuple[pyvips.Image, pyvips.Image, pyvips.Image]:
    """Where they look different, how much at each pixel, and the second one as it is seen."""
    one, covers_one = _placed(a, canvas, ground, stretched=stretched)
    other, covers_other = _placed(b, canvas, ground, stretched=stretched)
    apart = covers_one != covers_other
    differs = (one.gaussblur(BLUR).dE76(other.gaussblur(BLUR)) >= SEEN) | apart
    return differs, apart.ifthenelse(1.0, _dissimilarity(one, other)), other


def _opened(data: bytes) -> pyvips.Image:
    """Upright 8-bit sRGB, no larger than is compared, in memory."""
    image = pyvips.Image.thumbnail_buffer(data, COMPARED_PX, height=COMPARED_PX, size="down")
    if image.interpretation != "srgb" or image.format != "uchar":
        image = image.colourspace("srgb").cast("uchar")
    return image.copy_memory()


def _placed(
    image: pyvips.Image, canvas: tuple[int, int], ground: float, *, stretched: bool
) -> tuple[pyvips.Image, pyvips.Image]:
    """In the middle of the canvas in CIE L*a*b*, and where it covers that.

    `stretched` fills the canvas: a pixel more or less on one side is no difference.
    """
    width, height = canvas
    across, down = width / image.width, height / image.height
    if not stretched:
        across = down = min(across, down)
    if image.hasalpha():
        image = image.flatten(background=ground)
    if (image.width, image.height) != canvas:
        image = image.resize(across, vscale=down)
    left, top = (width - image.width) // 2, (height - image.height) // 2
    covers = (pyvips.Image.black(image.width, image.height) + 255).cast("uchar")
    placed = image.embed(left, top, width, height, extend="copy")
    return placed.colourspace("lab"), covers.embed(left, top, width, height)


def _dissimilarity(one: pyvips.Image, other: pyvips.Image) -> pyvips.Image:
    """(1 - SSIM) / 2 at each pixel, lightness and both colours weighed."""
    mean_one, mean_other = one.gaussblur(BLUR), other.gaussblur(BLUR)
    spread_one = (one * one).gaussblur(BLUR) - mean_one * mean_one
    spread_other = (other * other).gaussblur(BLUR) - mean_other * mean_other
    together = (one * other).gaussblur(BLUR) - mean_one * mean_other
    steady = [(0.01 * span) ** 2 for span in RANGES]
    steadier = [(0.03 * span) ** 2 for span in RANGES]
    alike = ((mean_one * mean_other * 2 + steady) * (together * 2 + steadier)) / (
        (mean_one * mean_one + mean_other * mean_other + steady)
        * (spread_one + spread_other + steadier)
    )
    weighed = alike * list(WEIGHTS)
    return (1 - (weighed[0] + weighed[1] + weighed[2])) / 2


def _worst_field(dissimilar: pyvips.Image) -> float:
    """The mean of the field that differs most, between 0 and 1."""
    across = max(1, -(-dissimilar.width // FIELDS))
    down = max(1, -(-dissimilar.height // FIELDS))
    # The margin repeats the last pixels, so that a narrow field at the edge keeps its mean.
    whole = dissimilar.embed(
        0,
        0,
        -(-dissimilar.width // across) * across,
        -(-dissimilar.height // down) * down,
        extend="copy",
    )
    return min(1.0, max(0.0, float(whole.shrink(across, down).max())))


def _marked(other: pyvips.Image, seen: pyvips.Image) -> bytes:
    """The picture to look at."""
    grey = other.colourspace("b-w").linear(PALE, 255 * (1 - PALE)).cast("uchar")
    pale = grey.bandjoin([grey, grey]).copy(interpretation="srgb")
    data: bytes = (
        seen.ifthenelse(MARK, pale)
        .cast("uchar")
        .write_to_buffer(".jpg", Q=88, subsample_mode="off", keep="none")
    )
    return data
