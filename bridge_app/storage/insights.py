"""Questions of reports to catalog and ledger; every answer is read in one go, off the window."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bridge_app.domain.reports import ReportScope
from bridge_app.storage.access_logs import number_of
from bridge_app.storage.insight_tables import (
    APPROVAL,
    CAMPAIGN,
    KNOWN,
    MEASURED,
    RIGHTS,
    SUBJECT,
    USED,
)

FIRST, LAST = date(1970, 1, 1), date(9999, 12, 31)
FORMAT = (
    "CASE lower(a.format) WHEN 'jpeg' THEN 'jpg' WHEN 'tiff' THEN 'tif' ELSE lower(a.format) END"
)
"""Libraries call one and the same format by two names."""
ONE = f"""
    a.id, a.name, a.path, a.library, {FORMAT} AS format, a.bytes,
    coalesce(v.approval, 'draft') AS approval,
    coalesce(u.places, 0) AS places, u.last_used, m.requests, m.bytes_delivered
"""
BESIDE = f"""
    FROM subject AS a {APPROVAL} LEFT JOIN used AS u ON u.asset = a.id
    LEFT JOIN measured AS m ON m.asset = a.id
"""
WITH = f"WITH {SUBJECT}, {USED}, {KNOWN}, {MEASURED}"
MOST_USED = f"""
    {WITH} SELECT {ONE} {BESIDE} WHERE coalesce(u.places, 0) > 0 OR m.requests > 0
    ORDER BY m.requests DESC NULLS LAST, places DESC, a.name_key, a.id
"""
LEAST_USED = f"""
    {WITH} SELECT {ONE} {BESIDE} WHERE u.places > 0
    ORDER BY m.requests ASC NULLS FIRST, places, u.last_used, a.name_key, a.id
"""
UNUSED = f"""
    {WITH} SELECT {ONE}, a.modified_at {BESIDE}
    WHERE v.approval = 'approved' AND u.asset IS NULL AND m.asset IS NULL
    ORDER BY a.modified_at, a.name_key, a.id
"""
ENDING = f"""
    {WITH}, {RIGHTS} SELECT {ONE}, w.rights_until {BESIDE} JOIN rights AS w ON w.id = a.id
    WHERE u.places > 0 AND w.rights_unreadable IS NULL AND w.rights_until < :soon
    ORDER BY w.rights_until, a.name_key, a.id
"""
HEAVY = f"""
    {WITH} SELECT {ONE}, a.display_width AS width, a.display_height AS height {BESIDE}
    WHERE a.bytes >= :heavy ORDER BY a.bytes DESC, a.name_key, a.id
"""
COPIES = f"""
    {WITH}, copies AS (
        SELECT a.sha256, count(*) AS copies, max(a.bytes) AS size FROM subject AS a
        WHERE a.sha256 IS NOT NULL AND a.library NOT LIKE 'cloud:%'
        GROUP BY a.sha256 HAVING count(*) > 1
    )
    SELECT {ONE}, a.sha256 AS content, c.copies {BESIDE} JOIN copies AS c ON c.sha256 = a.sha256
    WHERE a.library NOT LIKE 'cloud:%'
    ORDER BY (c.copies - 1) * c.size DESC, a.sha256, places DESC, a.modified_at, a.id
"""
SEEN = f"""
    {WITH} SELECT {ONE}, a.display_width AS width, a.display_height AS height,
        coalesce(a.sha256, CASE WHEN c.id IS NOT NULL THEN 'cloud:' || c.environment
            || ':' || c.asset_id || ':' || coalesce(nullif(c.etag, ''), c.version) END,
            a.version_key, '') AS picture {BESIDE} LEFT JOIN cloud_asset AS c ON c.id = a.id
    WHERE a.kind IN ('image', 'video', 'document') AND a.error IS NULL
    ORDER BY a.id
"""
GAPS = """
    trim(a.title) = '' AS no_title, trim(a.caption) = '' AS no_caption,
    coalesce(trim(json_extract(n.record, '$.alt_text')),
        trim(json_extract(s.iptc, '$.alt_text')), '') = '' AS no_alt_text,
    a.keywords = '[]' AS no_keywords, trim(a.creator) = '' AS no_creator,
    trim(a.copyright) = '' AS no_copyright
