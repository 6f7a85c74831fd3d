"""Jobs as the ledger's rows keep them."""

import json
from collections.abc import Sequence
from typing import Any

from bridge_app.domain.jobs import JobRecord, JobState, Trouble, WaitingFor


def job_record(row: Sequence[Any]) -> JobRecord:
    """The job that a row of the table keeps."""
    (number, kind, identity, batch, environment, asset, name, state, attempts, done, total) = row[
        :11
    ]
    params, waiting_for, waiting_until, error, result, created_at, updated_at = row[11:18]
    return JobRecord(
        id=number,
        kind=kind,
        identity=identity,
        batch=batch,
        environment=environment,
        asset=asset,
        name=name,
        state=JobState(state),
        attempts=attempts,
        done=done,
        total=total,
        params=json.loads(params),
        waiting_for=WaitingFor(waiting_for) if waiting_for else None,
        waiting_until=waiting_until,
        error=kept_trouble(error),
        result=json.loads(result) if result else None,
        created_at=created_at,
        updated_at=updated_at,
    )


def error_text(error: Trouble) -> str:
    """A trouble as JSON."""
    return json.dumps([error.kind, error.text, error.facts])


def kept_trouble(text: str | None) -> Trouble | None:
    """The trouble of such JSON; a sentence that was kept as it is stays that."""
    if not text:
        return None
    if not text.startswith("["):
        return Trouble(kind="", text="{said}", facts={"said": text})
    kind, template, facts = json.loads(text)
    return Trouble(kind=kind, text=template, facts=facts)
