"""What parent and child say to each other: frames of JSON and bytes, checked on arrival.

The child reads hostile files and is not trusted: nothing it sends is unpickled or evaluated, and
a frame that is not exactly what was agreed ends it.

A frame is the length of its header (4 bytes, big endian), the header (a JSON object whose
`size` counts the bytes that follow it), and these bytes.
"""

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields
from enum import Enum, EnumType
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from bridge_app.domain.metadata_fields import FieldValue

HEADER_BYTES = 16 << 20
PREFIX_BYTES = 4

T = TypeVar("T")
Header = dict[str, Any]


class WireError(Exception):
    """The other side broke the protocol."""


def frame(header: Header, blob: bytes = b"") -> bytes:
    """The bytes of one frame, without `blob`, which follows them."""
    text = json.dumps({**header, "size": len(blob)}).encode()
    return len(text).to_bytes(PREFIX_BYTES, "big") + text


def read_frame(read: Callable[[int], bytes], *, blob_bytes: int) -> tuple[Header, bytes]:
    """One frame through `read(n)`, which returns exactly n bytes or raises.

    Raises WireError when the frame is malformed or larger than agreed.
    """
    length = int.from_bytes(read(PREFIX_BYTES), "big")
    if length > HEADER_BYTES:
        raise WireError("header too long")
    try:
        header = json.loads(read(length))
    except (ValueError, RecursionError) as error:
        raise WireError("header is not JSON") from error
    if not isinstance(header, dict):
        raise WireError("header is not an object")
    size = header.get("size")
    if type(size) is not int or not 0 <= size <= blob_bytes:
        raise WireError("size out of bounds")
    return header, read(size) if size else b""


def to_json(value: Any) -> Header:
    """A frozen value as a JSON object; `bytes` fields are left out, they travel as the blob."""
    items = asdict(value).items()
    return {
        name: item.value if isinstance(item, Enum) else item
        for name, item in items
        if not isinstance(item, bytes)
    }


def from_json(cls: type[T], raw: object, **given: object) -> T:
    """The frozen value that `raw` describes, every field's type checked.

    Args:
        cls: A dataclass of scalars, enums, tuples of text, and records of field values.
        raw: What arrived.
        **given: Fields that do not travel in the header.

    Raises:
        WireError: A field is missing, unknown or of another type.
    """
    if not isinstance(raw, dict):
        raise WireError(f"{cls.__name__} is not an object")
    hints = _hints(cast("type", cls))
    values = dict(given)
    for field in fields(cls):  # type: ignore[arg-type]  # T is a dataclass by contract
        if field.name in given:
            continue
        if field.name in raw:
            values[field.name] = _checked(hints[field.name], raw[field.name])
        elif field.default is MISSING:
            raise WireError(f"{cls.__name__}.{field.name} is missing")
    if unknown := raw.keys() - hints.keys():
        raise WireError(f"{cls.__name__} has no {sorted(map(str, unknown))}")
    return cls(**values)


def record_from(value: object) -> dict[str, FieldValue]:
    """The record of field values that arrived. Raises WireError."""
    if not isinstance(value, dict):
        raise WireError("a record is not an object")
    return {str(name): _field_value(one) for name, one in value.items()}


def _field_value(value: object) -> FieldValue:
    if value is None or type(value) in (str, int):
        return cast("FieldValue", value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise WireError(f"{value!r:.80} is no value of a field")


@cache
def _hints(cls: type) -> dict[str, Any]:
    """The types of a class's fields; finding them takes longer than checking by them."""
    return get_type_hints(cls)


def _checked(hint: Any, value: object) -> object:
    if get_origin(hint) in (Union, types.UnionType):
        inner = [option for option in get_args(hint) if option is not types.NoneType]
        return None if value is None else _checked(inner[0], value)
    if get_origin(hint) is Mapping:
        return record_from(value)
    if get_origin(hint) is tuple:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
    elif hint is float and type(value) in (int, float):
        return float(value)  # type: ignore[arg-type]  # just tested
    elif hint in (int, str, bool):
        if type(value) is hint:
            return value
    elif isinstance(hint, EnumType):
        members = {member.value: member for member in cast("type[Enum]", hint)}
        if isinstance(value, (str, int)) and value in members:
            return members[value]
    raise WireError(f"{value!r:.80} is not {hint}")
