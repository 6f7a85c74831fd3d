"""Text to transformation, losing nothing: `str(parse(text)) == text`."""

import re
from collections.abc import Iterator, Sequence
from functools import reduce

from bridge_app.domain.expectations import Expected
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.model import Component, Parameter, Transformation
from bridge_app.transform.spelling import meant_parameter, meant_values
from bridge_app.transform.values import REFUSABLE, read

_PARAMETER = re.compile(r"(\$+_*[A-Za-z][A-Za-z0-9]*|[a-z]{1,3})_(.+)", re.DOTALL)
# What stands between two exclamation marks is one string: in variables, conditions and gravities,
# and behind the names that fetch one. In public IDs and a text layer's words they are letters.
_STRING = re.compile(
    r"(?P<plain>(?:(?<=[,/])|^)(?:(?:[dlptu]|bl)_[^,/]*"
    r"|(?!\$|if_|g_)[^,/]*?(?=(?:ctx|md|ref):!|[,/]|$)))"
    r"|(?:(?<=_)|(?<=ctx:)|(?<=md:)|(?<=ref:))![^!]*!"
)


def parse(text: str) -> Transformation:
    """Read a transformation as it stands in a delivery URL: `c_fill,w_400,h_300/q_auto`.

    What we do not know (parameters, modes, layers, variables, conditions) is kept as it is;
    an empty component (`a//b`, a slash at either end) stays and does nothing. Commas and slashes
    inside a string (`$label_!a,b/c!`) separate nothing.

    Raises:
        TransformationError: The text is no transformation, or a number in it is none.
    """
    if not text:
        return Transformation(components=())
    return Transformation(
        components=tuple(
            Component(
                parameters=tuple(
                    _parameter(written, position) for position, written in pieces(",", part, start)
                )
                if part
                else ()
            )
            for start, part in pieces("/", text, 0)
        )
    )


def pieces(separator: str, text: str, start: int) -> Iterator[tuple[int, str]]:
    """What stands between separators, each piece with its position: `start` and what is before.

    Args:
        separator: A comma or a slash; one inside a string separates nothing.
        text: A transformation, a component of one, or a path that begins with one.
        start: Where `text` itself stands.
    """
    place = 0
    for piece in _STRING.sub(_hidden, text).split(separator):
        yield start + place, text[place : place + len(piece)]
        place += len(piece) + 1


def _hidden(match: re.Match[str]) -> str:
    """A string without the separators in it; as long as it was."""
    return match[0] if match["plain"] is not None else "!" * len(match[0])


def _one_of(names: Sequence[str]) -> str:
    return reduce(lambda one, other: Expected.EITHER.format(one=one, other=other), names)


def _parameter(written: str, position: int) -> Parameter:
    match = _PARAMETER.fullmatch(written)
    if not match:
        meant = meant_parameter(written)
        wanted = _one_of(meant) if meant else Expected.PARAMETER
        raise TransformationError(
            position=position, found=written, expected=wanted, suggestions=meant
        )
    key, text = match.groups()
    value = read(key, text)
    if value is None:
        name, wanted = REFUSABLE[key]
        raise TransformationError(
            position=position + len(key) + 1,
            found=text,
            expected=wanted,
            cloudinary=f"Invalid {name} in transformation: {text}",
            suggestions=meant_values(key, text),
        )
    return Parameter(key=key, text=text, value=value)
