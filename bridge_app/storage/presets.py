"""Rendition presets and sets in the ledger: what people said about how pictures are delivered."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, StorageTroubleError
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.presets_json import library_from, library_json, preset_json, set_json
from bridge_app.domain.rendition_sets import PresetLibrary, RenditionSet
from bridge_app.storage.database import Writer

EDITIONS = "SELECT max(number) FROM edition"
COPIED = "INSERT OR IGNORE INTO edition (number, copied_at) VALUES (?, ?)"
ALL = {
    "preset": "SELECT told FROM preset ORDER BY place, name",
    "rendition_set": "SELECT told FROM rendition_set ORDER BY place, name",
}
PUT = {
    "preset": """
        INSERT INTO preset (name, place, told, changed_at)
        VALUES (:name, (SELECT coalesce(max(place), 0) + 1 FROM preset), :told, :at)
        ON CONFLICT (name) DO UPDATE SET told = excluded.told, changed_at = excluded.changed_at
    """,
    "rendition_set": """
        INSERT INTO rendition_set (name, place, told, changed_at)
        VALUES (:name, (SELECT coalesce(max(place), 0) + 1 FROM rendition_set), :told, :at)
        ON CONFLICT (name) DO UPDATE SET told = excluded.told, changed_at = excluded.changed_at
    """,
}
REMOVE = {
    "preset": "DELETE FROM preset WHERE name = ?",
    "rendition_set": "DELETE FROM rendition_set WHERE name = ?",
}
PLACE = {
    "preset": "UPDATE preset SET place = ? WHERE name = ?",
    "rendition_set": "UPDATE rendition_set SET place = ? WHERE name = ?",
}
ADD = {
    "preset": """
        INSERT OR IGNORE INTO preset (name, place, told, changed_at)
        VALUES (:name, (SELECT coalesce(max(place), 0) + 1 FROM preset), :told, :at)
    """,
    "rendition_set": """
        INSERT OR IGNORE INTO rendition_set (name, place, told, changed_at)
        VALUES (:name, (SELECT coalesce(max(place), 0) + 1 FROM rendition_set), :told, :at)
    """,
}


class PresetsMovedOnError(BridgeError):
    """What would be taken back was changed again meanwhile."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} was changed again since. It was left as it is now: look at it, then decide anew.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetOrder:
    """The names of all presets and sets, in the order they are shown."""

    presets: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()

    @classmethod
    def of(cls, library: PresetLibrary) -> "PresetOrder":
        """The order of a library."""
        return cls(presets=tuple(library.presets), sets=tuple(library.sets))


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetChange:
    """What one act changed: each name with what stood there before and after; None is nothing.

    `order` is that of everything, before and after.
    """

    presets: Mapping[str, tuple[RenditionPreset | None, RenditionPreset | None]]
    sets: Mapping[str, tuple[RenditionSet | None, RenditionSet | None]]
    order: tuple[PresetOrder, PresetOrder] = (PresetOrder(), PresetOrder())

    @property
    def opposite(self) -> "PresetChange":
        """What takes it back."""
        return PresetChange(
            presets={name: (after, before) for name, (before, after) in self.presets.items()},
            sets={name: (after, before) for name, (before, after) in self.sets.items()},
            order=(self.order[1], self.order[0]),
        )

    @property
    def is_nothing(self) -> bool:
        """Did it leave everything as it was?"""
        pairs: list[tuple[object, object]] = [*self.presets.values(), *self.sets.values()]
        pairs.append(self.order)
        return all(before == after for before, after in pairs)


