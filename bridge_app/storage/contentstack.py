"""Stacks of Contentstack that are published to, and what was written into their entries."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from bridge_app.domain.assets import AssetId
from bridge_app.domain.contentstack import (
    Destination,
    EntryField,
    FieldKind,
    OnExpiry,
    Publication,
    PublicationState,
)
from bridge_app.domain.jobs import Trouble
from bridge_app.storage.database import Writer
from bridge_app.storage.job_rows import kept_trouble

DESTINATIONS = "SELECT id, name, told FROM stack_destination ORDER BY name"
PUT_DESTINATION = """
    INSERT INTO stack_destination (id, name, told, who, changed_at) VALUES (?, ?, ?, ?, ?)
"""
CHANGE_DESTINATION = """
    UPDATE stack_destination SET name = ?, told = ?, who = ?, changed_at = ? WHERE id = ?
"""
REMOVE_DESTINATION = "DELETE FROM stack_destination WHERE id = ?"
FORGET_ALL = "DELETE FROM stack_publication WHERE destination = ?"
PUBLICATIONS = "SELECT told FROM stack_publication WHERE destination = ? ORDER BY id"
BEGUN = """
    SELECT told FROM stack_publication
    WHERE state = 'pending'
        OR (state IN ('conflict', 'left') AND NOT json_extract(told, '$.wanted'))
    ORDER BY id
"""
HOLDING = """
    SELECT told FROM stack_publication
    WHERE destination = ? AND json_extract(told, '$.copy') = ?
    ORDER BY id
"""
ENDING = """
    SELECT told FROM stack_publication
    WHERE state = 'published' AND json_extract(told, '$.ends') <> ''
        AND json_extract(told, '$.ends') < ?
    ORDER BY id
"""
ONE = "SELECT told FROM stack_publication WHERE id = ?"
ANY = "SELECT 1 FROM stack_publication LIMIT 1"
OF_ASSETS = """
    SELECT told FROM stack_publication WHERE asset IN (SELECT value FROM json_each(?)) ORDER BY id
"""
OF_FEED = """
    SELECT s.told FROM stack_publication AS s WHERE EXISTS (
        SELECT 1 FROM feed_copy AS c WHERE c.feed = ? AND c.asset = s.asset
            AND c.environment = json_extract(s.told, '$.environment')
    ) ORDER BY s.id
"""
PUT = """
    INSERT OR REPLACE INTO stack_publication (id, destination, asset, state, told, changed_at)
    VALUES (?, ?, ?, ?, ?, ?)
"""


class StackPublications:
    """Thread-safe; what is changed is on disk when a method returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def destinations(self) -> tuple[Destination, ...]:
        """All of them, by name."""
        with self._writer.reading() as connection:
            return tuple(map(_destination, connection.execute(DESTINATIONS)))

    def add(self, one: Destination, *, who: str, at: datetime) -> None:
        """Keep a destination; its name is its own."""
        with self._writer.atomic() as connection:
            values = (one.id, one.name, _told(one), who, at.isoformat())
            connection.execute(PUT_DESTINATION, values)

    def change(self, one: Destination, *, who: str, at: datetime) -> None:
        """Keep it as it is now; what was published there stays its."""
        with self._writer.atomic() as connection:
            values = (one.name, _told(one), who, at.isoformat(), one.id)
            connection.execute(CHANGE_DESTINATION, values)

    def remove(self, destination: str) -> None:
        """Forget it and what was written there; nothing changes there."""
        with self._writer.atomic() as connection:
            connection.execute(REMOVE_DESTINATION, (destination,))
            connection.execute(FORGET_ALL, (destination,))

    def is_empty(self) -> bool:
        """Was nothing ever published?"""
        with self._writer.reading() as connection:
            return connection.execute(ANY).fetchone() is None

    def of(self, destination: str) -> tuple[Publication, ...]:
        """What is or was published there."""
        with self._writer.reading() as connection:
            return tuple(map(_publication, connection.execute(PUBLICATIONS, (destination,))))

    def of_assets(self, assets: Iterable[AssetId]) -> tuple[Publication, ...]:
        """Where these are or were published."""
        wanted = json.dumps(list(assets))
        with self._writer.reading() as connection:
            return tuple(map(_publication, connection.execute(OF_ASSETS, (wanted,))))

    def of_feed(self, feed: str) -> tuple[Publication, ...]:
        """Where images are or were published that this feed's products alone brought."""
        with self._writer.reading() as connection:
            return tuple(map(_publication, connection.execute(OF_FEED, (feed,))))

    def holding(self, destination: str, copy: str) -> tuple[Publication, ...]:
        """Those of a destination whose entries were given this copy."""
        with self._writer.reading() as connection:
            rows = connection.execute(HOLDING, (destination, copy))
            return tuple(map(_publication, rows))

    def begun(self) -> tuple[Publication, ...]:
        """Those that were asked for, and have not come to an end."""
        with self._writer.reading() as connection:
            return tuple(map(_publication, connection.execute(BEGUN)))

    def ending(self, before: datetime) -> tuple[Publication, ...]:
        """What the service takes off before a moment in UTC, or has taken off."""
        with self._writer.reading() as connection:
            rows = connection.execute(ENDING, (before.isoformat(),))
            return tuple(map(_publication, rows))

    def one(self, identity: str) -> Publication | None:
        """By its ID."""
        with self._writer.reading() as connection:
            row = connection.execute(ONE, (identity,)).fetchone()
        return None if row is None else _publication(row)

    def put(self, publications: Iterable[Publication], *, at: datetime) -> None:
        """Keep them as they are now: all, or none."""
        with self._writer.atomic() as connection:
            connection.executemany(PUT, [_values(one, at) for one in publications])

    def note(
        self, identity: str, change: Callable[[Publication], Publication], *, at: datetime
    ) -> None:
        """Change what is kept now, which a person may have changed meanwhile."""
        with self._writer.atomic() as connection:
            row = connection.execute(ONE, (identity,)).fetchone()
            if row is not None:
                connection.execute(PUT, _values(change(_publication(row)), at))


def _told(one: Destination) -> str:
    own = {name: value for name, value in asdict(one).items() if name not in ("id", "name")}
    return json.dumps(own)


def _values(one: Publication, at: datetime) -> tuple[str, ...]:
    kept = replace(one, changed_at=at.isoformat())
    told = json.dumps(asdict(kept))
    return (kept.id, kept.destination, kept.asset, kept.state.value, told, kept.changed_at)


def _destination(row: Sequence[str]) -> Destination:
    identity, name, text = row
    told = json.loads(text)
    told["on_expiry"] = OnExpiry(told["on_expiry"])
    return Destination(id=identity, name=name, **told)


def _publication(row: Sequence[str]) -> Publication:
    told = json.loads(row[0])
    place = told.pop("place")
    place["kind"] = FieldKind(place["kind"])
    place["carrier"] = tuple(place.get("carrier", ()))
    told["state"] = PublicationState(told["state"])
    told["asset"] = AssetId(told["asset"])
    # Earlier versions kept a sentence.
    said, trouble = told.pop("reason", ""), told.pop("trouble", None)
    told["trouble"] = Trouble(**trouble) if trouble else kept_trouble(said)
    told["loose"] = tuple(told.get("loose", ()))
    return Publication(place=EntryField(**place), **told)
