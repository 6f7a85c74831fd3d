"""A transformation for one picture: variables, arithmetic, conditions and named ones worked out.

What needs more than we know (an illustration score, an unknown name) stays as it is written, and
the fidelity says that Cloudinary alone can do it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate
from types import MappingProxyType

from bridge_app.domain.expectations import Expected
from bridge_app.transform.conditions import Block, blocks, decide
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.expressions import Datum, ExpressionError
from bridge_app.transform.fidelity_sayings import Saying
from bridge_app.transform.geometry import Size
from bridge_app.transform.model import (
    Component,
    CropMode,
    Gravity,
    Parameter,
    Transformation,
    Verbatim,
)
from bridge_app.transform.parse import parse
from bridge_app.transform.roles import layer_ranges
from bridge_app.transform.steps import sizes, step_of
from bridge_app.transform.variables import Variables

_NOTHING: Mapping[str, str] = MappingProxyType({})
_DEEPEST = 16
_MOST_COMPONENTS = 1000
# Do nothing inside a named transformation.
_VISITORS_CHOICE = frozenset({"f_auto", "w_auto", "dpr_auto"})
# Effects whose result has another size, which nobody knows before the pixels are there.
_RESIZING_EFFECTS = frozenset({"distort", "shear", "trim"})


def _no_faces() -> int:
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What expressions may ask about the master.

    Width and height are upright pixels, `duration` is seconds (None: no video), `faces` is
    called when their number matters. `context` and `metadata` are by key (external ID).
    """

    width: int
    height: int
    pages: int = 1
    faces: Callable[[], int] = _no_faces
    duration: float | None = None
    tags: tuple[str, ...] = ()
    context: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """A transformation that says the same for one picture, with less left to work out.

    `starts` tells for each of its components where in the original text it comes from; `doubts`
    are the sentences about what Cloudinary may have worked out otherwise.
    """

    transformation: Transformation
    starts: tuple[int, ...]
    doubts: tuple[str, ...]

    def located(self, error: TransformationError) -> TransformationError:
        """An error about `transformation`, with its place in the original text.

        Where a component says the same as there, that is exact; otherwise it is near it.
        """
        starts = [self.transformation.start_of(i) for i in range(len(self.starts))]
        found = [i for i, start in enumerate(starts) if start <= error.position]
        if not found:
            return error
        index = found[-1]
        return error.at(self.starts[index] + error.position - starts[index])


def resolve(
    transformation: Transformation, facts: Facts, *, named: Mapping[str, str] = _NOTHING
) -> Transformation:
    """The transformation as it works on that picture; the same object when nothing is to do.

    Args:
        transformation: As it was written.
        facts: About the master.
        named: What each named transformation stands for.

    Raises:
        TransformationError: Named transformations contain themselves or are no transformations,
            or arithmetic has no result; at the place in the text where it stands.
    """
    return resolution(transformation, facts, named=named).transformation


def resolution(
    transformation: Transformation, facts: Facts, *, named: Mapping[str, str] = _NOTHING
) -> Resolution:
    """As `resolve`, with where each component comes from and what is in doubt."""
    walk = _Walk(facts=facts, named=named, size=Size(width=facts.width, height=facts.height))
    walk.through(transformation)
    found = Transformation(components=tuple(component for component, _ in walk.found))
    if str(found) == str(transformation):
        found = transformation
    return Resolution(
        transformation=found,
        starts=tuple(start for _, start in walk.found),
        doubts=(Saying.FACES_COUNTED,) if walk.counted_faces else (),
    )


