"""What is delivered without being optimised: by imported logs, or of renditions that were made."""

import sqlite3
from collections.abc import Mapping

from bridge_app.storage.insight_tables import COUNTED, KNOWN, SUBJECT

PLAIN = "({0}.transformation NOT LIKE '%f_auto%' OR {0}.transformation NOT LIKE '%q_auto%')"
UNOPTIMISED = f"""
    WITH {SUBJECT}, {KNOWN}, logged AS MATERIALIZED (
        SELECT t.delivered, sum(t.requests) AS requests,
            CASE WHEN count(t.bytes) = count(*) THEN sum(t.bytes) END AS bytes
        FROM ledger.delivery_day AS t
        WHERE t.day BETWEEN :since AND :until AND {COUNTED} GROUP BY t.delivered
    ), made AS MATERIALIZED (
        SELECT environment, public_id, transformation, format, asset, bytes, width, height,
            max(version) AS newest
        FROM ledger.rendition GROUP BY environment, public_id, transformation, format
    ), plain AS (
        SELECT known.asset, d.environment, d.public_id, d.transformation, d.format,
            logged.requests, logged.bytes
        FROM logged JOIN ledger.delivered AS d ON d.id = logged.delivered
        JOIN known ON known.delivered = d.id
        WHERE d.resource_type = 'image' AND logged.bytes IS NOT NULL AND {PLAIN.format("d")}
        UNION ALL
        SELECT m.asset, m.environment, m.public_id, m.transformation, m.format, NULL, m.bytes
        FROM made AS m WHERE {PLAIN.format("m")} AND NOT EXISTS (
            SELECT 1 FROM ledger.delivered AS d JOIN logged ON logged.delivered = d.id
            WHERE d.environment = m.environment AND d.public_id = m.public_id
                AND d.resource_type = 'image' AND d.transformation = m.transformation
                AND d.format = m.format
        )
    )
    SELECT a.id, a.name, a.library, p.transformation,
        coalesce(nullif(p.format, ''), a.format) AS format, p.requests, p.bytes, (
            SELECT min(o.bytes) * 1.0 / s.bytes FROM ledger.rendition AS s
            JOIN ledger.rendition AS o ON o.environment = s.environment
                AND o.public_id = s.public_id AND o.version = s.version
                AND o.width = s.width AND o.height = s.height
                AND o.transformation LIKE '%f_auto%' AND o.transformation LIKE '%q_auto%'
            WHERE s.environment = p.environment AND s.public_id = p.public_id
                AND s.transformation = p.transformation AND s.format = p.format AND s.bytes > 0
        ) AS share
    FROM plain AS p JOIN subject AS a ON a.id = p.asset
    ORDER BY p.bytes DESC, a.name_key, a.id
"""


def unoptimised(connection: sqlite3.Connection, values: Mapping[str, object]) -> list[sqlite3.Row]:
    """The heaviest first; `share` is an optimised rendition's part of the plain one's bytes."""
    return connection.execute(UNOPTIMISED, values).fetchall()
