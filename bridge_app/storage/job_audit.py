"""What the ends of jobs tell the audit trail: what was pushed, and what the gate refused."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.audit import AuditEntry, AuditKind
from bridge_app.domain.errors import GateRefusalError
from bridge_app.domain.jobs import Trouble
from bridge_app.storage.audit import entries

JOBS = """
    SELECT id, kind, who, coalesce(asset, ''), name, coalesce(environment, ''),
        coalesce(json_extract(params, '$.content'), json_extract(params, '$.sha256'), '')
    FROM job WHERE id IN (SELECT value FROM json_each(?))
"""
End = tuple[int, Trouble | None, CloudCopy | None]
"""How a run of a job ended: its id, the trouble there was, and what it delivered."""


def tell_ends(connection: sqlite3.Connection, ends: Sequence[End], *, at: datetime) -> None:
    """Add to the trail what runs of jobs pushed, and where the gate refused them.

    In the transaction that records the ends.
    """
    telling = {job: (error, copy) for job, error, copy in ends if copy or _is_refused(error)}
    if not telling:
        return
    rows = {row[0]: row for row in connection.execute(JOBS, (json.dumps(list(telling)),))}
    entries(
        connection,
        [_shown(rows[job][1:], *end, at) for job, end in telling.items() if job in rows],
    )


def _is_refused(error: Trouble | None) -> bool:
    return error is not None and error.kind == GateRefusalError.__name__


def _shown(
    row: Sequence[str], error: Trouble | None, copy: CloudCopy | None, at: datetime
) -> AuditEntry:
    kind, who, asset, name, environment, content = row
    return AuditEntry(
        at=at.isoformat(),
        kind=AuditKind.REFUSAL if _is_refused(error) else AuditKind.PUSH,
        who=who,
        asset=asset,
        name=name,
        content=content,
        environment=environment,
        detail=_refusal(kind, error) if copy is None else _push(copy),
    )


def _refusal(job: str, error: Trouble | None) -> dict[str, str]:
    return {"act": job, "reasons": error.facts.get("reasons", "") if error is not None else ""}


def _push(copy: CloudCopy) -> dict[str, str | int]:
    return {
        "public_id": copy.public_id,
        "asset_id": copy.asset_id,
        "version": copy.version,
        "type": copy.delivery_type,
        "bytes": copy.bytes,
        "content": copy.sha256,
        "url": copy.url,
    }
