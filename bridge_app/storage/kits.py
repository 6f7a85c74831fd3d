"""Channel kits, and how channels show what they are given: what people said, in the ledger."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from bridge_app.domain.channel_settings import (
    Breakpoints,
    ChannelSettings,
    Placeholder,
    Platform,
    StorageMode,
)
from bridge_app.domain.errors import BridgeError, StorageTroubleError
from bridge_app.domain.kits import Kit, WeightLimit
from bridge_app.storage.database import Writer

EDITIONS = "SELECT max(number) FROM kit_edition"
COPIED = "INSERT OR IGNORE INTO kit_edition (number, copied_at) VALUES (?, ?)"
KITS = "SELECT name, told FROM kit ORDER BY place, name"
ADD = """
    INSERT OR IGNORE INTO kit (name, place, told, who, changed_at)
    VALUES (?, (SELECT coalesce(max(place), 0) + 1 FROM kit), ?, ?, ?)
"""
PUT = """
    INSERT INTO kit (name, place, told, who, changed_at)
    VALUES (?, (SELECT coalesce(max(place), 0) + 1 FROM kit), ?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET told = excluded.told, who = excluded.who,
        changed_at = excluded.changed_at
"""
RENAME = """
    UPDATE OR IGNORE kit SET name = ?, told = ?, who = ?, changed_at = ? WHERE name = ?
"""
REMOVE = "DELETE FROM kit WHERE name = ?"
SETTINGS = "SELECT channel, told FROM channel_settings ORDER BY channel"
PUT_SETTINGS = """
    INSERT OR REPLACE INTO channel_settings (channel, told, who, changed_at) VALUES (?, ?, ?, ?)
"""
REMOVE_SETTINGS = "DELETE FROM channel_settings WHERE channel = ?"
Found = TypeVar("Found")
Told = Mapping[str, Any]
Row = tuple[str, str]


class Kits:
    """Kits and settings of channels; thread-safe, on disk when a method returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def all(self) -> tuple[Kit, ...]:
        """Every kit, in the order they were made. Raises StorageTroubleError."""
        with self._writer.reading() as connection:
            rows = connection.execute(KITS).fetchall()
        return _made(_kit, rows, self._writer.path)

    def copy_in(self, kits: Iterable[Kit], *, edition: int, at: datetime) -> bool:
        """Add an edition of ready kits, once; what has such a name already stays.

        Returns whether they were added now.
        """
        with self._writer.reading() as connection:
            if _edition(connection) >= edition:
                return False
        with self._writer.atomic() as connection:
            if _edition(connection) >= edition:
                return False
            for one in kits:
                connection.execute(ADD, (one.name, _told(one), "", at.isoformat()))
            connection.execute(COPIED, (edition, at.isoformat()))
        return True

    def put(self, kit: Kit, *, who: str, at: datetime) -> None:
        """Add a kit, or put it in the place of the one with its name."""
        with self._writer.atomic() as connection:
            connection.execute(PUT, (kit.name, _told(kit), who, at.isoformat()))

    def add(self, kit: Kit, *, who: str, at: datetime) -> bool:
        """Add a kit; False where there is one of its name, which stays."""
        with self._writer.atomic() as connection:
            values = (kit.name, _told(kit), who, at.isoformat())
            return connection.execute(ADD, values).rowcount > 0

    def change(self, name: str, kit: Kit, *, who: str, at: datetime) -> bool:
        """Say anew what a kit is, its name too; False where that is another's, or it is gone."""
        with self._writer.atomic() as connection:
            values = (kit.name, _told(kit), who, at.isoformat(), name)
            return connection.execute(RENAME, values).rowcount > 0

    def remove(self, name: str) -> None:
        """Forget a kit; what was exported stays."""
        with self._writer.atomic() as connection:
            connection.execute(REMOVE, (name,))

    def settings(self) -> tuple[ChannelSettings, ...]:
        """Of every channel that has some, by name. Raises StorageTroubleError."""
        with self._writer.reading() as connection:
            return settings_in(connection, self._writer.path)

    def put_settings(self, one: ChannelSettings, *, who: str, at: datetime) -> None:
        """Keep how a channel shows what it is given."""
        told = {key: value for key, value in asdict(one).items() if key != "channel"}
        values = (one.channel, json.dumps(told), who, at.isoformat())
        with self._writer.atomic() as connection:
            connection.execute(PUT_SETTINGS, values)

    def remove_settings(self, channel: str) -> None:
        """Forget them."""
        with self._writer.atomic() as connection:
            connection.execute(REMOVE_SETTINGS, (channel,))


def settings_in(connection: sqlite3.Connection, ledger: Path) -> tuple[ChannelSettings, ...]:
    """Of every channel that has some, by name. Raises StorageTroubleError."""
    return _made(_settings, connection.execute(SETTINGS).fetchall(), ledger)


def _made(
    make: Callable[[str, Told], Found], rows: Iterable[Row], ledger: Path
) -> tuple[Found, ...]:
    try:
        return tuple(make(name, json.loads(told)) for name, told in rows)
    except (BridgeError, ValueError, KeyError, TypeError) as error:
        raise StorageTroubleError(path=ledger, detail=str(error)) from error


def _edition(connection: sqlite3.Connection) -> int:
    found: int | None = connection.execute(EDITIONS).fetchone()[0]
    return found or 0


def _told(kit: Kit) -> str:
    told = {key: value for key, value in asdict(kit).items() if key != "name"}
    return json.dumps(told, ensure_ascii=False)


def _kit(name: str, told: Told) -> Kit:
    return Kit(
        name=name,
        title=told["title"],
        channel=told["channel"],
        presets=tuple(told["presets"]),
        template=told["template"],
        formats=tuple(told["formats"]),
        limits=tuple(WeightLimit(**one) for one in told["limits"]),
    )


def _settings(channel: str, told: Told) -> ChannelSettings:
    widths = told["breakpoints"]
    return ChannelSettings(
        channel=channel,
        use=told["use"],
        platform=Platform(told["platform"]),
        storage=StorageMode(told["storage"]),
        format=told["format"],
        quality=told["quality"],
        dpr=told["dpr"],
        breakpoints=Breakpoints(**widths) if widths else None,
        lazy=told["lazy"],
        placeholder=Placeholder(told["placeholder"]),
        seo_suffix=told["seo_suffix"],
        plugin_folders=tuple(told["plugin_folders"]),
    )
