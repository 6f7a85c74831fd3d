"""A small copy of a master, in memory: plans are carried out on it and nothing is encoded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import pyvips

from bridge_app.transform.chain import Chain
from bridge_app.transform.fidelity import Assessment, approximate, assess, worst
from bridge_app.transform.focus import Focus
from bridge_app.transform.geometry import Box, Size
from bridge_app.transform.layer_fidelity import about_layers
from bridge_app.transform.layer_sources import LayerSources, NoLayers
from bridge_app.transform.layers import LayerSpan, layer_spans
from bridge_app.transform.model import Transformation
from bridge_app.transform.overlay import Layering
from bridge_app.transform.passed import Passed
from bridge_app.transform.pixels import Master, draw
from bridge_app.transform.proxy import for_proxy, is_sized_by_content, within_edge
from bridge_app.transform.record import Record, scaled_box, without_known
from bridge_app.transform.resolve import Facts, resolution
from bridge_app.transform.scaling import resized
from bridge_app.transform.sight import Sight
from bridge_app.transform.steps import Cut, last_cut

_NOTHING: Mapping[str, str] = MappingProxyType({})
_BLANK = Record()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Pixels, the size they stand for, and how true they are."""

    image: pyvips.Image
    result: Size
    truth: Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held(Master):
    """A master that is in memory already."""

    image: pyvips.Image = field(repr=False)

    def load(self, size: Size, *, every_frame: bool) -> pyvips.Image:
        """The picture at `size`; it has one frame."""
        del every_frame
        return resized(self.image, size)


class Proxy:
    """A copy of a master of `size`; what it shows is looked for once for each size drawn from.

    Args:
        image: 8-bit sRGB, with or without alpha, in memory.
        size: The true master's, upright.
    """

    def __init__(self, image: pyvips.Image, size: Size) -> None:
        self._image = image
        self._full = size
        self._held: _Held | None = None
        self._sight: Sight | None = None
        self._drawn: Mapping[str, Box] = {}
        self._passed = Passed()

    def draw(
        self,
        transformation: Transformation,
        *,
        edge_px: int,
        sources: LayerSources | None = None,
        named: Mapping[str, str] = _NOTHING,
        record: Record = _BLANK,
    ) -> Drawn:
        """The copy through a transformation, at most about `edge_px` a side.

        `sources` finds the pictures and fonts that layers name; None: they are left out. `named`
        is what named transformations stand for, `record` what is known beside the file.

        Raises:
            MediaError: libvips cannot do it.
            TransformationError: It asks for more than is allowed, or cannot be resolved.
        """
        facts = Facts(width=self._full.width, height=self._full.height)
        resolved = resolution(transformation, record.added_to(facts), named=named)
        small = Size(width=self._image.width, height=self._image.height)
        held, sight = self._at(within_edge(small, edge_px), record.drawn)
        plan = for_proxy(
            resolved.transformation,
            self._full,
            small,
            edge_px=edge_px,
            focus=self._focus(resolved.transformation, sight.focus, record.drawn),
        )
        chain = Chain.of(plan.transformation, plan.start, sight.focus)
        known = sources or NoLayers()

        def on(base: pyvips.Image, span: LayerSpan) -> pyvips.Image:
            return Layering(known, scale=plan.shrinks[span.first])(base, span)

        image = draw(held, chain, animated=False, lay=on, passed=self._passed)
        truth = worst(
            [
                assess(without_known(resolved.transformation, record.drawn)),
                *about_layers(layer_spans(resolved.transformation), known),
                *map(approximate, resolved.doubts),
            ]
        )
        return Drawn(image=image, result=plan.result, truth=truth)

    def last_cut(
        self,
        transformation: Transformation,
        *,
        edge_px: int,
        named: Mapping[str, str] = _NOTHING,
        record: Record = _BLANK,
    ) -> Cut | None:
        """What the last step keeps of the true master, and where its gravity found its content.

        Looked for as `draw` does at this `edge_px`. Raises as that does.
        """
        facts = Facts(width=self._full.width, height=self._full.height)
        resolved = resolution(transformation, record.added_to(facts), named=named)
        small = Size(width=self._image.width, height=self._image.height)
        _, sight = self._at(within_edge(small, edge_px), record.drawn)
        return last_cut(resolved.transformation, self._full, self._look(sight.focus, record.drawn))

    def _focus(
        self, transformation: Transformation, seen: Focus, drawn: Mapping[str, Box]
    ) -> Focus | None:
        """What is seen, where a size depends on it; else None."""
        if not any(map(is_sized_by_content, transformation.components)):
            return None
        return self._look(seen, drawn)

    def _look(self, seen: Focus, drawn: Mapping[str, Box]) -> Focus:
        """What is seen in the copy as boxes of the master."""

        def look(gravity: str) -> Box | None:
            box, held = seen(gravity), self._held
            if box is None or held is None:
                return None
            return drawn.get(gravity) or scaled_box(box, held.size, self._full)

        return look

    def _at(self, size: Size, drawn: Mapping[str, Box]) -> tuple[_Held, Sight]:
        """The copy at a size, and what has been seen in it or drawn on it."""
        is_held = self._held is not None and self._held.size == size and self._drawn == drawn
        if self._held is None or self._sight is None or not is_held:
            self._held = _Held(
                path=Path(),
                size=size,
                alpha=bool(self._image.hasalpha()),
                profiled=False,
                frames=1,
                format=None,
                image=resized(self._image, size).copy_memory(),
            )
            self._drawn = drawn
            boxes = {name: scaled_box(box, self._full, size) for name, box in drawn.items()}
            self._sight = Sight(self._held, size, boxes)
            self._passed = Passed()
        return self._held, self._sight
