"""The documents that a search found: in order, counted, and page by page.

Source: reference/cloudinary.md 5.1 and 5.2.
"""

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.json_text import parsed_json
from bridge_app.sandbox.cloudinary.paging import NO_CURSOR
from bridge_app.sandbox.cloudinary.search_fields import ASSET_FIELDS, pixels
from bridge_app.sandbox.cloudinary.search_match import Fields
from bridge_app.sandbox.cloudinary.search_request import Aggregation, Order
from bridge_app.sandbox.records import StoredAsset

D = TypeVar("D")
UNSORTED = frozenset({"score"})
"""All that is found is found equally well."""
NOT_SORTABLE = frozenset({"context"})
"""Sorting by these ends in the service's bare General Error (cloudinary_npm issue 684)."""


def in_order(documents: Iterable[D], orders: Sequence[Order], fields: Fields[D]) -> list[D]:
    """The documents sorted by the first order, then the next; what has no value comes last.

    Raises:
        CloudinaryError: A field cannot be sorted by.
    """
    found = list(documents)
    for order in reversed(orders):
        if order.field in UNSORTED:
            continue
        key = _sort_key(order, fields)
        found.sort(key=key, reverse=order.descending)
    return found


def _sort_key(order: Order, fields: Fields[D]) -> Callable[[D], tuple[bool, Any]]:
    group = order.field.partition(".")[0]
    field = fields.field(order.field)
    if group in NOT_SORTABLE:
        raise CloudinaryError(500, "General Error")
    if field is None:
        raise bad_request(f"Invalid value for sort_by: {order.field}")
    read = field.read

    def key(document: D) -> tuple[bool, Any]:
        value = next(iter(read(document)), None)
        if value is None:
            return (not order.descending, 0)
        shown = value.timestamp() if isinstance(value, datetime) else value
        return (order.descending, shown)

    return key


def page(
    found: Sequence[D], cursor: str, limit: int, identity: Callable[[D], str]
) -> tuple[Sequence[D], str | None]:
    """The documents after the cursor, and the cursor behind them; None when there are no more.

    A cursor names the last document shown and its place: if that one is gone meanwhile, the page
    begins at the place.

    Raises:
        CloudinaryError: 400, the cursor is none of ours.
    """
    start = _start(found, cursor, identity)
    shown = found[start : start + limit]
    end = start + len(shown)
    if end >= len(found):
        return shown, None
    return shown, base64.urlsafe_b64encode(json.dumps([end, identity(shown[-1])]).encode()).decode()


def _start(found: Sequence[D], cursor: str, identity: Callable[[D], str]) -> int:
    if not cursor:
        return 0
    try:
        place, last = parsed_json(base64.urlsafe_b64decode(cursor))
    except (ValueError, TypeError) as error:
        raise bad_request(NO_CURSOR) from error
    if not isinstance(place, int) or place < 0:
        raise bad_request(NO_CURSOR)
    if 0 < place <= len(found) and identity(found[place - 1]) == last:
        return place
    places = (at + 1 for at, one in enumerate(found) if identity(one) == last)
    return next(places, min(place, len(found)))


def counts(found: Iterable[StoredAsset], aggregation: Aggregation) -> dict[str, int]:
    """How many results there are of each value of a field, or in each range of its values."""
    counted = {one.key: 0 for one in aggregation.ranges}
    for asset in found:
        value = _counted(asset, aggregation.field)
        if value is None:
            continue
        if not aggregation.ranges:
            counted[value] = counted.get(value, 0) + 1
        for one in aggregation.ranges:
            above = one.low is None or value >= one.low
            if above and (one.high is None or value < one.high):
                counted[one.key] += 1
    return counted


def _counted(asset: StoredAsset, name: str) -> Any:
    """The value of a field that results are counted by."""
    kind, _, measure = name.partition("_")
    if measure == "pixels":
        return pixels(asset) if asset.resource_type == kind else None
    return next(iter(ASSET_FIELDS[name].read(asset)), None)
