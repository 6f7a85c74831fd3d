"""Where a mirror and its environment disagree: found by counting halves, not by listing all."""

from collections.abc import Callable, Iterator

from bridge_app.delivery.listing import PAGE, Listing, created_within
from bridge_app.storage.cloud_mirror import CloudMirror

ALWAYS = ("1970-01-01T00:00:00Z", "9999-12-31T00:00:00Z")
QUESTIONS = 40
"""Counts asked for at most; what is not narrowed down by then is listed."""


class Differences:
    """Looks for spans of creation in which the service counts something else than the mirror."""

    def __init__(self, listing: Listing, mirror: CloudMirror, *, check: Callable[[], None]) -> None:
        self._listing = listing
        self._mirror = mirror
        self._environment = listing.environment
        self._check = check
        self._left = QUESTIONS

    def spans(self, total: int) -> Iterator[tuple[str, str]]:
        """Spans (from, before) to be listed; `total` is what the service counts in all."""
        yield from self._within(*ALWAYS, total)

    def _within(self, start: str, end: str, there: int) -> Iterator[tuple[str, str]]:
        here = self._mirror.created_within(self._environment, start, end)
        if here == there:
            return
        middle = self._mirror.middle(self._environment, start, end)
        is_small = max(here, there) <= PAGE
        if is_small or middle is None or middle <= start or not self._left:
            yield start, end
            return
        self._check()
        self._left -= 1
        earlier = self._listing.count(created_within(start, middle))
        yield from self._within(start, middle, earlier)
        yield from self._within(middle, end, there - earlier)
