"""What a picture looks like, in numbers: colours, sharpness, a perceptual hash.

Source: reference/cloudinary.md 3.3. The service's own measures are its secret; these are plain
ones in the same shapes. They look at a small PNG that the decoder made, never at the file itself.
"""

import io
import math
from collections.abc import Callable, Mapping
from typing import Any

from PIL import Image, ImageFilter, ImageStat

from bridge_app.sandbox.cloudinary.shapes import Json

EDGE_PX = 256
SMALL = f"c_limit,h_{EDGE_PX},w_{EDGE_PX}/f_png"
"""The transformation that makes the picture to look at."""
COLOURS = 32
HASH_EDGE, HASH_KEPT = 32, 8
PALETTE = {
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "gray": (128, 128, 128),
    "red": (220, 30, 30),
    "orange": (255, 140, 0),
    "yellow": (245, 220, 40),
    "green": (40, 150, 60),
    "teal": (0, 128, 128),
    "cyan": (60, 210, 220),
    "lightblue": (150, 200, 240),
    "blue": (30, 70, 200),
    "purple": (120, 50, 160),
    "pink": (250, 150, 190),
    "brown": (120, 75, 40),
    "olive": (128, 128, 0),
    "lime": (120, 220, 60),
}
"""Names of colours, as searches know them."""

Pixel = tuple[int, ...]


def colors(data: bytes) -> Json:
    """`colors` and `predominant` of a small PNG."""
    image = Image.open(io.BytesIO(data)).convert("RGBA")
    counted = _counted(image)
    total = sum(counted.values()) or 1
    has_alpha = any(pixel[3] < 255 for pixel in counted)
    listed = [
        [_hex(pixel, alpha=has_alpha), round(100 * count / total, 1)]
        for pixel, count in counted.items()
    ]
    named = _shares(counted, total)
    predominant = {"google": named[:8], "cloudinary": named[:8]}
    return {
        "colors": listed,
        "predominant": predominant,
        "semi_transparent": has_alpha,
        "grayscale": all(max(pixel[:3]) - min(pixel[:3]) <= 4 for pixel in counted),
        "illustration_score": 0.0,
    }


def _counted(image: Image.Image) -> dict[Pixel, int]:
    """At most 32 colours of the picture, the commonest first, and how many pixels each has."""
    few = image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).convert("RGBA")
    found = few.getcolors(EDGE_PX * EDGE_PX) or []
    ordered = sorted(found, key=lambda one: -one[0])
    return {tuple(pixel): count for count, pixel in ordered if isinstance(pixel, tuple)}


def _hex(pixel: Pixel, *, alpha: bool) -> str:
    return "#" + "".join(f"{value:02X}" for value in pixel[: 4 if alpha else 3])


def _shares(counted: Mapping[Pixel, int], total: int) -> list[list[Any]]:
    """How much of the picture has which named colour, in per cent, the largest share first."""
    shares: dict[str, int] = {}
    for pixel, count in counted.items():
        name = min(PALETTE, key=lambda one: math.dist(PALETTE[one], pixel[:3]))
        shares[name] = shares.get(name, 0) + count
    ordered = sorted(shares.items(), key=lambda one: -one[1])
    return [[name, round(100 * count / total, 1)] for name, count in ordered]


def phash(data: bytes) -> Json:
    """A perceptual hash of 64 bits: the signs of a picture's lowest frequencies."""
    image = Image.open(io.BytesIO(data)).convert("L").resize((HASH_EDGE, HASH_EDGE))
    values = list(image.tobytes())
    rows = [values[at : at + HASH_EDGE] for at in range(0, len(values), HASH_EDGE)]
    waves = [
        [math.cos(math.pi * k * (2 * n + 1) / (2 * HASH_EDGE)) for n in range(HASH_EDGE)]
        for k in range(HASH_KEPT)
    ]
    across = [[sum(map(float.__mul__, wave, map(float, row))) for wave in waves] for row in rows]
    lowest = [
        sum(waves[v][y] * across[y][u] for y in range(HASH_EDGE))
        for v in range(HASH_KEPT)
        for u in range(HASH_KEPT)
    ]
    middle = sorted(lowest[1:])[len(lowest) // 2]
    bits = "".join("1" if value > middle else "0" for value in lowest)
    return {"phash": f"{int(bits, 2):016x}"}


def quality_analysis(data: bytes) -> Json:
    """Sharpness, contrast, exposure and the like, each from 0 to 1."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    grey = image.convert("L")
    edges = ImageStat.Stat(grey.filter(ImageFilter.FIND_EDGES))
    tones = ImageStat.Stat(grey)
    saturation = ImageStat.Stat(image.convert("HSV")).mean[1] / 255
    focus = min(edges.stddev[0] / 64, 1.0)
    contrast = min(tones.stddev[0] / 74, 1.0)
    exposure = 1 - abs(tones.mean[0] / 255 - 0.5)
    pixels = min(math.sqrt(image.width * image.height) / EDGE_PX, 1.0)
    measured = {
        "focus": focus,
        "noise": 1 - min(edges.mean[0] / 255, 1.0),
        "contrast": contrast,
        "exposure": exposure,
        "saturation": saturation,
        "lighting": exposure,
        "pixel_score": (focus + pixels) / 2,
        "color_score": (contrast + exposure + saturation) / 3,
        "dct": focus,
        "blockiness": 1.0,
        "chroma_subsampling": 1.0,
        "resolution": pixels,
    }
    score = (measured["pixel_score"] + measured["color_score"]) / 2
    return {
        "quality_analysis": {name: round(value, 4) for name, value in measured.items()},
        "quality_score": round(score, 4),
    }


def accessibility_analysis(data: bytes) -> Json:
    """How well a picture can be told apart by those who do not see its colours."""
    counted = list(_counted(Image.open(io.BytesIO(data)).convert("RGBA")))[:8]
    pairs = [(one, two) for place, one in enumerate(counted) for two in counted[place + 1 :]]
    closest = min(pairs, key=lambda pair: _grey_distance(*pair), default=(counted[0],) * 2)
    told_apart = sum(_grey_distance(*pair) > 16 for pair in pairs) / max(len(pairs), 1)
    return {
        "accessibility_analysis": {
            "colorblind_accessibility_analysis": {
                "distinct_edges": round(told_apart, 4),
                "distinct_colors": round(told_apart, 4),
                "most_indistinct_pair": [_hex(one, alpha=False) for one in closest],
            },
            "colorblind_accessibility_score": round(told_apart, 4),
        }
    }


def _grey_distance(one: Pixel, two: Pixel) -> float:
    weights = (0.299, 0.587, 0.114)
    return abs(sum(w * (a - b) for w, a, b in zip(weights, one, two, strict=False)))


def cinemagraph_analysis(_data: bytes) -> Json:
    """Whether only a part of the picture moves; what stands still scores 0."""
    return {"cinemagraph_analysis": {"cinemagraph_score": 0}}


MEASURES: Mapping[str, Callable[[bytes], Json]] = {
    "colors": colors,
    "phash": phash,
    "quality_analysis": quality_analysis,
    "accessibility_analysis": accessibility_analysis,
    "cinemagraph_analysis": cinemagraph_analysis,
}
"""By the parameter that asks for them."""