"""
MISSING = f"""
    {WITH} SELECT * FROM (
        SELECT {ONE}, {GAPS} {BESIDE} LEFT JOIN asset_record AS n ON n.asset = a.id
        LEFT JOIN shelter_asset AS s ON s.id = a.id
    ) WHERE no_title OR no_caption OR no_alt_text OR no_keywords OR no_creator OR no_copyright
    ORDER BY places > 0 DESC, approval = 'approved' DESC, no_title + no_caption + no_alt_text
        + no_keywords + no_creator + no_copyright DESC, name, id
"""
GROUPED = f"""
    {WITH} SELECT {{key}} AS named, count(*) AS assets, sum(a.bytes) AS bytes,
        sum(v.approval IS 'approved') AS approved, sum(coalesce(u.places, 0) > 0) AS in_use,
        sum(coalesce(u.places, 0)) AS places, sum(m.requests) AS requests,
        CASE WHEN count(m.bytes_delivered) = count(m.requests) THEN sum(m.bytes_delivered) END
        AS bytes_delivered, json_group_array(a.id) AS ids
    {BESIDE} GROUP BY named ORDER BY requests DESC NULLS LAST, in_use DESC, assets DESC, named
"""
KEYS = {
    "campaign": CAMPAIGN,
    "owner": "CAST(trim(a.creator) AS BLOB)",
    "library": "CAST(a.library AS BLOB)",
    "format": f"CAST({FORMAT} AS BLOB)",
}
BY_PRESET = """
    SELECT r.preset, count(*) AS renditions, count(DISTINCT r.asset) AS assets,
        sum(r.bytes) AS bytes, sum(q.requests) AS requests,
        CASE WHEN count(q.bytes) = count(q.requests) THEN sum(q.bytes) END AS bytes_delivered,
        json_group_array(DISTINCT r.asset) AS ids
    FROM (
        SELECT environment, public_id, transformation, format, preset, asset, bytes,
            max(version) AS newest
        FROM ledger.rendition
        WHERE :library = '' OR asset IN (SELECT id FROM asset WHERE library = :library)
        GROUP BY environment, public_id, transformation, format, preset
    ) AS r LEFT JOIN (
        SELECT d.environment, d.public_id, d.transformation, d.format,
            sum(t.requests) AS requests,
            CASE WHEN count(t.bytes) = count(*) THEN sum(t.bytes) END AS bytes
        FROM ledger.delivery_day AS t JOIN ledger.delivered AS d ON d.id = t.delivered
        WHERE t.day BETWEEN :since AND :until
            AND t.log IN (SELECT number FROM ledger.access_log WHERE state = 'counted')
        GROUP BY 1, 2, 3, 4
    ) AS q ON q.environment = r.environment AND q.public_id = r.public_id
        AND q.transformation = r.transformation AND q.format = r.format
    GROUP BY r.preset ORDER BY requests DESC NULLS LAST, renditions DESC, r.preset
"""
LOGGED = """
    SELECT coalesce(sum(json_extract(told, '$.unknown')), 0), count(*) FROM ledger.access_log
    WHERE state = 'counted' AND first_day <= :until AND last_day >= :since
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """The imported logs about some days: how many, and how many of their lines are unknown."""

    logs: int
    unknown_lines: int


def values_of(scope: ReportScope, environment: str | None, now: datetime) -> dict[str, object]:
    """The values of these questions."""
    return {
        "library": scope.library or "",
        "environment": environment or "",
        "since": number_of(scope.since or FIRST),
        "until": number_of(scope.until or LAST),
        "soon": (now + timedelta(days=scope.ahead_days)).isoformat(),
        "heavy": scope.heavy_bytes,
    }


def logged(connection: sqlite3.Connection, values: Mapping[str, object]) -> Logged:
    """What logs there are about the days in question."""
    unknown, logs = connection.execute(LOGGED, values).fetchone()
    return Logged(logs=logs, unknown_lines=unknown)


def asked(
    connection: sqlite3.Connection, question: str, values: Mapping[str, object]
) -> Iterator[sqlite3.Row]:
    """The rows of one of the questions above."""
    return iter(connection.execute(question, values))


def grouped(
    connection: sqlite3.Connection, by: str, values: Mapping[str, object]
) -> list[sqlite3.Row]:
    """The subjects in groups, by a key of `KEYS`; `named` is bytes, empty where nothing is said."""
    return connection.execute(GROUPED.format(key=KEYS[by]), values).fetchall()
