"""Numbers, times and texts in search expressions, and how they are compared.

Source: reference/cloudinary.md 5.3. Pure.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

TOKEN = re.compile(r"\w+")
NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)\s?([a-z]*)", re.IGNORECASE)
RATIO = re.compile(r"(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)")
AGO = re.compile(r"(\d{1,6})([hdwmy])")
UNIX = re.compile(r"\d{9,12}")
DAY = timedelta(days=1)
AGES = {
    "h": timedelta(hours=1),
    "d": DAY,
    "w": timedelta(weeks=1),
    "m": timedelta(days=30),
    "y": timedelta(days=365),
}
MAX_AGE = timedelta(days=365 * 200)

Units = Mapping[str, float]
PLAIN: Units = {"": 1}
SIZES: Units = {
    "": 1,
    "b": 1,
    "k": 1024,
    "kb": 1024,
    "m": 1024**2,
    "mb": 1024**2,
    "g": 1024**3,
    "gb": 1024**3,
}
PIXELS: Units = {"": 1, "p": 1, "m": 1_000_000, "mp": 1_000_000}
SECONDS: Units = {"": 1, "s": 1, "m": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` up to, but not with, `end`: a day, or a second."""

    start: datetime
    end: datetime


def folded_tokens(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, as `field:value` compares them."""
    return tuple(TOKEN.findall(text.casefold()))


def holds_phrase(words: tuple[str, ...], phrase: tuple[str, ...], *, prefix: bool) -> bool:
    """Whether the words of `phrase` follow each other in `words`.

    With `prefix` the last one may go on.
    """
    if not phrase:
        return prefix and bool(words)
    *whole, last = phrase
    for start in range(len(words) - len(phrase) + 1):
        end = start + len(whole)
        if list(words[start:end]) != whole:
            continue
        if words[end] == last or (prefix and words[end].startswith(last)):
            return True
    return False


def number(text: str, units: Units) -> float | None:
    """A number with one of these units, in the smallest; None if it is none."""
    found = NUMBER.fullmatch(text)
    if found is None:
        return None
    unit = units.get(found[2].lower())
    return None if unit is None else float(found[1]) * unit


def ratio(text: str) -> float | None:
    """An aspect ratio, `16:9` or a number."""
    found = RATIO.fullmatch(text)
    if found is None:
        return number(text, PLAIN)
    return float(found[1]) / float(found[2]) if float(found[2]) else None


def span(text: str, now: datetime) -> Span | None:
    """The time a text names: a day, an instant, Unix seconds, or so long ago; None if it is none.

    A relative time is the day around it.
    """
    ago = AGO.fullmatch(text)
    if ago is not None:
        return _ago(min(int(ago[1]) * AGES[ago[2]], MAX_AGE), now)
    if UNIX.fullmatch(text):
        return _second(datetime.fromtimestamp(int(text), UTC))
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if "T" in text:
        return _second(at)
    return Span(at, at + DAY) if at < datetime.max.replace(tzinfo=UTC) - DAY else None


def _ago(age: timedelta, now: datetime) -> Span:
    at = now - age
    return Span(at, at + DAY)


def _second(at: datetime) -> Span:
    return Span(at, at + timedelta(seconds=1))


def is_relative(text: str) -> bool:
    """Whether a time depends on when it is asked."""
    return AGO.fullmatch(text) is not None


COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    ":": operator.eq,
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
