"""How much compression a picture bears: the level for each `q_auto`, by structural similarity.

The lowest level is searched whose decoded picture is as similar to the original as the name asks
(SSIM, Wang et al. 2004, on the luminance of 8 × 8 blocks), within bounds for each name. Only a
sample of the picture is encoded, a few times. Cloudinary's own measure is not published.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyvips
from numpy.typing import NDArray

from bridge_app.transform.model import AutoQuality, Format

BLOCK_PX = 8
TILE_PX = 128
TILES = 6
"""At most that many tiles are looked at: 98,304 pixels."""

_Plane = NDArray[np.float32]
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
# Stabilisers of SSIM for values of 0–255, from the paper.
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """How similar (SSIM, at most 1), and between which levels of a JPEG-like scale of 1–100."""

    similarity: float
    lowest: int
    highest: int


# Set so that photographs come out near 88, 80, 68 and 52: measured on 24 of them at 1,000 px.
TARGETS: Mapping[AutoQuality, Target] = {
    AutoQuality.BEST: Target(similarity=0.992, lowest=78, highest=95),
    AutoQuality.GOOD: Target(similarity=0.983, lowest=60, highest=89),
    AutoQuality.ECO: Target(similarity=0.969, lowest=48, highest=80),
    AutoQuality.LOW: Target(similarity=0.955, lowest=32, highest=66),
}
_STEP = 2
# The levels at which other encoders come out as similar as JPEG does at the first row's.
_JPEG = (30, 52, 68, 80, 90, 95)
_AS_SIMILAR: Mapping[Format, tuple[int, ...]] = {
    Format.WEBP: (28, 48, 62, 84, 91, 95),
    Format.AVIF: (30, 47, 55, 67, 78, 85),
}


def auto_level(image: pyvips.Image, wanted: AutoQuality, written: Format = Format.JPG) -> int:
    """The lowest level of `written` at which the picture is as good as the name asks.

    JPEG is what is measured, at most five times, whatever is written: it takes a fraction of the
    others' time, and how much a picture bears is a property of the picture.

    Args:
        image: sRGB, 8 bits, readable more than once; transparency counts as white.
        wanted: The name behind `q_auto`.
        written: The format whose scale of 1–100 the answer is on.
    """
    target = TARGETS[wanted]
    piece = sample(image)
    original = luminance(piece)
    levels = range(target.lowest, target.highest + 1, _STEP)
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high) // 2
        data = piece.write_to_buffer(".jpg", Q=levels[middle], keep="none")
        shown = luminance(pyvips.Image.new_from_buffer(data, ""))
        if similarity(original, shown) >= target.similarity:
            high = middle
        else:
            low = middle + 1
    return on_scale(levels[low], written)


def on_scale(level: int, written: Format) -> int:
    """A level of JPEG's scale on that of another format; JPEG's own where none is known."""
    if written not in _AS_SIMILAR:
        return level
    return round(float(np.interp(level, _JPEG, _AS_SIMILAR[written])))


def sample(image: pyvips.Image) -> pyvips.Image:
    """The picture itself when it is small, else its busiest tiles in one row, in memory.

    Tiles lie on a grid, in whole blocks; half of the sample are the busiest ones, since artefacts
    show at edges, half are spread over the rest.
    """
    flat = image.flatten(background=[255, 255, 255]) if image.hasalpha() else image
    across, down = flat.width // TILE_PX, flat.height // TILE_PX
    if flat.width * flat.height <= TILES * TILE_PX**2 or not across or not down:
        return flat.crop(0, 0, min(flat.width, 1024), min(flat.height, 1024)).copy_memory()
    pixels = np.asarray(flat.numpy(), np.uint8)[: down * TILE_PX, : across * TILE_PX]
    tiles = pixels.reshape(down, TILE_PX, across, TILE_PX, -1).swapaxes(1, 2)
    tiles = tiles.reshape(down * across, TILE_PX, TILE_PX, -1)
    coarse = tiles[:, ::4, ::4].astype(np.float32).mean(axis=-1)
    order = np.argsort(-np.abs(np.diff(coarse, axis=-1)).mean(axis=(1, 2)), kind="stable")
    busiest = order[: TILES // 2]
    rest = order[TILES // 2 :]
    spread = rest[:: max(1, len(rest) // (TILES - len(busiest)))][: TILES - len(busiest)]
    chosen = np.concatenate(tiles[np.concatenate([busiest, spread])], axis=1)
    return pyvips.Image.new_from_array(np.ascontiguousarray(chosen), interpretation="srgb")


def luminance(image: pyvips.Image) -> _Plane:
    """Height × width, 0–255."""
    pixels = np.asarray(image.numpy(), np.float32)
    if pixels.ndim == 2 or pixels.shape[-1] < 3:
        return pixels.reshape(pixels.shape[0], pixels.shape[1], -1)[..., 0]
    return pixels[..., :3] @ _LUMA


def similarity(one: _Plane, other: _Plane) -> float:
    """The mean SSIM of two planes of one size: 1 for equal ones.

    The mean over blocks that overlap by half; small pictures are one block.
    """
    scores = [_scores(one[shift:, shift:], other[shift:, shift:]) for shift in (0, BLOCK_PX // 2)]
    return float(np.concatenate(scores).mean())


def _scores(one: _Plane, other: _Plane) -> _Plane:
    first, second = _blocks(one), _blocks(other)
    mean_1, mean_2 = first.mean(axis=-1), second.mean(axis=-1)
    away_1, away_2 = first - mean_1[:, None], second - mean_2[:, None]
    variance_1, variance_2 = (away_1**2).mean(axis=-1), (away_2**2).mean(axis=-1)
    shared = (away_1 * away_2).mean(axis=-1)
    light = (2 * mean_1 * mean_2 + _C1) / (mean_1**2 + mean_2**2 + _C1)
    found: _Plane = light * (2 * shared + _C2) / (variance_1 + variance_2 + _C2)
    return found


def _blocks(plane: _Plane) -> _Plane:
    """Blocks × pixels; what is left over at the right and below is not looked at."""
    down, across = plane.shape[0] // BLOCK_PX, plane.shape[1] // BLOCK_PX
    if not down or not across:
        return plane.reshape(1, -1) if plane.size else np.zeros((0, 1), np.float32)
    whole = plane[: down * BLOCK_PX, : across * BLOCK_PX]
    tiles = whole.reshape(down, BLOCK_PX, across, BLOCK_PX).swapaxes(1, 2)
    return tiles.reshape(down * across, -1)
