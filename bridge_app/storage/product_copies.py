"""Which images were delivered for products alone, and for which: as pushes of feeds bring them."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bridge_app.domain.assets import AssetId
from bridge_app.domain.product_holds import ShownFor
from bridge_app.domain.push_plan import PushAction, PushPlan
from bridge_app.domain.reasons import Reason
from bridge_app.storage.database import Writer
from bridge_app.storage.recorded import newest_recorded

THERE = (PushAction.SAME_CONTENT, PushAction.KEPT)
# Before what these pushes delivered is on record: what was there already is somebody's.
MARK = """
    INSERT OR IGNORE INTO feed_copy (environment, asset, feed, sku, market, language)
    SELECT j.environment, j.asset, j.params ->> '$.feed', s.value ->> 0, s.value ->> 1,
        s.value ->> 2
    FROM json_each(?) AS w JOIN job AS j ON j.id = w.value, json_each(j.params, '$.shown') AS s
    WHERE EXISTS (SELECT 1 FROM feed AS f WHERE f.id = j.params ->> '$.feed') AND (
        EXISTS (SELECT 1 FROM feed_copy AS c
            WHERE c.environment = j.environment AND c.asset = j.asset)
        OR NOT EXISTS (SELECT 1 FROM placement AS p JOIN delivery AS d
            ON d.environment = p.environment AND d.public_id = p.public_id
            WHERE p.environment = j.environment AND p.asset = j.asset)
    )
"""
OWN = """
    DELETE FROM feed_copy WHERE (environment, asset) IN (
        SELECT j.environment, j.asset FROM json_each(?) AS w JOIN job AS j ON j.id = w.value
        WHERE coalesce(j.params ->> '$.feed', '') = ''
    )
"""
KEEP = """
    DELETE FROM feed_copy WHERE environment = :environment AND asset IN (
        SELECT value FROM json_each(:assets) UNION
        SELECT p.asset FROM placement AS p WHERE p.environment = :environment
            AND p.public_id IN (SELECT value FROM json_each(:names))
    )
"""
# One more product of an image that was delivered for products alone.
JOIN = """
    INSERT OR IGNORE INTO feed_copy (environment, asset, feed, sku, market, language)
    SELECT environment, asset, ?, ?, ?, ? FROM feed_copy
    WHERE environment = ? AND asset = ? LIMIT 1
"""
LEAVE = """
    DELETE FROM feed_copy WHERE environment = ? AND asset = ? AND feed = ? AND sku = ?
        AND market = ? AND language = ? AND NOT EXISTS (SELECT 1 FROM feed_told AS t
            WHERE t.feed = feed_copy.feed AND t.sku = feed_copy.sku
                AND t.market = feed_copy.market AND t.language = feed_copy.language
                AND t.asset = feed_copy.asset AND t.environment = feed_copy.environment)
"""
WORDS = """
    SELECT {key}, c.market, f.told ->> '$.channel',
        iif(p.is_deleted = 0 AND f.id IS NOT NULL, p.told, NULL)
    FROM {source} CROSS JOIN feed_copy AS c ON c.environment = :environment AND c.asset = {asset}
    LEFT JOIN feed AS f ON f.id = c.feed
    LEFT JOIN feed_product AS p ON p.feed = c.feed AND p.sku = c.sku AND p.market = c.market
        AND p.language = c.language
    WHERE {wanted}
"""
OF_PLACES = WORDS.format(
    key="o.public_id",
    source="placement AS o",
    asset="o.asset",
    wanted="o.environment = :environment AND o.public_id IN (SELECT value FROM json_each(:names))",
)
OF_ASSET = WORDS.format(
    key="o.public_id",
    source="placement AS o",
    asset="o.asset",
    wanted="o.environment = :environment AND (o.asset = :asset OR o.public_id = :place)",
)
HELD = f"""
    SELECT 1 FROM placement AS o JOIN retraction AS t
        ON t.environment = o.environment AND t.public_id = o.public_id
    WHERE o.environment = :environment AND (o.asset = :asset OR o.public_id = :place)
        AND t.state IN ('begun', 'retracted')
        AND t.reasons LIKE '%"{Reason.PRODUCTS.value}"%'
"""
ENDED = """
    SELECT o.public_id FROM feed_copy AS c
    JOIN feed AS f ON f.id = c.feed
    JOIN feed_product AS p ON p.feed = c.feed AND p.sku = c.sku AND p.market = c.market
        AND p.language = c.language AND p.is_deleted = 0
    JOIN placement AS o ON o.environment = c.environment AND o.asset = c.asset
    WHERE c.environment = :environment AND (p.told ->> '$.rights_expires' <= :at
        OR p.told ->> '$.rights_starts' > :at OR p.told ->> '$.embargo_until' > :at
        OR (p.told ->> '$.usage_rights' IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM json_each(p.told, '$.usage_rights')
            WHERE value IN ('unrestricted', f.told ->> '$.channel')
        )))
"""
"""The places of copies one of whose products may be against them at a moment."""


class ProductCopies:
    """Thread-safe; what is changed is on disk when a method returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def shown_for(
        self, environment: str, asset: AssetId, public_id: str = ""
    ) -> tuple[tuple[ShownFor, ...], bool]:
        """The products that an image was delivered for alone, and is it held back for them?

        With a `public_id` whatever is there is meant: its mirrored record has an ID of its own.
        """
        values = {"environment": environment, "asset": asset, "place": public_id}
        with self._writer.reading() as connection:
            rows = connection.execute(OF_ASSET, values).fetchall()
            if not rows:
                return (), False
            recorded = newest_recorded(connection)
            found = tuple(_shown_for(row, recorded) for row in rows)
            held = connection.execute(HELD, values).fetchone()
        return found, held is not None

    def keep(self, plan: PushPlan) -> None:
        """Whoever pushes wants what is there already, whatever becomes of products."""
        there = [one for one in plan.steps if one.action in THERE]
        values = {
            "environment": plan.environment,
            "assets": json.dumps([one.asset for one in there]),
            "names": json.dumps([one.public_id for one in there if one.public_id]),
        }
        if there:
            with self._writer.atomic() as connection:
                connection.execute(KEEP, values)


def mark_delivered(connection: sqlite3.Connection, jobs: Sequence[int]) -> None:
    """These pushes have delivered something that is not on record yet."""
    if jobs:
        told = json.dumps(list(jobs))
        connection.execute(MARK, (told,))
        connection.execute(OWN, (told,))


def words_of_places(
    connection: sqlite3.Connection, environment: str, public_ids: Sequence[str]
) -> dict[str, tuple[ShownFor, ...]]:
    """What was delivered for products alone, with these, by public ID."""
    values = {"environment": environment, "names": json.dumps(list(public_ids))}
    found: dict[str, tuple[ShownFor, ...]] = {}
    rows = connection.execute(OF_PLACES, values).fetchall()
    recorded = newest_recorded(connection) if rows else None
    for row in rows:
        found[row[0]] = (*found.get(row[0], ()), _shown_for(row, recorded))
    return found


def _shown_for(row: Sequence[str | None], recorded: datetime | None) -> ShownFor:
    _, market, channel, told = row
    words = None if told is None else json.loads(told)
    return ShownFor(market=market or "", channel=channel or "", told=words, recorded=recorded)
