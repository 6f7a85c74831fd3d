"""Pages of a listing: so many items, and a cursor to the next ones."""

import base64
import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeVar

from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request
from bridge_app.sandbox.cloudinary.json_text import parsed_json
from bridge_app.sandbox.cloudinary.params import Params

T = TypeVar("T")
DEFAULT_RESULTS = 10
MAX_RESULTS = 500
NO_CURSOR = "Invalid value for next_cursor"
"""What is said of a cursor that the listing never gave."""

SortKey = tuple[str | int, ...]
"""What a listing is ordered by; no two items share one."""


def page(
    items: Iterable[T], key: Callable[[T], SortKey], params: Params, *, descending: bool = False
) -> tuple[list[T], str | None]:
    """The items of one page, and the cursor to the next; None when there are no more.

    The cursor names the last item shown, so that what comes or goes meanwhile shifts nothing.

    Raises:
        CloudinaryError: 400, a parameter of the page is wrong.
    """
    limit = _limit(params)
    after = _decoded(params.text("next_cursor"))
    ordered = sorted(items, key=key, reverse=descending)
    if after is not None:
        try:
            ordered = [one for one in ordered if _follows(key(one), after, descending=descending)]
        except TypeError as error:
            raise bad_request(NO_CURSOR) from error
    shown = ordered[:limit]
    return shown, cursor_at(key(shown[-1])) if len(ordered) > limit else None


def page_in_order(
    items: Sequence[T],
    key: Callable[[T], SortKey],
    wanted: Callable[[T], bool],
    params: Params,
    *,
    descending: bool,
) -> tuple[list[T], str | None]:
    """The same as `page` for `items` that are in the order of `key` already.

    It looks at no more items than it must: of a hundred thousand, a listing asks for all pages.

    Raises:
        CloudinaryError: 400, a parameter of the page is wrong.
    """
    limit = _limit(params)
    after = _decoded(params.text("next_cursor"))
    start, end = _span(items, key, after, descending=descending)
    places = range(end - 1, -1, -1) if descending else range(start, end)
    rest = (items[place] for place in places)
    shown = list(islice(filter(wanted, rest), limit + 1))
    return shown[:limit], cursor_at(key(shown[limit - 1])) if len(shown) > limit else None


def _span(
    items: Sequence[T],
    key: Callable[[T], SortKey],
    after: SortKey | None,
    *,
    descending: bool,
) -> tuple[int, int]:
    """Where the items are that have not been shown."""
    if after is None:
        return 0, len(items)
    try:
        if descending:
            return 0, bisect_left(items, after, key=key)
        return bisect_right(items, after, key=key), len(items)
    except TypeError as error:
        raise bad_request(NO_CURSOR) from error


def is_cursor(text: str) -> bool:
    """Whether a text is a cursor of ours."""
    try:
        return _decoded(text) is not None
    except CloudinaryError:
        return False


def _follows(key: SortKey, after: SortKey, *, descending: bool) -> bool:
    return key < after if descending else key > after


def _limit(params: Params) -> int:
    """How many items a page has."""
    return min(params.number("max_results", DEFAULT_RESULTS, least=1), MAX_RESULTS)


def cursor_at(key: SortKey) -> str:
    """The cursor that names an item as the last one shown."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode()


def _decoded(cursor: str) -> SortKey | None:
    """The key a cursor holds; None for the first page."""
    if not cursor:
        return None
    try:
        key = parsed_json(base64.urlsafe_b64decode(cursor))
    except ValueError as error:
        raise bad_request(NO_CURSOR) from error
    # A key of nothing precedes every other one, a truth counts as a number.
    if not isinstance(key, list) or not key or not all(type(one) in {str, int} for one in key):
        raise bad_request(NO_CURSOR)
    return tuple(key)
