"""What pushes were for is told once they have delivered it, in the transaction that says so."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bridge_app.storage.product_copies import LEAVE

MOVED_BY = """
    DELETE FROM feed_told WHERE (feed, sku, market, language, slot, position) IN (
        SELECT j.params ->> '$.feed', s.value ->> 0, s.value ->> 1, s.value ->> 2,
            s.value ->> 3, s.value ->> 4
        FROM json_each(:jobs) AS w JOIN job AS j ON j.id = w.value,
            json_each(j.params, '$.shown') AS s
        WHERE s.value ->> 5 <> feed_told.push
    )
"""
MOVING_BY = """
    SELECT t.environment, t.asset, t.feed, t.sku, t.market, t.language
    FROM json_each(:jobs) AS w JOIN job AS j ON j.id = w.value,
        json_each(j.params, '$.shown') AS s
    JOIN feed_told AS t ON t.feed = j.params ->> '$.feed' AND t.sku = s.value ->> 0
        AND t.market = s.value ->> 1 AND t.language = s.value ->> 2 AND t.slot = s.value ->> 3
        AND t.position = s.value ->> 4 AND t.push <> s.value ->> 5
"""
PUT_BY = """
    INSERT INTO feed_told (feed, sku, market, language, slot, position, asset, push, content,
        digest, environment, at)
    SELECT j.params ->> '$.feed', s.value ->> 0, s.value ->> 1, s.value ->> 2, s.value ->> 3,
        s.value ->> 4, j.asset, s.value ->> 5, s.value ->> 6, s.value ->> 7, j.environment, :at
    FROM json_each(:jobs) AS w JOIN job AS j ON j.id = w.value,
        json_each(j.params, '$.shown') AS s
    WHERE EXISTS (SELECT 1 FROM feed AS f WHERE f.id = j.params ->> '$.feed')
    ON CONFLICT DO UPDATE SET content = excluded.content, digest = excluded.digest,
        environment = excluded.environment, at = excluded.at
"""


def tell_delivered(connection: sqlite3.Connection, jobs: Sequence[int], at: datetime) -> None:
    """These pushes have delivered what they were queued for; most are of no feed."""
    if not jobs:
        return
    values = {"jobs": json.dumps(list(jobs)), "at": at.isoformat()}
    moved = connection.execute(MOVING_BY, values).fetchall()
    connection.execute(MOVED_BY, values)
    connection.execute(PUT_BY, values)
    connection.executemany(LEAVE, moved)
