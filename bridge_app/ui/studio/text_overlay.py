"""A text laid on a picture: read from its step, and changed without a word lost of the rest."""

from dataclasses import dataclass, replace

from bridge_app.domain.expectations import Expected
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.layer_source import TextLayer, layer_source
from bridge_app.transform.model import Component, Parameter
from bridge_app.transform.text_style import WEIGHTS, TextStyle
from bridge_app.ui.studio.chain import Chain

FONT, SIZE_PX = "Arial", 48
_SIDES = ("l", "u")
NO_WORDS = " "
"""A layer without any words is no layer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextOverlay:
    """Words, looks, and where their middle is (pixels from the centre)."""

    words: str
    font: str = FONT
    size_px: int = SIZE_PX
    bold: bool = False
    colour: str = "white"
    x: int = 0
    y: int = 0

    @property
    def step(self) -> str:
        """A new layer of the transformation: commas and slashes are escaped twice."""
        style = TextStyle(family=self.font, size=self.size_px, weight=_weight(bold=self.bold))
        layer = TextLayer(text=self.words or NO_WORDS, style=style)
        return f"co_{self.colour},l_{layer}/fl_layer_apply,x_{self.x},y_{self.y}"

    @classmethod
    def of(cls, step: str) -> "TextOverlay":
        """What a step of that kind says; of a text that cannot be read, no words."""
        first = _first(step)
        last = _first(step.rpartition("/")[2])
        try:
            layer = _layer(first)
        except TransformationError:
            layer = TextLayer(text="")
        style = layer.style or TextStyle(family=layer.template or FONT, size=SIZE_PX)
        return cls(
            words=layer.text,
            font=style.family,
            size_px=style.size,
            bold=WEIGHTS[style.weight] >= WEIGHTS["semibold"],
            colour=_value(first, "co") or "black",
            x=_number(_value(last, "x")),
            y=_number(_value(last, "y")),
        )


def restyled(
    step: str,
    *,
    words: str | None = None,
    font: str | None = None,
    size_px: int | None = None,
    bold: bool | None = None,
    colour: str | None = None,
) -> str:
    """The text's step with something changed; all else that it says stays.

    Raises TransformationError for a text that cannot be read, unless it is given new words.
    """
    first = _first(step)
    rest = step[len(str(first)) :]
    try:
        layer = _layer(first)
    except TransformationError:
        if words is None:
            raise
        layer = TextLayer(text=words, style=TextStyle(family=FONT, size=SIZE_PX))
    if words is not None:
        layer = replace(layer, text=words or NO_WORDS)
    style = layer.style or TextStyle(family=FONT, size=SIZE_PX)
    if font is not None:
        style = replace(style, family=font)
    if size_px is not None:
        style = replace(style, size=size_px)
    if bold is not None:
        style = replace(style, weight=_weight(bold=bold))
    if (font, size_px, bold) != (None, None, None):
        layer = replace(layer, style=style, template="")
    written = [_rewritten(one, layer, colour) for one in first.parameters]
    if colour is not None and not first.has("co"):
        written.insert(0, f"co_{colour}")
    return ",".join(written) + rest


def _rewritten(parameter: Parameter, layer: TextLayer, colour: str | None) -> str:
    if parameter.key in _SIDES:
        return f"{parameter.key}_{layer}"
    if parameter.key == "co" and colour is not None:
        return f"co_{colour}"
    return str(parameter)


def _layer(first: Component) -> TextLayer:
    """Raises TransformationError where it is no text, or none that can be read."""
    written = next(filter(None, (_value(first, side) for side in _SIDES)), "")
    found = layer_source(written)
    if not isinstance(found, TextLayer):
        raise TransformationError(position=0, found=written, expected=Expected.TEXT_LAYER)
    return found


def _first(step: str) -> Component:
    return Chain.of(step).steps[0].component


def _value(component: Component, key: str) -> str:
    found = component.parameter(key)
    return found.text if found else ""


def _weight(*, bold: bool) -> str:
    return "bold" if bold else "normal"


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0
