"""Our model and the options of the official SDKs, both ways.

`from_options` writes what `cloudinary.utils.generate_transformation_string` writes, and
`to_options` finds options for which that function writes our text again. Source:
reference/cloudinary.md, 9.1; compared with the SDK itself in the tests.
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.transform.model import Component, Parameter, Transformation
from bridge_app.transform.parse import parse
from bridge_app.transform.sdk_expressions import written_expression
from bridge_app.transform.sdk_layers import written_layer
from bridge_app.transform.vocabulary import KEYS

Options = Mapping[str, object]
OptionValue = str | int | list[str] | list[list[str]]
_Writer = Callable[[object], object]
_PLAIN = ("ac", "af", "br", "c", "cs", "d", "dl", "dn", "f", "g", "p", "pg", "sp", "vs")
_TIME = re.compile(r"((?:\d+\.)?\d+)([%pP]?)")
_OFFSET = re.compile(r"((?:\d+\.)?\d+[%pP]?)\.\.((?:\d+\.)?\d+[%pP]?)")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
_LISTED = {"fl": ".", "t": "."}
_MOST_CORNERS = 4


def from_options(options: Options | str | Sequence[Options | str]) -> Transformation:
    """The transformation that the SDK's options stand for; of a list, each in turn.

    Plain texts are names of named transformations. Options that do not change the delivered
    picture are left aside, as the SDK does.

    Raises:
        InvalidInputError: An option cannot be written, such as a layer without an asset.
        TransformationError: The options say what no transformation can.
    """
    own = options if isinstance(options, Mapping) else {"transformation": options}
    return parse(_written(own))


def to_options(transformation: Transformation) -> list[dict[str, OptionValue]]:
    """Options that the SDK writes as this very transformation, one dictionary a component.

    A component that no options bring about (the SDK sorts its parameters, and Cloudinary caches
    by the literal text) is a `raw_transformation`. Empty components are left out.
    """
    return [_options(c) for c in transformation.components if c.parameters]


def _options(component: Component) -> dict[str, OptionValue]:
    found: dict[str, OptionValue] = {}
    variables: list[list[str]] = []
    for parameter in component.parameters:
        if parameter.key.startswith("$"):
            variables.append([parameter.key, parameter.text])
        elif parameter.key in KEYS:
            found[KEYS[parameter.key].option] = _option(parameter)
    if variables:
        found["variables"] = variables
    text = str(component)
    return found if _brings(found, text) else {"raw_transformation": text}


def _brings(options: Options, text: str) -> bool:
    try:
        return _written(options) == text
    except InvalidInputError:
        return False


def _option(parameter: Parameter) -> OptionValue:
    text = parameter.text
    if parameter.key in _LISTED and "." in text:
        return text.split(_LISTED[parameter.key])
    return int(text) if _WHOLE.fullmatch(text) else text


def _written(options: Options) -> str:
    """The whole text: what comes before, then the options' own component."""
    before, named = _before(options.get("transformation"))
    parameters: list[tuple[str, object]] = [*_parameters(options), ("t", named)]
    own = sorted(f"{code}_{value}" for code, value in parameters if value or value == 0)
    variables = ",".join(_variables(options))
    condition = written_expression(options.get("if")) if options.get("if") is not None else None
    raw = options.get("raw_transformation")
    pieces = (
        *(() if condition is None else (f"if_{condition}",)),
        *((variables,) if variables else ()),
        *own,
        *((str(raw),) if raw or raw == 0 else ()),
    )
    after = "c_limit,w_auto" if options.get("responsive_width") else ""
    return "/".join(filter(None, (*before, ",".join(pieces), after)))


def _before(given: object) -> tuple[list[str], str]:
    """The chain in front of the options, or the names of named transformations."""
    listed = _listed(given)
    if any(isinstance(each, Mapping) for each in listed):
        written = (
            _written(each if isinstance(each, Mapping) else {"transformation": each})
            for each in listed
        )
        return list(written), ""
    return [], ".".join(map(str, listed))


def _parameters(options: Options) -> Iterator[tuple[str, object]]:
    sides = _sides(options)
    start, end = _offsets(options)
    for code, key in KEYS.items():
        given = sides.get(key.option, options.get(key.option))
        if code in _PLAIN:
            yield code, given
        elif code in _WRITERS:
            yield code, _WRITERS[code](given)
    function, before = options.get("custom_function"), options.get("custom_pre_function")
    yield "fn", _function(function) or (f"pre:{_function(before)}" if before else None)
    yield "so", written_expression(start)
    yield "eo", written_expression(end)


