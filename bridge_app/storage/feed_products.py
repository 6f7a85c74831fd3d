"""What feeds say of products: taken over product by product, the newer word over the older."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bridge_app.domain.product_feed import MediaLink, Product, ProductKey
from bridge_app.domain.product_feed_names import sku_key, word_key
from bridge_app.storage.database import Writer

KNOWN = """
    SELECT p.sku, p.market, p.language, p.id, p.digest, p.updated_at, p.is_deleted
    FROM json_each(?) AS k CROSS JOIN feed_product AS p
    ON p.feed = ? AND p.sku = json_extract(k.value, '$[0]')
        AND p.market = json_extract(k.value, '$[1]')
        AND p.language = json_extract(k.value, '$[2]')
"""
ADD = """
    INSERT INTO feed_product (id, feed, sku, market, language, sku_key, variant_of, told, digest,
        updated_at, is_deleted)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
LAST = "SELECT coalesce(max(id), 0) FROM feed_product"
CHANGE = """
    UPDATE feed_product SET variant_of = ?, told = ?, digest = ?, updated_at = ?, is_deleted = ?
    WHERE id = ?
"""
TOUCH = "UPDATE feed_product SET updated_at = ? WHERE id = ?"
DROP_LINKS = "DELETE FROM feed_link WHERE product = ?"
PUT_LINK = """
    INSERT OR REPLACE INTO feed_link (product, slot, position, kind, ref, ref_key, alt_text)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
TOLD = """
    SELECT told FROM feed_product
    WHERE feed = ? AND sku = ? AND market = ? AND language = ? AND is_deleted = 0
"""
COUNTS = """
    SELECT count(*) FROM feed_product WHERE feed = ? AND is_deleted = 0
"""


@dataclass(slots=True)
class Taken:
    """What became of products."""

    upserted: int = 0
    unchanged: int = 0
    stale: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class _Known:
    """What is on record of a product."""

    id: int
    digest: str
    updated_at: str
    is_deleted: int


class FeedProducts:
    """Thread-safe; what is changed is on disk when a method returns."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def take(
        self, feed: str, products: Sequence[Product], taken: Taken, *, dry_run: bool = False
    ) -> None:
        """Take over what is newer, in one transaction, each of another key; `taken` counts.

        The same again changes nothing; what is older than what is known is stale. A `dry_run`
        only counts.
        """
        keys = json.dumps([list(one.key) for one in products])
        with self._writer.reading() if dry_run else self._writer.atomic() as connection:
            known = {
                (sku, market, language): _Known(*rest)
                for sku, market, language, *rest in connection.execute(KNOWN, (keys, feed))
            }
            news, later = [], []
            for product in products:
                before = known.get(product.key)
                if _is_news(product, before, taken):
                    news.append((product, before))
                elif before is not None and product.updated_at > before.updated_at:
                    later.append((product.updated_at, before.id))
            if not dry_run:
                connection.executemany(TOUCH, later)
                _put(connection, feed, news)

    def told(self, feed: str, key: ProductKey) -> dict[str, object] | None:
        """What a feed says of a product; None where it has it no more."""
        with self._writer.reading() as connection:
            row = connection.execute(TOLD, (feed, *key)).fetchone()
        return None if row is None else dict(json.loads(row[0]))

    def count(self, feed: str) -> int:
        """How many products a feed has."""
        with self._writer.reading() as connection:
            return int(connection.execute(COUNTS, (feed,)).fetchone()[0])


def _is_news(product: Product, before: _Known | None, taken: Taken) -> bool:
    """Does it change what is known? Counted in any case."""
    if before is not None and product.updated_at < before.updated_at:
        taken.stale += 1
        return False
    if before is not None and before.digest == product.digest:
        taken.unchanged += 1
        return False
    if product.is_deleted:
        taken.deleted += 1
    else:
        taken.upserted += 1
    return True


def _put(
    connection: sqlite3.Connection, feed: str, news: Sequence[tuple[Product, _Known | None]]
) -> None:
    """A deleted one is kept without its links, so that an older word does not bring it back."""
    (last,) = connection.execute(LAST).fetchone()
    new, changed, bare = [], [], []
    links: list[tuple[object, ...]] = []
    for product, before in news:
        told = (str(product.told.get("variant_of", "")), _told(product), _digest(product))
        rest = (product.updated_at, int(product.is_deleted))
        if before is None:
            identity = last = last + 1
            new.append((identity, feed, *product.key, sku_key(product.key.sku), *told, *rest))
        else:
            identity = before.id
            changed.append((*told, *rest, identity))
            if product.is_deleted or (product.links is not None and product.is_whole):
                bare.append((identity,))
        links += (_link(identity, link) for link in product.links or ())
    connection.executemany(ADD, new)
    connection.executemany(CHANGE, changed)
    connection.executemany(DROP_LINKS, bare)
    connection.executemany(PUT_LINK, links)


def _digest(product: Product) -> str:
    """What a later reading is compared with; one that lacks rows is never the same again."""
    return product.digest if product.is_whole else ""


def _told(product: Product) -> str:
    return json.dumps(dict(product.told), ensure_ascii=True, separators=(",", ":"))


def _link(product: int, link: MediaLink) -> tuple[object, ...]:
    kind, _, ref = link.ref.partition(":")
    key = word_key(ref) if kind in ("file", "kw") else ref
    return (product, link.slot, link.position, kind, ref, key, link.alt_text)
