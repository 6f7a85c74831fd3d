"""Saved searches of the whole environment, and links to them. A part of the worker's door."""

from collections.abc import Callable, Sequence

from bridge_app.delivery.accounts import Credentials
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.storage.saved_searches import SavedSearch, SavedSearches

LONGEST_NAME = 80


class SearchShelf:
    """Every method blocks: never in the GUI thread."""

    def __init__(
        self, searches: SavedSearches, *, credentials: Callable[[str], Credentials]
    ) -> None:
        self._searches = searches
        self._credentials = credentials

    def saved(self, environment: str) -> tuple[SavedSearch, ...]:
        """The searches that were given a name, by name."""
        return self._searches.of(environment)

    def save(self, environment: str, searches: Sequence[SavedSearch]) -> tuple[SavedSearch, ...]:
        """Keep searches, in the place of those of the same name; all there are now.

        Raises InvalidInputError where a name or an expression is empty or too long.
        """
        for one in searches:
            if not one.name.strip() or len(one.name) > LONGEST_NAME or "\t" in one.name:
                raise InvalidInputError(
                    what=QT_TRANSLATE_NOOP("facts", "The name"),
                    detail=f"it needs 1 to {LONGEST_NAME} letters and no tab",
                )
            if not one.expression.strip() or "\n" in one.expression:
                raise InvalidInputError(
                    what=QT_TRANSLATE_NOOP("facts", "The search"),
                    detail=QT_TRANSLATE_NOOP("facts", "it needs to be one line"),
                )
        self._searches.put(environment, searches)
        return self._searches.of(environment)

    def remove(self, environment: str, name: str) -> tuple[SavedSearch, ...]:
        """Forget a search; all there are now."""
        self._searches.remove(environment, name)
        return self._searches.of(environment)

    def link(self, environment: str, expression: str, *, seconds: int) -> str:
        """An address that shows anybody what is found, as JSON, for that long after the first look.

        Raises CannotSignError, CredentialsError or NoKeyringError.
        """
        # It brings the renderer along, which a start must not wait for.
        from bridge_app.delivery.addresses import search_url  # noqa: PLC0415

        return search_url(expression, self._credentials(environment), seconds=seconds)
