"""Which image shows which product: everything a feed says beside everything the catalog has.

Made in a private database on disk that is gone when it is closed, by statements over whole sets:
a hundred thousand products take seconds, and little memory.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self

from bridge_app.domain.assets import AssetId
from bridge_app.domain.product_feed import Feed, MatchBy, ProductKey
from bridge_app.domain.product_feed_names import images_named, name_patterns, sku_key, word_key
from bridge_app.storage.database import storage_errors

CACHE_KIB = 65_536
AT_ONCE = 20_000
SKU_WORD = "sku:"
TABLES = (
    "CREATE TABLE seen (asset INTEGER PRIMARY KEY, id TEXT, name TEXT, content TEXT)",
    "CREATE TABLE key (kind TEXT, key TEXT, asset INTEGER, said TEXT, slot TEXT, position INTEGER)",
    "CREATE TABLE found (product INTEGER, slot TEXT, position INTEGER, asset INTEGER, how TEXT)",
)
ASSETS = """
    SELECT rowid, id, name, keywords, content FROM catalog.asset
    WHERE library NOT LIKE 'cloud:%' AND missing = 0 AND kind <> 'other'
"""
SEE = "INSERT INTO seen (asset, id, name, content) VALUES (?, ?, ?, ?)"
ADD_KEY = "INSERT INTO key (kind, key, asset, said, slot, position) VALUES (?, ?, ?, ?, ?, ?)"
KINDS = """
    SELECT DISTINCT l.kind FROM ledger.feed_product AS p JOIN ledger.feed_link AS l
    ON l.product = p.id WHERE p.feed = :feed AND p.is_deleted = 0
"""
AT_SERVICES = """
    INSERT INTO key (kind, key, asset) SELECT 'ps', f.media_id, s.asset
    FROM catalog.shelter_asset AS f JOIN catalog.asset AS a ON a.id = f.id
    JOIN seen AS s ON s.asset = a.rowid
"""
PLACED = """
    INSERT INTO key (kind, key, asset) SELECT DISTINCT 'cld', n.public_id, s.asset FROM (
        SELECT a.rowid, p.public_id FROM ledger.placement AS p
        JOIN catalog.asset AS a ON a.id = p.asset
        UNION SELECT a.rowid, c.public_id FROM catalog.cloud_asset AS c
        JOIN catalog.asset AS a ON a.content = c.claimed_sha256
    ) AS n JOIN seen AS s ON s.asset = n.rowid
"""
BY_LINK = """
    INSERT INTO found (product, slot, position, asset, how)
    SELECT l.product, l.slot, l.position, k.asset, l.kind
    FROM ledger.feed_product AS p CROSS JOIN ledger.feed_link AS l ON l.product = p.id
    CROSS JOIN key AS k ON k.kind = l.kind AND k.key = l.ref_key
    WHERE p.feed = :feed AND p.is_deleted = 0
"""
# The longest SKU that a name can be read as is meant, and of two that differ in case its own.
BY_SKU = """
    WITH named AS (
        SELECT k.asset, p.sku, k.slot, k.position, row_number() OVER (
            PARTITION BY k.asset ORDER BY length(p.sku) DESC, p.sku = k.said DESC, p.sku
        ) AS place
        FROM key AS k CROSS JOIN ledger.feed_product AS p ON p.feed = :feed AND p.sku_key = k.key
        WHERE k.kind = 'sku' AND p.is_deleted = 0
    )
    INSERT INTO found (product, slot, position, asset, how)
    SELECT p.id, n.slot, n.position, n.asset, 'sku' FROM named AS n
    CROSS JOIN ledger.feed_product AS p ON p.feed = :feed AND p.sku = n.sku
    WHERE n.place = 1 AND p.is_deleted = 0
        AND NOT EXISTS (SELECT 1 FROM ledger.feed_link AS l WHERE l.product = p.id)
