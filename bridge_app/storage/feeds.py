"""Feeds of products, and what became of each file that was read of them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from bridge_app.domain.jobs import Trouble
from bridge_app.domain.product_feed import (
    Feed,
    FeedResult,
    FeedState,
    MatchBy,
    result_from,
    result_text,
)
from bridge_app.storage.database import Writer
from bridge_app.storage.feed_products import FeedProducts
from bridge_app.storage.feed_told import FeedTold
from bridge_app.storage.job_rows import error_text, kept_trouble

ALL = "SELECT id, name, told, state, reason, looked_at FROM feed ORDER BY name, id"
PUT = """
    INSERT INTO feed (id, name, told, state, reason, looked_at, who, changed_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, told = excluded.told,
        state = excluded.state, reason = excluded.reason, who = excluded.who,
        changed_at = excluded.changed_at
"""
LOOKED = "UPDATE feed SET looked_at = ? WHERE id = ?"
TROUBLE = "UPDATE feed SET reason = ? WHERE id = ? AND state = 'on'"
PAUSE = "UPDATE feed SET state = 'paused', reason = ?, changed_at = ? WHERE id = ? AND state = 'on'"
REMOVALS = (
    """
    DELETE FROM feed_link WHERE product IN (SELECT id FROM feed_product WHERE feed = ?)
    """,
    "DELETE FROM feed_product WHERE feed = ?",
    "DELETE FROM feed_told WHERE feed = ?",
    "DELETE FROM feed_run WHERE feed = ?",
    "DELETE FROM feed WHERE id = ?",
)
ADD_RUN = """
    INSERT INTO feed_run (feed, source, stamp, sha256, result, who, at)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
RUNS = """
    SELECT source, stamp, sha256, result, who, at FROM feed_run WHERE feed = ?
    ORDER BY seq DESC LIMIT ?
"""
BY_CONTENT = """
    SELECT source, stamp, sha256, result, who, at FROM feed_run WHERE feed = ? AND sha256 = ?
    ORDER BY seq DESC LIMIT 1
"""
STAMPS = """
    SELECT source, stamp FROM feed_run WHERE feed = ? AND seq IN (
        SELECT max(seq) FROM feed_run WHERE feed = ? GROUP BY source
    )
"""
STAMP = """
    UPDATE feed_run SET stamp = ? WHERE seq = (
        SELECT max(seq) FROM feed_run WHERE feed = ? AND source = ?
    )
"""
FORGET_CONTENTS = "UPDATE feed_run SET sha256 = '', stamp = '' WHERE feed = ?"
# Without their lines; that a file was read, and its counts, are known for much longer.
SHORTEN = """
    UPDATE feed_run SET result = json_set(result, '$.rejected', json('[]'),
        '$.warnings', json('[]'))
    WHERE seq = (SELECT seq FROM feed_run WHERE feed = ? ORDER BY seq DESC LIMIT 1 OFFSET ?)
"""
FORGET_RUNS = """
    DELETE FROM feed_run WHERE feed = ? AND seq <= (
        SELECT seq FROM feed_run WHERE feed = ? ORDER BY seq DESC LIMIT 1 OFFSET ?
    )
"""
RUNS_KEPT, RUNS_KNOWN = 200, 5_000
"""Files with their bad lines, and files of a folder that are not read again."""
ANY = "SELECT 1 FROM feed LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRun:
    """One file that was read. `at` is ISO 8601 in UTC; `stamp` tells whether the file is another.

    `is_again` says that the same bytes were read before, and this is what became of them then.
    """

    source: str
    stamp: str
    sha256: str
    result: FeedResult
    who: str = ""
    at: str = ""
    is_again: bool = False


class Feeds:
    """Thread-safe; what is changed is on disk when a method returns.

    Beside them stand what they say (`products`) and what delivery was told of it (`told`).
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.products = FeedProducts(writer)
        self.told = FeedTold(writer)

    @property
    def path(self) -> Path:
        """The file that they are in."""
        return self._writer.path

    def all(self) -> tuple[Feed, ...]:
        """All of them, by name."""
        with self._writer.reading() as connection:
            return tuple(map(_feed, connection.execute(ALL)))

    def is_empty(self) -> bool:
        """Is there none?"""
        with self._writer.reading() as connection:
            return connection.execute(ANY).fetchone() is None

    def put(self, feed: Feed, *, who: str, at: datetime) -> None:
        """Add it, or change the one of this ID; files are read again as it says now."""
        values = (
            feed.id,
            feed.name,
            _told(feed),
            feed.state.value,
            _said(feed.trouble),
            feed.looked_at,
        )
        with self._writer.atomic() as connection:
            connection.execute(PUT, (*values, who, at.isoformat()))
            connection.execute(FORGET_CONTENTS, (feed.id,))

    def set_receiving(self, feed: Feed, *, who: str, at: datetime) -> None:
        """How posts of it are received; nothing is read again for that."""
        values = (
            feed.id,
            feed.name,
            _told(feed),
            feed.state.value,
            _said(feed.trouble),
            feed.looked_at,
        )
        with self._writer.atomic() as connection:
            connection.execute(PUT, (*values, who, at.isoformat()))

    def set_state(self, feed: Feed, state: FeedState, *, who: str, at: datetime) -> None:
        """Switch it on or off; nothing is read again for that."""
        changed = replace(feed, state=state, trouble=None)
        with self._writer.atomic() as connection:
            connection.execute(PUT, (*_values(changed), who, at.isoformat()))

    def remove(self, feed: str) -> None:
        """Forget it with all that it said; nothing changes where images went."""
        with self._writer.atomic() as connection:
            for statement in REMOVALS:
                connection.execute(statement, (feed,))

    def looked(self, feed: str, *, at: datetime) -> None:
        """It was looked at."""
        with self._writer.atomic() as connection:
            connection.execute(LOOKED, (at.isoformat(), feed))

    def trouble(self, feed: str, trouble: Trouble | None) -> None:
        """It could not be read, and why; None for it could."""
        with self._writer.atomic() as connection:
            connection.execute(TROUBLE, (_said(trouble), feed))

    def pause(self, feed: str, trouble: Trouble, *, at: datetime) -> None:
        """It is read by itself no more until a person says so."""
        with self._writer.atomic() as connection:
            connection.execute(PAUSE, (error_text(trouble), at.isoformat(), feed))

    def add_run(self, feed: str, run: FeedRun) -> None:
        """A file was read to its end."""
        values = (run.source, run.stamp, run.sha256, result_text(run.result), run.who, run.at)
        with self._writer.atomic() as connection:
            connection.execute(ADD_RUN, (feed, *values))
            connection.execute(SHORTEN, (feed, RUNS_KEPT))
            connection.execute(FORGET_RUNS, (feed, feed, RUNS_KNOWN))

    def stamp(self, feed: str, source: str, stamp: str) -> None:
        """The file of the newest run of this name was touched, but is the same."""
        with self._writer.atomic() as connection:
            connection.execute(STAMP, (stamp, feed, source))

    def stamps(self, feed: str) -> dict[str, str]:
        """How each file was when it was read last."""
        with self._writer.reading() as connection:
            return dict(connection.execute(STAMPS, (feed, feed)).fetchall())

    def runs(self, feed: str, *, limit: int = 20) -> tuple[FeedRun, ...]:
        """What was read, the newest first."""
        with self._writer.reading() as connection:
            return tuple(map(_run, connection.execute(RUNS, (feed, limit))))

    def run_of(self, feed: str, sha256: str) -> FeedRun | None:
        """What became of these very bytes."""
        with self._writer.reading() as connection:
            row = connection.execute(BY_CONTENT, (feed, sha256)).fetchone()
        return None if row is None else replace(_run(row), is_again=True)


OWN_COLUMNS = ("id", "name", "state", "trouble", "looked_at")


def _said(trouble: Trouble | None) -> str:
    return error_text(trouble) if trouble else ""


def _told(feed: Feed) -> str:
    told = {name: value for name, value in asdict(feed).items() if name not in OWN_COLUMNS}
    return json.dumps(told, ensure_ascii=True)


def _values(feed: Feed) -> tuple[str, ...]:
    said = _said(feed.trouble)
    return (feed.id, feed.name, _told(feed), feed.state.value, said, feed.looked_at)


def _feed(row: Sequence[str]) -> Feed:
    identity, name, text, state, reason, looked_at = row
    told = json.loads(text)
    told["columns"] = tuple((theirs, ours) for theirs, ours in told["columns"])
    told["match_by"] = MatchBy(told["match_by"])
    return Feed(
        id=identity,
        name=name,
        state=FeedState(state),
        trouble=kept_trouble(reason),
        looked_at=looked_at,
        **told,
    )


def _run(row: Sequence[str]) -> FeedRun:
    source, stamp, sha256, result, who, at = row
    return FeedRun(
        source=source, stamp=stamp, sha256=sha256, result=result_from(result), who=who, at=at
    )
