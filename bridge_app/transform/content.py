"""What a picture shows and where: the boxes that content-aware gravities (`g_`) ask for.

Source of the words: reference/cloudinary.md 9.5. Cloudinary's own models are its secret; here
faces are found by `faces` and everything else is where `saliency` says the eye goes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil

import numpy as np
import pyvips
from numpy.typing import NDArray

from bridge_app.transform import faces, saliency
from bridge_app.transform.geometry import Box, Size

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
_OWN_TAIL = (0.15, 0.85)
_FACE_WORDS = frozenset({"face", "faces", "adv_face", "adv_faces", "adv_eyes"})
_LARGEST_ONLY = frozenset({"face", "adv_face", "adv_eyes"})


def focus_of(
    image: pyvips.Image, size: Size, *, named: Mapping[str, Box] | None = None
) -> Callable[[str], Box | None]:
    """A function from a gravity's text to where its content lies; it looks when first asked.

    Known texts: `face`, `faces`, their add-on namesakes `adv_…`, `auto` with its focal words
    (`auto:face`, `auto:faces_50`, `auto:face_avoid`, `auto:aoi_x_y_w_h`; words for other objects
    are left out), each with `:center` or `:auto` behind; and those in `named`.

    Args:
        image: The master or a smaller copy: upright, sRGB, 8 bits, and in memory or otherwise
            readable more than once.
        size: The size whose pixels the boxes are given in: the master's.
        named: Boxes that somebody drew (`custom`, `region_!name!`), in pixels of `size`.

    Returns:
        The box, inside `size`; None where nothing was found or the text is not understood.
    """
    content = Content(image=image, size=size)
    drawn = named or {}

    def find(text: str) -> Box | None:
        head, *options = text.split(":")
        if drawn_there := drawn.get(text) or drawn.get(head):
            return drawn_there
        if head == "custom":
            head, options = (options[0], options[1:]) if options else ("", [])
            if drawn_there := drawn.get(head):
                return drawn_there
        if head in _FACE_WORDS:
            found = content.face if head in _LARGEST_ONLY else content.all_faces
            return found or (content.interest(()) if "auto" in options else None)
        return content.interest(tuple(options)) if head == "auto" else None

    return find


def count_faces(image: pyvips.Image) -> int:
    """How many faces look at the camera (`fc` in conditions); the image as for `focus_of`."""
    return len(Content(image=image, size=Size(width=image.width, height=image.height)).faces)


@dataclass(frozen=True, kw_only=True)
class Content:
    """One picture looked at: every answer is worked out once, when first asked for."""

    image: pyvips.Image
    size: Size
    _found: dict[tuple[str, ...], Box | None] = field(default_factory=dict, repr=False)

    @property
    def face(self) -> Box | None:
        """The largest face."""
        return self.faces[0] if self.faces else None

    @property
    def all_faces(self) -> Box | None:
        """The box around all faces."""
        return around(self.faces)

    def interest(self, focal: tuple[str, ...]) -> Box | None:
        """Where the eye goes; None for a plain picture.

        Args:
            focal: The words behind `auto:`.
        """
        if focal not in self._found:
            self._found[focal] = self._interest(focal)
        return self._found[focal]

    def _interest(self, focal: tuple[str, ...]) -> Box | None:
        weight = _face_weight(focal)
        if weight > 1 and self.all_faces:
            return self.all_faces
        height, width = self._smaller.shape[:2]
        seen = saliency.saliency(
            self._smaller,
            faces=[self._fitted(face, width, height) for face in self._seen_at_a_glance],
            face_weight=weight,
        )
        for area in filter(None, (_area(word, self.size) for word in focal)):
            box = _resized(area, self.size, Size(width=width, height=height))
            seen[box.top : box.top + box.height, box.left : box.left + box.width] += 2
        found = _weighty(seen * self._opaque(width, height))
        return self._enlarged(found, width, height) if found else None

    @cached_property
    def _copy(self) -> pyvips.Image:
        small = _within(self.image, faces.EDGE_PX)
        if small.interpretation != "srgb" or small.format != "uchar":
            small = small.colourspace("srgb").cast("uchar")
        return small.copy_memory()

    @cached_property
    def _smaller(self) -> NDArray[np.uint8]:
        return _pixels(_within(self._copy, saliency.EDGE_PX))

    @cached_property
    def faces(self) -> tuple[Box, ...]:
        """All faces, the largest first, in pixels of `size`."""
        return self._faces(self._copy)

    @cached_property
    def _seen_at_a_glance(self) -> tuple[Box, ...]:
        return self._faces(_within(self._copy, faces.GLANCE_PX))

    def _faces(self, copy: pyvips.Image) -> tuple[Box, ...]:
        grey = np.rint(_pixels(copy) @ _LUMA).astype(np.uint8)
        return tuple(
            self._enlarged(face, copy.width, copy.height) for face in faces.find_faces(grey)
        )

    def _fitted(self, face: Box, width: int, height: int) -> Box:
        """A face in the map's pixels."""
        return _resized(face, self.size, Size(width=width, height=height))

    def _opaque(self, width: int, height: int) -> NDArray[np.float32]:
        """Nobody looks at what is transparent."""
        if not self._copy.hasalpha():
            return np.ones((height, width), np.float32)
        alpha = self._copy[-1].thumbnail_image(width, height=height, size="force")
        return (np.asarray(alpha.numpy()).reshape(height, width) / 255).astype(np.float32)

    def _enlarged(self, box: Box, width: int, height: int) -> Box:
        return _resized(box, Size(width=width, height=height), self.size)


