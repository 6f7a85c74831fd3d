"""Which assets or folders meet the condition of a search expression.

Source: reference/cloudinary.md 5.3. Pure: the time is an argument.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import Any, Generic, Protocol, TypeVar

from bridge_app.sandbox.cloudinary import search_values as values
from bridge_app.sandbox.cloudinary.search_area import Area
from bridge_app.sandbox.cloudinary.search_tree import (
    Anywhere,
    Between,
    Compare,
    Condition,
    Either,
    Every,
    Without,
    Word,
)

D = TypeVar("D")
Test = Callable[[D], bool]
"""Whether one asset, or one folder, meets a condition."""
RATIO_TOLERANCE = 5e-6


class Kind(Enum):
    """How the values of a field are compared."""

    TEXT = auto()
    """`:` by words, in any case; `=` whole."""
    NAME = auto()
    """Whole, case-sensitive; `:` with a `*` by its beginning."""
    PATH = auto()
    """As NAME; `:a/*` is the folder `a` and all below it."""
    CODE = auto()
    """Whole, in any case."""
    NUMBER = auto()
    RATIO = auto()
    DATE = auto()
    FLAG = auto()
    PLACE = auto()
    """Whether a point lies in an area."""


@dataclass(frozen=True, slots=True)
class SearchField(Generic[D]):
    """A field of documents: `read` gives its values, none where it has none.

    Texts for TEXT, NAME, PATH and CODE; numbers; datetimes for DATE; booleans for FLAG.
    """

    kind: Kind
    read: Callable[[D], Iterable[Any]]
    units: values.Units = field(default_factory=lambda: values.PLAIN)


class Fields(Protocol[D]):
    """The fields that a search may name."""

    def field(self, name: str) -> SearchField[D] | None:
        """The field of this name; None if there is none."""

    def texts(self) -> SearchField[D]:
        """What a word without a field is looked for in, as one field."""


def matcher(condition: Condition, fields: Fields[D], now: datetime) -> Test[D]:
    """The condition as a function."""
    match condition:
        case Every(parts):
            tests = [matcher(part, fields, now) for part in parts]
            return lambda document: all(test(document) for test in tests)
        case Either(parts):
            tests = [matcher(part, fields, now) for part in parts]
            return lambda document: any(test(document) for test in tests)
        case Without(part):
            negated = matcher(part, fields, now)
            return lambda document: not negated(document)
        case Anywhere(word, quoted):
            return _anywhere(
                word, None if quoted or word.prefix else fields.field(word.text), fields
            )
        case Compare(name, operator, word):
            field = fields.field(name)
            return _nothing if field is None else _compare(field, operator, word, now)
        case Between(name, low, high):
            field = fields.field(name)
            return _nothing if field is None else _between(field, low, high, now)


def depends_on_time(condition: Condition) -> bool:
    """Whether the same documents may meet the condition now and not later."""
    match condition:
        case Every(parts) | Either(parts):
            return any(map(depends_on_time, parts))
        case Without(part):
            return depends_on_time(part)
        case Compare(_, _, word):
            return values.is_relative(word.text)
        case Between(_, low, high):
            return values.is_relative(low.text) or values.is_relative(high.text)
        case Anywhere():
            return False


def names(condition: Condition) -> frozenset[str]:
    """The fields a condition speaks of, and words that may be one."""
    match condition:
        case Every(parts) | Either(parts):
            return frozenset().union(*map(names, parts))
        case Without(part):
            return names(part)
        case Anywhere(word, quoted):
            return frozenset() if quoted else frozenset({word.text})
        case Compare(name) | Between(name):
            return frozenset({name})


def _nothing(_document: object) -> bool:
    """Unknown fields and values of another kind match nothing, and are no error."""
    return False


def _any(field: SearchField[D], test: Callable[[Any], bool]) -> Test[D]:
    """Whether one of the field's values passes."""
    read = field.read
    return lambda document: any(test(value) for value in read(document))


def _anywhere(word: Word, named: SearchField[D] | None, fields: Fields[D]) -> Test[D]:
    if named is not None:
        return _any(named, lambda value: value not in ("", None))
    return _words(fields.texts(), word)


def _words(field: SearchField[D], word: Word) -> Test[D]:
    phrase = values.folded_tokens(word.text)
    if not phrase and not word.prefix:
        return _nothing
    prefix = word.prefix
    return _any(
        field,
        lambda text: values.holds_phrase(values.folded_tokens(text), phrase, prefix=prefix),
    )


def _compare(field: SearchField[D], operator: str, word: Word, now: datetime) -> Test[D]:
    match field.kind:
        case Kind.NUMBER | Kind.RATIO:
            return _number(field, operator, word)
        case Kind.DATE:
            return _date(field, operator, word, now)
        case Kind.FLAG:
            wanted = {"true": True, "false": False}.get(word.text.lower())
            return _any(field, lambda value: value is wanted)
        case Kind.PLACE:
            area = Area.parse(word.text)
            return _nothing if area is None else _any(field, area.holds)
    if operator not in {":", "="}:
        return _nothing
    return _text(field, operator, word)


def _text(field: SearchField[D], operator: str, word: Word) -> Test[D]:
    text = word.text
    if operator == ":":
        if field.kind is Kind.TEXT:
            return _words(field, word)
        if word.prefix:
            inside = text.rstrip("/") if field.kind is Kind.PATH and text.endswith("/") else None
            return _any(field, lambda value: value.startswith(text) or value == inside)
    elif word.prefix:
        text = f"{text}*"
    if field.kind is Kind.CODE:
        folded = text.casefold()
        return _any(field, lambda value: value.casefold() == folded)
    return _any(field, lambda value: value == text)


def _number(field: SearchField[D], operator: str, word: Word) -> Test[D]:
    is_ratio = field.kind is Kind.RATIO
    bound = values.ratio(word.text) if is_ratio else values.number(word.text, field.units)
    if bound is None:
        return _nothing
    if is_ratio and operator in {":", "="}:
        return _any(field, lambda value: abs(value - bound) <= RATIO_TOLERANCE)
    compare = values.COMPARISONS[operator]
    return _any(field, lambda value: compare(value, bound))


def _date(field: SearchField[D], operator: str, word: Word, now: datetime) -> Test[D]:
    span = values.span(word.text, now)
    if span is None:
        return _nothing
    if operator in {":", "="}:
        return _any(field, lambda value: span.start <= value < span.end)
    compare = values.COMPARISONS[operator]
    return _any(field, lambda value: compare(value, span.start))


def _between(field: SearchField[D], low: Word, high: Word, now: datetime) -> Test[D]:
    """From the lower bound, included, to the upper one, which is not."""
    first, last = (_bound(field, word, now) for word in (low, high))
    if first is None or last is None:
        return _nothing
    return _any(field, lambda value: first <= value < last)


def _bound(field: SearchField[D], word: Word, now: datetime) -> Any:
    """The bound of a range in the field's kind; None if it is none."""
    match field.kind:
        case Kind.NUMBER:
            return values.number(word.text, field.units)
        case Kind.RATIO:
            return values.ratio(word.text)
        case Kind.DATE:
            span = values.span(word.text, now)
            return None if span is None else span.start
        case Kind.FLAG | Kind.PLACE:
            return None
        case _:
            return word.text
