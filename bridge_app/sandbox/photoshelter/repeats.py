"""Requests that are sent again: whoever brings the same key gets the first answer.

Source: reference/photoshelter.md 8, `Idempotency-Key`; kept for a day.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from bridge_app.sandbox.photoshelter.calls import Reply, ShelterCall

TABLE = "answered"
KEPT = timedelta(hours=24)


def once(call: ShelterCall, work: Callable[[], Reply]) -> Reply:
    """The answer that this key had before, or what `work` answers now.

    Between the question and the answer nothing else is done: `work` does not wait.
    """
    given = call.request.headers.get("idempotency-key", "")
    if not given:
        return work()
    key = f"{call.caller.user_id}/{call.request.url.path}/{given}"
    row = call.store.row(TABLE, key)
    if row is not None and call.now - datetime.fromisoformat(row["at"]) < KEPT:
        return Reply(status=row["status"], data=row["data"], meta=row["meta"])
    reply = work()
    answer = {"status": reply.status, "data": reply.data, "meta": dict(reply.meta)}
    call.store.put_row(TABLE, key, {**answer, "at": call.now.isoformat()})
    return reply
