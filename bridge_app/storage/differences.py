"""What is known of approved versions: forms of presets, pixels of masters, measured differences."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.assets import AssetId
from bridge_app.domain.stale_approvals import PresetHistory, Subject
from bridge_app.storage.database import Writer

EDITIONS = "SELECT preset, transformation, format FROM preset_edition ORDER BY seq"
IN_USE = "SELECT name FROM preset"
REMEMBER = "INSERT OR IGNORE INTO approved_content (content, width, height, at) VALUES (?, ?, ?, ?)"
SIZE = "SELECT width, height FROM approved_content WHERE content = ?"
REMEMBERED = """
    SELECT content FROM approved_content WHERE content IN (SELECT value FROM json_each(?))
"""
LATELY = """
    SELECT DISTINCT asset FROM (
        SELECT asset, sha256 FROM decision WHERE approval = 'approved' ORDER BY seq DESC LIMIT ?
    ) WHERE sha256 NOT IN (SELECT content FROM approved_content)
"""
EVER_APPROVED = "SELECT DISTINCT asset FROM decision WHERE approval = 'approved'"
SIGNED = "SELECT DISTINCT asset FROM decision WHERE who = ?"
WITH_RENDITIONS = """
    SELECT DISTINCT asset FROM decision WHERE approval = 'approved' AND transformation <> ''
"""
MEASURED = """
    SELECT pixels, perceptual, same_shape FROM difference
    WHERE content_before = ? AND transformation_before = ? AND content = ? AND transformation = ?
"""
MEASURE = "INSERT OR REPLACE INTO difference VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """A difference as it was measured, without its picture."""

    pixels: float
    perceptual: float
    same_shape: bool

    def is_below(self, limit: float) -> bool:
        """Are both scores, of pictures of the same proportions?"""
        return self.same_shape and max(self.pixels, self.perceptual) < limit


class Differences:
    """Thread-safe. On disk when a method returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def presets(self) -> PresetHistory:
        """What presets make now, and what they ever made."""
        with self._writer.reading() as connection:
            editions = connection.execute(EDITIONS).fetchall()
            in_use = {row[0] for row in connection.execute(IN_USE)}
        current = {name: (text, form) for name, text, form in editions if name in in_use}
        return PresetHistory.of(editions, current)

    def remember(self, content: str, size: tuple[int, int], *, at: datetime) -> None:
        """The picture of this approved content is kept; `size` is its master's, upright."""
        with self._writer.atomic() as connection:
            connection.execute(REMEMBER, (content, *size, at.isoformat()))

    def size(self, content: str) -> tuple[int, int] | None:
        """The size of a master whose picture is kept, although its file may be gone."""
        with self._writer.reading() as connection:
            row = connection.execute(SIZE, (content,)).fetchone()
        return None if row is None else (row[0], row[1])

    def remembered(self, contents: Iterable[str]) -> frozenset[str]:
        """Those of these contents whose pictures were kept."""
        with self._writer.reading() as connection:
            rows = connection.execute(REMEMBERED, (json.dumps(list(contents)),))
            return frozenset(row[0] for row in rows)

    def not_remembered(self, limit: int) -> list[AssetId]:
        """The assets of the newest approvals whose pictures are not kept yet."""
        with self._writer.reading() as connection:
            return [AssetId(row[0]) for row in connection.execute(LATELY, (limit,))]

    def ever_approved(self) -> list[AssetId]:
        """The assets of which anything was ever approved."""
        with self._writer.reading() as connection:
            return [AssetId(row[0]) for row in connection.execute(EVER_APPROVED)]

    def signed_by(self, who: str) -> list[AssetId]:
        """The assets that somebody of this name ever decided about."""
        with self._writer.reading() as connection:
            return [AssetId(row[0]) for row in connection.execute(SIGNED, (who,))]

    def with_renditions(self) -> list[AssetId]:
        """The assets of which any rendition was ever approved."""
        with self._writer.reading() as connection:
            return [AssetId(row[0]) for row in connection.execute(WITH_RENDITIONS)]

    def measured(self, before: Subject, after: Subject) -> Scores | None:
        """What was measured between two subjects; None if nothing was."""
        with self._writer.reading() as connection:
            row = connection.execute(MEASURED, (*before, *after)).fetchone()
        if row is None:
            return None
        return Scores(pixels=row[0], perceptual=row[1], same_shape=bool(row[2]))

    def measure(self, before: Subject, after: Subject, scores: Scores, *, at: datetime) -> None:
        """Keep what was measured."""
        told = (scores.pixels, scores.perceptual, int(scores.same_shape), at.isoformat())
        with self._writer.atomic() as connection:
            connection.execute(MEASURE, (*before, *after, *told))
