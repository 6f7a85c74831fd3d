"""Records as rows of JSON and back, for the journal of a sandbox that keeps its state."""

from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from bridge_app.sandbox.journal import Row
from bridge_app.sandbox.photoshelter.records import (
    AccessRight,
    Container,
    CustomField,
    FileVersion,
    Holds,
    Media,
    Mode,
    Organization,
    Person,
    Role,
)

R = TypeVar("R", Organization, Person, Container, Media, CustomField)

TIMES = frozenset({"created_at", "modified_at", "uploaded_at", "trashed_at", "expires"})
TIMES_BY_NAME = frozenset({"added"})
WORDS = {"mode": Mode, "role": Role}


def as_row(record: object) -> Row:
    """The JSON of a record, without what is as usual."""
    row: Row = {}
    kind: type = type(record)
    for name, usual in _fields(kind):
        value = getattr(record, name)
        if usual is MISSING or value != usual:
            row[name] = _as_json(value)
    return row


def from_row(kind: type[R], row: Row) -> R:
    """The record of a row."""
    return kind(**{name: _from_json(kind, name, value) for name, value in row.items()})


def _as_json(value: object) -> object:
    """A field's value as JSON."""
    match value:
        case datetime():
            return value.isoformat()
        case tuple():
            return [_as_json(one) for one in value]
        case dict():
            return {name: _as_json(one) for name, one in value.items()}
        case _ if is_dataclass(value):
            return as_row(value)
        case _:
            return value


def _from_json(kind: type, name: str, value: Any) -> Any:
    """A field's value from JSON."""
    if kind is Container and name == "kind":
        return Holds(value)
    if name in WORDS:
        return WORDS[name](value)
    if name == "versions":
        return tuple(_nested(FileVersion, one) for one in value)
    if name == "rights":
        return tuple(_nested(AccessRight, one) for one in value)
    return _plain(name, value)


def _plain(name: str, value: Any) -> Any:
    """A field's value that holds no record."""
    if value is None:
        return None
    if name in TIMES or name == "license_expires_at":
        return datetime.fromisoformat(value)
    if name in TIMES_BY_NAME:
        return {one: datetime.fromisoformat(text) for one, text in value.items()}
    return tuple(value) if isinstance(value, list) else value


def _nested(kind: type, row: Row) -> Any:
    """A record inside another one."""
    return kind(**{name: _plain(name, value) for name, value in row.items()})


@cache
def _fields(kind: type) -> tuple[tuple[str, object], ...]:
    """The fields of a record, and what each is where nobody says; MISSING: it must be said."""
    return tuple((one.name, one.default) for one in fields(kind))
