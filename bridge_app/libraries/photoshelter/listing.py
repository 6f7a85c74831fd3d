"""Pages of any listing: whether there are more, what is claimed of their number, and an end.

Source: reference/photoshelter.md, 5 (paging).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bridge_app.libraries.photoshelter.answers import Envelope
from bridge_app.libraries.photoshelter.errors import CutShortError, EndlessListingError, refused
from bridge_app.libraries.photoshelter.reading import as_list, as_object, identity, whole
from bridge_app.libraries.photoshelter.session import Ask, Query, Session

PER_PAGE, MOST_PER_PAGE = 200, 500
LAST_PAGE = 999
"""The service answers no page after that one."""
LARGEST_TOTAL = 1 << 40


def page_query(query: Query, page: int, *, per_page: int = PER_PAGE) -> Query:
    """The query of one page: without both parameters there is no paging."""
    return {**query, "page": page, "per_page": per_page}


def total_of(told: Envelope) -> int | None:
    """How many there are by the service's claim; None where it claims nothing."""
    return whole(_paging(told).get("total"), most=LARGEST_TOTAL)


def has_more(told: Envelope, records: list[Any], *, per_page: int = PER_PAGE) -> bool:
    """Is there another page? An empty page is the last one, whatever is claimed."""
    if not records:
        return False
    paging = _paging(told)
    return bool(paging.get("next")) if paging else len(records) >= per_page


def pages(
    session: Session, path: str, query: Query, *, first_page: int = 1, per_page: int = PER_PAGE
) -> Iterator[list[Any]]:
    """All pages of a listing from `first_page` on, as records.

    Raises EndlessListingError, and after the last page CutShortError if there are fewer records
    than the service claims.
    """
    seen: set[str] = set()
    count = 0
    for page in range(first_page, LAST_PAGE + 1):
        asked = page_query(query, page, per_page=per_page)
        told = session.asked(Ask(path=path, query=asked))
        records = as_list(told.data)
        fresh = [one for one in records if identity(one) not in seen]
        seen.update(filter(None, map(identity, records)))
        count += len(fresh)
        yield fresh
        if not has_more(told, records, per_page=per_page):
            if first_page == 1 and count < (total_of(told) or 0):
                detail = f"{count} of {total_of(told)}"
                raise refused(CutShortError, session.service, detail)
            return
        if not fresh:
            raise refused(EndlessListingError, session.service, f"page {page} says nothing new")
    raise refused(EndlessListingError, session.service, f"more than {LAST_PAGE} pages")


def _paging(told: Envelope) -> Mapping[str, Any]:
    return as_object(told.meta.get("paging"))
