"""Vocabularies in the ledger, as the texts they came in."""

from dataclasses import dataclass
from datetime import datetime

from bridge_app.storage.database import Writer

ALL = "SELECT name, field, text, closed FROM vocabulary ORDER BY name"
PUT = """
    INSERT INTO vocabulary (name, field, text, closed, who, changed_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET field = excluded.field, text = excluded.text,
        closed = excluded.closed, who = excluded.who, changed_at = excluded.changed_at
"""
REMOVE = "DELETE FROM vocabulary WHERE name = ?"
VERSION = "SELECT count(*), coalesce(max(changed_at), '') FROM vocabulary"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptVocabulary:
    """A vocabulary for the words of one field; `closed` refuses others there."""

    name: str
    field: str
    text: str
    closed: bool = False


class Vocabularies:
    """Thread-safe; on disk when a call returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def all(self) -> tuple[KeptVocabulary, ...]:
        """Every vocabulary, by name."""
        with self._writer.reading() as connection:
            rows = connection.execute(ALL).fetchall()
        return tuple(
            KeptVocabulary(name=name, field=field, text=text, closed=bool(closed))
            for name, field, text, closed in rows
        )

    def edition(self) -> tuple[int, str]:
        """Another value after each change, whoever made it."""
        with self._writer.reading() as connection:
            count, at = connection.execute(VERSION).fetchone()
        return int(count), str(at)

    def put(self, kept: KeptVocabulary, *, who: str, at: datetime) -> None:
        """Keep a vocabulary in place of one of its name."""
        row = (kept.name, kept.field, kept.text, kept.closed, who, at.isoformat())
        with self._writer.atomic() as connection:
            connection.execute(PUT, row)

    def remove(self, name: str) -> bool:
        """Forget a vocabulary; was there one?"""
        with self._writer.atomic() as connection:
            return connection.execute(REMOVE, (name,)).rowcount > 0