"""
BY_WORD = """
    WITH worded AS (
        SELECT p.id, k.asset, row_number() OVER (
            PARTITION BY p.id ORDER BY s.name, s.asset
        ) - 1 AS place
        FROM (SELECT DISTINCT key, asset FROM key WHERE kind = 'sku') AS k
        CROSS JOIN ledger.feed_product AS p ON p.feed = :feed AND p.sku_key = k.key
        CROSS JOIN seen AS s ON s.asset = k.asset
        WHERE p.is_deleted = 0
            AND NOT EXISTS (SELECT 1 FROM ledger.feed_link AS l WHERE l.product = p.id)
    )
    INSERT INTO found (product, slot, position, asset, how)
    SELECT id, iif(place = 0, 'hero', 'alt'), place, asset, 'kw' FROM worded
"""
VARIANTS = """
    INSERT INTO found (product, slot, position, asset, how)
    SELECT c.id, f.slot, f.position, f.asset, 'variant'
    FROM ledger.feed_product AS c CROSS JOIN ledger.feed_product AS p
        ON p.feed = c.feed AND p.sku = c.variant_of AND p.market = c.market
        AND p.language = c.language AND p.is_deleted = 0
    CROSS JOIN found AS f ON f.product = p.id
    WHERE c.feed = :feed AND c.variant_of <> '' AND c.is_deleted = 0
        AND NOT EXISTS (SELECT 1 FROM ledger.feed_link AS l WHERE l.product = c.id)
        AND NOT EXISTS (SELECT 1 FROM found AS o WHERE o.product = c.id)
"""
# Files with the same content are one image.
MATCHES = """
    CREATE TABLE match AS
    SELECT f.product, f.slot, f.position, min(f.asset) AS asset, min(f.how) AS how,
        count(DISTINCT coalesce(s.content, s.id)) AS hits
    FROM found AS f JOIN seen AS s ON s.asset = f.asset GROUP BY f.product, f.slot, f.position
"""
COUNTS = {
    "products": "SELECT count(*) FROM ledger.feed_product WHERE feed = :feed AND is_deleted = 0",
    "images": "SELECT count(*) FROM match WHERE hits = 1",
    "unclear": "SELECT count(*) FROM match WHERE hits > 1",
    "missing": """
        SELECT count(*) FROM ledger.feed_product AS p
        CROSS JOIN ledger.feed_link AS l ON l.product = p.id
        WHERE p.feed = :feed AND p.is_deleted = 0 AND NOT EXISTS (SELECT 1 FROM match AS m
            WHERE m.product = l.product AND m.slot = l.slot AND m.position = l.position)
    """,
    "bare": """
        SELECT count(*) FROM ledger.feed_product AS p WHERE feed = :feed AND is_deleted = 0
            AND NOT EXISTS (SELECT 1 FROM found AS f WHERE f.product = p.id)
    """,
    "assets": "SELECT count(*) FROM seen",
    "unused": """
        SELECT count(*) FROM seen AS s
        WHERE NOT EXISTS (SELECT 1 FROM found AS f WHERE f.asset = s.asset)
    """,
}
MATCHED = """
    SELECT p.sku, p.market, p.language, p.told ->> '$.product_name', m.slot, m.position,
        s.id, s.name, m.hits, m.how, ''
    FROM match AS m CROSS JOIN ledger.feed_product AS p ON p.id = m.product
    CROSS JOIN seen AS s ON s.asset = m.asset
    WHERE m.hits {hits} ORDER BY m.product, m.slot <> 'hero', m.slot, m.position LIMIT :limit
"""
MISSING = """
    SELECT p.sku, p.market, p.language, p.told ->> '$.product_name', coalesce(l.slot, ''),
        coalesce(l.position, 0), '', '', 0, '', coalesce(l.kind || ':' || l.ref, '')
    FROM ledger.feed_product AS p LEFT JOIN ledger.feed_link AS l ON l.product = p.id
    WHERE p.feed = :feed AND p.is_deleted = 0 AND NOT EXISTS (
        SELECT 1 FROM found AS f WHERE f.product = p.id
            AND (l.slot IS NULL OR (f.slot = l.slot AND f.position = l.position))
    ) ORDER BY p.id, l.slot <> 'hero', l.slot, l.position LIMIT :limit
"""
UNUSED = """
    SELECT s.id, s.name FROM seen AS s
    WHERE NOT EXISTS (SELECT 1 FROM found AS f WHERE f.asset = s.asset)
    ORDER BY s.asset LIMIT :limit
