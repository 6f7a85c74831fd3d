"""Changes of cloud assets that are queued and not done: what is wished next builds on them."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from bridge_app.domain.assets import AssetId

WAITING = """
    SELECT id, params FROM ledger.job
    WHERE state IN ('queued', 'running', 'waiting') AND kind = 'cloud_change'
        AND asset IN (SELECT value FROM json_each(?))
    ORDER BY id
"""


def waiting_changes(
    connection: sqlite3.Connection, assets: Iterable[AssetId]
) -> dict[int, Mapping[str, Any]]:
    """The parameters of the jobs that change one of these assets, in the order they were queued."""
    rows = connection.execute(WAITING, (json.dumps(list(assets)),))
    return {number: json.loads(params) for number, params in rows}
