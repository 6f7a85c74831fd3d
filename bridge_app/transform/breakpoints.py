"""Responsive breakpoints: the widths whose files differ by enough bytes to be worth having.

Source of the rule: reference/cloudinary.md, 10. The service measures its own files; here whoever
asks brings the measure, so the widths can be found before anything is uploaded.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError

MOST_IMAGES = 200
TRIES = 4
"""Measurements for one width: sizes grow nearly with the area, so the first guess is close."""
NEAR_ENOUGH = 0.1
"""Of a step, by which a file may miss the size that was looked for."""
Measure = Callable[[int], int]
"""The bytes of the file of a width in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakpointRules:
    """What to look for; pixels and bytes. The defaults are the service's.

    Raises InvalidInputError for rules that nothing can follow.
    """

    min_width: int = 50
    max_width: int = 1000
    bytes_step: int = 20_000
    max_images: int = 20

    def __post_init__(self) -> None:
        if not 1 <= self.min_width <= self.max_width:
            raise _wrong("the narrowest width is not between 1 and the widest")
        if self.bytes_step < 1:
            raise _wrong("the step has no bytes")
        if not 3 <= self.max_images <= MOST_IMAGES:
            raise _wrong(f"there can be 3 to {MOST_IMAGES} images")


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakpoint:
    """A width in pixels, and how many bytes its file has."""

    width: int
    bytes: int


def breakpoints(
    measure: Measure, *, whole_width: int, rules: BreakpointRules
) -> tuple[Breakpoint, ...]:
    """The widths to offer, the widest first, the narrowest last.

    Between them each file is a step smaller than the one before. Where that would be more images
    than allowed, the step is larger, so that they cover the whole span all the same.

    Args:
        measure: Called about three times for each width that is found; each width once at most.
        whole_width: The width of the rendition before it is made narrower: none is wider.
        rules: What to look for.
    """
    seen = _Seen(measure)
    most = min(rules.max_width, max(1, whole_width))
    least = min(rules.min_width, most)
    widest, narrowest = seen.at(most), seen.at(least)
    if most == least:
        return (widest,)
    span = widest.bytes - narrowest.bytes
    step = max(rules.bytes_step, math.ceil(span / (rules.max_images - 1)))
    found = [widest]
    while len(found) < rules.max_images - 1:
        wanted = found[-1].bytes - step
        if wanted - narrowest.bytes < step / 2:
            break
        after = _between(seen, found[-1], narrowest, wanted=wanted, step=step)
        if not narrowest.width < after.width < found[-1].width:
            break
        found.append(after)
    return (*found, narrowest)


class _Seen:
    """Measures each width once."""

    def __init__(self, measure: Measure) -> None:
        self._measure = measure
        self._known: dict[int, int] = {}

    def at(self, width: int) -> Breakpoint:
        if width not in self._known:
            self._known[width] = self._measure(width)
        return Breakpoint(width=width, bytes=self._known[width])


def _between(
    seen: _Seen, wide: Breakpoint, narrow: Breakpoint, *, wanted: int, step: int
) -> Breakpoint:
    """The width whose file has about `wanted` bytes; false position on the area."""
    best = narrow
    for _ in range(TRIES):
        width = _guess(wide, narrow, wanted)
        if not narrow.width < width < wide.width:
            break
        found = seen.at(width)
        if abs(found.bytes - wanted) < abs(best.bytes - wanted):
            best = found
        if abs(found.bytes - wanted) <= NEAR_ENOUGH * step:
            break
        wide, narrow = (found, narrow) if found.bytes > wanted else (wide, found)
    return best


def _guess(wide: Breakpoint, narrow: Breakpoint, wanted: int) -> int:
    """Where sizes that grow with the area would have the wanted one."""
    span = wide.bytes - narrow.bytes
    share = (wanted - narrow.bytes) / span if span > 0 else 0.5
    low, high = narrow.width**2, wide.width**2
    return round(math.sqrt(low + min(1.0, max(0.0, share)) * (high - low)))


def even_widths(rules: BreakpointRules, *, whole_width: int) -> tuple[int, ...]:
    """Widths at even distances, the widest first, where nothing can be measured.

    Source: the SDKs' static breakpoints, reference/cloudinary.md, 10.
    """
    most = min(rules.max_width, max(1, whole_width))
    least = min(rules.min_width, most)
    step = math.ceil((most - least) / (rules.max_images - 1))
    if step == 0:
        return (most,)
    return (*range(most, least, -step), least)


def _wrong(detail: str) -> InvalidInputError:
    return InvalidInputError(
        what=QT_TRANSLATE_NOOP("facts", "The rule for breakpoints"), detail=detail
    )
