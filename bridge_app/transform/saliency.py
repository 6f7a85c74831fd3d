"""What a viewer's eye goes to first in a small picture, as a map: for `g_auto` and its kin.

Four measures that the literature agrees on, added up: how rare a colour is in the picture, how
much a place differs from its surroundings (at three sizes), detail that is in focus, and the
colour of skin; found faces count most. Places near the edge count less.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from bridge_app.transform.geometry import Box

EDGE_PX = 192
"""Pictures are looked at no longer than this a side: some 15 ms."""

Map = NDArray[np.float32]
_SURROUNDINGS = (2, 4, 8)  # radii in hundredths of the longer side; the surround is four times it
_RARITY, _CONTRAST, _DETAIL, _SKIN, _FACE = 1.0, 1.2, 0.8, 0.5, 4.0
_EDGE_WEIGHT = 0.35


def saliency(rgb: NDArray[np.uint8], *, faces: Iterable[Box] = (), face_weight: float = 1.0) -> Map:
    """How much each pixel draws the eye, 0 to 1; all zeros for a plain picture.

    Args:
        rgb: Height × width × 3, sRGB.
        faces: Where faces are, in pixels of `rgb`.
        face_weight: 0 ignores faces, negative avoids them, 1 is usual.
    """
    lab = _opponents(rgb)
    longest = max(rgb.shape[:2])
    found = (
        _RARITY * _scaled(_rarity(lab))
        + _CONTRAST * _scaled(_contrast(lab, longest))
        + _DETAIL * _scaled(_detail(lab[..., 0], longest))
        + _SKIN * _skin(rgb) * _scaled(_detail(lab[..., 0], longest))
    )
    found *= _centre(rgb.shape[0], rgb.shape[1])
    for face in faces:
        found += face_weight * _FACE * _bump(found.shape, face)
    return _scaled(np.clip(found, 0, None).astype(np.float32))


def blurred(plane: Map, radius: int) -> Map:
    """The mean over a square of 2 × `radius` + 1 pixels, the edge continued outward."""
    return _means(plane, (radius,))[0] if radius > 0 else plane


def _means(plane: Map, radii: Sequence[int]) -> list[Map]:
    """The same for several radii of at least 1, from sums that are added up once."""
    most = max(radii)
    padded = np.pad(plane, ((most + 1, most), (most + 1, most)), mode="edge")
    sums = padded.cumsum(axis=0, dtype=np.float64).cumsum(axis=1)
    return [_mean(sums, most, radius, plane.shape) for radius in radii]


def _mean(
    sums: NDArray[np.float64], most: int, radius: int, shape: tuple[int, ...]
) -> NDArray[np.float32]:
    before, behind = most - radius, most + radius + 1
    lower, upper = sums[behind : behind + shape[0]], sums[before : before + shape[0]]
    right, left = slice(behind, behind + shape[1]), slice(before, before + shape[1])
    squares = lower[:, right] - lower[:, left] - upper[:, right] + upper[:, left]
    means: Map = (squares / (2 * radius + 1) ** 2).astype(np.float32)
    return means


def _opponents(rgb: NDArray[np.uint8]) -> Map:
    """Lightness, red–green and yellow–blue; close enough to how colour differences look."""
    linear = rgb.astype(np.float32)
    red, green, blue = linear[..., 0], linear[..., 1], linear[..., 2]
    light = 0.299 * red + 0.587 * green + 0.114 * blue
    return np.stack([light, red - green, (red + green) / 2 - blue], axis=-1)


def _rarity(lab: Map) -> Map:
    """How far a colour is from the picture's mean colour."""
    return _length(lab - lab.mean(axis=(0, 1), keepdims=True))


def _contrast(lab: Map, longest: int) -> Map:
    total = np.zeros(lab.shape[:2], np.float32)
    near = [max(1, longest * share // 100) for share in _SURROUNDINGS]
    radii = [*near, *(4 * radius for radius in near)]
    bands = [_means(lab[..., band], radii) for band in range(3)]
    for place in range(len(near)):
        apart = [means[place] - means[place + len(near)] for means in bands]
        total += np.sqrt(sum(each * each for each in apart))
    return total


def _detail(light: Map, longest: int) -> Map:
    """Edges between neighbours, spread a little: what is out of focus has none."""
    across = np.abs(np.diff(light, axis=1, append=light[:, -1:]))
    along = np.abs(np.diff(light, axis=0, append=light[-1:]))
    return blurred(across + along, max(1, longest // 50))


def _skin(rgb: NDArray[np.uint8]) -> Map:
    """1 where the colour is one that skin has, of whatever shade: by hue, not by lightness."""
    red, green, blue = (rgb[..., i].astype(np.float32) for i in range(3))
    total = red + green + blue + 1
    share_red, share_green = red / total, green / total
    looks = (share_red > 0.36) & (share_red < 0.56) & (share_green > 0.26) & (share_green < 0.36)
    return (looks & (red > 50)).astype(np.float32)


def _centre(height: int, width: int) -> Map:
    """1 in the middle, less towards the edges."""
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    falloff = np.clip(1 - (down**2 + across**2) / 2, 0, 1)
    return (_EDGE_WEIGHT + (1 - _EDGE_WEIGHT) * falloff).astype(np.float32)


def _bump(shape: tuple[int, ...], face: Box) -> Map:
    """A soft hill over a face, as wide as the head around it."""
    y, x = np.ogrid[: shape[0], : shape[1]]
    across = (x - face.left - face.width / 2) / (face.width * 0.6)
    down = (y - face.top - face.height / 2) / (face.height * 0.75)
    hill: Map = np.exp(-(across**2) - down**2).astype(np.float32)
    return hill


def _length(vectors: Map) -> Map:
    found: Map = np.sqrt(np.einsum("ijk,ijk->ij", vectors, vectors))
    return found


def _scaled(plane: Map) -> Map:
    """0 to 1, the brightest thousandth cut off; what hardly varies is noise and becomes 0."""
    low, high = float(plane.min()), float(np.quantile(plane, 0.999))
    if high - low < 1e-3:
        return np.zeros_like(plane)
    stretched: Map = np.clip((plane - low) / (high - low), 0, 1).astype(np.float32)
    return stretched
