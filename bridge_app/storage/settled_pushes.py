"""Which masters are delivered as they are, and may be: of those nothing has to be planned."""

import json
import sqlite3
from collections.abc import Callable, Sequence

from bridge_app.domain.assets import CLOUD, SHELTER, AssetId, Kind
from bridge_app.domain.settled_push import Settled
from bridge_app.storage.claimed import CLAIMED
from bridge_app.storage.reviewed import OVERALL
from bridge_app.storage.search_edits import are_open
from bridge_app.storage.search_rows import NOTHING

SETTLED = f"""
    SELECT a.id, a.name, a.kind, a.format, a.bytes, a.sha256, a.md5, (
        SELECT d.public_id FROM ledger.delivery AS d
        WHERE d.sha256 = a.sha256 AND d.environment = :environment
        ORDER BY d.resource_type DESC, d.public_id DESC LIMIT 1
    ) AS public_id
    FROM json_each(:assets) AS w CROSS JOIN asset AS a ON a.id = w.value
    CROSS JOIN ledger.review AS r
        ON r.sha256 = a.sha256 AND {OVERALL.format(review="r")} AND r.approval = 'approved'
    WHERE a.md5 IS NOT NULL AND public_id IS NOT NULL
        AND a.library NOT LIKE '{CLOUD}%' AND a.library NOT LIKE '{SHELTER}%'
        AND a.rights_from IS NULL AND a.rights_until IS NULL AND a.rights_unreadable IS NULL
        AND a.restrictions = '{NOTHING}' AND a.id NOT IN ({CLAIMED})
        AND a.sha256 NOT IN (SELECT content FROM ledger.override)
        AND a.sha256 NOT IN (
            SELECT sha256 FROM ledger.review WHERE transformation = '' AND stage <> ''
        )
"""
"""Approved as a whole and by nobody else; no right, claim or override that could say anything."""


def settled_pushes(
    environment: str, assets: Sequence[AssetId]
) -> Callable[[sqlite3.Connection], dict[AssetId, Settled]]:
    """A question: which of these a push to an environment without policies would find there.

    Whoever is not among them has to be planned; what the answer says of the others is what the
    planner would say.
    """

    def ask(connection: sqlite3.Connection) -> dict[AssetId, Settled]:
        if are_open(connection):
            return {}
        wanted = {"environment": environment, "assets": json.dumps(list(assets))}
        rows = connection.execute(SETTLED, wanted)
        return {row[0]: Settled(row[0], row[1], Kind(row[2]), *tuple(row)[3:]) for row in rows}

    return ask
