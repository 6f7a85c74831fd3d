"""What people said about pictures, in the ledger: comments are added and never changed."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from bridge_app.domain.assets import AssetId
from bridge_app.domain.audit import AuditEntry, AuditKind
from bridge_app.domain.comments import Comment, CommentId, Thread, ThreadId
from bridge_app.domain.comments_json import place_from, place_json, stroke_from, stroke_json
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, NotFoundError
from bridge_app.storage.audit import entry
from bridge_app.storage.database import Writer

BEGINNING_OF_TEXT = 500
"""Characters of a comment that the audit trail repeats."""
COLUMNS = "id, thread, asset, content, transformation, text, place, strokes, mentions, who, at"
ADD = f"INSERT INTO comment ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
BEGIN = "INSERT OR IGNORE INTO comment_thread (id) VALUES (?)"
OPEN_AGAIN = "UPDATE comment_thread SET resolved_by = '', resolved_at = '' WHERE id = ?"
RESOLVE = "UPDATE comment_thread SET resolved_by = ?, resolved_at = ? WHERE id = ?"
BEGINNING = """
    SELECT id FROM comment_thread WHERE id >= ? AND substr(id, 1, ?) = ? ORDER BY id LIMIT 2
"""
STATES = """
    SELECT id, resolved_by, resolved_at FROM comment_thread
    WHERE id IN (SELECT value FROM json_each(?))
"""
ABOUT = f"""
    SELECT {COLUMNS} FROM comment WHERE thread IN (
        SELECT thread FROM comment WHERE asset = :asset OR (content = :content AND content <> '')
    ) ORDER BY seq
"""
IN_THREADS = f"""
    SELECT {COLUMNS} FROM comment WHERE thread IN (SELECT value FROM json_each(?)) ORDER BY seq
"""
OPEN_OF = """
    SELECT s.key AS asset, count(DISTINCT c.thread)
    FROM json_each(?) AS s
    JOIN comment AS c ON c.asset = s.key OR (c.content = s.value AND s.value <> '')
    JOIN comment_thread AS t ON t.id = c.thread
    WHERE t.resolved_at = '' GROUP BY s.key
"""
MENTIONING = """
    SELECT DISTINCT c.thread FROM comment AS c, json_each(c.mentions) AS m
    JOIN comment_thread AS t ON t.id = c.thread
    WHERE c.mentions <> '[]' AND t.resolved_at = '' AND m.value IN (SELECT value FROM json_each(?))
