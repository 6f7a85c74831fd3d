"""What delivery was told of products' images, so that nothing is told twice, and ends are known."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bridge_app.domain.assets import AssetId
from bridge_app.domain.product_feed import Feed, ProductKey, push_key
from bridge_app.domain.product_feed_use import channels_of
from bridge_app.storage.database import Writer
from bridge_app.storage.product_copies import JOIN, LEAVE

MOVED = """
    DELETE FROM feed_told WHERE feed = ? AND sku = ? AND market = ? AND language = ? AND slot = ?
        AND position = ? AND asset <> ?
"""
PUT = """
    INSERT INTO feed_told (feed, sku, market, language, slot, position, asset, push, content,
        digest, environment, at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET content = excluded.content, digest = excluded.digest,
        environment = excluded.environment, at = excluded.at
"""
HELD = """
    (p.told ->> '$.rights_expires' <= :at OR p.told ->> '$.rights_starts' > :at
        OR p.told ->> '$.embargo_until' > :at
        OR p.told ->> '$.usage_rights' IN (SELECT value FROM json_each(:elsewhere)))
"""
# Only what the feed itself took back or ends: an asset that is not found now is no such word.
ENDED = f"""
    SELECT t.sku, t.market, t.language, t.slot, t.position, t.asset, t.content, t.digest,
        t.environment, p.is_deleted = 1 OR {HELD} IS TRUE
    FROM feed_told AS t JOIN feed_product AS p ON p.feed = t.feed AND p.sku = t.sku
        AND p.market = t.market AND p.language = t.language
    WHERE t.feed = :feed AND (p.is_deleted = 1 OR {HELD} OR (
        EXISTS (SELECT 1 FROM feed_link AS l WHERE l.product = p.id)
        AND NOT EXISTS (SELECT 1 FROM feed_link AS l WHERE l.product = p.id
            AND l.slot = t.slot AND l.position = t.position)
    ))
    ORDER BY t.sku, t.market, t.language, t.slot, t.position LIMIT :limit OFFSET :after
"""
USES = """
    SELECT DISTINCT told ->> '$.usage_rights' FROM feed_product
    WHERE feed = ? AND told ->> '$.usage_rights' IS NOT NULL
"""
END = """
    DELETE FROM feed_told WHERE feed = ? AND sku = ? AND market = ? AND language = ? AND slot = ?
        AND position = ?
"""
MOVING = """
    SELECT asset, environment FROM feed_told WHERE feed = ? AND sku = ? AND market = ?
        AND language = ? AND slot = ? AND position = ? AND asset <> ?
"""
SHOWN = "SELECT count(*) FROM feed_told WHERE asset = ? AND sku = ? AND environment = ?"

FAILED = """
    SELECT asset, coalesce(json_extract(params, '$.content'), json_extract(params, '$.sha256'))
    FROM job WHERE state = 'failed' AND kind IN ('push', 'push_reference') AND environment = ?
        AND updated_at > ? AND coalesce(error ->> 0, '') <> 'GateRefusalError'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An image of a product as an environment knows it: its content, and what was said of it."""

    product: ProductKey
    slot: str
    position: int
    asset: AssetId
    content: str
    digest: str
    environment: str
    is_held: bool = False
    """Is it over because the product does not allow it now, not because it shows it no more?"""

    @property
    def place(self) -> tuple[str, str, str, str, int]:
        """Where it stands."""
        return (*self.product, self.slot, self.position)

    @property
    def as_shown(self) -> tuple[str | int, ...]:
        """The same as a push keeps it; its asset and environment are the job's."""
        key = push_key(self.product.sku, self.slot, self.position, self.asset)
        return (*self.place, key, self.content, self.digest)

    @property
    def tagged(self) -> tuple[str, str, str]:
        """The image and what it is tagged with, however many places of the product it has."""
        return (self.asset, self.product.sku, self.environment)


class FeedTold:
    """Thread-safe; what is changed is on disk when a method returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def put(self, feed: str, told: Iterable[Told], *, at: datetime) -> None:
        """These are told now, or on their way."""
        with self._writer.atomic() as connection:
            for one in told:
                key = push_key(one.product.sku, one.slot, one.position, one.asset)
                moved = connection.execute(MOVING, (feed, *one.place, one.asset)).fetchall()
                connection.execute(MOVED, (feed, *one.place, one.asset))
                rest = (one.content, one.digest, one.environment, at.isoformat())
                connection.execute(PUT, (feed, *one.place, one.asset, key, *rest))
                connection.execute(JOIN, (feed, *one.product, one.environment, one.asset))
                for asset, environment in moved:
                    connection.execute(LEAVE, (environment, asset, feed, *one.product))

    def failed(self, environment: str, since: datetime) -> frozenset[tuple[AssetId, str]]:
        """(asset, content) of pushes that came to nothing since; a no of the gate is none."""
        with self._writer.reading() as connection:
            rows = connection.execute(FAILED, (environment, since.isoformat()))
            return frozenset((AssetId(row[0]), row[1]) for row in rows)

    def ended(self, feed: Feed, limit: int, *, at: datetime, after: int = 0) -> Sequence[Told]:
        """What was told and the feed has taken back since, but for the first ones.

        What a product's own word does not allow at `at` (UTC) is taken back, too.
        """
        values: dict[str, str | int] = {"feed": feed.id, "limit": limit, "after": after}
        values["at"] = at.isoformat(timespec="microseconds")
        with self._writer.reading() as connection:
            uses = [row[0] for row in connection.execute(USES, (feed.id,))]
            elsewhere = [
                one
                for one in uses
                if (channels := channels_of(json.loads(one))) and feed.channel not in channels
            ]
            values["elsewhere"] = json.dumps(elsewhere)
            rows = connection.execute(ENDED, values).fetchall()
        return [
            Told(
                product=ProductKey(*row[:3]),
                slot=row[3],
                position=row[4],
                asset=AssetId(row[5]),
                content=row[6],
                digest=row[7],
                environment=row[8],
                is_held=bool(row[9]),
            )
            for row in rows
        ]

    def last(self, told: Sequence[Told]) -> list[Told]:
        """Of these, one for each image that shows a SKU in no other place than these."""
        counts = Counter(one.tagged for one in told)
        found = {one.tagged: one for one in told}
        with self._writer.reading() as connection:
            return [
                one
                for key, one in found.items()
                if connection.execute(SHOWN, key).fetchone()[0] <= counts[key]
            ]

    def end(self, feed: str, told: Iterable[Told]) -> None:
        """These are over; what a product holds back goes on being known as delivered for it."""
        over = list(told)
        gone = [one for one in over if not one.is_held]
        with self._writer.atomic() as connection:
            connection.executemany(END, [(feed, *one.place) for one in over])
            left = [(one.environment, one.asset, feed, *one.product) for one in gone]
            connection.executemany(LEAVE, left)
