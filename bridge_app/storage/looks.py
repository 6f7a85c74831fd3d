"""Pushes that ended without anybody hearing whether they arrived, and what is found of them later.

A job to look for such a push is written in the transaction that ends it, so no crash forgets it.
"""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.audit import AuditEntry, AuditKind
from bridge_app.storage.audit import entry
from bridge_app.storage.database import Writer
from bridge_app.storage.deliveries import FORGET, PUT, copy_values

LOOK = "look_for_push"
PUSHED_AS = "pushed_as"
"""The parameter that tells which kind of push it was; the others are those of the push."""
CERTAIN = (
    *("GateRefusalError", "FileChangedError", "FileTroubleError", "NotFoundError"),
    *("ReplacedElsewhereError", "ChangedAtServiceError", "MasterGoneError"),
    *("NotAcceptedError", "NoSuchPresetError", "TooLargeError", "NotPermittedError"),
)
"""Ends of a first run that say for sure that nothing arrived."""
QUEUE = f"""
    INSERT INTO job (kind, identity, batch, environment, asset, name, state, total, params,
        created_at, updated_at, who)
    SELECT '{LOOK}', '{LOOK}:' || id || ':' || claims, '{LOOK}:' || id, environment, asset, name,
        'queued', 1, json_set(params, '$.{PUSHED_AS}', kind), :at, :at, who
    FROM job
    WHERE id IN (SELECT value FROM json_each(:jobs)) AND kind IN ('push', 'push_reference')
        AND updated_at = :at AND (
            (state = 'cancelled' AND claims > 0) OR (state = 'failed' AND (claims > 1
                OR coalesce(json_extract(error, '$[0]'), '')
                    NOT IN (SELECT value FROM json_each(:certain)))))
    ON CONFLICT DO NOTHING
"""
JOB = "SELECT coalesce(asset, ''), name, who FROM job WHERE id = ?"
KNOWN = """
    SELECT asset_id, version FROM delivery
    WHERE environment = ? AND resource_type = ? AND public_id = ?
"""
PLACE = """
    UPDATE placement SET public_id = :public_id
    WHERE environment = :environment AND asset = :asset AND NOT EXISTS (
        SELECT 1 FROM delivery AS d
        WHERE d.environment = placement.environment AND d.public_id = placement.public_id
    )
"""
"""An asset whose delivered copy is known stays with it."""


def queue_looks(connection: sqlite3.Connection, jobs: Iterable[int], at: datetime) -> None:
    """Have it looked for those of these jobs that are pushes, and ended with an unknown effect.

    In the transaction that ends them. One that was never taken in hand has sent nothing.
    """
    values = {"jobs": json.dumps(list(jobs)), "certain": json.dumps(CERTAIN), "at": at.isoformat()}
    connection.execute(QUEUE, values)


class FoundPushes:
    """What turned out to be there; thread-safe, on disk on return."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def record(self, copy: CloudCopy, job: int, *, at: datetime) -> bool:
        """This is delivered, by the push that a job looked for; True if that is news.

        A copy that took its place since stays recorded.
        """
        place = (copy.environment, copy.resource_type, copy.public_id)
        with self._writer.atomic() as connection:
            known = connection.execute(KNOWN, place).fetchone()
            same = known is not None and tuple(known) == (copy.asset_id, copy.version)
            if same or (known is not None and known[1] > copy.version):
                return False
            connection.execute(FORGET, place)
            connection.execute(PUT, copy_values(copy, at))
            asset, name, who = connection.execute(JOB, (job,)).fetchone()
            values = {
                "public_id": copy.public_id,
                "environment": copy.environment,
                "asset": asset,
            }
            connection.execute(PLACE, values)
            entry(connection, _told(copy, asset=asset, name=name, who=who, at=at))
        return True


def _told(copy: CloudCopy, *, asset: str, name: str, who: str, at: datetime) -> AuditEntry:
    return AuditEntry(
        at=at.isoformat(),
        kind=AuditKind.PUSH,
        who=who,
        asset=asset,
        name=name,
        content=copy.sha256,
        environment=copy.environment,
        detail={
            "public_id": copy.public_id,
            "asset_id": copy.asset_id,
            "version": copy.version,
            "url": copy.url,
            "found": "the push had ended without an answer",
        },
    )
