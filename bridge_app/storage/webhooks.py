"""Endpoints that are told what happens, and what happened since they were told."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bridge_app.domain.audit import AuditKind, Told
from bridge_app.domain.channel_events import (
    ARCHIVED,
    CAMPAIGN_ARCHIVED,
    EDITED,
    FEED_READ,
    LINKED,
    NOTICED,
    UNLINKED,
    EventType,
    Happening,
)
from bridge_app.domain.jobs import JobRecord, JobState, Trouble
from bridge_app.domain.webhooks import Endpoint, EndpointState
from bridge_app.storage.database import Writer
from bridge_app.storage.job_rows import error_text, job_record, kept_trouble
from bridge_app.storage.jobs import ADD as ADD_JOB
from bridge_app.storage.jobs import NewJob, new_values

ALL = (
    "SELECT id, name, url, told, state, reason, rotated_at FROM webhook_endpoint ORDER BY name, id"
)
PUT = """
    INSERT OR REPLACE INTO webhook_endpoint
        (id, name, url, told, state, reason, rotated_at, who, changed_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
REMOVE = "DELETE FROM webhook_endpoint WHERE id = ?"
LISTENED = "SELECT 1 FROM webhook_endpoint WHERE state = 'on' LIMIT 1"
FORGET_ALL = "DELETE FROM channel_event"
DISABLE = """
    UPDATE webhook_endpoint SET state = 'disabled', reason = ?, changed_at = ?
    WHERE id = ? AND state = 'on'
"""
UNSENT = """
    UPDATE job SET state = 'cancelled', updated_at = ?
    WHERE kind = 'webhook' AND state IN ('queued', 'waiting')
        AND json_extract(params, '$.endpoint') = ?
"""
PENDING = """
    SELECT e.seq, e.id, e.at, e.source, e.ref,
        a.kind, a.asset, a.name, a.content, a.transformation, a.environment, a.who, a.detail,
        d.asset, d.name, d.environment, d.who, d.path, d.batch
    FROM channel_event AS e
    LEFT JOIN audit AS a ON e.source = 'audit' AND a.seq = CAST(e.ref AS INTEGER)
    LEFT JOIN edit AS d ON e.source = 'edit' AND d.seq = CAST(e.ref AS INTEGER)
    ORDER BY e.seq LIMIT ?
"""
WAS_THERE = """
    SELECT 1 FROM audit WHERE asset = ? AND seq < ? AND kind = 'push' AND environment = ?
        AND json_extract(detail, '$.public_id') = ? LIMIT 1
"""
TOLD = "DELETE FROM channel_event WHERE seq IN (SELECT value FROM json_each(?)) RETURNING seq"
ENDS = """
    SELECT state FROM job WHERE kind = 'webhook' AND state IN ('done', 'failed')
        AND json_extract(params, '$.endpoint') = ?
    ORDER BY updated_at DESC, id DESC LIMIT ?
"""
MESSAGES = """
    SELECT * FROM job WHERE kind = 'webhook'
        AND (:endpoint IS NULL OR json_extract(params, '$.endpoint') = :endpoint)
    ORDER BY state = 'failed' DESC, id DESC LIMIT :limit
"""
FEED_RUN = """
    SELECT f.name, r.source, r.result FROM feed_run AS r JOIN feed AS f ON f.id = r.feed
    WHERE r.seq = CAST(? AS INTEGER)
"""
CAMPAIGN = "SELECT name, container FROM archive WHERE id = ?"
ARCHIVED_ASSET = """
    SELECT json_extract(s.told, '$.asset'), a.name
    FROM archive_step AS s JOIN archive AS a ON a.id = s.archive
    WHERE s.archive = ? AND s.place = ?
"""
LINK_FACTS = ("sku", "market", "language", "slot", "position")


class Webhooks:
    """Thread-safe; what is changed is on disk when a method returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def endpoints(self) -> tuple[Endpoint, ...]:
        """All of them, by name."""
        with self._writer.reading() as connection:
            return tuple(map(_endpoint, connection.execute(ALL)))

    def put(self, endpoint: Endpoint, *, who: str, at: datetime) -> None:
        """Add it, or change the one of this ID."""
        values = (
            *(endpoint.id, endpoint.name, endpoint.url, _told(endpoint), endpoint.state.value),
            *(_said(endpoint.trouble), endpoint.rotated_at, who, at.isoformat()),
        )
        with self._writer.atomic() as connection:
            connection.execute(PUT, values)

    def remove(self, endpoint: str, *, at: datetime) -> None:
        """Tell it nothing more; its messages that wait are cancelled."""
        with self._writer.atomic() as connection:
            connection.execute(REMOVE, (endpoint,))
            connection.execute(UNSENT, (at.isoformat(), endpoint))
            if connection.execute(LISTENED).fetchone() is None:
                connection.execute(FORGET_ALL)

    def disable(self, endpoint: str, trouble: Trouble, *, at: datetime) -> None:
        """It is given up; what it was not told stays queued until a person decides."""
        with self._writer.atomic() as connection:
            connection.execute(DISABLE, (_said(trouble), at.isoformat(), endpoint))

    def pending(self, limit: int) -> list[Happening]:
        """What happened and is no message yet, in its order."""
        with self._writer.reading() as connection:
            rows = connection.execute(PENDING, (limit,)).fetchall()
            return [_happening(connection, row) for row in rows]

    def queue(self, messages: Sequence[NewJob], *, at: datetime) -> None:
        """Have these sent."""
        with self._writer.atomic() as connection:
            for job in messages:
                connection.execute(ADD_JOB, new_values(job, at))

    def turn_into(
        self, messages: Iterable[tuple[Sequence[int], Sequence[NewJob]]], *, at: datetime
    ) -> int:
        """What happened under each of these numbers is told by its messages; how many were added.

        Somebody else may have read the same meanwhile: who takes it away first adds the messages.
        """
        added = 0
        with self._writer.atomic() as connection:
            for told, jobs in messages:
                taken = connection.execute(TOLD, (json.dumps(list(told)),)).fetchall()
                if (told[0],) not in map(tuple, taken):
                    continue
                for job in jobs:
                    connection.execute(ADD_JOB, new_values(job, at))
                added += len(jobs)
        return added

    def recent_ends(self, endpoint: str, limit: int) -> list[JobState]:
        """How the last messages to an endpoint ended, the newest first."""
        with self._writer.reading() as connection:
            rows = connection.execute(ENDS, (endpoint, limit)).fetchall()
        return [JobState(state) for (state,) in rows]

    def messages(self, endpoint: str | None, *, limit: int) -> list[JobRecord]:
        """The messages to one endpoint or to all: those that nobody took, then the newest."""
        values = {"endpoint": endpoint, "limit": limit}
        with self._writer.reading() as connection:
            return [job_record(row) for row in connection.execute(MESSAGES, values)]


def _told(endpoint: Endpoint) -> str:
    events = sorted(event.value for event in endpoint.events)
    return json.dumps({"events": events, "private_allowed": endpoint.private_allowed})


def _said(trouble: Trouble | None) -> str:
    return error_text(trouble) if trouble else ""


def _endpoint(row: Sequence[str]) -> Endpoint:
    identity, name, url, text, state, reason, rotated_at = row
    told = json.loads(text)
    known = {event.value for event in EventType}
    return Endpoint(
        id=identity,
        name=name,
        url=url,
        events=frozenset(EventType(event) for event in told["events"] if event in known),
        private_allowed=bool(told["private_allowed"]),
        state=EndpointState(state),
        trouble=kept_trouble(reason),
        rotated_at=rotated_at,
    )


def _happening(connection: sqlite3.Connection, row: Sequence[str]) -> Happening:
    seq, identity, at, source, ref = row[:5]
    kind, asset, name, content, transformation, environment, who, detail = row[5:13]
    number = int(seq)
    match source:
        case "audit" if kind is not None:
            facts = json.loads(detail)
            public_id = facts.get("public_id")
            return Happening(
                seq=number,
                id=identity,
                at=at,
                kind=kind,
                asset=asset,
                name=name,
                content=content,
                transformation=transformation,
                environment=environment,
                who=who,
                detail=facts,
                was_there=kind == AuditKind.PUSH
                and _was_there(connection, (asset, ref, environment, public_id)),
            )
        case "edit" if row[13] is not None:
            asset, name, environment, who, path, batch = row[13:19]
            return Happening(
                seq=number,
                id=identity,
                at=at,
                kind=EDITED,
                asset=asset,
                name=name,
                environment=environment,
                who=who,
                detail={"fields": [path], "batch": batch},
            )
        case _:
            kind, asset, told = _fact(connection, source, ref)
            return Happening(seq=number, id=identity, at=at, kind=kind, asset=asset, detail=told)


def _fact(
    connection: sqlite3.Connection, source: str, ref: str
) -> tuple[str, str, Mapping[str, Told]]:
    """Kind, asset and facts of what is in neither the audit trail nor an edit."""
    match source:
        case "notice":
            asset, ends, days = json.loads(ref)
            return NOTICED, asset, {"expires": ends, "days": days}
        case "feed":
            return FEED_READ, "", _feed_run(connection, ref)
        case "campaign":
            name, container = connection.execute(CAMPAIGN, (ref,)).fetchone() or ("", "")
            return CAMPAIGN_ARCHIVED, "", {"campaign": name, "container": container}
        case "archived":
            asset, name = connection.execute(ARCHIVED_ASSET, json.loads(ref)).fetchone() or ("", "")
            return ARCHIVED, asset, {"campaign": name}
        case "linked" | "unlinked":
            asset, *place = json.loads(ref)
            told = dict(zip(LINK_FACTS, place, strict=True))
            return (LINKED if source == LINKED else UNLINKED), asset, told
        case _:
            return "", "", {}


def _feed_run(connection: sqlite3.Connection, ref: str) -> dict[str, Told]:
    row = connection.execute(FEED_RUN, (ref,)).fetchone()
    if row is None:
        return {}
    feed, source, result = row
    counts = {name: value for name, value in json.loads(result).items() if isinstance(value, int)}
    return {"feed": feed, "file": source, **counts}


def _was_there(connection: sqlite3.Connection, place: tuple[object, ...]) -> bool:
    return connection.execute(WAS_THERE, place).fetchone() is not None
