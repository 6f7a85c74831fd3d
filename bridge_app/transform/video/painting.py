"""A film's frames through the same chain as a picture: effects, shapes, layers, backgrounds."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import av
import numpy as np
import pyvips

from bridge_app.transform.chain import Chain, Lay
from bridge_app.transform.effects import EFFECTS
from bridge_app.transform.model import Colour, Component, Effect, Parameter, Transformation
from bridge_app.transform.steps import Step
from bridge_app.transform.video.filters import Filter

_BLACK = Parameter(key="b", text="black", value=Colour(red=0, green=0, blue=0))
_SHAPES = ("r", "bo", "o")


def on_black(transformation: Transformation, steps: dict[int, Step]) -> Transformation:
    """What fills a film's padding when nothing is asked for: black, where a picture gets white."""
    return replace(
        transformation,
        components=tuple(
            _grounded(component) if _pads(steps.get(index)) else component
            for index, component in enumerate(transformation.components)
        ),
    )


def needs_painting(chain: Chain) -> bool:
    """Whether more is asked of the frames than scaling, cutting, plain padding and turning."""
    return bool(chain.spans) or any(map(_is_painted, chain.planned.values()))


class Painter:
    """Draws every frame of one film through its chain."""

    def __init__(self, chain: Chain, lay: Lay | None) -> None:
        self._chain = chain
        self._lay = lay

    @property
    def filters(self) -> tuple[Filter, ...]:
        """What a frame goes through before it is painted."""
        size = self._chain.load_size
        return (("scale", f"{size.width}:{size.height}:flags=lanczos"), ("format", "rgb24"))

    def painted(self, frames: Iterable[Any]) -> Iterator[Any]:
        """Every frame through the chain; the first decides the size of all.

        Raises:
            TransformationError: A step asks for too much of this film.
        """
        first = None
        for frame in frames:
            image = self._chain.through(picture_of(frame), self._lay)
            if image.hasalpha():
                image = image.flatten(background=[0, 0, 0])
            if first is None:
                first = image.width, image.height
            elif (image.width, image.height) != first:
                image = image.embed(0, 0, *first)
            drawn = frame_of(image)
            drawn.pts, drawn.time_base = frame.pts, frame.time_base
            yield drawn


def picture_of(frame: Any) -> pyvips.Image:
    """An RGB frame as a picture in memory."""
    pixels = frame.to_ndarray()
    image = pyvips.Image.new_from_memory(pixels.tobytes(), frame.width, frame.height, 3, "uchar")
    return image.copy(interpretation="srgb")


def frame_of(image: pyvips.Image) -> Any:
    """An opaque sRGB picture as an RGB frame."""
    if image.bands == 1:
        image = image.colourspace("srgb")
    data = image.write_to_memory()
    pixels = np.frombuffer(data, dtype=np.uint8).reshape(image.height, image.width, 3)
    return av.VideoFrame.from_ndarray(pixels, format="rgb24")


def _grounded(component: Component) -> Component:
    return replace(component, parameters=(*component.parameters, _BLACK))


def _pads(step: Step | None) -> bool:
    """Whether a step fills the rest of its canvas with what nobody asked for."""
    return bool(step and step.placement and step.placement.pads and not step.component.has("b"))


def _is_painted(step: Step) -> bool:
    component = step.component
    effect = component.find("e", Effect)
    ground = component.find("b", Colour)
    return bool(
        step.spin
        or any(component.has(key) for key in _SHAPES)
        or (effect and effect.name in EFFECTS)
        or (component.has("b") and (ground is None or ground.alpha < 255))
        or str(component.parameter("a") or "").startswith("a_auto")
    )