@dataclass(slots=True, kw_only=True)
class _Walk:
    """Along the chain: what is found so far, and the picture's size there (None: not known).

    Inside named transformations (`opened`) everything stands where the outermost is named: `at`.
    """

    facts: Facts
    named: Mapping[str, str]
    size: Size | None
    found: list[tuple[Component, int]] = field(default_factory=list)
    variables: Variables = field(default_factory=Variables)
    opened: tuple[str, ...] = ()
    expansions: int = 0
    at: int | None = None
    in_layer: bool = False
    counted_faces: bool = False

    def through(self, transformation: Transformation) -> None:
        """Every component that applies."""
        components, starts = transformation.components, _starts(transformation)
        governed, layered = blocks(components), _layered(components)
        within_a_layer = self.in_layer
        jumps: dict[int, int] = {}
        index = 0
        while index < len(components):
            if index in jumps:
                index = jumps.pop(index)
                continue
            start = starts[index] if self.at is None else self.at
            self.in_layer = within_a_layer or index in layered
            if block := governed.get(index):
                index = self._govern(components, index, block, start, jumps)
            else:
                self._take(components[index], start)
                index += 1
        self.in_layer = within_a_layer

    def _govern(
        self,
        components: tuple[Component, ...],
        index: int,
        block: Block,
        start: int,
        jumps: dict[int, int],
    ) -> int:
        """Decide a condition; the place of the component that comes next."""
        verdict = self._decided(components[index], start)
        if verdict is None:
            for left in components[index : block.last + 1]:
                self._leave(left, start)
            return block.last + 1
        if block.closed:
            jumps[block.last] = block.last + 1
        if verdict:
            if block.otherwise is not None:
                jumps[block.otherwise] = block.last + 1
            self._take(components[index], start)
            return index + 1
        if block.otherwise is None:
            return block.last + 1
        self._take(components[block.otherwise], start)
        return block.otherwise + 1

    def _decided(self, component: Component, start: int) -> bool | None:
        for position, parameter in _placed(component, start):
            if parameter.key == "if":
                with self._located(position, parameter):
                    return decide(parameter.text, self._look_up)
            if parameter.key.startswith("$"):
                self._define(parameter, position)
        return None

    def _leave(self, component: Component, start: int) -> None:
        """Something that only Cloudinary can decide about: whatever it does is unknown here."""
        self.found.append((component, start))
        self.size = None
        for parameter in component.parameters:
            self.variables.forget(parameter.key)

    def _take(self, component: Component, start: int) -> None:
        """A component that applies."""
        kept: list[Parameter] = []
        for position, parameter in _placed(component, start):
            if parameter.key == "if":
                continue
            if parameter.key.startswith("$"):
                kept.extend(() if self._define(parameter, position) else (parameter,))
            elif parameter.key == "t" and self._expand(parameter, position):
                continue
            else:
                kept.append(self._filled(parameter, position))
        if kept or not component.parameters:
            self._emit(Component(parameters=tuple(kept)), start)

    def _emit(self, component: Component, start: int) -> None:
        if self.opened and len(self.found) >= _MOST_COMPONENTS:
            raise _too_many(start, f"t_{self.opened[0]}")
        self.found.append((component, start))
        if not self.in_layer:
            self.size = self._size_after(component)

    def _size_after(self, component: Component) -> Size | None:
        if self.size is None or "layer_apply" in component.flags:
            return self.size
        if _is_sized_by_content(component):
            return None
        initial = Size(width=self.facts.width, height=self.facts.height)
        step = step_of(component, self.size, initial=initial)
        return step.result if step else None

    def _define(self, parameter: Parameter, position: int) -> bool:
        with self._located(position, parameter):
            return self.variables.define(parameter.key, parameter.text, self._look_up)

    def _filled(self, parameter: Parameter, position: int) -> Parameter:
        with self._located(position, parameter):
            text = self.variables.filled(parameter.key, parameter.text, self._look_up)
        return parameter if text == parameter.text else self._reread(parameter, text, position)

    def _reread(self, parameter: Parameter, text: str, position: int) -> Parameter:
        """The parameter with another value; kept as text when that is no single value."""
        with self._located(position, parameter):
            components = parse(f"{parameter.key}_{text}").components
        found = [p for component in components for p in component.parameters]
        if len(found) == len(components) == 1:
            return found[0]
        return Parameter(key=parameter.key, text=text, value=Verbatim())

    @contextmanager
    def _located(self, position: int, parameter: Parameter) -> Iterator[None]:
        """Errors inside are about that parameter's value, which starts behind its key."""
        place = position + len(parameter.key) + 1 if self.at is None else self.at
        try:
            yield
        except ExpressionError as error:
            raise TransformationError(
                position=place, found=parameter.text, expected=error.expected
            ) from error
        except TransformationError as error:
            raise TransformationError(
                position=place,
                found=parameter.text,
                expected=error.expected,
                cloudinary=error.cloudinary,
            ) from error

    def _expand(self, parameter: Parameter, position: int) -> bool:
        """Walk through what `t_a.b` stands for; False when that is not known."""
        names = parameter.text.split(".")
        if not all(name in self.named for name in names):
            return False
        before, at = self.opened, self.at
        self.at = position if at is None else at
        for name in names:
            if name in before or len(before) >= _DEEPEST:
                raise TransformationError(
                    position=self.at,
                    found=str(parameter),
                    expected=Expected.NOT_ITSELF,
                    cloudinary="Recursive transformations are not allowed",
                )
            if self.expansions >= _MOST_COMPONENTS:
                raise _too_many(self.at, str(parameter))
            self.expansions += 1
            self.opened = (*before, name)
            self.through(_definition(self.named[name], parameter, self.at))
        self.opened, self.at = before, at
        return True

    def _look_up(self, name: str) -> Datum | None:
        if name.startswith("$"):
            return self.variables.value(name)
        source, _, key = name.partition(":")
        if source in {"ctx", "md"} and key:
            values = self.facts.context if source == "ctx" else self.facts.metadata
            return (values[key],) if key in values else ()
        if name == "tags":
            return self.facts.tags
        return self._figure(name)

    def _figure(self, name: str) -> Fraction | None:
        """A figure of the master, or of the picture as it is here; in a layer, of neither."""
        facts = self.facts
        if name == "fc":
            self.counted_faces = True
            return Fraction(facts.faces())
        if name in {"du", "idu"}:
            return None if facts.duration is None else Fraction(str(facts.duration))
        if name == "pc":
            return Fraction(facts.pages)
        if self.in_layer:
            return None
        known = _figures("i", Size(width=facts.width, height=facts.height))
        if self.size:
            known |= _figures("", self.size)
        return known.get(name.replace("o", "i", 1) if name in {"ow", "oh"} else name)


