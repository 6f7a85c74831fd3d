"""What was delivered by day, read for a report with what is known of each address.

Row by row, SQLite hands a million measures over in a second; so a day's columns are kept packed.
"""

import sqlite3
from array import array
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from bridge_app.storage.database import Writer
from bridge_app.storage.insight_tables import CAMPAIGN, COUNTED, KNOWN, RIGHTS
from bridge_app.storage.paths import from_blob

UNMEASURED = -1
THINGS = f"""
    WITH {KNOWN}, {RIGHTS.replace("rights AS (", "rights AS MATERIALIZED (")}, made AS (
        SELECT environment, public_id, transformation, format, preset, market, language,
            max(version) AS newest
        FROM ledger.rendition GROUP BY environment, public_id, transformation, format
    )
    SELECT d.id, d.environment, d.public_id, coalesce(e.asset_id, c.asset_id) AS asset_id,
        d.resource_type, coalesce(nullif(d.format, ''), e.format, c.format) AS format, s.media_id,
        r.preset, nullif(d.transformation, '') AS transformation,
        CASE WHEN a.id IS NOT NULL THEN {CAMPAIGN} END AS campaign,
        nullif(r.market, '') AS market, nullif(r.language, '') AS language, a.id AS asset,
        w.rights_unreadable, w.rights_from, w.rights_until
    FROM ledger.delivered AS d JOIN known ON known.delivered = d.id
    LEFT JOIN asset AS a ON a.id = known.asset
    LEFT JOIN rights AS w ON w.id = a.id
    LEFT JOIN shelter_asset AS s ON s.id = a.id
    LEFT JOIN ledger.delivery AS e ON e.environment = d.environment
        AND e.resource_type = d.resource_type AND e.public_id = d.public_id
    LEFT JOIN cloud_asset AS c ON c.environment = d.environment AND c.public_id = d.public_id
        AND c.resource_type = d.resource_type AND c.delivery_type = d.delivery_type
    LEFT JOIN made AS r ON r.environment = d.environment AND r.public_id = d.public_id
        AND r.transformation = d.transformation AND r.format = d.format
    WHERE (:library = '' OR a.library = :library)
        AND (:environment = '' OR d.environment = :environment)
    GROUP BY d.id
"""
SKUS = """
    SELECT DISTINCT environment, asset, sku FROM ledger.feed_told ORDER BY environment, asset, sku
"""
"""Which products were told to show an image."""
ENTRIES = """
    SELECT p.told ->> '$.environment', p.told ->> '$.public_id', p.told ->> '$.preset',
        p.told ->> '$.market', p.told ->> '$.language',
        CASE WHEN count(DISTINCT p.told ->> '$.place.entry') = 1
            THEN min(p.told ->> '$.place.entry') END,
        max(s.told ->> '$.region' LIKE 'other:%')
    FROM ledger.stack_publication AS p JOIN ledger.stack_destination AS s ON s.id = p.destination
    WHERE p.told ->> '$.url' <> '' AND p.told ->> '$.place.kind' NOT IN ('file', 'files')
    GROUP BY 1, 2, 3, 4, 5
"""
"""In which entry a rendition was put, where that is one; a field of files has copies of its own."""
HOSTS = "SELECT id, nullif(host, '') FROM ledger.referrer"
DAYS = """
    WITH RECURSIVE found (day) AS (
        SELECT min(day) FROM ledger.delivery_day WHERE day >= :since
        UNION ALL SELECT (SELECT min(t.day) FROM ledger.delivery_day AS t WHERE t.day > found.day)
        FROM found WHERE found.day IS NOT NULL
    )
    SELECT day FROM found WHERE day <= :until
"""
"""They are few, and each is found by the one before."""
STAMP = """
    SELECT coalesce(group_concat(number || '@' || at), '') FROM (
        SELECT number, at FROM ledger.access_log WHERE state = 'counted'
            AND first_day <= :day AND last_day >= :day ORDER BY number
    )
"""
"""Which logs a day's measures were added up of; a ledger that was restored gives numbers anew."""
SUMMED = f"""
    SELECT t.delivered, t.referrer, sum(t.requests),
        CASE WHEN count(t.bytes) = count(*) THEN sum(t.bytes) ELSE {UNMEASURED} END
    FROM ledger.delivery_day AS t WHERE t.day = ? AND {COUNTED}
    GROUP BY t.delivered, t.referrer
"""
KEPT = "SELECT columns FROM delivery_pack WHERE day = ? AND stamp = ?"
KEEP = "INSERT OR REPLACE INTO delivery_pack (day, stamp, columns) VALUES (?, ?, ?)"


