"""Conditions of the transformation language: what they compare, and what depends on them.

Source: Cloudinary's page on conditional transformations. `and` binds closer than `or`; `in` holds
when all strings of the left list are in the right one, `nin` when none of them is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bridge_app.transform.expressions import Datum, LookUp, evaluate, number, pieces, written
from bridge_app.transform.model import Component

_COMPARISONS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "lt": lambda left, right: left < right,
    "gt": lambda left, right: left > right,
    "lte": lambda left, right: left <= right,
    "gte": lambda left, right: left >= right,
}
_WORDS = frozenset({"eq", "ne", "in", "nin", *_COMPARISONS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What one `if_…` governs, by the places of components: from its own to `last`, inclusive.

    `otherwise` is the place of its `if_else`; `closed` tells that `last` is its `if_end`.
    """

    last: int
    otherwise: int | None
    closed: bool


def decide(text: str, look_up: LookUp) -> bool | None:
    """Whether `text` (what follows `if_`) holds; None when that depends on what is not known.

    Raises:
        ExpressionError: Arithmetic in it has no result.
    """
    any_of = [
        _all([_holds(words, look_up) for words in _parted(part, "and")])
        for part in _parted(pieces(text), "or")
    ]
    if True in any_of:
        return True
    return None if None in any_of else False


def blocks(components: Sequence[Component]) -> Mapping[int, Block]:
    """The block of each component that opens a condition.

    Without `if_end` a condition that stands alone governs the rest of the chain, one with
    company its own component.
    """
    found: dict[int, Block] = {}
    opened: list[tuple[int, int | None]] = []
    for index, component in enumerate(components):
        condition = component.parameter("if")
        if condition is None:
            continue
        if condition.text == "end":
            if opened:
                start, otherwise = opened.pop()
                found[start] = Block(last=index, otherwise=otherwise, closed=True)
        elif condition.text == "else":
            if opened:
                opened[-1] = (opened[-1][0], index)
        else:
            opened.append((index, None))
    for start, otherwise in opened:
        found[start] = _unclosed(components, start, otherwise)
    return found


def _unclosed(components: Sequence[Component], start: int, otherwise: int | None) -> Block:
    alone = all(p.key == "if" or p.key.startswith("$") for p in components[start].parameters)
    last = len(components) - 1 if alone else (otherwise or start)
    return Block(last=last, otherwise=otherwise, closed=False)


def _parted(words: Sequence[str], at: str) -> list[Sequence[str]]:
    cuts = [index for index, word in enumerate(words) if word == at]
    return [
        words[start:end]
        for start, end in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(words)], strict=True)
    ]


def _all(verdicts: Sequence[bool | None]) -> bool | None:
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _holds(words: Sequence[str], look_up: LookUp) -> bool | None:
    place = next((index for index, word in enumerate(words) if word in _WORDS), None)
    if place is None:
        return None
    left, right = evaluate(words[:place], look_up), evaluate(words[place + 1 :], look_up)
    return None if left is None or right is None else _compared(left, words[place], right)


def _compared(left: Datum, word: str, right: Datum) -> bool | None:
    if word in {"in", "nin"}:
        among = [text in _texts(right) for text in _texts(left)]
        return all(among) if word == "in" else not any(among)
    numbers = number(left), number(right)
    if word in {"eq", "ne"}:
        alike = numbers[0] == numbers[1] if None not in numbers else _texts(left) == _texts(right)
        return alike == (word == "eq")
    if numbers[0] is None or numbers[1] is None:
        return None
    return _COMPARISONS[word](numbers[0], numbers[1])


def _texts(datum: Datum) -> tuple[str, ...]:
    return (written(datum),) if isinstance(datum, Fraction) else datum
