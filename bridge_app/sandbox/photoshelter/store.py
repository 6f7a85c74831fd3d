"""What the service holds, by identifier and by where it lies, in memory and in a journal.

Reading a gallery or an organization costs what it holds, never what the service holds.
"""

import threading
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from bridge_app.sandbox.journal import Change, Journal, Row
from bridge_app.sandbox.photoshelter.records import (
    Container,
    CustomField,
    Media,
    Organization,
    Person,
)
from bridge_app.sandbox.photoshelter.rows import as_row, from_row

Record = Organization | Person | Container | Media | CustomField
TABLES: Final = {
    Organization: "organization",
    Person: "person",
    Container: "container",
    Media: "media",
    CustomField: "field",
}
KEYED = "row/"
"""What the journal's names of the keyed tables begin with."""


class ShelterStore:
    """All records of the service. From any thread; a method that writes is all or nothing.

    Args:
        directory: Where the journal is kept; None: nothing outlives this object.
    """

    def __init__(self, directory: Path | None) -> None:
        self._directory = directory
        self._journal: Journal | None = None
        self._lock = threading.RLock()
        self.revision = 0
        """Grows with every write."""
        self._forget()

    def _forget(self) -> None:
        """Empty the memory; the disk stays."""
        self._organizations: dict[str, Organization] = {}
        self._people: dict[str, Person] = {}
        self._containers: dict[str, Container] = {}
        self._media: dict[str, Media] = {}
        self._fields: dict[str, CustomField] = {}
        self._rows: dict[str, dict[str, Row]] = {}
        self._children: dict[str, dict[str, None]] = {}
        self._members: dict[str, dict[str, None]] = {}
        self._owned: dict[str, dict[str, None]] = {}
        self._serial = 0

    def open(self) -> bool:
        """Read the disk and get ready to write; an open store stays as it is.

        Returns whether the disk was read.

        Raises:
            InvalidInputError: Another sandbox has the folder open.
            OSError: The folder cannot be read or written.
        """
        with self._lock:
            if self._directory is None or self._journal is not None:
                return False
            self._directory.mkdir(parents=True, exist_ok=True)
            journal = Journal(self._directory / "journal.jsonl")
            tables = journal.open()
            self._journal = journal
            self._forget()
            for kind, name in TABLES.items():
                for row in tables.get(name, {}).values():
                    self._remember(from_row(kind, row))
            for name, rows in tables.items():
                if name.startswith(KEYED):
                    self._rows[name.removeprefix(KEYED)] = rows
            self.revision += 1
            return True

    def close(self) -> None:
        """Stop writing. What is in memory can still be read; the next write opens it again."""
        with self._lock:
            if self._journal is not None:
                self._journal.close()
            self._journal = None

    def clear(self) -> None:
        """Remove every record and every row."""
        with self._lock:
            gone = [
                *((TABLES[type(one)], one.id, None) for one in self._everything()),
                *((KEYED + name, key, None) for name, rows in self._rows.items() for key in rows),
            ]
            self._append(gone)
            self._forget()
            self.revision += 1

    def next_serial(self) -> int:
        """A number above that of every record; asked twice, it is another one."""
        with self._lock:
            self._serial += 1
            return self._serial

    # Looking up

    def organization(self, organization_id: str) -> Organization | None:
        """The organization with this identifier."""
        return self._organizations.get(organization_id)

    def organizations(self) -> list[Organization]:
        """Every organization, in order of creation."""
        with self._lock:
            return list(self._organizations.values())

    def person(self, user_id: str) -> Person | None:
        """The user with this identifier."""
        return self._people.get(user_id)

    def people(self) -> list[Person]:
        """Every user, in order of creation."""
        with self._lock:
            return list(self._people.values())

    def container(self, container_id: str) -> Container | None:
        """The collection or gallery with this identifier."""
        return self._containers.get(container_id)

    def containers(self) -> list[Container]:
        """Every collection and gallery, in order of creation."""
        with self._lock:
            return list(self._containers.values())

    def children(self, parent: str) -> list[Container]:
        """What lies in a collection, or in the root of the organization that is named instead."""
        with self._lock:
            return [self._containers[one] for one in self._children.get(parent, ())]

    def media(self, media_id: str) -> Media | None:
        """The media item with this identifier, also one in the trash."""
        return self._media.get(media_id)

    def members(self, gallery: str) -> list[Media]:
        """What a gallery shows, in its order."""
        with self._lock:
            return [self._media[one] for one in self._members.get(gallery, ())]

    def member_count(self, gallery: str) -> int:
        """How much a gallery shows."""
        return len(self._members.get(gallery, ()))

    def owned(self, organization_id: str) -> list[Media]:
        """All media of an organization, in order of creation, also those in the trash."""
        with self._lock:
            return [self._media[one] for one in self._owned.get(organization_id, ())]

    def content_names(self) -> set[str]:
        """The names of all stored bytes that a file counts as its own."""
        with self._lock:
            return {one.content for media in self._media.values() for one in media.versions}

    def fields(self, organization_id: str) -> list[CustomField]:
        """The custom fields of an organization, in order of creation."""
        with self._lock:
            return [one for one in self._fields.values() if one.organization == organization_id]

    def field(self, field_id: str) -> CustomField | None:
        """The custom field with this identifier."""
        return self._fields.get(field_id)

    # Writing

    def put(self, *records: Record) -> None:
        """Create or replace records, in one transaction."""
        with self._lock:
            self._append((TABLES[type(one)], one.id, as_row(one)) for one in records)
            for one in records:
                self._remember(one)
            self.revision += 1

    def delete(self, *records: Record) -> None:
        """Remove records that exist, in one transaction."""
        with self._lock:
            self._append([(TABLES[type(one)], one.id, None) for one in records])
            for one in records:
                self._drop(one)
            self.revision += 1

    # Everything else: tables of JSON rows

    def rows(self, table: str) -> dict[str, Row]:
        """A table's rows by key, in order of creation; one that nobody wrote to is empty.

        The rows are not copies: a changed one is put back as a new value.
        """
        with self._lock:
            return dict(self._rows.get(table, {}))

    def row(self, table: str, key: str) -> Row | None:
        """One row of a table."""
        return self._rows.get(table, {}).get(key)

    def put_row(self, table: str, key: str, row: Row) -> None:
        """Create or replace a row of plain JSON."""
        with self._lock:
            self._append([(KEYED + table, key, row)])
            self._rows.setdefault(table, {})[key] = row
            self.revision += 1

    def delete_row(self, table: str, key: str) -> None:
        """Remove a row that exists."""
        with self._lock:
            self._append([(KEYED + table, key, None)])
            del self._rows[table][key]
            self.revision += 1

    # Disk first, memory after

    def _append(self, changes: Iterable[Change]) -> None:
        if self._directory is None:
            return
        self.open()
        if self._journal is not None:
            self._journal.append(changes)

    def _everything(self) -> list[Record]:
        tables = (self._organizations, self._people, self._containers, self._media, self._fields)
        return [one for table in tables for one in table.values()]

    def _remember(self, record: Record) -> None:
        self._serial = max(self._serial, record.serial)
        match record:
            case Organization():
                self._organizations[record.id] = record
            case Person():
                self._people[record.id] = record
            case CustomField():
                self._fields[record.id] = record
            case Container():
                self._place(self._children, self._containers.get(record.id), record)
                self._containers[record.id] = record
            case Media():
                self._place(self._members, self._media.get(record.id), record)
                self._owned.setdefault(record.organization, {})[record.id] = None
                self._media[record.id] = record

    def _drop(self, record: Record) -> None:
        match record:
            case Organization():
                del self._organizations[record.id]
            case Person():
                del self._people[record.id]
            case CustomField():
                del self._fields[record.id]
            case Container():
                self._place(self._children, record, None)
                del self._containers[record.id]
            case Media():
                self._place(self._members, record, None)
                del self._owned[record.organization][record.id]
                del self._media[record.id]

    @staticmethod
    def _place(
        index: dict[str, dict[str, None]],
        before: Container | Media | None,
        after: Container | Media | None,
    ) -> None:
        """Keep an index of what lies where; what stays where it was keeps its place."""
        left, entered = places(before), places(after)
        for place in left:
            if place not in entered and before is not None:
                index[place].pop(before.id, None)
        for place in entered:
            if after is not None:
                index.setdefault(place, {})[after.id] = None


def places(record: Container | Media | None) -> tuple[str, ...]:
    """Where a record is shown: collections or galleries, or an organization for its root."""
    match record:
        case Media():
            return record.galleries if record.trashed_at is None else ()
        case Container():
            return record.parents or (record.organization,)
        case _:
            return ()


def added_at(media: Media, gallery: str) -> datetime:
    """When a media item came into a gallery."""
    return media.added.get(gallery, media.created_at)
