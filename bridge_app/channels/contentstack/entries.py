"""Content types, entries and their publishing; what an editor saved is never overwritten.

There is no If-Match: an entry is read, written and its new version compared. Source:
reference/destinations.md, 1.5 and 1.7.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bridge_app.channels.channel import EntryVersion
from bridge_app.channels.contentstack.gathering import Ways, Wish
from bridge_app.channels.contentstack.transport import Json, Transport, moment
from bridge_app.domain.contentstack import EntryConflictError, EntryField
from bridge_app.domain.contentstack_fields import plain
from bridge_app.domain.contentstack_paths import (
    around,
    as_written,
    changed,
    fields_in,
    is_nested,
    value_at,
)
from bridge_app.domain.errors import NotFoundError

AT_ONCE = 100
"""Rows of a list; the most that the service gives."""
TRIES = 5
"""So often a group is written that somebody saves at the same time."""


class Entries:
    """Of one stack's branch; thread-safe, methods block and raise BridgeError."""

    def __init__(self, transport: Transport, environment: str) -> None:
        self._transport = transport
        self._environment = environment
        self._named: frozenset[str] = frozenset()

    def content_types(self) -> list[Json]:
        """All of them with their fields (`schema`)."""
        query = {"include_global_field_schema": "true"}
        return list(self._paged("content_types", "content_types", **query))

    def field(self, content_type: str, name: str) -> Json:
        """The schema of one field, in groups and blocks too. Raises NotFoundError."""
        for path, one, _ in fields_in(self._schema(content_type), name):
            if path == name:
                return one
        raise NotFoundError(what=f"The field {name} of {content_type}")

    def locales(self) -> list[Json]:
        """The stack's locales; the one without a fallback is the master."""
        return list(self._paged("locales", "locales"))

    def environments(self) -> dict[str, str]:
        """The identifiers of the stack's environments by their names."""
        rows = self._paged("environments", "environments")
        return {str(one["name"]): str(one["uid"]) for one in rows}

    def listed(self, content_type: str, locale: str) -> Iterator[EntryVersion]:
        """All entries of a type, as they are in a locale."""
        path = f"content_types/{content_type}/entries"
        query = {"locale": locale, "include_publish_details": "true"}
        for row in self._paged(path, "entries", **query):
            yield self._version(row, locale)

    def found(self, content_type: str, locale: str, text: str) -> list[EntryVersion]:
        """Those whose title holds a text, the newest first; at most `AT_ONCE`."""
        query = {"locale": locale, "include_publish_details": "true", "desc": "updated_at"}
        if text:
            wanted = {"title": {"$regex": re.escape(text), "$options": "i"}}
            query["query"] = json.dumps(wanted)
        path = f"content_types/{content_type}/entries"
        rows = self._transport.get(path, **query, limit=AT_ONCE)["entries"]
        return [self._version(row, locale) for row in rows]

    def one(
        self, content_type: str, uid: str, locale: str, version: int | None = None
    ) -> EntryVersion:
        """An entry as it is, or as a version of it was. Raises NotFoundError."""
        query: dict[str, str | int] = {"locale": locale, "include_publish_details": "true"}
        if version is not None:
            query["version"] = version
        row = self._transport.get(f"content_types/{content_type}/entries/{uid}", **query)["entry"]
        return self._version(row, locale)

    def write(
        self,
        place: EntryField,
        read: EntryVersion,
        value: object,
        *,
        is_same: Callable[[Any], bool],
    ) -> int:
        """Put a value into one field, and nothing else; the version that says so.

        Where the entry falls back, this makes its localized copy. `is_same` tells whether a value
        of the field is the one that was read. If somebody saved another one between reading and
        writing, theirs is put back, and EntryConflictError raised.
        """
        for _ in range(TRIES):
            told = self._put(place, changed(read.fields, place.field, value))
            if not read.is_own or told.version == read.version + 1:
                return told.version
            before = self.one(place.content_type, place.entry, place.locale, told.version - 1)
            if not is_same(plain(place, value_at(before.fields, place.field))):
                self._put(place, around(before.fields, place.field))
                break
            if not is_nested(place.field):
                return told.version
            # Somebody saved something else in the same group: theirs stays, with our value in it.
            read = replace(before, version=told.version)
        raise EntryConflictError(field=place.field, entry=read.title or place.entry)

    def marked(self, content_type: str, tag: str, locale: str) -> EntryVersion | None:
        """The entry with a tag, which is one of ours; None if there is none."""
        query = {"locale": locale, "query": json.dumps({"tags": {"$in": [tag]}})}
        rows = self._transport.get(
            f"content_types/{content_type}/entries",
            **query,
            include_publish_details="true",
            limit=1,
        )["entries"]
        return self._version(rows[0], locale) if rows else None

    def create(self, content_type: str, locale: str, fields: Json) -> EntryVersion:
        """A new entry. Whoever tries again looks for its mark first."""
        path = f"content_types/{content_type}/entries"
        told = self._transport.send("POST", path, {"entry": fields}, locale=locale)
        return self._version(told["entry"], locale)

    def publish(self, place: EntryField, version: int) -> None:
        """Have a version published; that is queued there."""
        self._transport.gathering.carry_out(Wish(place=place, version=version), self._ways())

    def unpublish(self, place: EntryField, at: datetime | None = None) -> None:
        """Have the entry taken back in this locale, now or at a moment in UTC."""
        if at is None:
            self._transport.gathering.carry_out(Wish(place=place, version=None), self._ways())
            return
        self._transport.send(
            "POST",
            f"{self._path(place)}/unpublish",
            self._publishing(place) | {"scheduled_at": moment(at)},
        )

    def _ways(self) -> Ways:
        transport = self._transport
        return Ways(
            has_room=transport.has_room,
            wait=transport.wait_for_many,
            alone=self._alone,
            together=self._together,
        )

    def _alone(self, wish: Wish) -> None:
        place, version = wish.place, wish.version
        act = "unpublish" if version is None else "publish"
        shown = {} if version is None else {"version": version}
        path = f"{self._path(place)}/{act}"
        self._transport.send("POST", path, self._publishing(place) | shown)

    def _together(self, wishes: Sequence[Wish]) -> None:
        """All of them of one locale: the service takes each to all the locales that are named."""
        first = wishes[0]
        # Of two versions of an entry the public sees the newer one, whoever asked first.
        ordered = sorted(wishes, key=lambda one: one.version or 0)
        newest = {(one.place.content_type, one.place.entry): one for one in ordered}
        act = "unpublish" if first.version is None else "publish"
        rows = [
            {
                "uid": one.place.entry,
                "content_type": one.place.content_type,
                "locale": one.place.locale,
                **({} if one.version is None else {"version": one.version}),
            }
            for one in newest.values()
        ]
        chosen = {"locales": [first.place.locale], "environments": [self._environment]}
        self._transport.send_many(f"bulk/{act}", {"entries": rows, **chosen})

    def _schema(self, content_type: str) -> list[Any]:
        query = {"include_global_field_schema": "true"}
        told = self._transport.get(f"content_types/{content_type}", **query)["content_type"]
        return list(told.get("schema") or ())

    def _put(self, place: EntryField, fields: Json) -> EntryVersion:
        if is_nested(place.field):
            fields = as_written(self._schema(place.content_type), fields)
        else:
            fields = {name: plain(place, value) for name, value in fields.items()}
        body = {"entry": fields}
        told = self._transport.send("PUT", self._path(place), body, locale=place.locale)
        return self._version(told["entry"], place.locale)

    def _publishing(self, place: EntryField) -> Json:
        chosen = {"environments": [self._environment], "locales": [place.locale]}
        return {"entry": chosen, "locale": place.locale}

    def _path(self, place: EntryField) -> str:
        return f"content_types/{place.content_type}/entries/{place.entry}"

    def _version(self, row: Json, locale: str) -> EntryVersion:
        published = [
            int(one["version"])
            for one in row.get("publish_details") or ()
            if one.get("environment") in self._names() and one.get("locale") == locale
        ]
        return EntryVersion(
            uid=str(row["uid"]),
            title=str(row.get("title", "")),
            version=int(row["_version"]),
            is_own=row.get("locale", locale) == locale,
            fields=row,
            published=max(published, default=None),
        )

    def _names(self) -> frozenset[str]:
        """What our environment is called in records: by its identifier, where it has one."""
        if not self._named:
            uid = self.environments().get(self._environment, self._environment)
            self._named = frozenset({self._environment, uid})
        return self._named

    def _paged(self, path: str, name: str, **query: str) -> Iterator[Json]:
        """Every row of a list; it may grow while it is read."""
        skip = 0
        while True:
            rows = self._transport.get(path, **query, skip=skip, limit=AT_ONCE)[name]
            yield from rows
            skip += len(rows)
            if len(rows) < AT_ONCE:
                return