"""


class Comments:
    """Comments and their threads; thread-safe, on disk on return."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def add(self, comments: Sequence[Comment], names: Mapping[AssetId, str]) -> None:
        """Put these on record and in the audit trail, all or none; `names` are the assets'.

        One to a resolved thread opens that again.
        """
        with self._writer.atomic() as connection:
            for comment in comments:
                connection.execute(BEGIN, (comment.thread,))
                connection.execute(OPEN_AGAIN, (comment.thread,))
                connection.execute(ADD, _values(comment))
                entry(connection, _told(comment, names.get(comment.asset, "")))

    def about(self, asset: AssetId, content: str) -> list[Thread]:
        """The threads of an asset and of this content, in the order they began."""
        with self._writer.reading() as connection:
            rows = connection.execute(ABOUT, {"asset": asset, "content": content}).fetchall()
            return _threads(connection, rows)

    def thread(self, thread: ThreadId) -> Thread:
        """One thread. Raises NotFoundError."""
        with self._writer.reading() as connection:
            return _one(connection, thread)

    def beginning(self, start: str) -> Thread:
        """The thread whose ID alone begins so. Raises NotFoundError for none or several."""
        with self._writer.reading() as connection:
            found = connection.execute(BEGINNING, (start, len(start), start)).fetchall()
            if len(found) != 1:
                raise NotFoundError(what=f"One thread of comments with the ID {start[:40]}")
            return _one(connection, ThreadId(found[0][0]))

    def resolve(self, thread: ThreadId, *, resolved: bool, who: str, at: str) -> Thread:
        """Say that a thread is settled, or that it is not; twice is once. Raises NotFoundError."""
        with self._writer.atomic() as connection:
            before = _one(connection, thread)
            if before.resolved is resolved:
                return before
            if resolved:
                connection.execute(RESOLVE, (who, at, thread))
            else:
                connection.execute(OPEN_AGAIN, (thread,))
            act = {"thread": thread, "act": "resolved" if resolved else "opened again"}
            entry(connection, replace(_told(before.first, ""), who=who, at=at, detail=act))
            return _one(connection, thread)

    def open_threads(self, contents: Mapping[AssetId, str]) -> dict[AssetId, int]:
        """How many threads are open of these, each with its content; none is left out."""
        asked = json.dumps(dict(contents))
        with self._writer.reading() as connection:
            return {AssetId(row[0]): int(row[1]) for row in connection.execute(OPEN_OF, (asked,))}

    def mentioning(self, roles: Iterable[str]) -> list[Thread]:
        """The open threads that mention one of these roles, in the order they began."""
        with self._writer.reading() as connection:
            found = connection.execute(MENTIONING, (json.dumps(sorted(roles)),)).fetchall()
            threads = json.dumps([row[0] for row in found])
            return _threads(connection, connection.execute(IN_THREADS, (threads,)).fetchall())


def _one(connection: sqlite3.Connection, thread: ThreadId) -> Thread:
    rows = connection.execute(IN_THREADS, (json.dumps([thread]),)).fetchall()
    if not rows:
        raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "This thread of comments"))
    return _threads(connection, rows)[0]


def _threads(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> list[Thread]:
    by_thread: dict[ThreadId, list[Comment]] = {}
    for comment in map(_comment, rows):
        by_thread.setdefault(comment.thread, []).append(comment)
    states = connection.execute(STATES, (json.dumps(list(by_thread)),)).fetchall()
    resolved = {ThreadId(row[0]): (str(row[1]), str(row[2])) for row in states}
    return [
        Thread(
            id=thread,
            comments=tuple(comments),
            resolved=bool(resolved[thread][1]),
            resolved_by=resolved[thread][0],
            resolved_at=resolved[thread][1],
        )
        for thread, comments in by_thread.items()
    ]


def _told(comment: Comment, name: str) -> AuditEntry:
    """A comment as the audit trail has it: how it begins, and what binds all of its text."""
    whole = sha256(comment.text.encode()).hexdigest()
    return AuditEntry(
        at=comment.at,
        kind=AuditKind.COMMENT,
        who=comment.who,
        asset=comment.asset,
        name=name,
        content=comment.content,
        transformation=comment.transformation,
        detail={
            "thread": comment.thread,
            "comment": comment.id,
            "text": comment.text[:BEGINNING_OF_TEXT],
            "text_sha256": whole,
        },
    )


def _values(comment: Comment) -> tuple[str, ...]:
    return (
        comment.id,
        comment.thread,
        comment.asset,
        comment.content,
        comment.transformation,
        comment.text,
        json.dumps(place_json(comment.place)),
        json.dumps([stroke_json(stroke) for stroke in comment.strokes]),
        json.dumps(comment.mentions),
        comment.who,
        comment.at,
    )


def _comment(row: Sequence[str]) -> Comment:
    told, thread, asset, content, transformation, text, place, strokes, mentions, who, at = row
    return Comment(
        id=CommentId(told),
        thread=ThreadId(thread),
        asset=AssetId(asset),
        content=content,
        transformation=transformation,
        text=text,
        place=place_from(json.loads(place)),
        strokes=tuple(stroke_from(stroke) for stroke in json.loads(strokes)),
        mentions=tuple(json.loads(mentions)),
        who=who,
        at=at,
    )
