"""Expressions as the official SDKs let people write them: `width > 100 && faceCount = 1`.

Source: reference/cloudinary.md, 9.1. The SDK replaces a word wherever it stands, not only where
it is one, and so does this: what it sends is what counts.
"""

import re
from collections.abc import Mapping

_OPERATORS: Mapping[str, str] = {
    "=": "eq",
    "!=": "ne",
    "<": "lt",
    ">": "gt",
    "<=": "lte",
    ">=": "gte",
    "&&": "and",
    "||": "or",
    "*": "mul",
    "/": "div",
    "+": "add",
    "-": "sub",
    "^": "pow",
}
# In the order in which the SDK tries them.
_LONG_NAMES: Mapping[str, str] = {
    "aspect_ratio": "ar",
    "current_page": "cp",
    "face_count": "fc",
    "height": "h",
    "initial_aspect_ratio": "iar",
    "trimmed_aspect_ratio": "tar",
    "initial_height": "ih",
    "initial_width": "iw",
    "page_count": "pc",
    "page_x": "px",
    "page_y": "py",
    "tags": "tags",
    "width": "w",
    "duration": "du",
    "initial_duration": "idu",
    "illustration_score": "ils",
    "context": "ctx",
}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


_NAMES = {written: code for name, code in _LONG_NAMES.items() for written in (name, _camel(name))}
_REPLACED = re.compile(
    r"(?:\|\||>=|<=|&&|!=|[><=/+*^-])(?=[ _])|\$_*[^_ ]+|(?<![$:])(?:" + "|".join(_NAMES) + ")"
)
_STRING = re.compile(r"!.+!$")


def written_expression(value: object) -> str:
    """The text that stands for a value in a transformation; "" for None and empty text.

    A string between exclamation marks stays as it is.
    """
    text = "" if value is None else str(value)
    if _STRING.match(text):
        return text
    return re.sub("[ _]+", "_", _REPLACED.sub(_short, text))


def _short(match: re.Match[str]) -> str:
    word = match[0]
    return _OPERATORS.get(word) or _NAMES.get(word, word)
