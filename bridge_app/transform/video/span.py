"""Which part of a film is wanted: `so_`, `eo_` and `du_` as seconds from its beginning.

Source of the rules: reference/cloudinary.md 9.10 (seconds or `NNp`, percent of the length).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, MediaError
from bridge_app.domain.expectations import Expected
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.model import Component, Parameter, Transformation, VideoTime
from bridge_app.transform.steps import picture_components

_KEYS = ("so", "eo", "du")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """[start, end) in seconds of the master; `end` is None where the length is unknown."""

    start: Fraction = Fraction(0)
    end: Fraction | None = None

    @property
    def length(self) -> Fraction | None:
        """In seconds."""
        return None if self.end is None else self.end - self.start


def span_of(transformation: Transformation, duration_s: Fraction | None) -> Span:
    """The wanted part of a film of that length; all of it when none is named.

    Offsets count from the master's beginning wherever they stand; of several the last counts.
    Without `so_`, `du_` counts back from `eo_`. An end after the film's end is the film's end.

    Raises:
        TransformationError: The part is empty, or begins after the film's end.
        MediaError: A percentage of a film whose length is unknown.
    """
    found = {key: _last(transformation, key) for key in _KEYS}
    so, eo, du = (_seconds(found[key], duration_s) for key in _KEYS)
    start = so if so is not None else max(Fraction(0), eo - du) if eo and du else Fraction(0)
    end = eo if eo is not None else start + du if du is not None else duration_s
    if end is not None and duration_s is not None:
        end = min(end, duration_s)
    if end is not None and end <= start:
        raise _refusal(transformation, found, duration_s)
    return Span(start=start, end=end)


def moment_of(transformation: Transformation, duration_s: Fraction | None) -> Fraction:
    """The second that a still is taken at: `so_`, else the middle of the wanted part.

    Raises:
        TransformationError: `so_` is after the film's end, or the part is empty.
        MediaError: A percentage of a film whose length is unknown.
    """
    named = _last(transformation, "so")
    at = _seconds(named, duration_s)
    if at is None:
        span = span_of(transformation, duration_s)
        return span.start if span.end is None else (span.start + span.end) / 2
    if duration_s is not None and at > duration_s:
        raise _refusal(transformation, {"so": named}, duration_s)
    return at


def names_moment(transformation: Transformation) -> bool:
    """Whether an offset that we understand says where a still is taken."""
    return _last(transformation, "so") is not None


def _last(transformation: Transformation, key: str) -> tuple[int, Parameter] | None:
    """The last understood offset of that key, and its component's index."""
    return next(
        (
            (index, parameter)
            for index, component in reversed(picture_components(transformation))
            if (parameter := component.parameter(key)) and isinstance(parameter.value, VideoTime)
        ),
        None,
    )


def _seconds(found: tuple[int, Parameter] | None, duration_s: Fraction | None) -> Fraction | None:
    if found is None or not isinstance(time := found[1].value, VideoTime):
        return None
    if not time.percent:
        return time.amount
    if duration_s is None:
        raise MediaError(
            detail=QT_TRANSLATE_NOOP(
                "facts", "its length is not known, so no percentage of it can be taken"
            )
        )
    return duration_s * time.amount / 100


def _refusal(
    transformation: Transformation,
    found: dict[str, tuple[int, Parameter] | None],
    duration_s: Fraction | None,
) -> TransformationError:
    """In place: at the offset that leaves nothing of the film."""
    index, parameter = next(place for key in _KEYS if (place := found.get(key)))
    component = transformation.components[index]
    wanted: str = Expected.OFFSETS
    if duration_s is not None:
        wanted = Expected.OFFSETS_WITHIN.format(end=f"{float(duration_s):.2f}")
    return TransformationError(
        position=transformation.start_of(index) + _start_in(component, parameter),
        found=str(parameter),
        expected=wanted,
        cloudinary="Invalid start or end offset in transformation",
    )


def _start_in(component: Component, parameter: Parameter) -> int:
    """Where a parameter's text starts in its component."""
    before: Iterable[Parameter] = component.parameters[
        : next(i for i, p in enumerate(component.parameters) if p is parameter)
    ]
    return sum(len(str(p)) + 1 for p in before)