def _figures(prefix: str, size: Size) -> dict[str, Fraction]:
    return {
        f"{prefix}w": Fraction(size.width),
        f"{prefix}h": Fraction(size.height),
        f"{prefix}ar": Fraction(size.width, size.height),
    }


def _is_sized_by_content(component: Component) -> bool:
    """Whether the size after a component cannot be told from the size before."""
    looks = component.has("g") and not component.find("g", Gravity)
    cuts = component.find("c", CropMode) in {CropMode.CROP, CropMode.THUMB}
    effect = component.parameter("e")
    resizes = effect is not None and effect.text.partition(":")[0] in _RESIZING_EFFECTS
    unread = any(isinstance(component.find(key, Verbatim), Verbatim) for key in ("w", "h", "ar"))
    return resizes or unread or component.has("t") or (looks and cuts and not sizes(component))


def _too_many(position: int, found: str) -> TransformationError:
    return TransformationError(
        position=position,
        found=found,
        expected=Expected.NAMED_LENGTH.format(count=_MOST_COMPONENTS),
    )


def _definition(text: str, parameter: Parameter, position: int) -> Transformation:
    """What a name stands for, without what the visitor would choose: that does nothing there."""
    try:
        whole = parse(text)
    except TransformationError as error:
        raise TransformationError(
            position=position,
            found=str(parameter),
            expected=Expected.NAMED.format(expected=error.expected, found=error.found),
        ) from error
    kept = (
        Component(parameters=tuple(p for p in c.parameters if str(p) not in _VISITORS_CHOICE))
        for c in whole.components
    )
    return Transformation(components=tuple(component for component in kept if component.parameters))


def _placed(component: Component, start: int) -> Iterator[tuple[int, Parameter]]:
    """The parameters, each with its place in the text."""
    for parameter in component.parameters:
        yield start, parameter
        start += len(str(parameter)) + 1


def _starts(transformation: Transformation) -> tuple[int, ...]:
    lengths = (len(str(component)) + 1 for component in transformation.components)
    return tuple(accumulate(lengths, initial=0))


def _layered(components: tuple[Component, ...]) -> frozenset[int]:
    """The places of components that work on a layer; what lays it on works on its base."""
    return frozenset(
        index
        for first, last in layer_ranges(components)
        for index in (range(first, last) if first < last else (first,))
    )
