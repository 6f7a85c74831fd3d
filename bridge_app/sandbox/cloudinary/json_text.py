"""JSON as clients send it. Pure."""

import json
import math
from typing import Any, NoReturn

MAX_DEPTH = 100
"""Lists in lists; what goes deeper could be walked by nobody."""


def parsed_json(text: str | bytes) -> Any:
    """What a text says.

    Raises:
        ValueError: It is no JSON, is nested too deep, or holds what no reply could tell again:
            a number without end, or half a letter.
    """
    try:
        value = json.loads(text, parse_constant=_refused, parse_float=_finite)
        # Of the letters beyond 16 bits a client may have escaped the one half alone.
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    _check_depth(value)
    return value


def _check_depth(value: object) -> None:
    level, depth = [value], 0
    while level := [one for one in level if isinstance(one, list | dict)]:
        depth += 1
        if depth > MAX_DEPTH:
            raise ValueError("nested too deep")
        level = [
            inner for one in level for inner in (one.values() if isinstance(one, dict) else one)
        ]


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is too large")
    return number
