"""What reports are made of, as parts of one SQL statement: use, measures, rights, subjects.

The connection reads the catalog with the ledger attached to it. Values: `:library` and
`:environment` (the mirrored one whose own assets count; "" for none), `:since` and `:until`
(days as numbers).
"""

from bridge_app.storage.claimed import CLAIMED, EFFECTIVE
from bridge_app.storage.reviewed import OVERALL

SUBJECT = """
    subject AS (
        SELECT a.* FROM asset AS a
        WHERE CASE WHEN :library <> '' THEN a.library = :library ELSE
            a.library NOT LIKE 'cloud:%' OR (a.library = 'cloud:' || :environment AND NOT EXISTS (
                SELECT 1 FROM cloud_asset AS c JOIN ledger.delivery AS d
                    ON d.environment = c.environment AND d.resource_type = c.resource_type
                    AND d.public_id = c.public_id
                WHERE c.id = a.id
            )) END
    )
"""
"""The assets in question: masters, and what the cloud has of its own; a copy is no asset more."""
COUNTED = "t.log IN (SELECT number FROM ledger.access_log WHERE state = 'counted')"
WENT = """
    SELECT asset, at, gone_at = '' AS live FROM ledger.place
    UNION ALL
    SELECT p.asset, d.delivered_at, NOT EXISTS (
        SELECT 1 FROM ledger.retraction AS r WHERE r.environment = d.environment
            AND r.asset_id = d.asset_id AND r.state = 'retracted'
    )
    FROM ledger.placement AS p CROSS JOIN ledger.delivery AS d ON d.environment = p.environment
        AND d.resource_type IN ('image', 'video', 'raw') AND d.public_id = p.public_id
    UNION ALL
    SELECT n.asset, max(n.made_at), NOT EXISTS (
        SELECT 1 FROM ledger.delivery AS d JOIN ledger.retraction AS r
            ON r.environment = d.environment AND r.asset_id = d.asset_id
        WHERE d.environment = n.environment AND d.resource_type IN ('image', 'video', 'raw')
            AND d.public_id = n.public_id AND r.state = 'retracted'
    )
    FROM ledger.rendition AS n
    GROUP BY n.environment, n.public_id, n.transformation, n.format, n.preset, n.market, n.language
"""
USED = f"""
    used AS MATERIALIZED (
        SELECT asset, sum(live) AS places, max(at) AS last_used FROM ({WENT}) GROUP BY asset
    )
"""
"""Where assets went: how many places have them now, and when one got it last."""
KNOWN = """
    known AS MATERIALIZED (
        SELECT d.id AS delivered, CAST(coalesce(p.asset, (
            SELECT min(a.id) FROM ledger.delivery AS e JOIN asset AS a ON a.content = e.sha256
            WHERE e.environment = d.environment AND e.resource_type = d.resource_type
                AND e.public_id = d.public_id AND a.library NOT LIKE 'cloud:%'
        ), (
            SELECT max(c.id) FROM cloud_asset AS c WHERE c.environment = d.environment
                AND c.public_id = d.public_id AND c.resource_type = d.resource_type
                AND c.delivery_type = d.delivery_type
        ), (
            SELECT max(c.id) FROM cloud_asset AS c WHERE c.environment = d.environment
                AND c.public_id = d.public_id AND c.resource_type = d.resource_type
        )) AS TEXT) AS asset
        FROM ledger.delivered AS d LEFT JOIN (
            SELECT environment, public_id, min(asset) AS asset FROM ledger.placement GROUP BY 1, 2
        ) AS p ON p.environment = d.environment AND p.public_id = d.public_id
    )
"""
"""Whose what was delivered is: the master's that was pushed there, one's with the same content, or
the cloud's own asset's. As a text, so that assets are found by it with an index."""
BYTES = "CASE WHEN count(t.bytes) = count(*) THEN sum(t.bytes) END"
"""A sum of which a part was not measured was not measured."""
MEASURED = f"""
    measured AS MATERIALIZED (
        SELECT known.asset, sum(t.requests) AS requests, {BYTES} AS bytes_delivered
        FROM (
            SELECT t.delivered, sum(t.requests) AS requests, {BYTES} AS bytes
            FROM ledger.delivery_day AS t
            WHERE t.day BETWEEN :since AND :until AND {COUNTED} GROUP BY t.delivered
        ) AS t JOIN known ON known.delivered = t.delivered
        GROUP BY known.asset
    )
"""
RIGHTS = f"""
    rights AS (
        SELECT id, rights_unreadable, rights_from, rights_until FROM asset
        WHERE id NOT IN ({CLAIMED})
        UNION ALL {EFFECTIVE}
    )
"""
APPROVAL = f"""
    LEFT JOIN ledger.review AS v ON v.sha256 = a.content AND {OVERALL.format(review="v")}
"""
TOP_FOLDER = """
    CASE WHEN instr(a.folder, X'2F') > 0
        THEN substr(a.folder, 1, instr(a.folder, X'2F') - 1) ELSE a.folder END
"""
CAMPAIGN = f"""
    coalesce((
        SELECT CAST(substr(min(k.value), 10) AS BLOB) FROM json_each(a.keywords) AS k
        WHERE k.value LIKE 'campaign:_%'
    ), {TOP_FOLDER})
"""
"""What a keyword `campaign:NAME` says; without one, the first folder below the library."""
