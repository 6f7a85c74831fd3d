"""What we write about an asset: IPTC fields, keywords, custom fields; never over others' words.

Source: reference/photoshelter.md, 9.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.shelter import IptcValue
from bridge_app.libraries.photoshelter.containers import checked_id
from bridge_app.libraries.photoshelter.errors import EditConflictError, NotThereError, refused
from bridge_app.libraries.photoshelter.media_records import CONTACT, iptc_of
from bridge_app.libraries.photoshelter.reading import (
    UnreadableError,
    as_list,
    as_object,
    attributes,
    iso,
    moment,
    name,
    spoken,
    times,
)
from bridge_app.libraries.photoshelter.session import Ask, Query, Session, at_path
from bridge_app.libraries.photoshelter.values import CustomField, CustomOption

LOCK = "meta_if_modified_at"
"""What the edit is based on; a service that does not know it ignores it."""
KEYWORDS = "keywords"
APPEND: Query = {"keywords_mode": "append"}
LONGEST_KEYWORD = 64
"""Bytes. Source: IIM 2:25."""
CONFLICT_TRIES = 4
CHANGED = "it was changed at {at}"
LONGEST_ID = 100
MOST_OPTIONS = 5_000


class MetadataWriter:
    """Writes metadata as one account. Thread-safe, blocks, raises BridgeError."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def write_iptc(
        self, media_id: str, changes: Mapping[str, IptcValue | None], base_modified: str
    ) -> str:
        """See `ShelterService.write_iptc`."""
        path = self._iptc_path(media_id)
        if base_modified:
            self._check_base(media_id, base_modified)
        said: dict[str, Any] = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in changes.items()
            if not name.startswith(CONTACT + ".")
        }
        if contact := {name: value for name, value in changes.items() if name not in said}:
            said[CONTACT] = self._contact(path, contact)
        return self._patched(path, said, base_modified)

    def add_keywords(self, media_id: str, words: tuple[str, ...]) -> None:
        """See `ShelterService.add_keywords`.

        All of them are sent to be appended: what was added since they were read stays, and a
        service that does not know of appending still gets the whole list.
        """
        self._change_keywords(media_id, lambda before: with_words(before, words), APPEND)

    def remove_keywords(self, media_id: str, words: tuple[str, ...]) -> None:
        """See `ShelterService.remove_keywords`.

        What is left is sent: a service that does not know of removing would keep nothing else.
        """
        self._change_keywords(media_id, lambda before: without_words(before, words), {})

    def _change_keywords(
        self, media_id: str, change: Callable[[tuple[str, ...]], tuple[str, ...]], mode: Query
    ) -> None:
        """Write what `change` makes of the keywords, if that is anything else.

        Reads them again where somebody was faster.
        """
        path = self._iptc_path(media_id)
        for attempt in range(CONFLICT_TRIES):
            before, modified = self._keywords(path)
            after = change(before)
            if after == before:
                return
            try:
                self._patched(path, {KEYWORDS: list(after)}, modified, mode)
            except EditConflictError:
                if attempt == CONFLICT_TRIES - 1:
                    raise
            else:
                return

    def custom_fields(self) -> tuple[CustomField, ...]:
        """See `ShelterService.custom_fields`."""
        organization = self._session.credentials().organization_id
        query: Query = {"org_id": organization} if organization else {}
        try:
            told = self._session.asked(Ask(path="/metadata/fields", query=query))
        except NotThereError:
            return ()
        found = (custom_field(record) for record in as_list(told.data))
        return tuple(one for one in found if one is not None)

    def write_custom(self, media_id: str, choices: Mapping[str, str | None]) -> None:
        """See `ShelterService.write_custom`."""
        path = at_path("media", checked_id(media_id), "custom-metadata")
        fields = {folded(one.name): one for one in self.custom_fields()}
        data = [
            {"id": field.id, "attributes": {"option_id": option}}
            for field, option in (_chosen(fields, *choice) for choice in choices.items())
        ]
        self._session.asked(Ask(method="PATCH", path=path, json={"data": data}))

    def _iptc_path(self, media_id: str) -> str:
        part = "iptc" if media_id.startswith("I0") else "metadata"
        return at_path("media", checked_id(media_id), part)

    def _check_base(self, media_id: str, base_modified: str) -> None:
        """The lock may be ignored, so that we look ourselves; times are told in seconds."""
        told = self._session.asked(Ask(path=at_path("media", media_id)))
        _, modified = times(attributes(told.data))
        if modified and spoken(modified) != spoken(base_modified):
            detail = CHANGED.format(at=modified)
            raise refused(EditConflictError, self._session.service, detail)

    def _contact(self, path: str, changes: Mapping[str, IptcValue | None]) -> dict[str, Any]:
        """The whole of it, since a part that is not sent is taken for cleared."""
        before = as_object(attributes(self._session.asked(Ask(path=path)).data).get(CONTACT))
        after = {name: value for name, value in before.items() if isinstance(value, str)}
        for field, value in changes.items():
            after[field.removeprefix(CONTACT + ".")] = value if isinstance(value, str) else ""
        return {name: value for name, value in after.items() if value}

    def _patched(
        self, path: str, said: Mapping[str, Any], base_modified: str, mode: Query | None = None
    ) -> str:
        lock: Query = {LOCK: spoken(base_modified)} if base_modified else {}
        query: Query = {**lock, **(mode or {})}
        kind = path.rpartition("/")[2]
        body = {"data": {"type": kind, "attributes": dict(said)}}
        told = self._session.asked(Ask(method="PATCH", path=path, query=query, json=body))
        return iso(moment(told.meta.get("modified_at")))

    def _keywords(self, path: str) -> tuple[tuple[str, ...], str]:
        told = self._session.asked(Ask(path=path))
        try:
            found = iptc_of({KEYWORDS: attributes(told.data).get(KEYWORDS)}).get(KEYWORDS, ())
        except UnreadableError as error:
            raise InvalidInputError(
                what=QT_TRANSLATE_NOOP("facts", "The record"), detail=str(error)
            ) from error
        words = (found,) if isinstance(found, str) else found
        return words, iso(moment(told.meta.get("modified_at")))


