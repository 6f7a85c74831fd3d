"""Made renditions of which something was decided, and what became of those that had to go."""

import json
from collections.abc import Iterable
from datetime import datetime

from bridge_app.domain.audit import AuditEntry, AuditKind
from bridge_app.domain.gate import Reason
from bridge_app.domain.overrides import Override
from bridge_app.domain.published import PublishedRendition
from bridge_app.domain.rendition_retractions import RenditionRetraction
from bridge_app.storage.audit import entry
from bridge_app.storage.database import Writer
from bridge_app.storage.policies import overrides_on
from bridge_app.storage.renditions import NAMES, rendition_from

KEY = ("environment", "public_id", "version", "transformation", "format")
SAME = " AND ".join(f"{name} = ?" for name in KEY)
THERE = """
    FROM rendition AS r JOIN delivery AS d ON d.environment = r.environment
        AND d.public_id = r.public_id AND d.version = r.version
    WHERE r.environment = ?
"""
"""A rendition of an earlier version went with it."""
MADE = f"SELECT {', '.join(f'r.{name.strip()}' for name in NAMES.split(','))} {THERE}"
DECIDED = f"""
    {MADE} AND (
        r.sha256 IN (SELECT sha256 FROM review WHERE transformation <> '')
        OR r.sha256 IN (SELECT content FROM override WHERE lifts LIKE '%rendition%')
    )
    ORDER BY r.public_id, r.transformation, r.format
"""
LAYERED = f"""
    SELECT DISTINCT r.transformation, r.market, r.channel {THERE}
    AND '/' || r.transformation GLOB '*[/,][lut]_*'
"""
"""A named transformation may lay something on."""
MADE_SO = f"{MADE} AND r.transformation = ? AND r.market = ? AND r.channel = ?"
WAS_DECIDED = "SELECT 1 FROM review WHERE sha256 = ? AND transformation = ?"
UNENDED = f"SELECT {', '.join(KEY)}, reasons FROM rendition_retraction WHERE environment = ?"
PUT = "INSERT OR REPLACE INTO rendition_retraction VALUES (?, ?, ?, ?, ?, ?, ?)"
FORGET = f"DELETE FROM rendition_retraction WHERE {SAME}"
GONE = f"DELETE FROM rendition WHERE {SAME}"
Key = tuple[str, str, int, str, str]


class RenditionRetractions:
    """The record; thread-safe, on disk on return. What was taken away is told to the trail."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def decided(self, environment: str) -> tuple[PublishedRendition, ...]:
        """Those made of delivered copies of which something was decided, or that were let pass."""
        with self._writer.reading() as connection:
            return tuple(map(rendition_from, connection.execute(DECIDED, (environment,))))

    def layered(self, environment: str) -> list[tuple[str, str, str]]:
        """The transformations that may lay something on what was made, each for market, channel."""
        with self._writer.reading() as connection:
            return connection.execute(LAYERED, (environment,)).fetchall()

    def made_so(
        self, environment: str, transformation: str, market: str, channel: str
    ) -> tuple[PublishedRendition, ...]:
        """What was made of delivered copies through one of these."""
        values = (environment, transformation, market, channel)
        with self._writer.reading() as connection:
            return tuple(map(rendition_from, connection.execute(MADE_SO, values)))

    def was_decided(self, content: str, subject: str) -> bool:
        """Did anybody ever decide about this rendition itself?"""
        with self._writer.reading() as connection:
            return connection.execute(WAS_DECIDED, (content, subject)).fetchone() is not None

    def overrides(self, content: str) -> tuple[Override, ...]:
        """Who let a content pass, oldest first."""
        with self._writer.reading() as connection:
            return tuple(overrides_on(connection, content))

    def unended(self, environment: str) -> dict[Key, tuple[Reason, ...]]:
        """Those that were deleted and whose address makes them again, with why they had to go."""
        with self._writer.reading() as connection:
            rows = connection.execute(UNENDED, (environment,)).fetchall()
        return {tuple(row[:5]): tuple(map(Reason, json.loads(row[5]))) for row in rows}

    def ended(self, one: RenditionRetraction, *, at: datetime) -> None:
        """It is gone, and its address says no."""
        with self._writer.atomic() as connection:
            connection.execute(GONE, one.key)
            connection.execute(FORGET, one.key)
            entry(connection, _told(one, "retracted", at))

    def made_anew(self, one: RenditionRetraction, *, at: datetime) -> None:
        """It was deleted, and whoever asks for its address has it made again."""
        reasons = json.dumps([reason.value for reason in one.reasons])
        with self._writer.atomic() as connection:
            connection.execute(PUT, (*one.key, reasons, at.isoformat()))
            entry(connection, _told(one, "made_anew", at))

    def forget(self, keys: Iterable[Key]) -> None:
        """These may be seen again."""
        with self._writer.atomic() as connection:
            connection.executemany(FORGET, list(keys))


def _told(one: RenditionRetraction, state: str, at: datetime) -> AuditEntry:
    rendition = one.rendition
    return AuditEntry(
        at=at.isoformat(),
        kind=AuditKind.RETRACTION,
        asset=rendition.asset,
        name=rendition.name,
        content=rendition.sha256,
        transformation=rendition.transformation,
        environment=rendition.environment,
        detail={
            "state": state,
            "reasons": [reason.value for reason in one.reasons],
            "preset": rendition.preset,
            "public_id": rendition.public_id,
            "url": rendition.url,
        },
    )
