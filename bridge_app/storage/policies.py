"""What environments demand, and who was let through in spite of it: in the ledger."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bridge_app.domain.approvals import NO_PREVIOUS
from bridge_app.domain.audit import AuditEntry, AuditKind
from bridge_app.domain.overrides import Override, override_digest
from bridge_app.domain.policies import Policy
from bridge_app.domain.policies_json import policy_from, policy_json
from bridge_app.storage.audit import entry
from bridge_app.storage.database import Writer
from bridge_app.storage.recorded import newest_recorded
from bridge_app.storage.reviewed import lifts_of

GET = "SELECT told FROM policy WHERE environment = ? ORDER BY place"
CLEAR = "DELETE FROM policy WHERE environment = ?"
PUT = """
    INSERT INTO policy (environment, place, name, told, who, changed_at) VALUES (?, ?, ?, ?, ?, ?)
"""
LAST = "SELECT digest FROM override ORDER BY seq DESC LIMIT 1"
NAMES = (
    "asset, name, content, transformation, environment, who, role, reason, lifts, until, at,"
    " previous, digest"
)
ADD = f"INSERT INTO override ({NAMES}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
ALL = f"SELECT {NAMES} FROM override ORDER BY seq"
ON_CONTENT = f"SELECT {NAMES} FROM override WHERE content = ? ORDER BY seq"


class Policies:
    """The policies of environments, and the record of overrides; thread-safe."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def get(self, environment: str) -> tuple[Policy, ...]:
        """The policies of an environment, in their order; none were never made, or taken away.

        Raises PolicyDocumentError for some that a newer version wrote.
        """
        with self._writer.reading() as connection:
            return policies_of(connection, environment)

    def put(self, environment: str, policies: Sequence[Policy], *, who: str, at: datetime) -> None:
        """These hold from now on, in place of those before; on disk on return."""
        texts = [json.dumps(policy_json(one), ensure_ascii=False) for one in policies]
        with self._writer.atomic() as connection:
            before = [told for (told,) in connection.execute(GET, (environment,))]
            if before == texts:
                return
            connection.execute(CLEAR, (environment,))
            for place, (policy, told) in enumerate(zip(policies, texts, strict=True)):
                row = (environment, place, policy.name, told, who, at.isoformat())
                connection.execute(PUT, row)
            told_of = AuditEntry(
                at=at.isoformat(),
                kind=AuditKind.POLICY_CHANGE,
                who=who,
                environment=environment,
                detail={"before": before, "after": texts},
            )
            entry(connection, told_of)

    def override(self, overrides: Sequence[Override]) -> None:
        """Record these, all or none; on disk on return."""
        with self._writer.atomic() as connection:
            for one in overrides:
                append_override(connection, one)

    def overrides(self) -> list[Override]:
        """The whole record, oldest first."""
        with self._writer.reading() as connection:
            return [_override(row) for row in connection.execute(ALL)]


def append_override(connection: sqlite3.Connection, one: Override) -> None:
    """Bind an override to those before it, in the transaction that is open on the ledger."""
    last = connection.execute(LAST).fetchone()
    linked = replace(one, previous=last[0] if last else NO_PREVIOUS, digest="")
    linked = replace(linked, digest=override_digest(linked))
    connection.execute(ADD, _values(linked))
    entry(connection, _audited(linked))


def overrides_on(connection: sqlite3.Connection, content: str) -> list[Override]:
    """All that were made on a content, oldest first."""
    rows = connection.execute(ON_CONTENT, (content,)).fetchall()
    newest = newest_recorded(connection) if rows else None
    return [_override(row).as_recorded(newest) for row in rows]


def policies_of(connection: sqlite3.Connection, environment: str) -> tuple[Policy, ...]:
    """As `Policies.get`; the connection may also be one to the catalog, with the ledger beside."""
    rows = connection.execute(GET, (environment,)).fetchall()
    return tuple(
        policy_from(json.loads(row[0]), f"policies[{place}]") for place, row in enumerate(rows)
    )


def _audited(one: Override) -> AuditEntry:
    return AuditEntry(
        at=one.at,
        kind=AuditKind.OVERRIDE,
        who=one.who,
        asset=one.asset,
        name=one.name,
        content=one.content,
        transformation=one.transformation,
        environment=one.environment,
        detail={
            "role": one.role,
            "reason": one.reason,
            "lifts": sorted(one.lifts),
            "until": one.until.isoformat() if one.until else "",
            "override": one.digest,
        },
    )


def _values(one: Override) -> tuple[str | None, ...]:
    return (
        one.asset,
        one.name,
        one.content,
        one.transformation,
        one.environment,
        one.who,
        one.role,
        one.reason,
        " ".join(sorted(one.lifts)),
        one.until.isoformat() if one.until else None,
        one.at,
        one.previous,
        one.digest,
    )


def _override(row: Sequence[str]) -> Override:
    told: dict[str, Any] = dict(zip(NAMES.split(", "), row, strict=True))
    until = told["until"]
    told["lifts"] = lifts_of(told["lifts"])
    told["until"] = datetime.fromisoformat(until) if until else None
    return Override(**told)
