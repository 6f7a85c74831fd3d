"""Reads a component into numbers: what its `c_ w_ h_ ar_ g_ x_ y_ z_ dpr_` ask of a picture.

Source of the rules: Cloudinary's transformation reference and its pages on resizing and cropping.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from bridge_app.transform.geometry import Area, Box, Placement, Request, Size, placement
from bridge_app.transform.model import (
    AspectRatio,
    Component,
    CropMode,
    Gravity,
    Length,
    Number,
    Unit,
)

# How much of a face's surroundings a thumbnail keeps at z_1; the pages show it, no rule says it.
_FACE_MARGIN = Fraction(3, 2)
_FACES = frozenset({"face", "faces"})
_PADDINGS = frozenset({CropMode.PAD, CropMode.LPAD, CropMode.MPAD})
# Modes that look for content, and those of them that take their size from it when none is asked.
_LOOKING = frozenset(
    {
        CropMode.FILL,
        CropMode.LFILL,
        CropMode.FILL_PAD,
        CropMode.CROP,
        CropMode.THUMB,
        CropMode.AUTO,
        CropMode.AUTO_PAD,
    }
)
_SIZED_BY_CONTENT = frozenset({CropMode.CROP, CropMode.THUMB})


def place(
    component: Component,
    size: Size,
    *,
    initial: Size | None = None,
    density: Fraction | None = None,
    focus: Callable[[str], Box | None] | None = None,
) -> Placement | None:
    """What `component` does to the frame of a picture of `size`; None when it does not size.

    Args:
        component: Values we do not understand count as absent, and a crop mode we do not
            understand as `fill`.
        size: The incoming picture.
        initial: The picture at the start of the chain (`iw`, `ih`); None: the same.
        density: Stands in for the component's own `dpr_`.
        focus: Where the content a gravity names lies in the incoming picture.
    """
    found = request(component, size, initial=initial, density=density, focus=focus)
    return placement(found) if found else None


def request(
    component: Component,
    size: Size,
    *,
    initial: Size | None = None,
    density: Fraction | None = None,
    focus: Callable[[str], Box | None] | None = None,
) -> Request | None:
    """What `component` asks for, in pixels; arguments as for `place`."""
    dpr = component.find("dpr", Number)
    reading = _Reading(
        component=component,
        size=size,
        initial=initial or size,
        density=density or (dpr.amount if dpr else Fraction(1)),
        content=_content(component, focus) if focus else None,
    )
    asked = reading.asked()
    if asked is None:
        return None
    return Request(
        mode=reading.mode,
        size=size,
        width=asked[0],
        height=asked[1],
        x=reading.pixels("x") or Fraction(0),
        y=reading.pixels("y") or Fraction(0),
        gravity=reading.gravity,
        content=reading.content,
        zoom=reading.zoom if reading.content and reading.is_sized else Fraction(1),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A component over a picture."""

    component: Component
    size: Size
    initial: Size
    density: Fraction
    content: Area | None

    @property
    def mode(self) -> CropMode:
        return _mode(self.component)

    @property
    def is_sized(self) -> bool:
        """Whether the request names both sides itself."""
        return sum(self.component.has(key) for key in ("w", "h", "ar")) > 1

    @property
    def zoom(self) -> Fraction:
        return _zoom(self.component)

    @property
    def gravity(self) -> Gravity:
        """The anchor; for content that is not known, where it lies most often."""
        written = self.component.parameter("g")
        if written is None:
            cut_at = self.mode is CropMode.CROP and (
                self.component.has("x") or self.component.has("y")
            )
            return Gravity.NORTH_WEST if cut_at else Gravity.CENTER
        stand_in = Gravity.NORTH if _looks_for_faces(written.text) else Gravity.CENTER
        return self.component.find("g", Gravity) or stand_in

    def pixels(self, key: str) -> Fraction | None:
        """A length in pixels; None when there is none, or none we understand."""
        length = self.component.find(key, Length)
        if length is None:
            return None
        share_of = self.size.width if key in {"w", "x"} else self.size.height
        per_unit = {
            Unit.PIXELS: self.density,
            # x and y move the box over the incoming picture, which the density does not enlarge
            Unit.SHARE: share_of * (self.density if key in {"w", "h"} else 1),
            Unit.INITIAL_WIDTH: self.initial.width * self.density,
            Unit.INITIAL_HEIGHT: self.initial.height * self.density,
        }
        return length.amount * per_unit[length.unit]

    def asked(self) -> tuple[Fraction, Fraction] | None:
        """The requested width and height; what is missing follows from ratio, mode or content."""
        width, height = self.pixels("w"), self.pixels("h")
        if width is not None and height is not None:
            return width, height
        ratio = self.component.find("ar", AspectRatio)
        if width is None and height is None and self.content and self.mode in _SIZED_BY_CONTENT:
            return self._around(self.content, ratio.ratio if ratio else None)
        if ratio is None and self.mode is CropMode.CROP:
            return self._rest(width, height)
        if width is not None:
            return width, self._beside(width, along=self.size.height, shape=1 / self._shape)
        if height is not None:
            return self._beside(height, along=self.size.width, shape=self._shape), height
        return self._reframed(ratio.ratio) if ratio else None

    @property
    def _shape(self) -> Fraction:
        """The ratio asked for, else the picture's own."""
        wanted = self.component.find("ar", AspectRatio)
        return wanted.ratio if wanted else Fraction(self.size.width, self.size.height)

    def _beside(self, side: Fraction, *, along: int, shape: Fraction) -> Fraction:
        """The other side of the frame; `along` is how long it is now."""
        stretches = "ignore_aspect_ratio" in self.component.flags and not self.component.has("ar")
        return Fraction(along) if stretches else side * shape

    def _rest(
        self, width: Fraction | None, height: Fraction | None
    ) -> tuple[Fraction, Fraction] | None:
        """A `crop` without a side keeps all there is of it, from the offset on."""
        x, y = self.pixels("x"), self.pixels("y")
        if width is None and height is None and x is None and y is None:
            return None
        corner = self.gravity is Gravity.NORTH_WEST
        right = self.size.width - (max(x, Fraction(0)) if x and corner else 0)
        down = self.size.height - (max(y, Fraction(0)) if y and corner else 0)
        return (
            width if width is not None else Fraction(max(right, 1)),
            height if height is not None else Fraction(max(down, 1)),
        )

    def _reframed(self, ratio: Fraction) -> tuple[Fraction, Fraction]:
        """A ratio alone: the largest frame inside the picture, or for paddings around it."""
        width, height = Fraction(self.size.width), Fraction(self.size.height)
        keeps_width = (ratio >= width / height) != (self.mode in _PADDINGS)
        return (width, width / ratio) if keeps_width else (height * ratio, height)

    def _around(self, content: Area, ratio: Fraction | None) -> tuple[Fraction, Fraction]:
        """The content itself, or the smallest frame of that ratio that holds it."""
        width, height = content.width, content.height
        if ratio:
            width, height = max(width, height * ratio), max(height, width / ratio)
            over = max(width / self.size.width, height / self.size.height, Fraction(1))
            return width / over, height / over
        return min(width, Fraction(self.size.width)), min(height, Fraction(self.size.height))


def _content(component: Component, focus: Callable[[str], Box | None]) -> Area | None:
    """The part that the gravity names, with the surroundings that mode and zoom leave it."""
    written = component.parameter("g")
    mode = _mode(component)
    if written is None or mode not in _LOOKING or component.find("g", Gravity):
        return None
    box = focus(written.text)
    if box is None:
        return None
    thumbnail_of_a_face = mode is CropMode.THUMB and _looks_for_faces(written.text)
    around = (_FACE_MARGIN if thumbnail_of_a_face else 1) / _zoom(component)
    return Area(
        x=box.left + Fraction(box.width, 2),
        y=box.top + Fraction(box.height, 2),
        width=box.width * around,
        height=box.height * around,
    )


def _mode(component: Component) -> CropMode:
    without = CropMode.FILL if component.has("c") else CropMode.SCALE
    return component.find("c", CropMode) or without


def _zoom(component: Component) -> Fraction:
    found = component.find("z", Number)
    return found.amount if found else Fraction(1)


def _looks_for_faces(text: str) -> bool:
    return text.partition(":")[0] in _FACES
