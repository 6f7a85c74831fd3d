"""The statements of the steps that keep what was used and delivered, for reports and BI tools."""

LEDGER = (
    """
    CREATE TABLE usage_day (
        environment TEXT NOT NULL,
        day TEXT NOT NULL,
        told TEXT NOT NULL,
        read_at TEXT NOT NULL,
        PRIMARY KEY (environment, day)
    ) WITHOUT ROWID
    """,
    """
    INSERT INTO usage_day (environment, day, told, read_at)
    SELECT environment, substr(read_at, 1, 10), told, read_at FROM usage
    """,
    """
    CREATE TABLE access_log (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        digest TEXT NOT NULL,
        state TEXT NOT NULL,
        name TEXT NOT NULL,
        told TEXT NOT NULL,
        first_day INTEGER,
        last_day INTEGER,
        who TEXT NOT NULL,
        at TEXT NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX access_log_once ON access_log (digest) WHERE state = 'counted'",
    """
    CREATE TABLE delivered (
        id INTEGER PRIMARY KEY,
        environment TEXT NOT NULL,
        resource_type TEXT NOT NULL,
        delivery_type TEXT NOT NULL,
        public_id TEXT NOT NULL,
        transformation TEXT NOT NULL,
        format TEXT NOT NULL,
        UNIQUE (environment, public_id, resource_type, delivery_type, transformation, format)
    )
    """,
    "CREATE TABLE referrer (id INTEGER PRIMARY KEY, host TEXT NOT NULL UNIQUE)",
    """
    CREATE TABLE delivery_day (
        day INTEGER NOT NULL,
        delivered INTEGER NOT NULL,
        referrer INTEGER NOT NULL,
        log INTEGER NOT NULL,
        requests INTEGER NOT NULL,
        bytes INTEGER,
        PRIMARY KEY (day, delivered, referrer, log)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE saved_report (
        name TEXT PRIMARY KEY,
        told TEXT NOT NULL,
        who TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        wrote_at TEXT NOT NULL DEFAULT '',
        trouble TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID
    """,
    """
    CREATE VIEW bi_usage AS
    SELECT d.environment, d.day, m.key AS meter, json_extract(m.value, '$[0]') AS used,
        json_extract(m.value, '$[1]') AS "limit", json_extract(m.value, '$[2]') AS credits,
        d.read_at
    FROM usage_day AS d, json_each(d.told, '$.meters') AS m
    """,
    """
    CREATE VIEW bi_delivery AS
    SELECT date(t.day * 86400, 'unixepoch') AS usage_date, d.environment AS cloud_name,
        d.public_id, d.resource_type, d.delivery_type, nullif(d.format, '') AS format,
        nullif(d.transformation, '') AS transformation, nullif(r.host, '') AS url_host,
        sum(t.requests) AS requests,
        CASE WHEN count(t.bytes) = count(*) THEN sum(t.bytes) END AS bytes
    FROM delivery_day AS t JOIN delivered AS d ON d.id = t.delivered
    JOIN referrer AS r ON r.id = t.referrer
    WHERE t.log IN (SELECT number FROM access_log WHERE state = 'counted')
    GROUP BY t.day, t.delivered, t.referrer
    """,
    """
    CREATE VIEW bi_copies AS
    SELECT d.environment AS cloud_name, p.asset, d.public_id, d.asset_id, d.resource_type,
        d.format, d.bytes, d.version, d.sha256, d.delivered_at
    FROM delivery AS d LEFT JOIN placement AS p
        ON p.environment = d.environment AND p.public_id = d.public_id
    """,
    """
    CREATE VIEW bi_renditions AS
    SELECT environment AS cloud_name, asset, public_id, version, preset, transformation,
        nullif(format, '') AS format, nullif(market, '') AS market,
        nullif(language, '') AS language, nullif(channel, '') AS channel, width, height, bytes,
        made_at
    FROM rendition
    """,
    """
    CREATE VIEW bi_places AS
    SELECT kind, asset, name, nullif(preset, '') AS preset, nullif(channel, '') AS channel,
        nullif(market, '') AS market, nullif(environment, '') AS cloud_name, who, at,
        nullif(gone_at, '') AS gone_at
    FROM place
    """,
    """
    CREATE VIEW bi_approvals AS
    SELECT sha256 AS content, approval FROM review WHERE transformation = '' AND stage = ''
    """,
)

CATALOG = (
    """
    CREATE TABLE picture_hash (key TEXT PRIMARY KEY, bits BLOB NOT NULL) WITHOUT ROWID
    """,
    """
    CREATE TABLE delivery_pack (
        day INTEGER PRIMARY KEY,
        stamp TEXT NOT NULL,
        columns BLOB NOT NULL
    )
    """,
    """
    CREATE VIEW bi_assets AS
    SELECT id AS asset, library, name, kind, format, bytes, content, sha256, display_width AS width,
        display_height AS height, duration_s, nullif(title, '') AS title,
        nullif(caption, '') AS caption, nullif(creator, '') AS owner, keywords, rating, taken_at,
        modified_at, rights_from, rights_until, error
    FROM asset WHERE missing = 0
    """,
    """
    CREATE VIEW bi_keywords AS
    SELECT a.id AS asset, k.value AS keyword FROM asset AS a, json_each(a.keywords) AS k
    WHERE a.missing = 0
    """,
    """
    CREATE VIEW bi_cloud_assets AS
    SELECT id AS asset, environment AS cloud_name, asset_id, public_id, resource_type,
        delivery_type, format, bytes, width, height, duration_s, asset_folder, display_name,
        created_at, updated_at, version
    FROM cloud_asset WHERE missing = 0
    """,
    """
    CREATE VIEW bi_media AS
    SELECT id AS asset, account, media_id, file_name, bytes, nullif(license_expires_at, '')
        AS license_expires_at, visibility, created_at, modified_at
    FROM shelter_asset WHERE gone_at IS NULL AND is_master
    """,
)