"""
SHOWING = """
    FROM match AS m CROSS JOIN ledger.feed_product AS p ON p.id = m.product
    CROSS JOIN seen AS s ON s.asset = m.asset
    LEFT JOIN ledger.feed_link AS l
        ON l.product = m.product AND l.slot = m.slot AND l.position = m.position
    LEFT JOIN ledger.feed_told AS t ON t.feed = :feed AND t.sku = p.sku AND t.market = p.market
        AND t.language = p.language AND t.slot = m.slot AND t.position = m.position
    WHERE m.hits = 1 AND s.content IS NOT NULL AND {wanted}
"""
IMAGES = f"""
    SELECT p.sku, p.market, p.language, p.told, p.digest, m.slot, m.position,
        coalesce(l.alt_text, ''), s.id, s.content, {{due}}
    {SHOWING} ORDER BY m.asset, m.product, m.slot, m.position
"""
NOT_TOLD = """
    (t.asset IS NULL OR t.asset <> s.id OR t.content <> s.content OR t.digest <> p.digest
        OR t.environment <> :environment)
    AND EXISTS (SELECT 1 FROM ledger.review AS r WHERE r.approval = 'approved'
        AND r.sha256 = s.content AND r.transformation = '')
"""
ALL = IMAGES.format(due="1", wanted="1")
# Of an asset with anything new come all places: what it is told names all its products.
DUE = IMAGES.format(
    due=NOT_TOLD, wanted=f"m.asset IN (SELECT m.asset {SHOWING.format(wanted=NOT_TOLD)})"
)


class Match(NamedTuple):
    """An image of a product; or, without an `asset`, what was wanted (`ref`) and is not there.

    `hits` counts the different images that fit: more than one is unclear. `how` is the kind of
    reference that found it, `sku` for a name that tells the SKU, or `variant`.
    """

    product: ProductKey
    product_name: str
    slot: str
    position: int
    asset: AssetId
    name: str
    hits: int
    how: str
    ref: str


class DueImage(NamedTuple):
    """An image of a product with what is said of both.

    `is_due` says that its environment does not know it so yet.
    """

    product: ProductKey
    told: dict[str, object]
    digest: str
    slot: str
    position: int
    alt_text: str
    asset: AssetId
    content: str
    is_due: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchCounts:
    """How a feed and the catalog fit.

    `images` are matched places, `unclear` those that several images fit, `missing` references to
    nothing, `bare` products without any image, `unused` assets that show no product.
    """

    products: int
    images: int
    unclear: int
    missing: int
    bare: int
    assets: int
    unused: int


class FeedMatches:
    """What matches now; a context manager. Safe for one thread at a time."""

    def __init__(self, catalog: Path, ledger: Path, feed: Feed) -> None:
        self._files = {"catalog": catalog, "ledger": ledger}
        self._path = catalog
        self._feed = feed
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)

    def __enter__(self) -> Self:
        try:
            with storage_errors(self._path):
                self._make()
        except BaseException:
            self._connection.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def counts(self) -> MatchCounts:
        """How many of each."""
        return MatchCounts(**{name: self._count(sql) for name, sql in COUNTS.items()})

    def matched(self, limit: int = -1) -> Iterator[Match]:
        """Places with their image."""
        return self._matches(MATCHED.format(hits="= 1"), limit)

    def unclear(self, limit: int = -1) -> Iterator[Match]:
        """Places that several images fit, each with the first one: a person has to look."""
        return self._matches(MATCHED.format(hits="> 1"), limit)

    def missing(self, limit: int = -1) -> Iterator[Match]:
        """References to nothing, and products without any image."""
        return self._matches(MISSING, limit)

    def unused(self, limit: int = -1) -> Iterator[tuple[AssetId, str]]:
        """Assets that show no product, with their names."""
        for asset, name in self._rows(UNUSED, {"limit": limit}):
            yield AssetId(asset), name

    def due(self, environment: str) -> Iterator[DueImage]:
        """Approved images of which, or of whose product, `environment` was not told as it is now.

        All places of such an asset come together, those too that are not due themselves.
        """
        return self._images(DUE, {"environment": environment})

    def images(self) -> Iterator[DueImage]:
        """All matched images."""
        return self._images(ALL, {})

    def _images(self, sql: str, values: dict[str, object]) -> Iterator[DueImage]:
        for row in self._rows(sql, values):
            sku, market, language, told, digest, slot, position, alt, asset, content, due = row
            key, said = ProductKey(sku, market, language), json.loads(told)
            yield DueImage(
                key, said, digest, slot, position, alt, AssetId(asset), content, bool(due)
            )

    def _matches(self, sql: str, limit: int) -> Iterator[Match]:
        for row in self._rows(sql, {"limit": limit}):
            sku, market, language, name, *rest = row
            slot, position, asset, file, hits, how, ref = rest
            key = ProductKey(sku, market, language)
            yield Match(key, name or "", slot, position, AssetId(asset), file, hits, how, ref)

    def _rows(self, sql: str, values: dict[str, object]) -> Iterator[tuple[Any, ...]]:
        with storage_errors(self._path):
            yield from self._connection.execute(sql, {"feed": self._feed.id, **values})

    def _count(self, sql: str) -> int:
        with storage_errors(self._path):
            return int(self._connection.execute(sql, {"feed": self._feed.id}).fetchone()[0])

    def _make(self) -> None:
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE_KIB}"):
            self._connection.execute(f"PRAGMA {setting}")
        for name, path in self._files.items():
            self._connection.execute(f"ATTACH DATABASE ? AS {name}", (str(path),))
        named = {"feed": self._feed.id}
        self._connection.execute("BEGIN")
        for table in TABLES:
            self._connection.execute(table)
        kinds = {str(row[0]) for row in self._connection.execute(KINDS, named)}
        self._see_assets(kinds)
        if "ps" in kinds:
            self._connection.execute(AT_SERVICES)
        if "cld" in kinds:
            self._connection.execute(PLACED)
        self._connection.execute("CREATE INDEX key_by_word ON key (kind, key, asset)")
        self._connection.execute(BY_LINK, named)
        by_name = self._feed.match_by is MatchBy.FILE_NAME
        self._connection.execute(BY_SKU if by_name else BY_WORD, named)
        self._connection.execute("CREATE INDEX found_of ON found (product, slot, position)")
        self._connection.execute(VARIANTS, named)
        self._connection.execute("CREATE INDEX found_asset ON found (asset)")
        self._connection.execute(MATCHES)
        self._connection.execute("CREATE INDEX match_of ON match (product, slot, position)")
        self._connection.execute("COMMIT")

    def _see_assets(self, kinds: set[str]) -> None:
        rows = self._connection.execute(ASSETS)
        while some := rows.fetchmany(AT_ONCE):
            seen: list[tuple[object, ...]] = []
            keys: list[tuple[object, ...]] = []
            for asset, identity, name, keywords, content in some:
                seen.append((asset, identity, name, content))
                keys += self._keys(kinds, asset, name, keywords)
            self._connection.executemany(SEE, seen)
            self._connection.executemany(ADD_KEY, keys)

    def _keys(
        self, kinds: set[str], asset: int, name: str, keywords: str
    ) -> Iterable[tuple[object, ...]]:
        """What an asset can be found by."""
        by_name = self._feed.match_by is MatchBy.FILE_NAME
        if "file" in kinds:
            yield ("file", word_key(name), asset, "", "", 0)
        if by_name:
            stem = name.rpartition(".")[0] or name
            for found in images_named(stem, name_patterns(self._feed.pattern)):
                key = sku_key(found.sku)
                yield ("sku", key, asset, found.sku, found.slot, found.position)
        words = json.loads(keywords) if keywords != "[]" and ("kw" in kinds or not by_name) else ()
        for word in words:
            if "kw" in kinds:
                yield ("kw", word_key(word), asset, "", "", 0)
            if not by_name:
                plain = word[len(SKU_WORD) :] if word.casefold().startswith(SKU_WORD) else word
                yield ("sku", sku_key(plain), asset, plain, "", 0)
