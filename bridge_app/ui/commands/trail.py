"""Where a person has been, like a browser: back, forward, and to any of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bridge_app.domain.query import Query

S = TypeVar("S")
MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Generic[S]):
    """What was shown, and how it was left: what was chosen, and how far it was scrolled."""

    query: Query
    seat: S | None = None


class Trail(Generic[S]):
    """The visits of one window. What is typed letter by letter is one of them."""

    def __init__(self) -> None:
        self._visits: list[Visit[S]] = []
        self._here = -1

    @property
    def here(self) -> Visit[S] | None:
        """What is shown now."""
        return self._visits[self._here] if self._visits else None

    @property
    def behind(self) -> tuple[Visit[S], ...]:
        """Where one can go back to, the nearest first."""
        return tuple(reversed(self._visits[: max(0, self._here)]))

    @property
    def ahead(self) -> tuple[Visit[S], ...]:
        """Where one can go forward to, the nearest first."""
        return tuple(self._visits[self._here + 1 :])

    def visit(self, query: Query) -> None:
        """Something is shown. What lay ahead is forgotten, unless this is the same visit."""
        here = self.here
        if here is not None and _is_same(here.query, query):
            self._visits[self._here] = replace(here, query=query)
            return
        self._visits = [*self._visits[: self._here + 1], Visit(query=query)][-MOST:]
        self._here = len(self._visits) - 1

    def leave(self, seat: S) -> None:
        """How the visit that is shown now is left."""
        here = self.here
        if here is not None:
            self._visits[self._here] = replace(here, seat=seat)

    def go(self, steps: int) -> Visit[S] | None:
        """Go so many visits forward, or back if it is less than nothing; None if there is none."""
        if steps and 0 <= self._here + steps < len(self._visits):
            self._here += steps
            return self.here
        return None

    def drop(self, is_gone: Callable[[Query], bool]) -> None:
        """Forget visits of places that are not there any more."""
        here = self.here
        kept = [one for one in self._visits if one is here or not is_gone(one.query)]
        self._here = next((n for n, one in enumerate(kept) if one is here), -1)
        self._visits = kept


def _is_same(before: Query, after: Query) -> bool:
    """Is it one visit: in another order, or with the next letter of a word?"""
    sorted_alike = replace(
        after,
        text=before.text,
        sort=before.sort,
        descending=before.descending,
        environment=before.environment,
    )
    if sorted_alike != before:
        return False
    if before.text == after.text:
        return True
    grows = after.text.startswith(before.text) or before.text.startswith(after.text)
    return grows and bool(before.text) and bool(after.text)
