"""Text to transformation, losing nothing: `str(parse(text)) == text`."""

import re
from collections.abc import Iterator

from bridge_app.transform.errors import TransformationError
from bridge_app.transform.model import Component, Parameter, Transformation
from bridge_app.transform.values import REFUSABLE, read

_PARAMETER = re.compile(r"(\$+_*[A-Za-z][A-Za-z0-9]*|[a-z]{1,3})_(.+)", re.DOTALL)
_PARAMETER_WANTED = "a parameter such as w_300"


def parse(text: str) -> Transformation:
    """Read a transformation as it stands in a delivery URL: `c_fill,w_400,h_300/q_auto`.

    What we do not know (parameters, modes, layers, variables, conditions) is kept as it is;
    an empty component (`a//b`, a slash at either end) stays and does nothing.

    Raises:
        TransformationError: The text is no transformation, or a number in it is none.
    """
    if not text:
        return Transformation(components=())
    return Transformation(
        components=tuple(
            Component(
                parameters=tuple(
                    _parameter(written, position) for position, written in _split(",", part, start)
                )
                if part
                else ()
            )
            for start, part in _split("/", text, 0)
        )
    )


def _split(separator: str, text: str, start: int) -> Iterator[tuple[int, str]]:
    """The pieces, each with its position in the whole text."""
    for piece in text.split(separator):
        yield start, piece
        start += len(piece) + 1


def _parameter(written: str, position: int) -> Parameter:
    match = _PARAMETER.fullmatch(written)
    if not match:
        raise TransformationError(position=position, found=written, expected=_PARAMETER_WANTED)
    key, text = match.groups()
    value = read(key, text)
    if value is None:
        name, wanted = REFUSABLE[key]
        raise TransformationError(
            position=position + len(key) + 1,
            found=text,
            expected=wanted,
            cloudinary=f"Invalid {name} in transformation: {text}",
        )
    return Parameter(key=key, text=text, value=value)
