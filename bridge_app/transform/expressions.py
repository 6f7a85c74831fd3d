"""Arithmetic of the transformation language: `iw_div_2_add_$margin` to a number.

Source: Cloudinary's pages on user-defined variables and arithmetic: `pow` binds closer than
`mul div mod`, those closer than `add sub`; equals are done from left to right.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import floor
from urllib.parse import unquote

from bridge_app.domain.expectations import Expected

Datum = Fraction | tuple[str, ...]
"""A number, or strings: one for `!red!`, several for `!sale:new!`, none for `!!`."""

LookUp = Callable[[str], Datum | None]
"""From `$name`, `iw`, `ctx:key`, `md:key`… to its value; None when it is not known."""

PIXEL_NAMES = frozenset({"w", "h", "iw", "ih", "ow", "oh", "px", "py"})
"""Names that stand for a number of pixels."""

_PIECES = re.compile(r"((?:![^!]*!|[^_!])*)(?:_|$)")
_NUMBER = re.compile(r"-?(?:[0-9]{1,18}|[0-9]{0,18}\.[0-9]{1,18})")
_RATIO = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?):([0-9]{1,9}(?:\.[0-9]{1,9})?)")
STRING = re.compile(r"!([^!]*)!")
_OF_THE_ASSET = re.compile(r"(ctx|md):!([^!]+)!")
_NAME = re.compile(r"\$+_*[A-Za-z][A-Za-z0-9]*|[a-z]{1,4}")
_LARGEST_EXPONENT = 64
_MOST_BITS = 512
"""Longer numbers stand for no length; computing on with them would only cost time."""

_CASTS: Mapping[str, Callable[[Fraction], Fraction]] = {
    "i": lambda value: Fraction(int(value)),
    "f": lambda value: value,
}


class ExpressionError(ValueError):
    """Arithmetic that has no result; `expected` says what would have one."""

    def __init__(self, expected: str) -> None:
        self.expected = expected
        super().__init__(expected)


class _NotKnownError(Exception):
    """A name without a value, or a text that is no expression."""


def pieces(text: str) -> tuple[str, ...]:
    """The words between underscores; underscores inside `!…!` separate nothing."""
    found = [match[1] for match in _PIECES.finditer(text)]
    return tuple(found[:-1] if found and not found[-1] and not text.endswith("_") else found)


def is_computed(text: str) -> bool:
    """Whether a text holds an operator or a variable, so that it is more than a plain value."""
    return "$" in text or any(word in _OPERATORS for word in pieces(text))


def evaluate(words: Sequence[str], look_up: LookUp) -> Datum | None:
    """The value of the words of an expression; None when a name is unknown or it is none.

    Raises:
        ExpressionError: It divides by zero, or leads beyond all useful numbers.
    """
    try:
        return _sum(words, look_up)
    except _NotKnownError:
        return None


def written(value: Fraction) -> str:
    """A number as it stands in a transformation; at most six digits after the point."""
    if value.denominator == 1:
        return str(value.numerator)
    rounded = floor(abs(value) * 1_000_000 + Fraction(1, 2))
    head, tail = divmod(rounded, 1_000_000)
    digits = f"{tail:06}".rstrip("0")
    sign = "-" if value < 0 and rounded else ""
    return f"{sign}{head}.{digits}" if digits else f"{sign}{head}"


def number(datum: Datum) -> Fraction | None:
    """A datum as a number: itself, or the one that a single string spells."""
    if isinstance(datum, Fraction):
        return datum
    return Fraction(datum[0]) if len(datum) == 1 and _NUMBER.fullmatch(datum[0]) else None


def strings(inner: str) -> tuple[str, ...]:
    """What stands between two exclamation marks, unescaped: `sale:new` to two strings."""
    return tuple(unquote(part) for part in inner.split(":")) if inner else ()


def _sum(words: Sequence[str], look_up: LookUp) -> Datum:
    return _folded(words, ("add", "sub"), lambda part: _product(part, look_up))


def _product(words: Sequence[str], look_up: LookUp) -> Datum:
    return _folded(words, ("mul", "div", "mod"), lambda part: _power(part, look_up))


def _power(words: Sequence[str], look_up: LookUp) -> Datum:
    return _folded(words, ("pow",), lambda part: _operand(part, look_up))


def _folded(
    words: Sequence[str], operators: tuple[str, ...], read: Callable[[Sequence[str]], Datum]
) -> Datum:
    """The parts between these operators, combined from left to right."""
    cuts = [index for index, word in enumerate(words) if word in operators]
    starts, ends = [0, *(cut + 1 for cut in cuts)], [*cuts, len(words)]
    parts = [read(words[start:end]) for start, end in zip(starts, ends, strict=True)]
    if not cuts:
        return parts[0]
    result = _number(parts[0])
    for cut, part in zip(cuts, parts[1:], strict=True):
        result = _bounded(_OPERATORS[words[cut]](result, _number(part)))
    return result


def _operand(words: Sequence[str], look_up: LookUp) -> Datum:
    if len(words) == 3 and words[1] == "to" and words[2] in _CASTS:
        return _CASTS[words[2]](_number(_operand(words[:1], look_up)))
    if len(words) != 1:
        raise _NotKnownError
    (word,) = words
    if _NUMBER.fullmatch(word):
        return Fraction(word)
    if match := _RATIO.fullmatch(word):
        return _divided(Fraction(match[1]), Fraction(match[2]))
    if match := STRING.fullmatch(word):
        return strings(match[1])
    return _looked_up(word, look_up)


def _looked_up(word: str, look_up: LookUp) -> Datum:
    match = _OF_THE_ASSET.fullmatch(word)
    name = f"{match[1]}:{unquote(match[2])}" if match else word
    found = look_up(name) if match or _NAME.fullmatch(word) else None
    if found is None:
        raise _NotKnownError
    return found


def _number(datum: Datum) -> Fraction:
    found = number(datum)
    if found is None:
        raise _NotKnownError
    return found


def _bounded(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS:
        raise ExpressionError(Expected.RESULT)
    return value


def _divided(left: Fraction, right: Fraction) -> Fraction:
    if not right:
        raise ExpressionError(Expected.DIVISION)
    return left / right


def _rest(left: Fraction, right: Fraction) -> Fraction:
    if not right:
        raise ExpressionError(Expected.DIVISION)
    return left % right


def _raised(left: Fraction, right: Fraction) -> Fraction:
    if abs(right) > _LARGEST_EXPONENT or (not left and right < 0):
        raise ExpressionError(Expected.POWER.format(count=_LARGEST_EXPONENT))
    if right.denominator == 1:
        return left**right.numerator
    if left < 0:
        raise ExpressionError(Expected.ROOT)
    try:
        return Fraction(float(left) ** float(right))
    except OverflowError as error:
        raise ExpressionError(Expected.RESULT) from error


_OPERATORS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "add": lambda left, right: left + right,
    "sub": lambda left, right: left - right,
    "mul": lambda left, right: left * right,
    "div": _divided,
    "mod": _rest,
    "pow": _raised,
}
