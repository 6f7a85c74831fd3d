"""Where a mirror and its service disagree: found by counting halves, not by listing all."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from bridge_app.libraries.photoshelter.values import MediaWindow
from bridge_app.storage.shelter_mirror import ShelterMirror
from bridge_app.work.shelter_keep import ShelterListing

ALWAYS = ("1970-01-01T00:00:00Z", "9999-12-31T00:00:00Z")
QUESTIONS = 40
"""Counts asked for at most; what is not narrowed down by then is listed."""
SMALL = 200
"""Media that one page lists."""


class ShelterDifferences:
    """Looks for spans of upload in which the service counts something else than the mirror."""

    def __init__(
        self,
        service: ShelterListing,
        mirror: ShelterMirror,
        *,
        account: str,
        check: Callable[[], None],
    ) -> None:
        self._service = service
        self._mirror = mirror
        self._account = account
        self._check = check
        self._left = QUESTIONS

    def spans(self, total: int) -> Iterator[tuple[str, str]]:
        """Spans (from, until; both included) to be listed; `total` is what the service counts."""
        yield from self._within(*ALWAYS, total)

    def _within(self, start: str, end: str, there: int) -> Iterator[tuple[str, str]]:
        here = self._mirror.created_within(self._account, start, end)
        if here == there:
            return
        middle = self._mirror.middle(self._account, start, end)
        is_small = max(here, there) <= SMALL
        if is_small or middle is None or middle >= end or not self._left:
            yield start, end
            return
        self._check()
        self._left -= 1
        window = MediaWindow(created_from=start, created_until=middle)
        earlier = self._service.media_total(window)
        if earlier is None:
            yield start, end
            return
        yield from self._within(start, middle, earlier)
        yield from self._within(_next(middle), end, there - earlier)


def _next(moment: str) -> str:
    at = datetime.fromisoformat(moment.replace("Z", "+00:00")) + timedelta(seconds=1)
    return at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
