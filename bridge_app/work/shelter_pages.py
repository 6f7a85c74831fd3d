"""Listings of media that survive what changes while they are read, and services that do not end.

A page is asked for by the time of upload that was reached, not by its number alone: what is
deleted meanwhile moves nothing past us, and no number of media runs into the service's last page.
Source: reference/photoshelter.md, 5 (deep paging stops near page 1000).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bridge_app.libraries.photoshelter.errors import EndlessListingError
from bridge_app.libraries.photoshelter.values import MediaPage, MediaWindow
from bridge_app.storage.shelter_rows import comparable
from bridge_app.work.shelter_keep import ShelterListing

DEEPEST = 900
"""Pages of one moment of upload."""
BARREN = 3
"""Pages in a row that show nothing new before a listing is taken for endless."""
MOST = 50_000
"""Pages of one listing: ten million media."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a listing stands: at `page` of what was uploaded from `since` on."""

    since: str = ""
    page: int = 1


@dataclass(slots=True)
class MediaPages:
    """One listing. Blocks; raises BridgeError, EndlessListingError of one that has no end.

    Args:
        called: What people call the service.
        check: Raises when somebody asked to stop.
    """

    service: ShelterListing
    called: str
    window: MediaWindow
    check: Callable[[], None]

    def __iter__(self) -> Iterator[MediaPage]:
        """The pages from the beginning."""
        return (page for page, _ in self.from_(Place()))

    def from_(self, place: Place) -> Iterator[tuple[MediaPage, Place | None]]:
        """The pages from a place on, each with where the next one is; None: it was the last.

        Those of one moment come twice where two pages meet; they are given once.
        """
        seen: set[str] = set()
        barren = 0
        for _ in range(MOST):
            self.check()
            since = max(place.since, self.window.created_from)
            page = self.service.media_page(replace(self.window, created_from=since), place.page)
            fresh = tuple(one for one in page.assets if one.media_id not in seen)
            barren = 0 if fresh else barren + 1
            seen |= {one.media_id for one in fresh}
            place = _after(page, place)
            if page.has_more and (barren >= BARREN or place.page > DEEPEST):
                break
            yield replace(page, assets=fresh), place if page.has_more else None
            if not page.has_more:
                return
        raise EndlessListingError(service=self.called, detail="media")


def _after(page: MediaPage, place: Place) -> Place:
    """The next page; by time if the page is in order and came further."""
    uploaded = [comparable(one.created_at) for one in page.assets]
    reached = uploaded[-1] if uploaded else ""
    if reached > place.since and uploaded == sorted(uploaded):
        return Place(since=reached)
    return Place(since=place.since, page=place.page + 1)
