"""What the ends of jobs tell the audit trail: what was pushed, and what the gate refused."""

import json
import sqlite3
from datetime import datetime
from typing import Any

from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.audit import AuditEntry, AuditKind
from bridge_app.domain.errors import GateRefusalError
from bridge_app.domain.jobs import Trouble
from bridge_app.storage.audit import entry

JOB = "SELECT kind, who, coalesce(asset, ''), name, coalesce(environment, ''), params FROM job"


def tell_result(
    connection: sqlite3.Connection,
    job: int,
    *,
    error: Trouble | None,
    copy: CloudCopy | None,
    at: datetime,
) -> None:
    """Add how a run of a job ended to the trail, if it pushed something or was refused.

    In the transaction that records the end.
    """
    refused = error is not None and error.kind == GateRefusalError.__name__
    if not refused and copy is None:
        return
    row = connection.execute(f"{JOB} WHERE id = ?", (job,)).fetchone()
    if row is None:
        return
    kind, who, asset, name, environment, told = row
    params: dict[str, Any] = json.loads(told)
    shown = AuditEntry(
        at=at.isoformat(),
        kind=AuditKind.REFUSAL if refused else AuditKind.PUSH,
        who=who,
        asset=asset,
        name=name,
        content=str(params.get("content") or params.get("sha256") or ""),
        environment=environment,
        detail=_refusal(kind, error) if copy is None else _push(copy),
    )
    entry(connection, shown)


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
