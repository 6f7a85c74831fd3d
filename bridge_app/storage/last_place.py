"""Where a person was the last time, as a query: what the settings keep of it."""

from dataclasses import replace

from bridge_app.domain.assets import LibraryId
from bridge_app.domain.query import Query, Sort
from bridge_app.storage.settings import Settings


def last_query(settings: Settings) -> Query:
    """What was shown, but for text and filters, which begin anew."""
    known = {sort.value: sort for sort in Sort}
    query = Query(sort=known.get(settings.sort, Sort.NAME), descending=settings.descending)
    library = LibraryId(settings.last_library)
    return replace(query, library=library, folder=settings.last_folder) if library else query