def _sides(options: Options) -> dict[str, object]:
    size = options.get("size")
    if not size:
        return {}
    width, by, height = str(size).partition("x")
    if not by or "x" in height:
        raise _wrong("size is written as 300x200")
    return {"width": width, "height": height}


def _offsets(options: Options) -> tuple[object, object]:
    """Start and end of a video; what is no time stays as it is."""
    offset, start, end = (options.get(key) for key in ("offset", "start_offset", "end_offset"))
    bounds = _bounds(offset)
    if bounds:
        return "auto" if bounds[0] == "auto" else _time(bounds[0]), _time(bounds[1])
    return _time(start) or start, _time(end) or end


def _bounds(offset: object) -> tuple[object, object] | None:
    if isinstance(offset, list | tuple) and len(offset) > 1:
        return offset[0], offset[-1]
    match = _OFFSET.fullmatch(offset) if isinstance(offset, str) else None
    return (match[1], match[2]) if match else None


def _time(value: object) -> str | None:
    match = _TIME.fullmatch(str(value))
    return match[1] + ("p" if match[2] else "") if match else None


def _variables(options: Options) -> Iterator[str]:
    """Those given as options in the order of their text, then the list as it is."""
    yield from sorted(
        f"{name}_{written_expression(str(value))}"
        for name, value in options.items()
        if name.startswith("$")
    )
    given = options.get("variables")
    for pair in given if isinstance(given, list | tuple) else ():
        yield f"{pair[0]}_{written_expression(str(pair[1]))}"


def _listed(value: object) -> list[object]:
    if isinstance(value, list | tuple):
        return list(value)
    return [] if value is None else [value]


def _angle(value: object) -> str:
    return written_expression(".".join(map(str, _listed(value))))


def _aspect_ratio(value: object) -> str:
    if isinstance(value, Fraction):
        return f"{value.numerator}:{value.denominator}"
    return written_expression(value)


def _colour(value: object) -> str:
    return str(value or "").replace("#", "rgb:")


def _border(value: object) -> object:
    if isinstance(value, Mapping):
        return f"{value.get('width', 2)}px_solid_{_colour(value.get('color', 'black'))}"
    return value


def _effect(value: object) -> str:
    if isinstance(value, Mapping):
        value = list(next(iter(value.items())))
    return written_expression(":".join(map(str, value)) if isinstance(value, list) else value)


def _flags(value: object) -> str:
    return ".".join(map(str, _listed(value)))


def _duration(value: object) -> str:
    return written_expression(_time(value))


def _frames(value: object) -> object:
    if isinstance(value, list | tuple):
        return "-".join(map(written_expression, value))
    return value


def _key_frames(value: object) -> object:
    if isinstance(value, int | float):
        if value <= 0:
            raise _wrong("keyframe_interval is above 0")
        return str(float(value))
    return value


def _radius(value: object) -> str:
    if isinstance(value, list | tuple):
        if not 1 <= len(value) <= _MOST_CORNERS:
            raise _wrong("radius has one to four corners")
        return ":".join(map(written_expression, value))
    return written_expression(value)


def _video_codec(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    if "codec" not in value:
        raise _wrong("video_codec names a codec")
    parts = [value["codec"]]
    if "profile" in value:
        parts.append(value["profile"])
        if "level" in value:
            parts.append(value["level"])
            if value.get("b_frames") is False:
                parts.append("bframes_no")
    return ":".join(map(str, parts))


def _function(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    kind, source = str(value.get("function_type")), str(value.get("source"))
    if kind == "remote":
        source = urlsafe_b64encode(source.encode()).decode("ascii")
    return f"{kind}:{source}"


_WRITERS: Mapping[str, _Writer] = {
    **dict.fromkeys(("dpr", "h", "o", "q", "w", "x", "y", "z"), written_expression),
    "a": _angle,
    "ar": _aspect_ratio,
    "b": _colour,
    "bo": _border,
    "co": _colour,
    "du": _duration,
    "e": _effect,
    "fl": _flags,
    "fps": _frames,
    "ki": _key_frames,
    "l": written_layer,
    "r": _radius,
    "u": written_layer,
    "vc": _video_codec,
}


def _wrong(detail: str) -> InvalidInputError:
    return InvalidInputError(what=QT_TRANSLATE_NOOP("facts", "The options"), detail=detail)
