"""A search as a client asks for it, read from a JSON body, a form or a query.

Source: reference/cloudinary.md 5.1.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.json_text import parsed_json
from bridge_app.sandbox.cloudinary.paging import MAX_RESULTS
from bridge_app.sandbox.cloudinary.params import Params

DEFAULT_RESULTS = 50
COUNTED = frozenset({"format", "type", "resource_type"})
MEASURED = frozenset({"bytes", "image_pixels", "video_pixels", "duration"})
DIRECTIONS = frozenset({"asc", "desc"})


@dataclass(frozen=True, slots=True)
class Order:
    """One field that results are sorted by."""

    field: str
    descending: bool


@dataclass(frozen=True, slots=True)
class Range:
    """Values from `low` on and below `high`, counted under `key`; None for no bound."""

    key: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Aggregation:
    """A count of results by a field's values, or by ranges of them."""

    field: str
    ranges: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """What to look for, and what to tell of it."""

    expression: str
    orders: tuple[Order, ...]
    limit: int
    cursor: str
    with_field: frozenset[str]
    fields: frozenset[str]
    aggregations: tuple[Aggregation, ...]

    @classmethod
    def of(cls, params: Params) -> "SearchRequest":
        """From the parameters of a request.

        Raises:
            CloudinaryError: 400, one of them is not valid.
        """
        return cls(
            expression=params.text("expression"),
            orders=tuple(map(_order, _items(params, "sort_by"))),
            limit=params.number("max_results", DEFAULT_RESULTS, least=1, most=MAX_RESULTS),
            cursor=params.text("next_cursor"),
            with_field=frozenset(params.csv("with_field")),
            fields=frozenset(params.csv("fields")),
            aggregations=tuple(map(_aggregation, _items(params, "aggregate"))),
        )


def _items(params: Params, name: str) -> Iterable[Any]:
    """The values of a parameter that may be texts or JSON objects."""
    for text in params.array(name):
        try:
            item = parsed_json(text)
        except ValueError:
            item = text
        if isinstance(item, Mapping) and name == "sort_by":
            yield from ({field: direction} for field, direction in item.items())
        else:
            yield item


def _order(given: object) -> Order:
    """`{"created_at": "desc"}`, or `created_at: desc`, or `created_at`."""
    if isinstance(given, Mapping):
        field, direction = next(iter(given.items()), ("", ""))
    else:
        field, _, direction = str(given).partition(":")
    direction = str(direction or "desc").strip().lower()
    if not str(field).strip() or direction not in DIRECTIONS:
        raise _invalid("sort_by", given)
    return Order(str(field).strip(), descending=direction == "desc")


def _aggregation(given: object) -> Aggregation:
    if isinstance(given, str) and given in COUNTED:
        return Aggregation(str(given))
    if isinstance(given, Mapping) and str(given.get("type")) in MEASURED:
        ranges = given.get("ranges")
        if isinstance(ranges, list) and ranges:
            return Aggregation(str(given["type"]), tuple(map(_range, ranges)))
    raise _invalid("aggregate", given)


def _range(given: object) -> Range:
    if not isinstance(given, Mapping) or not given.get("key"):
        raise _invalid("aggregate", given)
    low, high = given.get("from"), given.get("to")
    if not all(isinstance(bound, int | float | None) for bound in (low, high)):
        raise _invalid("aggregate", given)
    return Range(str(given["key"]), low, high)


def _invalid(name: str, value: object) -> CloudinaryError:
    shown = value if isinstance(value, str) else json.dumps(value)
    return bad_request(f"Invalid value for {name}: {shown}")
