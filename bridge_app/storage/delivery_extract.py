"""What was delivered by day, read for a report with what is known of each address.

Measures come as text that SQLite joins by itself: a day of a million rows is read in one step,
which lets other threads run meanwhile.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bridge_app.storage.insight_tables import CAMPAIGN, COUNTED, KNOWN, RIGHTS
from bridge_app.storage.paths import from_blob

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
HOSTS = "SELECT id, nullif(host, '') FROM ledger.referrer"
DAYS = f"""
    SELECT DISTINCT t.day FROM ledger.delivery_day AS t
    WHERE t.day BETWEEN :since AND :until AND {COUNTED} ORDER BY t.day
"""
LOGS = "SELECT count(*), sum(state = 'counted') FROM ledger.access_log"
LINE = "t.delivered || ',' || t.referrer || ',' || {requests} || ',' || ifnull({bytes}, '')"
ONE_LOG = f"""
    SELECT group_concat({LINE.format(requests="t.requests", bytes="t.bytes")}, char(10))
    FROM ledger.delivery_day AS t WHERE t.day = ?
"""
"""Where there is one log alone, nothing has to be added up."""
SUMMED = f"""
    SELECT group_concat(line, char(10)) FROM (
        SELECT {
    LINE.format(
        requests="sum(t.requests)",
        bytes="CASE WHEN count(t.bytes) = count(*) THEN sum(t.bytes) END",
    )
} AS line
        FROM ledger.delivery_day AS t WHERE t.day = ? AND {COUNTED}
        GROUP BY t.delivered, t.referrer
    )
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What one address delivers, and whose it is; `asset` is None where nobody knows."""

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


def things(connection: sqlite3.Connection, values: Mapping[str, object]) -> list[Thing]:
    """Everything that was ever delivered, of the library and the environment in question."""
    return [_thing(row) for row in connection.execute(THINGS, values)]


def hosts(connection: sqlite3.Connection) -> dict[int, str | None]:
    """The referring hosts by their numbers; None for requests without one."""
    return dict(connection.execute(HOSTS).fetchall())


def days(connection: sqlite3.Connection, values: Mapping[str, object]) -> list[int]:
    """The days about which anything is known, as numbers."""
    return [row[0] for row in connection.execute(DAYS, values)]


def measures(connection: sqlite3.Connection, day: int) -> str:
    """A day's lines `thing,host,requests,bytes`; bytes are empty where nobody measured them."""
    logs, counted = connection.execute(LOGS).fetchone()
    question = ONE_LOG if logs == counted == 1 else SUMMED
    text: str | None = connection.execute(question, (day,)).fetchone()[0]
    return text or ""


def _thing(row: sqlite3.Row) -> Thing:
    *told, campaign, market, language, asset, unreadable, starts, ends = row
    number, cloud, public_id, asset_id, kind, form, media_id, preset, transformation = told
    return Thing(
        number=number,
        cloud_name=cloud,
        public_id=public_id,
        asset_id=asset_id,
        resource_type=kind,
        format=form,
        source_media_id=media_id,
        rendition=preset,
        transformation=transformation,
        campaign=(from_blob(campaign) or None) if campaign is not None else None,
        market=market,
        language=language,
        asset=asset,
        rights_unreadable=unreadable is not None,
        rights_from=datetime.fromisoformat(starts) if starts else None,
        rights_until=datetime.fromisoformat(ends) if ends else None,
    )
