"""What becomes of edits whose delivery ended early: they wait for a person, who sees why.

In the transaction that ends the job, so that none is left as if it were still on its way.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping

from bridge_app.domain.assets import AssetId
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.jobs import Trouble
from bridge_app.storage.job_rows import error_text

DELIVERIES = """
    SELECT id, environment FROM job
    WHERE kind IN ('edit', 'write_file', 'write_shelter') AND environment IS NOT NULL
        AND state IN ('queued', 'failed', 'cancelled') AND id IN (SELECT value FROM json_each(?))
"""
STOP = """
    UPDATE edit SET state = 'failed', error = ?
    WHERE state IN ('pending', 'sending') AND environment = ? AND NOT EXISTS (
        SELECT 1 FROM job WHERE kind IN ('edit', 'write_file', 'write_shelter')
            AND environment = edit.environment AND state IN ('queued', 'running', 'waiting')
    )
"""
OPEN = """
    SELECT DISTINCT asset FROM edit WHERE state IN ('pending', 'sending', 'failed')
        AND environment IN (SELECT value FROM json_each(?))
"""
AGAIN = """
    UPDATE edit SET state = 'pending', error = NULL WHERE state = 'failed' AND environment = ?
"""


class EditStoppedError(BridgeError):
    """A person stopped the delivery."""

    text = QT_TRANSLATE_NOOP(
        "errors", "This was stopped. What had arrived is kept, and the next try goes on from there."
    )


STOPPED = Trouble(kind=EditStoppedError.__name__, text=EditStoppedError.text, facts={})


def stop_edits(connection: sqlite3.Connection, ended: Mapping[int, Trouble | None]) -> None:
    """Of these jobs some are over, for that reason or, without one, as a person stopped them.

    What another job is still to deliver stays on its way.
    """
    for job, environment in _deliveries(connection, ended):
        connection.execute(STOP, (error_text(ended[job] or STOPPED), environment))


def edits_again(connection: sqlite3.Connection, jobs: Iterable[int]) -> None:
    """These jobs are to be done once more, with what failed at their destinations."""
    for _, environment in _deliveries(connection, jobs):
        connection.execute(AGAIN, (environment,))


def edits_of(connection: sqlite3.Connection, jobs: Iterable[int]) -> frozenset[AssetId]:
    """The assets that have edits where these jobs deliver: failed ones, or some on their way."""
    places = [environment for _, environment in _deliveries(connection, jobs)]
    found = connection.execute(OPEN, (json.dumps(places),)) if places else ()
    return frozenset(AssetId(row[0]) for row in found)


def _deliveries(connection: sqlite3.Connection, jobs: Iterable[int]) -> list[tuple[int, str]]:
    return connection.execute(DELIVERIES, (json.dumps(list(jobs)),)).fetchall()
