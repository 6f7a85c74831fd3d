"""Records of version 3: named by a capitalised noun, restricted by `fields`, joined by `extend`.

Source: reference/photoshelter.md 14.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from bridge_app.sandbox.photoshelter.calls import ShelterCall
from bridge_app.sandbox.photoshelter.errors import bad_request
from bridge_app.sandbox.photoshelter.paging import window

T = TypeVar("T")

Record = dict[str, Any]
DEEPEST = 4
"""Joins within joins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a call wants of a record: these fields (none: all), and these records along with it."""

    fields: frozenset[str] = frozenset()
    params: Mapping[str, str] = field(default_factory=dict)
    joins: Mapping[str, "Wanted"] = field(default_factory=dict)

    def of(self, record: Record) -> Record:
        """The fields that are wanted."""
        return {name: one for name, one in record.items() if not self.fields or name in self.fields}

    def joined(self, known: Mapping[str, Callable[["Wanted"], Any]]) -> Record:
        """The records that are wanted along, by their names; what nobody knows is left out."""
        return {name: known[name](one) for name, one in self.joins.items() if name in known}


def wanted(call: ShelterCall) -> Wanted:
    """What the call says in `fields` and `extend`.

    Raises:
        ShelterError: 400, `extend` is no JSON of the known shape.
    """
    text = call.fields.text("extend")
    try:
        joins = json.loads(text) if text else {}
    except (ValueError, RecursionError) as error:
        raise bad_request("extend is no JSON") from error
    return Wanted(fields=frozenset(call.fields.words("fields")), joins=_joins(joins, DEEPEST))


def _joins(value: Any, depth: int) -> dict[str, Wanted]:
    if not isinstance(value, dict) or not depth:
        raise bad_request("extend names records, each with fields, params or extend")
    return {str(name): _wanted(one, depth) for name, one in value.items()}


def _wanted(value: Any, depth: int) -> Wanted:
    said = value if isinstance(value, dict) else {}
    params = said.get("params")
    return Wanted(
        fields=frozenset(part for part in str(said.get("fields") or "").split(",") if part),
        params={str(name): str(one) for name, one in params.items()}
        if isinstance(params, dict)
        else {},
        joins=_joins(said.get("extend") or {}, depth - 1),
    )


def a_page(call: ShelterCall, items: Sequence[T]) -> tuple[Sequence[T], Record]:
    """A page of items, and the record that tells whether there are more."""
    asked = window(call)
    there = items[asked.start : asked.start + asked.per_page]
    told: Record = {"page": asked.page, "per_page": asked.per_page, "total": len(items)}
    if asked.start + asked.per_page < len(items):
        told["next"] = asked.page + 1
    return there, {"Paging": told}


def flag(value: bool | None) -> str | None:  # noqa: FBT001 - a value, not a switch
    """A yes or no, as version 3 says it."""
    return None if value is None else "t" if value else "f"


def time_of(at: datetime) -> str:
    """A moment without its zone, which is the session's."""
    return at.strftime("%Y-%m-%d %H:%M:%S")
