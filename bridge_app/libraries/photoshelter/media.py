"""Media as they are listed and read by id, with all their facts.

Source: reference/photoshelter.md, 7, 7.1 and 9; `includes` in one call are our contract.
"""

from collections.abc import Callable
from typing import Any

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.shelter import ShelterAsset
from bridge_app.libraries.photoshelter.containers import checked_id
from bridge_app.libraries.photoshelter.errors import (
    AnswerTooLongError,
    BadRecordError,
    EndlessListingError,
    NoPermissionError,
    NotForThisKindError,
    NotThereError,
    NotUnderstoodError,
    refused,
)
from bridge_app.libraries.photoshelter.json_reading import unreadable_in
from bridge_app.libraries.photoshelter.listing import LAST_PAGE, has_more, page_query, total_of
from bridge_app.libraries.photoshelter.media_records import (
    JOINED,
    asset_of,
    media_identity,
    trouble_of,
)
from bridge_app.libraries.photoshelter.reading import (
    NOT_READABLE,
    TOO_LONG,
    UnreadableError,
    as_list,
    as_object,
    identity,
    is_joined,
    rounded_up,
    spoken,
)
from bridge_app.libraries.photoshelter.session import Ask, Query, Session, at_path
from bridge_app.libraries.photoshelter.values import MediaPage, MediaWindow, RecordTrouble

INCLUDE = ",".join(JOINED)
LEAST_PER_PAGE = 50
"""The fewest that the service is documented to list. Source: reference, 5."""
LONGEST_RECORD = 8 << 20
"""Bytes of an answer about one asset."""
READ = ("iptc", "custom-metadata", "galleries")
"""What is read by id where it is not joined; reviews cannot be."""
MOST_GALLERIES = 100
"""In one window; more make an address that servers refuse."""


class MediaReader:
    """Reads the media of one account. Thread-safe, blocks, raises BridgeError.

    Args:
        joins: Does the service join all facts to its records? Asked when it is needed.
    """

    def __init__(self, session: Session, account: str, *, joins: Callable[[], bool]) -> None:
        self._session = session
        self._account = account
        self._joins = joins

    def page(self, window: MediaWindow, page: int) -> MediaPage:
        """See `ShelterService.media_page`."""
        if page > LAST_PAGE:
            raise refused(
                EndlessListingError, self._session.service, f"more than {LAST_PAGE} pages"
            )
        joins = self._joins()
        query = page_query(self._query(window), page)
        try:
            joined = {**query, "include": INCLUDE} if joins else query
            told = self._session.asked(Ask(path="/media", query=joined))
        except (AnswerTooLongError, NotUnderstoodError) as error:
            if not joins and isinstance(error, NotUnderstoodError):
                raise
            # One record is to blame; alone, the others are of a usual size.
            joins = False
            told = self._session.asked(Ask(path="/media", query=query))
        records = as_list(told.data)
        taken = [self._taken(record, joined=joins) for record in records]
        return MediaPage(
            assets=tuple(one for one in taken if isinstance(one, ShelterAsset)),
            total=total_of(told),
            has_more=has_more(told, records),
            troubles=tuple(one for one in taken if isinstance(one, RecordTrouble)),
        )

    def total(self, window: MediaWindow) -> int | None:
        """See `ShelterService.media_total`."""
        query = page_query(self._query(window), 1, per_page=LEAST_PER_PAGE)
        return total_of(self._session.asked(Ask(path="/media", query=query)))

    def one(self, media_id: str) -> ShelterAsset | None:
        """See `ShelterService.media`."""
        record = self.record(media_id)
        if record is None:
            return None
        try:
            _check(record, "attributes")
            return asset_of(record, self._account, facts=self._facts(record))
        except UnreadableError as error:
            raise refused(BadRecordError, self._session.service, str(error)) from error

    def record(self, media_id: str) -> Any:
        """A record by its id as the service tells it; None if there is none of that id."""
        query: Query = {"include": INCLUDE} if self._joins() else {}
        path = at_path("media", checked_id(media_id))
        try:
            told = self._session.asked(Ask(path=path, query=query, longest=LONGEST_RECORD))
        except NotThereError:
            return None
        if as_object(told.data).get("id") != media_id:
            raise refused(NotUnderstoodError, self._session.service, "it tells of another asset")
        return told.data

    def _query(self, window: MediaWindow) -> dict[str, str]:
        if len(window.galleries) > MOST_GALLERIES:
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The window"),
                detail=QT_TRANSLATE_NOOP("facts", "it has too many galleries"),
            )
        said = {
            "galleries": ",".join(map(checked_id, window.galleries)),
            "modify_start": spoken(window.modified_from),
            "modify_end": rounded_up(window.modified_until),
            "create_start": spoken(window.created_from),
            "create_end": rounded_up(window.created_until),
            "terms": window.words.strip(),
            "file_name": window.file_name,
            "sort_by": "upload_time",
            "sort_dir": "asc",
        }
        scope = self._session.credentials().scope
        return {**scope, **{name: value for name, value in said.items() if value}}

    def _taken(self, record: object, *, joined: bool) -> ShelterAsset | RecordTrouble:
        try:
            media_id = media_identity(record)
            if not joined and self._joins():
                record = self.record(media_id) or record
            _check(record, "attributes")
            return asset_of(record, self._account, facts=self._facts(record))
        except UnreadableError as error:
            return trouble_of(record, error)
        except AnswerTooLongError:
            facts = {"field": "metadata", "most": str(LONGEST_RECORD)}
            return RecordTrouble(id=identity(record), reason=TOO_LONG, facts=facts)

    def _facts(self, record: object) -> dict[str, object]:
        """What should be joined to a record and is not, read by its id. Raises UnreadableError."""
        media_id = media_identity(record)
        return {name: self._fact(media_id, name) for name in READ if not is_joined(record, name)}

    def _fact(self, media_id: str, name: str) -> object:
        """None where the service has none for that kind of media.

        What we may not see could forbid the asset's use, so that it is not left out silently.
        """
        is_picture = media_id.startswith("I0")
        part = "metadata" if name == "iptc" and not is_picture else name
        query: Query = {"include": "gallery"} if name == "galleries" else {}
        ask = Ask(path=at_path("media", media_id, part), query=query, longest=LONGEST_RECORD)
        try:
            data = self._session.asked(ask).data
            _check(data, name)
        except NotForThisKindError:
            return None
        except (NotThereError, NoPermissionError) as error:
            if isinstance(error, NotThereError) and name == "custom-metadata":
                return None
            raise UnreadableError(NOT_READABLE, field=name) from error
        return data


def _check(told: object, field: str) -> None:
    """What a rights block may stand in is read whole, or not at all. Raises UnreadableError."""
    if unreadable_in(told):
        raise UnreadableError(NOT_READABLE, field=field)
