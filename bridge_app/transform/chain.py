"""A chain on real pixels: frames, effects, shapes and layers, one component after the other.

Within a component the frame comes first, then the turn, the effect, the opacity, corners and
border, and last the ground below it (reference 9.1 leaves that order open).
"""

from collections.abc import Callable
from dataclasses import dataclass

import pyvips

from bridge_app.transform.content import Content, focus_of
from bridge_app.transform.effects import POINTWISE, Look, apply_effect
from bridge_app.transform.effects.colours import faded
from bridge_app.transform.focus import Focus
from bridge_app.transform.framing import framed, grounded, is_vast, moved
from bridge_app.transform.geometry import Size
from bridge_app.transform.layers import LayerSpan, layer_spans
from bridge_app.transform.model import (
    Border,
    Colour,
    Component,
    Effect,
    Opacity,
    Radius,
    Transformation,
)
from bridge_app.transform.passed import Passed, Stage
from bridge_app.transform.shapes import bordered, rounded
from bridge_app.transform.steps import (
    Step,
    auto_turn,
    check_size,
    overflow,
    picture_components,
    step_of,
    steps,
)

Lay = Callable[[pyvips.Image, LayerSpan], pyvips.Image]
"""Lays a layer on a picture that is in memory; gives the picture back when it cannot."""

_LASTING = ("e", "r", "bo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A transformation planned for a master of `size` (upright pixels).

    `planned` has a step for each component that works on the picture itself, by its index;
    `looks` tells whether content decides about crops.
    """

    transformation: Transformation
    size: Size
    planned: dict[int, Step]
    spans: tuple[LayerSpan, ...]
    looks: bool = False

    @classmethod
    def of(cls, transformation: Transformation, size: Size, focus: Focus | None = None) -> "Chain":
        """Plan every step.

        Args:
            transformation: Resolved; what is not is left out.
            size: The master's.
            focus: Finds content in the master; None: anchors decide.

        Raises:
            TransformationError: It asks for more pixels than are allowed, or nests too deep.
        """
        done = steps(transformation, size, focus)
        indices = [index for index, _ in picture_components(transformation)]
        return cls(
            transformation=transformation,
            size=size,
            planned=dict(zip(indices, done, strict=True)),
            spans=layer_spans(transformation),
            looks=focus is not None,
        )

    @property
    def load_size(self) -> Size:
        """How large the master is needed: as its first scaling makes it, if that comes first."""
        first_layer = min((span.first for span in self.spans), default=None)
        for index, step in sorted(self.planned.items()):
            if first_layer is not None and first_layer < index:
                break
            if step.placement:
                turns_first = auto_turn(step.component, self.size) is not None
                return (
                    self.size if turns_first or is_vast(step.placement) else step.placement.picture
                )
            if step.moves or step.spin or not _scales_along(step.component):
                break
        return self.size

    @property
    def is_plain(self) -> bool:
        """Whether the picture can stream through: nothing reads it more than once or askew."""
        return not self.spans and all(
            not (step.moves or step.spin or auto_turn(step.component, self.size))
            and not any(step.component.has(key) for key in _LASTING)
            for step in self.planned.values()
        )

    def through(
        self, image: pyvips.Image, lay: Lay | None = None, passed: Passed | None = None
    ) -> pyvips.Image:
        """The picture through the chain, 8-bit sRGB with or without alpha.

        Args:
            image: 8-bit sRGB, at `load_size` or at the master's own size.
            lay: Lays layers on; None: they are left out.
            passed: Remembers the steps before the last for the next chain on the same picture.

        Raises:
            TransformationError: What depends on the picture itself (trimming, layers) makes a
                later step ask for too much.
            pyvips.Error: The picture cannot be decoded after all.
        """
        stage = Stage(image=image, now=self.size, before=self.size)
        spans = {span.first: span for span in self.spans}
        last = max(self.planned, default=-1)
        if passed:
            passed.begin(size_of(image))
        for index in range(len(self.transformation.components)):
            if lay and (span := spans.get(index)):
                image = _opaque_again(stage.image, lay(stage.image.copy_memory(), span))
                stage = Stage(image=image, now=size_of(image), before=stage.before)
                passed = None
            elif planned := self.planned.get(index):
                if passed and index < last:
                    stage = passed.after(planned) or passed.keep(planned, self._after(index, stage))
                else:
                    stage = self._after(index, stage)
        return stage.image

    def _after(self, index: int, stage: Stage) -> Stage:
        """What a step makes of the picture."""
        now, image = stage.now, stage.image
        step = self._step(index, now, stage.before, image)
        image = _auto_turned(image, step.component, now)
        image = looked(framed(image, step), step)
        scaled_along = not step.placement and now == self.size and _scales_along(step.component)
        turned = bool(step.moves or step.spin)
        return Stage(
            image=image,
            now=now if scaled_along and not turned else size_of(image),
            before=self.planned[index].result,
        )

    def _step(self, index: int, now: Size, before: Size, image: pyvips.Image) -> Step:
        """As planned; planned again when the picture came out otherwise than foreseen."""
        planned = self.planned[index]
        turn = auto_turn(planned.component, now)
        if now == before and turn is None:
            return planned
        here = Size(width=now.height, height=now.width) if turn else now
        focus = None if turn or not self.looks else _look(image.copy_memory()).focus
        step = step_of(planned.component, here, initial=self.size, focus=focus)
        if step is None:
            raise overflow(self.transformation, index)
        check_size(self.transformation, index, step, here)
        return step


def looked(image: pyvips.Image, step: Step) -> pyvips.Image:
    """The picture with the component's effect, opacity, corners, border and ground."""
    component = step.component
    if effect := component.find("e", Effect):
        image = image.copy_memory()
        image = apply_effect(image, effect, component, look=_look(image)).copy_memory()
    if opacity := component.find("o", Opacity):
        image = faded(image, float(opacity.percent))
    radius, border = component.find("r", Radius), component.find("bo", Border)
    if border:
        image = bordered(image.copy_memory(), border, radius)
    elif radius:
        image = rounded(image.copy_memory(), radius)
    ground = component.find("b", Colour)
    shows_through = step.placement is not None and step.placement.pads and ground is not None
    if ground is None or (shows_through and ground.alpha < 255):
        return image  # a ground that is seen through is not laid twice
    return grounded(image, ground)


def _opaque_again(before: pyvips.Image, after: pyvips.Image) -> pyvips.Image:
    """Without the transparency that a layer brought to an opaque picture but made no use of."""
    after = after.copy_memory()
    if before.hasalpha() or not after.hasalpha() or after[3].min() < 255:
        return after
    return after[0:3]


def _look(image: pyvips.Image) -> Look:
    """Finds content in this very picture, when asked."""
    size = size_of(image)
    content = Content(image=image, size=size)
    return Look(focus=focus_of(image, size), faces=lambda: content.faces)


def _scales_along(component: Component) -> bool:
    """Whether a smaller picture shows the same after what the component does to its looks."""
    effect = component.find("e", Effect)
    plain = effect is None or effect.name in POINTWISE
    return plain and not component.has("r") and not component.has("bo")


def _auto_turned(image: pyvips.Image, component: Component, now: Size) -> pyvips.Image:
    turn = auto_turn(component, now)
    return moved(image.copy_memory(), turn) if turn else image


def size_of(image: pyvips.Image) -> Size:
    """Its width and height."""
    return Size(width=image.width, height=image.height)
