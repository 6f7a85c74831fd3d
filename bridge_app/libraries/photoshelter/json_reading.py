"""JSON of which one value cannot be read: that value is marked, and the others are told.

A number without end or brackets without number in one record must not cost a whole page.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

LONGEST_NUMBER = 4_000
"""Digits; Python refuses more than 4,300."""
DEEPEST = 100
"""Levels of brackets; what is nested deeper than that is not read."""
TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)


class Unreadable:
    """Stands where a value could not be read; it is of no type that anybody takes."""

    __slots__ = ()


UNREADABLE = Unreadable()


def parsed(body: bytes) -> Any:
    """What is told, with `UNREADABLE` in the place of what cannot be read. Raises ValueError."""
    try:
        told = body.decode(json.detect_encoding(body), "surrogatepass")
    except UnicodeDecodeError:
        told = body.decode("utf-8", "replace")
    try:
        return _loaded(told)
    except RecursionError:
        return _loaded(_shallow(told))


def unreadable_in(value: object) -> bool:
    """Is there anything in it that could not be read?"""
    return any(isinstance(one, Unreadable) for one in _values(value))


def _loaded(told: str) -> Any:
    return json.loads(told, parse_int=_number, parse_constant=lambda _: UNREADABLE, strict=False)


def _number(digits: str) -> int | Unreadable:
    return int(digits) if len(digits) <= LONGEST_NUMBER else UNREADABLE


def _shallow(told: str) -> str:
    """The same without what is nested too deeply: there is a constant that cannot be read."""
    kept: list[str] = []
    depth, start = 0, 0
    for token in TOKEN.finditer(told):
        if token[0] in ("[", "{"):
            depth += 1
            if depth == DEEPEST + 1:
                kept += (told[start : token.start()], "NaN")
        elif token[0] in ("]", "}"):
            if depth == DEEPEST + 1:
                start = token.end()
            depth -= 1
    if depth:
        raise ValueError("its brackets do not match")
    return "".join((*kept, told[start:]))


def _values(value: object) -> Iterator[object]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
