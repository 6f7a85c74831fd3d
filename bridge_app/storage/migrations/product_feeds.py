"""The statements of the ledger's step that takes in what feeds say of products."""

_HEARD = "EXISTS (SELECT 1 FROM webhook_endpoint WHERE state = 'on')"
_PLACE = "OLD.asset, OLD.sku, OLD.market, OLD.language, OLD.slot, OLD.position"

STATEMENTS = (
    """
    CREATE TABLE feed (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        told TEXT NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        looked_at TEXT NOT NULL,
        who TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE feed_run (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        feed TEXT NOT NULL,
        source TEXT NOT NULL,
        stamp TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        result TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL
    )
    """,
    "CREATE INDEX feed_run_by_content ON feed_run (feed, sha256)",
    """
    CREATE TABLE feed_product (
        id INTEGER PRIMARY KEY,
        feed TEXT NOT NULL,
        sku TEXT NOT NULL,
        market TEXT NOT NULL,
        language TEXT NOT NULL,
        sku_key TEXT NOT NULL,
        variant_of TEXT NOT NULL,
        told TEXT NOT NULL,
        digest TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        is_deleted INTEGER NOT NULL,
        UNIQUE (feed, sku, market, language)
    )
    """,
    "CREATE INDEX feed_product_by_sku ON feed_product (feed, sku_key)",
    """
    CREATE TABLE feed_link (
        product INTEGER NOT NULL,
        slot TEXT NOT NULL,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        ref TEXT NOT NULL,
        ref_key TEXT NOT NULL,
        alt_text TEXT NOT NULL,
        PRIMARY KEY (product, slot, position)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE feed_told (
        feed TEXT NOT NULL,
        sku TEXT NOT NULL,
        market TEXT NOT NULL,
        language TEXT NOT NULL,
        slot TEXT NOT NULL,
        position INTEGER NOT NULL,
        asset TEXT NOT NULL,
        push TEXT NOT NULL,
        content TEXT NOT NULL,
        digest TEXT NOT NULL,
        environment TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (feed, sku, market, language, slot, position)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX feed_told_by_asset ON feed_told (asset)",
    f"""
    CREATE TRIGGER feed_run_is_an_event AFTER INSERT ON feed_run WHEN {_HEARD} BEGIN
        INSERT INTO channel_event (source, ref, at) VALUES ('feed', NEW.seq, NEW.at);
    END
    """,
    f"""
    CREATE TRIGGER linked_media_is_an_event AFTER INSERT ON feed_told WHEN {_HEARD} BEGIN
        INSERT INTO channel_event (source, ref, at)
        VALUES ('linked', json_array({_PLACE.replace("OLD", "NEW")}), NEW.at);
    END
    """,
    f"""
    CREATE TRIGGER unlinked_media_is_an_event AFTER DELETE ON feed_told WHEN {_HEARD} BEGIN
        INSERT INTO channel_event (source, ref, at)
        VALUES ('unlinked', json_array({_PLACE}), strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'));
    END
    """,
)