class Thing(NamedTuple):
    """What one address delivers, and whose it is; `asset` is None where nobody knows.

    `skus` are products that show it, `entry` the only entry it was put into; `is_elsewhere` says
    that this entry is not Contentstack's.
    """

    number: int
    cloud_name: str
    public_id: str
    asset_id: str | None
    resource_type: str
    format: str | None
    source_media_id: str | None
    rendition: str | None
    transformation: str | None
    campaign: str | None
    market: str | None
    language: str | None
    asset: str | None
    rights_unreadable: bool
    rights_from: datetime | None
    rights_until: datetime | None
    skus: tuple[str, ...] = ()
    entry: str | None = None
    is_elsewhere: bool = False


def things(connection: sqlite3.Connection, values: Mapping[str, object]) -> list[Thing]:
    """Everything that was ever delivered, of the library and the environment in question."""
    skus: dict[tuple[str, str], tuple[str, ...]] = {}
    for environment, asset, sku in connection.execute(SKUS):
        skus[environment, asset] = (*skus.get((environment, asset), ()), sku)
    entries = {tuple(row[:5]): (row[5], bool(row[6])) for row in connection.execute(ENTRIES)}
    found = [_thing(row) for row in connection.execute(THINGS, values)]
    return [_placed(one, skus, entries) for one in found] if skus or entries else found


def _placed(
    one: Thing,
    skus: Mapping[tuple[str, str], tuple[str, ...]],
    entries: Mapping[tuple[object, ...], tuple[str | None, bool]],
) -> Thing:
    rendition = (one.public_id, one.rendition or "", one.market or "", one.language or "")
    entry, is_elsewhere = entries.get((one.cloud_name, *rendition), (None, False))
    shown = skus.get((one.cloud_name, one.asset or ""), ())
    return one._replace(skus=shown, entry=entry, is_elsewhere=is_elsewhere)


def hosts(connection: sqlite3.Connection) -> dict[int, str | None]:
    """The referring hosts by their numbers; None for requests without one."""
    return dict(connection.execute(HOSTS).fetchall())


def days(connection: sqlite3.Connection, values: Mapping[str, object]) -> list[int]:
    """The days about which anything may be known, as numbers."""
    return [row[0] for row in connection.execute(DAYS, values)]


def measures(connection: sqlite3.Connection, day: int) -> tuple[bytes, str | None]:
    """A day's columns, and the stamp to keep them under, if they are not kept already.

    The columns follow one another, as numbers of eight bytes in this machine's order: the numbers
    of things and of hosts, requests, and bytes (`UNMEASURED` where nobody measured them).
    """
    stamp: str = connection.execute(STAMP, {"day": day}).fetchone()[0]
    kept = connection.execute(KEPT, (day, stamp)).fetchone()
    if kept is not None:
        return bytes(kept[0]), None
    columns = zip(*connection.execute(SUMMED, (day,)), strict=True)
    return b"".join(array("q", one).tobytes() for one in columns), stamp


class DeliveryPacks:
    """Days added up before, in the catalog: a million rows are read in a moment. Disposable."""

    def __init__(self, catalog: Writer) -> None:
        self._writer = catalog

    def keep(self, day: int, stamp: str, columns: bytes) -> None:
        """Keep a day's columns in the place of earlier ones."""
        with self._writer.atomic() as connection:
            connection.execute(KEEP, (day, stamp, columns))


def _thing(row: sqlite3.Row) -> Thing:
    *told, campaign, market, language, asset, unreadable, starts, ends = row
    said = from_blob(campaign) or None if campaign is not None else None
    window = (datetime.fromisoformat(edge) if edge else None for edge in (starts, ends))
    said_of = (said, market, language, asset, unreadable is not None)
    return Thing._make((*told, *said_of, *window, (), None, False))
