"""What others have yet to be told of decisions: the jobs that tell them, and have not ended."""

import json
import sqlite3
from collections.abc import Iterable

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId

UNTOLD = """
    SELECT DISTINCT asset FROM job
    WHERE kind = ? AND state IN ('queued', 'running', 'waiting')
        AND asset IN (SELECT value FROM json_each(?))
"""
BEING_TOLD = """
    SELECT 1 FROM job
    WHERE kind = ? AND state IN ('queued', 'running', 'waiting') AND claims > 0 AND asset = ?
        AND params ->> 'approval' = ?
"""


def untold(
    connection: sqlite3.Connection, assets: Iterable[AssetId], kind: str
) -> frozenset[AssetId]:
    """Those of these with a decision that a job of this kind has yet to tell others of."""
    rows = connection.execute(UNTOLD, (kind, json.dumps(list(assets)))).fetchall()
    return frozenset(AssetId(row[0]) for row in rows)


def is_being_told(
    connection: sqlite3.Connection, asset: AssetId, approval: Approval, kind: str
) -> bool:
    """Has a job of this kind begun to tell this, and does not know yet whether it did?

    Of whichever content: others may have come since, of which nobody said it.
    """
    return connection.execute(BEING_TOLD, (kind, asset, approval.value)).fetchone() is not None