def around(boxes: tuple[Box, ...]) -> Box | None:
    """The smallest box that holds them all; None of none."""
    if not boxes:
        return None
    left, top = min(b.left for b in boxes), min(b.top for b in boxes)
    right = max(b.left + b.width for b in boxes)
    bottom = max(b.top + b.height for b in boxes)
    return Box(left=left, top=top, width=right - left, height=bottom - top)


def _within(image: pyvips.Image, edge_px: int) -> pyvips.Image:
    return image.thumbnail_image(edge_px, height=edge_px, size="down")


def _pixels(image: pyvips.Image) -> NDArray[np.uint8]:
    flat = image.flatten(background=[255, 255, 255]) if image.hasalpha() else image
    found: NDArray[np.uint8] = np.asarray(flat[0:3].numpy(), np.uint8)
    return found


def _weighty(seen: NDArray[np.float32]) -> Box | None:
    """The box that leaves a seventh of the weight out at each of its four sides."""
    weight = np.clip(seen - seen.mean(), 0, None) ** 2
    if float(weight.sum()) <= 0:
        return None
    top, bottom = _span(weight.sum(axis=1))
    left, right = _span(weight.sum(axis=0))
    return Box(left=left, top=top, width=right - left, height=bottom - top)


def _span(weights: NDArray[np.float32]) -> tuple[int, int]:
    reached = np.cumsum(weights, dtype=np.float64)
    low, high = (int(np.searchsorted(reached, tail * reached[-1])) for tail in _OWN_TAIL)
    return low, high + 1


def _resized(box: Box, of: Size, to: Size) -> Box:
    """`box` in a picture of size `of`, as pixels of the same picture at size `to`."""
    left = min(box.left * to.width // of.width, to.width - 1)
    top = min(box.top * to.height // of.height, to.height - 1)
    right = ceil((box.left + box.width) * to.width / of.width)
    bottom = ceil((box.top + box.height) * to.height / of.height)
    return Box(
        left=left,
        top=top,
        width=max(1, min(right, to.width) - left),
        height=max(1, min(bottom, to.height) - top),
    )


def _face_weight(focal: tuple[str, ...]) -> float:
    """What the focal words say about faces: 1 usual, negative to avoid, above 1 nothing else."""
    for word in focal:
        name, _, weight = word.partition("_")
        if name in {"face", "faces"}:
            if weight == "avoid":
                return -1.0
            return int(weight) / 10 if weight.isdecimal() else 2.0
    return 1.0


def _area(word: str, size: Size) -> Box | None:
    """The area of interest of `aoi_x_y_w_h`: pixels, or shares when all are at most 1."""
    name, *numbers = word.split("_")
    if name != "aoi" or len(numbers) != 4:
        return None
    try:
        x, y, width, height = (float(number) for number in numbers)
    except ValueError:
        return None
    if max(x, y, width, height) <= 1:
        x, width = x * size.width, width * size.width
        y, height = y * size.height, height * size.height
    left, top = int(min(max(x, 0), size.width - 1)), int(min(max(y, 0), size.height - 1))
    return Box(
        left=left,
        top=top,
        width=max(1, min(int(width), size.width - left)),
        height=max(1, min(int(height), size.height - top)),
    )
