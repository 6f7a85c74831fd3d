"""The steps of a rendition as people see them: reordered, switched off, and written as text.

A step is one component; a layer or a condition with everything inside it is one step as well.
No Qt: the window's controls, its list and its text field are three ways to change one chain.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from bridge_app.transform.model import Component, Transformation
from bridge_app.transform.parse import parse


class StepKind(StrEnum):
    """What a step is about; the order of this list is the order in which steps make sense."""

    TURN = "turn"
    CROP = "crop"
    SIZE = "size"
    TRIM = "trim"
    EFFECT = "effect"
    TEXT = "text"
    LAYER = "layer"
    CONDITION = "condition"
    SHAPE = "shape"
    OTHER = "other"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: its text as it stands in the transformation, and whether it is done."""

    text: str
    on: bool = True

    @property
    def kind(self) -> StepKind:
        """What it is about."""
        return kind_of(self.text)

    @property
    def component(self) -> Component:
        """The first component, with its values read."""
        return _first(self.text)

    def value(self, key: str) -> str:
        """The text of a parameter of the first component; "" if it is not there."""
        found = self.component.parameter(key)
        return found.text if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """All steps, in order; those that are off keep their place."""

    steps: tuple[Step, ...] = ()

    def __str__(self) -> str:
        """The transformation: what is on, joined."""
        return "/".join(step.text for step in self.steps if step.on)

    @classmethod
    def of(cls, text: str) -> "Chain":
        """The steps of a transformation. Raises TransformationError."""
        return cls(steps=tuple(Step(text=part) for part in split(text)))

    def retyped(self, text: str) -> "Chain":
        """The chain whose text is this; what is switched off stays behind the same step.

        Raises TransformationError.
        """
        if text == str(self):
            return self
        steps = list(Chain.of(text).steps)
        for place, step in enumerate(self.steps):
            if not step.on:
                before = sum(one.on for one in self.steps[:place])
                off = sum(not one.on for one in self.steps[:place])
                steps.insert(min(before + off, len(steps)), step)
        return Chain(steps=tuple(steps))

    def find(self, kind: StepKind) -> int | None:
        """The last step of a kind that is on; None if there is none."""
        found = [n for n, step in enumerate(self.steps) if step.on and step.kind is kind]
        return found[-1] if found else None

    def put(self, place: int, text: str) -> "Chain":
        """Another text for a step; "" takes the step away."""
        if not text:
            return self.without(place)
        changed = replace(self.steps[place], text=text)
        return Chain(steps=(*self.steps[:place], changed, *self.steps[place + 1 :]))

    def added(self, text: str) -> tuple["Chain", int]:
        """A new step where its kind makes sense, and where that is."""
        rank = _RANKS[kind_of(text)]
        place = next(
            (n for n, step in enumerate(self.steps) if _RANKS[step.kind] > rank), len(self.steps)
        )
        return self.inserted(place, Step(text=text)), place

    def inserted(self, place: int, step: Step) -> "Chain":
        """One step more, at this place."""
        return Chain(steps=(*self.steps[:place], step, *self.steps[place:]))

    def without(self, place: int) -> "Chain":
        """One step fewer."""
        return Chain(steps=(*self.steps[:place], *self.steps[place + 1 :]))

    def doubled(self, place: int) -> "Chain":
        """A copy of a step right behind it."""
        return self.inserted(place + 1, self.steps[place])

    def switched(self, place: int, *, on: bool) -> "Chain":
        """A step switched on or off."""
        changed = replace(self.steps[place], on=on)
        return Chain(steps=(*self.steps[:place], changed, *self.steps[place + 1 :]))

    def moved(self, place: int, to: int) -> "Chain":
        """A step moved, so that it stands at `to` afterwards."""
        rest = self.without(place)
        return rest.inserted(max(0, min(to, len(rest.steps))), self.steps[place])

    def before(self, place: int) -> str:
        """What is done before a step: the transformation up to there."""
        return "/".join(step.text for step in self.steps[:place] if step.on)


_RANKS = {kind: rank for rank, kind in enumerate(StepKind)}
_DELIVERY = frozenset({"f", "q", "fl", "dpr", "fn", "cs", "dn"})
_SHAPE = frozenset({"r", "bo"})
_TIMES = frozenset({"so", "eo", "du"})
_CUTS = frozenset({"crop"})
REMEMBERED = 500
Test = Callable[[Component], bool]


def split(text: str) -> list[str]:
    """The steps' texts: a layer to its `fl_layer_apply`, a condition to its `if_end`.

    Raises TransformationError.
    """
    whole = parse(text)
    return [
        "/".join(map(str, whole.components[first : last + 1]))
        for first, last in _spans(whole)
        if any(map(str, whole.components[first : last + 1]))
    ]


def _spans(whole: Transformation) -> list[tuple[int, int]]:
    components = whole.components
    spans: list[tuple[int, int]] = []
    place = 0
    while place < len(components):
        last = _end(components, place)
        spans.append((place, last))
        place = last + 1
    return spans


def _end(components: tuple[Component, ...], first: int) -> int:
    """The last component of the step that begins here."""
    if _opens_condition(components[first]):
        last = len(components) - 1
        return _closing(components, first, _opens_condition, _ends_condition, otherwise=last)
    if _opens_layer(components[first]) and not _applies(components[first]):
        return _closing(components, first, _opens_layer, _applies, otherwise=first)
    return first


def _closing(
    components: tuple[Component, ...], first: int, opens: Test, closes: Test, *, otherwise: int
) -> int:
    depth = 0
    for place in range(first, len(components)):
        depth += opens(components[place])
        depth -= closes(components[place])
        if depth == 0:
            return place
    return otherwise


def _opens_layer(component: Component) -> bool:
    return component.has("l") or component.has("u")


def _applies(component: Component) -> bool:
    return "layer_apply" in component.flags


def _opens_condition(component: Component) -> bool:
    """A condition alone in its component holds for those that follow."""
    found = component.parameter("if")
    alone = all(p.key == "if" or p.key.startswith("$") for p in component.parameters)
    return found is not None and found.text not in {"else", "end"} and alone


def _ends_condition(component: Component) -> bool:
    found = component.parameter("if")
    return found is not None and found.text == "end"


@lru_cache(maxsize=REMEMBERED)
def _first(text: str) -> Component:
    """The first component; a slider's every step asks for those of all steps many times."""
    return parse(text).components[0]


@lru_cache(maxsize=REMEMBERED)
def kind_of(text: str) -> StepKind:
    """What a step of this text is about."""
    component = _first(text)
    keys = {parameter.key for parameter in component.parameters}
    if "if" in keys:
        return StepKind.CONDITION
    if layer := component.parameter("l") or component.parameter("u"):
        return StepKind.TEXT if layer.text.startswith("text:") else StepKind.LAYER
    tests = (
        (StepKind.CROP, component.has("c") and _word(component, "c") in _CUTS),
        (StepKind.SIZE, bool(keys & {"w", "h", "ar", "c"})),
        (StepKind.EFFECT, bool(keys & {"e", "o"})),
        (StepKind.SHAPE, bool(keys & _SHAPE)),
        (StepKind.TURN, "a" in keys),
        (StepKind.TRIM, bool(keys & _TIMES)),
        (StepKind.DELIVERY, bool(keys) and keys <= _DELIVERY),
    )
    return next((kind for kind, holds in tests if holds), StepKind.OTHER)


def _word(component: Component, key: str) -> str:
    found = component.parameter(key)
    return found.text if found else ""
