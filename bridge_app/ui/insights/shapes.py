"""What a chart shows, before anything is painted: bars, or lines over days. No Qt."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

MOST_BARS = 8
"""More bars are no answer at a glance; the table has them all."""
NEAR_LIMIT = 0.35
"""A limit is drawn if the highest value is at least this part of it; else it would press the
line flat, and is said in words alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar. `row` is its row in the table; `text` is the value as it is written.

    `value` is None for what nobody measured: it has no bar, and its text says so. `whole` is what
    the value is a part of (a limit); the rest of it is drawn as a pale track.
    """

    row: int
    label: str
    text: str
    value: float | None
    whole: float | None = None

    @property
    def share(self) -> float | None:
        """The part of the whole, 0 to 1 and beyond; None without either of them."""
        return self.value / self.whole if self.whole and self.value is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Bars from the top to the bottom; each is measured against its own whole, if it has one.

    `measure` says what all of them are lengths of: "Requests"; "" where each says it itself.
    """

    bars: tuple[Bar, ...]
    measure: str = ""

    @property
    def shown(self) -> tuple[Bar, ...]:
        """Those that are drawn."""
        return self.bars[:MOST_BARS]

    @property
    def left_out(self) -> int:
        """How many are in the table alone."""
        return len(self.bars) - len(self.shown)

    @property
    def lengths(self) -> tuple[float, ...]:
        """How long the bars that are drawn are, where 1 is the longest there may be."""
        if any(bar.whole for bar in self.bars):
            return tuple(min(1.0, bar.share or 0.0) for bar in self.shown)
        top = max((bar.value or 0.0 for bar in self.shown), default=0.0) or 1.0
        return tuple(max(0.0, bar.value or 0.0) / top for bar in self.shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value of a day; None where nobody measured it: the line has a gap there."""

    day: date
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Values over days, the earliest first."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Lines over the same days. `write` makes a value's text; `limit` is what they may reach.

    The values that are named beside the lines are at least `least_step` apart, 1 where things
    are counted.
    """

    lines: tuple[Line, ...]
    write: Callable[[float], str]
    limit: float | None = None
    least_step: float = 0.0

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day; None for lines without points."""
        found = [point.day for line in self.lines for point in line.points]
        return (min(found), max(found)) if found else None

    @property
    def highest(self) -> float:
        """The highest value, at least 0."""
        found = [point.value for line in self.lines for point in line.points]
        return max((value for value in found if value is not None), default=0.0)

    @property
    def drawn_limit(self) -> float | None:
        """The limit where it is near enough to be drawn."""
        near = self.limit and self.highest >= NEAR_LIMIT * self.limit
        return self.limit if near else None


Chart = Bars | Trend


def nice_ticks(highest: float, *, least_step: float = 0.0, most: int = 5) -> tuple[float, ...]:
    """Round values from 0 up, at most `most` of them, the last one at `highest` or above.

    Steps are 1, 2 or 5 times a power of ten, and no smaller than `least_step`.
    """
    if highest <= 0:
        return (0.0, 1.0)
    rough = max(highest / (most - 1), least_step)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * one for one in (1, 2, 5, 10) if power * one >= rough * (1 - 1e-9))
    count = math.ceil(highest / step - 1e-9)
    return tuple(step * number for number in range(count + 1))


def day_ticks(first: date, last: date, most: int = 6) -> tuple[date, ...]:
    """Days to be named below a line: the first, the last, and others evenly between them."""
    span = (last - first).days
    steps = min(most - 1, span)
    if steps <= 0:
        return (first,)
    return tuple(
        first + timedelta(days=round(span * number / steps)) for number in range(steps + 1)
    )
