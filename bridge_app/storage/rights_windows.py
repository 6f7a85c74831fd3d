"""Which rights begin and end when, of all that is catalogued, by file and claim together."""

import sqlite3
from datetime import datetime

from bridge_app.domain.assets import AssetId, LibraryId
from bridge_app.domain.rights_calendar import RightsEdge
from bridge_app.domain.rights_times import Edge
from bridge_app.storage.claimed import CLAIMED, EFFECTIVE

BETWEEN = "SELECT id FROM asset WHERE rights_{edge} >= :since AND rights_{edge} < :until"
EDGES = f"""
    WITH near AS (
        {BETWEEN.format(edge="from")} UNION {BETWEEN.format(edge="until")}
    ), windows AS (
        SELECT id, rights_unreadable, rights_from, rights_until FROM asset
        WHERE id IN (SELECT id FROM near) AND id NOT IN ({CLAIMED})
        UNION ALL {EFFECTIVE}
    )
    SELECT a.id, a.library, a.name, w.rights_from, w.rights_until
    FROM windows AS w JOIN asset AS a ON a.id = w.id
    WHERE w.rights_unreadable IS NULL AND a.library NOT LIKE 'cloud:%'
        AND (w.rights_from >= :since AND w.rights_from < :until
            OR w.rights_until >= :since AND w.rights_until < :until)
"""


def edges_between(
    connection: sqlite3.Connection, since: datetime, until: datetime
) -> list[RightsEdge]:
    """What begins or ends in [since, until) (UTC), the soonest first.

    The connection reads the catalog with the ledger attached to it. Rights that nobody can read
    have no edges.
    """
    values = {"since": since.isoformat(), "until": until.isoformat()}
    found = []
    for asset, library, name, starts, ends in connection.execute(EDGES, values):
        for text, edge in ((starts, Edge.BEGINS), (ends, Edge.ENDS)):
            at = datetime.fromisoformat(text) if text else None
            if at is not None and since <= at < until:
                found.append(
                    RightsEdge(
                        asset=AssetId(asset),
                        library=LibraryId(library),
                        name=name,
                        at=at,
                        edge=edge,
                    )
                )
    return sorted(found, key=lambda one: (one.at, one.name, one.asset))
