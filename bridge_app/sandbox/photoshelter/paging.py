"""Pages of listings, and their order.

Source: reference/photoshelter.md 5, "Paging" and "Sorting".
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from bridge_app.sandbox.photoshelter.calls import ShelterCall
from bridge_app.sandbox.photoshelter.errors import bad_request

T = TypeVar("T")

MOST_PER_PAGE = 500
USUAL_PER_PAGE = 50
LAST_PAGE = 999
SECRETS = frozenset({"api_key", "auth_token", "password", "token"})
"""What does not come back in the addresses of other pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which page is asked for, and how long pages are; pages count from 1."""

    page: int
    per_page: int

    @property
    def start(self) -> int:
        """How many items stand on the pages before."""
        return (self.page - 1) * self.per_page


def window(call: ShelterCall) -> Window:
    """What the call asks for; page 0 is page 1.

    Raises:
        ShelterError: 400, it is no number, or beyond the last page that is served.
    """
    page = _number(call, "page", 1)
    if page > LAST_PAGE:
        raise bad_request(f"page must be at most {LAST_PAGE}", error_id="PageOutOfRangeException")
    per_page = _number(call, "per_page", USUAL_PER_PAGE)
    return Window(page=max(page, 1), per_page=min(max(per_page, 1), MOST_PER_PAGE))


def paged(call: ShelterCall, items: Sequence[T]) -> tuple[Sequence[T], dict[str, Any]]:
    """The items of the page that is asked for, and what `meta` says of paging."""
    asked = window(call)
    there = items[asked.start : asked.start + asked.per_page]
    return there, paging_meta(call, asked, total=len(items))


def paging_meta(call: ShelterCall, asked: Window, *, total: int) -> dict[str, Any]:
    """What `meta` says of paging: the number of items, and the addresses of other pages."""
    last = max(-(-total // asked.per_page), 1)
    found: dict[str, Any] = {
        "total": total,
        "page": asked.page,
        "first": _address(call, 1, asked.per_page),
        "last": _address(call, last, asked.per_page),
    }
    if asked.page < last:
        found["next"] = _address(call, asked.page + 1, asked.per_page)
    if asked.page > 1:
        found["prev"] = _address(call, asked.page - 1, asked.per_page)
    return {"paging": found}


def ordered(
    call: ShelterCall, items: Sequence[T], keys: Mapping[str, Callable[[T], Any]]
) -> list[T]:
    """The items in the order that `sort_by` and `sort_direction` ask for; else as they are.

    Raises:
        ShelterError: 400, there is no such order.
    """
    name = call.fields.text("sort_by")
    direction = call.fields.text("sort_direction", "ascending")
    if direction not in {"ascending", "descending"}:
        raise bad_request("sort_direction must be ascending or descending")
    if not name:
        return list(items)
    if name not in keys:
        raise bad_request(f"sort_by must be one of {', '.join(keys)}")
    return sorted(items, key=keys[name], reverse=direction == "descending")


def _number(call: ShelterCall, name: str, usual: int) -> int:
    text = call.fields.text(name)
    if not text:
        return usual
    try:
        return int(text[:9])
    except ValueError as error:
        raise bad_request(f"{name} must be a number") from error


def _address(call: ShelterCall, page: int, per_page: int) -> str:
    """This call for another page."""
    said = {
        name: call.fields.texts[name] for name in sorted(call.fields.query) if name not in SECRETS
    }
    query = urlencode({**said, "page": page, "per_page": per_page})
    path = quote(call.request.scope["path"], safe="/.")
    return f"{call.url(path)}?{query}"