def with_words(before: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    """Keywords with more of them; one that is there in another case stays as it is."""
    there = {word.casefold() for word in before}
    return (*before, *(word for word in dict.fromkeys(words) if word.casefold() not in there))


def without_words(before: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    """Keywords without some of them, whatever their case."""
    gone = {word.casefold() for word in words}
    return tuple(word for word in before if word.casefold() not in gone)


def checked_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words that can be keywords. Raises InvalidInputError."""
    for word in words:
        if not word.strip() or len(word.encode("utf-8", "surrogatepass")) > LONGEST_KEYWORD:
            detail = f"it has 1 to {LONGEST_KEYWORD} bytes"
            raise InvalidInputError(what=f"The keyword {word[:LONGEST_KEYWORD]}", detail=detail)
    return words


def custom_field(record: object) -> CustomField | None:
    """A custom field as the service tells it; None for one without identity or name."""
    told = attributes(record)
    found, called = _text_id(record), name(told.get("name", told.get("field_name")), "")
    if not found or not called:
        return None
    options = (_option(one) for one in as_list(told.get("options"))[:MOST_OPTIONS])
    return CustomField(
        id=found, name=called, options=tuple(one for one in options if one is not None)
    )


def folded(called: str) -> str:
    """Names of fields and options, whatever their case and their blanks.

    Source: reference/photoshelter.md, 10.
    """
    return " ".join(called.replace("_", " ").split()).casefold()


def _option(record: object) -> CustomOption | None:
    told = {**as_object(record), **attributes(record)}
    found, called = _text_id(record), name(told.get("name", told.get("option_name")), "")
    return CustomOption(id=found, name=called) if found and called else None


def _text_id(record: object) -> str:
    """The id of a field or an option, whose form is documented nowhere."""
    found = as_object(record).get("id")
    return found if isinstance(found, str) and 0 < len(found) <= LONGEST_ID else ""


def _chosen(
    fields: Mapping[str, CustomField], called: str, option: str | None
) -> tuple[CustomField, str | None]:
    field = fields.get(folded(called))
    if field is None:
        raise InvalidInputError(
            what=f"The field {called}", detail=QT_TRANSLATE_NOOP("facts", "it is not defined there")
        )
    if option is None:
        return field, None
    named = {folded(one.name): one.id for one in field.options}
    if folded(option) not in named:
        raise InvalidInputError(what=f"The option {option}", detail=f"{called} does not have it")
    return field, named[folded(option)]
