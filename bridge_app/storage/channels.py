"""Where this desktop is told of changes in each environment: a channel that it alone polls."""

from dataclasses import dataclass
from datetime import datetime

from bridge_app.storage.database import Writer

ALL = "SELECT environment, name, trigger_id FROM channel ORDER BY environment"
PUT = """
    INSERT INTO channel (environment, name, trigger_id, added_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (environment) DO UPDATE SET name = excluded.name,
        trigger_id = excluded.trigger_id, added_at = excluded.added_at
"""
REMOVE = "DELETE FROM channel WHERE environment = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRecord:
    """A channel and the trigger that fills it."""

    environment: str
    name: str
    trigger_id: str


class Channels:
    """The channel table; thread-safe. A row is there where changes are heard of at once."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def all(self) -> tuple[ChannelRecord, ...]:
        """Every channel."""
        with self._writer.reading() as connection:
            rows = connection.execute(ALL).fetchall()
        return tuple(
            ChannelRecord(environment=row[0], name=row[1], trigger_id=row[2]) for row in rows
        )

    def of(self, environment: str) -> ChannelRecord | None:
        """The channel of one environment."""
        return next((one for one in self.all() if one.environment == environment), None)

    def put(self, channel: ChannelRecord, *, at: datetime) -> None:
        """Hear of an environment's changes from now on."""
        values = (channel.environment, channel.name, channel.trigger_id, at.isoformat())
        with self._writer.atomic() as connection:
            connection.execute(PUT, values)

    def remove(self, environment: str) -> None:
        """Hear of them no more."""
        with self._writer.atomic() as connection:
            connection.execute(REMOVE, (environment,))
