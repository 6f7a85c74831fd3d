"""Review requests in the ledger: who was asked to look at what, until when."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.audit import AuditEntry, AuditKind
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, NotFoundError
from bridge_app.domain.review_requests import RequestId, ReviewItem, ReviewRequest
from bridge_app.domain.review_turns import Newest, Standings
from bridge_app.storage.audit import entry
from bridge_app.storage.database import Writer

ROLES_OF = 1_000
"""How many of the newest requests, and of the newest comments, tell which roles there are."""
COLUMNS = "id, title, note, due, reviewers, who, at, since, closed_by, closed_at"
ADD = f"INSERT INTO review_request ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
ADD_ITEM = """
    INSERT INTO review_item (request, place, asset, transformation, preset) VALUES (?, ?, ?, ?, ?)
"""
SINCE = "SELECT coalesce(max(seq), 0) FROM decision"
ALL = f"SELECT {COLUMNS} FROM review_request WHERE closed_at = '' OR NOT :open ORDER BY seq"
ONE = f"SELECT {COLUMNS} FROM review_request WHERE id = ?"
ITEMS = "SELECT asset, transformation, preset FROM review_item WHERE request = ? ORDER BY place"
CLOSE = """
    UPDATE review_request SET closed_by = ?, closed_at = ? WHERE id = ?
"""
ROLES = f"""
    SELECT value FROM (
        SELECT r.value AS value, q.at AS at
        FROM (SELECT at, reviewers FROM review_request ORDER BY seq DESC LIMIT {ROLES_OF}) AS q,
            json_each(q.reviewers) AS r
        UNION ALL
        SELECT m.value, c.at
        FROM (SELECT at, mentions FROM comment ORDER BY seq DESC LIMIT {ROLES_OF}) AS c,
            json_each(c.mentions) AS m
    ) GROUP BY value ORDER BY max(at) DESC
"""
NEWEST = """
    SELECT sha256, transformation, stage, approval, seq FROM review
    WHERE sha256 IN (SELECT value FROM json_each(?))
"""


class ReviewRequests:
    """Requests and what belongs to them; thread-safe, on disk on return."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def add(self, request: ReviewRequest) -> ReviewRequest:
        """Put a request on record; returned with its place among the decisions."""
        with self._writer.atomic() as connection:
            (since,) = connection.execute(SINCE).fetchone()
            placed = replace(request, since=int(since))
            connection.execute(ADD, _values(placed))
            connection.executemany(
                ADD_ITEM,
                (
                    (placed.id, place, item.asset, item.transformation, item.preset)
                    for place, item in enumerate(placed.items)
                ),
            )
            entry(connection, _told(placed, who=placed.who, at=placed.at, act="requested"))
        return placed

    def all(self, *, open_only: bool) -> list[ReviewRequest]:
        """All requests, or those that nobody has closed; oldest first."""
        with self._writer.reading() as connection:
            rows = connection.execute(ALL, {"open": open_only}).fetchall()
            return [_request(connection, row) for row in rows]

    def one(self, request: RequestId) -> ReviewRequest:
        """One request. Raises NotFoundError."""
        with self._writer.reading() as connection:
            return _one(connection, request)

    def close(self, request: RequestId, *, who: str, at: str) -> ReviewRequest:
        """Nobody has to look at it any more; twice is once. Raises NotFoundError."""
        with self._writer.atomic() as connection:
            there = _one(connection, request)
            if not there.is_open:
                return there
            connection.execute(CLOSE, (who, at, request))
            entry(connection, _told(there, who=who, at=at, act="closed"))
            return _one(connection, request)

    def roles(self) -> list[str]:
        """Whom requests and comments named lately, the newest first."""
        with self._writer.reading() as connection:
            return [str(row[0]) for row in connection.execute(ROLES)]

    def standings(self, contents: Iterable[str]) -> dict[tuple[str, str], Standings]:
        """The newest decisions on these contents: by content and transformation, then by stage."""
        asked = json.dumps(sorted(contents))
        with self._writer.reading() as connection:
            rows = connection.execute(NEWEST, (asked,)).fetchall()
        found: dict[tuple[str, str], dict[str, Newest]] = {}
        for content, transformation, stage, approval, seq in rows:
            newest = Newest(approval=Approval(approval), seq=int(seq))
            found.setdefault((content, transformation), {})[stage] = newest
        return dict(found)


def _one(connection: sqlite3.Connection, request: RequestId) -> ReviewRequest:
    row = connection.execute(ONE, (request,)).fetchone()
    if row is None:
        raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "This review request"))
    return _request(connection, row)


def _told(request: ReviewRequest, *, who: str, at: str, act: str) -> AuditEntry:
    """What was done to a request, as the audit trail has it."""
    due = request.due.isoformat() if request.due else ""
    return AuditEntry(
        at=at,
        kind=AuditKind.REVIEW_REQUEST,
        who=who,
        name=request.title,
        detail={
            "request": request.id,
            "act": act,
            "items": len(request.items),
            "due": due,
            "reviewers": list(request.reviewers),
        },
    )


def _values(request: ReviewRequest) -> tuple[object, ...]:
    return (
        request.id,
        request.title,
        request.note,
        request.due.isoformat() if request.due else "",
        json.dumps(request.reviewers),
        request.who,
        request.at,
        request.since,
        request.closed_by,
        request.closed_at,
    )


def _request(connection: sqlite3.Connection, row: sqlite3.Row) -> ReviewRequest:
    told, title, note, due, reviewers, who, at, since, closed_by, closed_at = row
    items = connection.execute(ITEMS, (told,)).fetchall()
    return ReviewRequest(
        id=RequestId(told),
        title=title,
        note=note,
        due=datetime.fromisoformat(due) if due else None,
        reviewers=tuple(json.loads(reviewers)),
        items=tuple(
            ReviewItem(asset=AssetId(asset), transformation=transformation, preset=preset)
            for asset, transformation, preset in items
        ),
        who=who,
        at=at,
        since=int(since),
        closed_by=closed_by,
        closed_at=closed_at,
    )