class Presets:
    """Presets and sets; thread-safe. On disk when a method returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def library(self) -> PresetLibrary:
        """All presets and sets, in their order. Raises StorageTroubleError."""
        with self._writer.reading() as connection:
            return self._library(connection)

    def copy_in(self, library: PresetLibrary, *, edition: int, at: datetime) -> bool:
        """Add an edition of the starting library, once; what has such a name already stays.

        Returns whether it was added now.
        """
        with self._writer.reading() as connection:
            if (connection.execute(EDITIONS).fetchone()[0] or 0) >= edition:
                return False
        with self._writer.atomic() as connection:
            if (connection.execute(EDITIONS).fetchone()[0] or 0) >= edition:
                return False
            for preset in library.presets.values():
                _write(connection, ADD["preset"], preset.name, preset_json(preset), at)
            for one in library.sets.values():
                _write(connection, ADD["rendition_set"], one.name, set_json(one), at)
            connection.execute(COPIED, (edition, at.isoformat()))
        return True

    def put(
        self,
        presets: Iterable[RenditionPreset] = (),
        sets: Iterable[RenditionSet] = (),
        *,
        at: datetime,
    ) -> PresetChange:
        """Add these, or put them in the place of what has their names; all or none."""
        return self.change(
            {one.name: one for one in presets}, {one.name: one for one in sets}, at=at
        )

    def change(
        self,
        presets: Mapping[str, RenditionPreset | None],
        sets: Mapping[str, RenditionSet | None],
        *,
        order: PresetOrder | None = None,
        at: datetime,
    ) -> PresetChange:
        """Have these names stand for this, or for nothing; all of it or none.

        With `order` they are shown in that order then; names that are not in it come last.
        """
        with self._writer.atomic() as connection:
            there = self._library(connection)
            change = PresetChange(
                presets={name: (there.presets.get(name), one) for name, one in presets.items()},
                sets={name: (there.sets.get(name), one) for name, one in sets.items()},
            )
            _carry_out(connection, change, at)
            if order is not None:
                self._arrange(connection, order)
            after = self._library(connection)
        return replace(change, order=(PresetOrder.of(there), PresetOrder.of(after)))

    def undo(self, change: PresetChange, *, at: datetime) -> PresetChange:
        """Take a change back, all of it or nothing; the change that did so can be taken back too.

        Raises PresetsMovedOnError if something of it was changed again since.
        """
        with self._writer.atomic() as connection:
            there = self._library(connection)
            for name, (_, preset) in change.presets.items():
                if there.presets.get(name) != preset:
                    raise PresetsMovedOnError(name=name)
            for name, (_, one) in change.sets.items():
                if there.sets.get(name) != one:
                    raise PresetsMovedOnError(name=name)
            _carry_out(connection, change.opposite, at)
            before, after = change.order
            if before != after:
                self._arrange(connection, before)
        return change.opposite

    def _arrange(self, connection: sqlite3.Connection, order: PresetOrder) -> None:
        there = PresetOrder.of(self._library(connection))
        for table, wanted, known in (
            ("preset", order.presets, there.presets),
            ("rendition_set", order.sets, there.sets),
        ):
            names = dict.fromkeys((*(name for name in wanted if name in known), *known))
            connection.executemany(PLACE[table], [*enumerate(names, start=1)])

    def _library(self, connection: sqlite3.Connection) -> PresetLibrary:
        told = {
            table: [json.loads(row[0]) for row in connection.execute(sql)]
            for table, sql in ALL.items()
        }
        document = {
            **library_json(PresetLibrary()),
            "presets": told["preset"],
            "sets": told["rendition_set"],
        }
        try:
            return library_from(document, lambda _: None)
        except BridgeError as error:
            raise StorageTroubleError(path=self._writer.path, detail=str(error)) from error


def _carry_out(connection: sqlite3.Connection, change: PresetChange, at: datetime) -> None:
    for name, (_, preset) in change.presets.items():
        if preset is None:
            connection.execute(REMOVE["preset"], (name,))
        else:
            _write(connection, PUT["preset"], name, preset_json(preset), at)
    for name, (_, one) in change.sets.items():
        if one is None:
            connection.execute(REMOVE["rendition_set"], (name,))
        else:
            _write(connection, PUT["rendition_set"], name, set_json(one), at)


def _write(
    connection: sqlite3.Connection, sql: str, name: str, told: Mapping[str, object], at: datetime
) -> None:
    values = {"name": name, "told": json.dumps(told, ensure_ascii=False), "at": at.isoformat()}
    connection.execute(sql, values)
