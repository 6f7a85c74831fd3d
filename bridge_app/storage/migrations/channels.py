"""The statements of the ledger's step that tells channels what happened, and where things went."""

_HEARD = "EXISTS (SELECT 1 FROM webhook_endpoint WHERE state = 'on')"
_TOLD = ("decision", "push", "publication", "retraction", "restoration", "rights_claim")
_KINDS = ", ".join(f"'{kind}'" for kind in _TOLD)

STATEMENTS = (
    """
    CREATE TABLE webhook_endpoint (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        url TEXT NOT NULL,
        told TEXT NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        rotated_at TEXT NOT NULL,
        who TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE channel_event (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
        source TEXT NOT NULL,
        ref TEXT NOT NULL,
        at TEXT NOT NULL
    )
    """,
    f"""
    CREATE TRIGGER act_is_an_event AFTER INSERT ON audit
    WHEN NEW.kind IN ({_KINDS}) AND {_HEARD} BEGIN
        INSERT INTO channel_event (source, ref, at) VALUES ('audit', NEW.seq, NEW.at);
    END
    """,
    f"""
    CREATE TRIGGER delivered_edit_is_an_event AFTER UPDATE OF state ON edit
    WHEN NEW.state = 'delivered' AND OLD.state <> 'delivered' AND {_HEARD} BEGIN
        INSERT INTO channel_event (source, ref, at)
        VALUES ('edit', NEW.seq, coalesce(NEW.settled_at, NEW.at));
    END
    """,
    f"""
    CREATE TRIGGER notice_is_an_event AFTER INSERT ON rights_notice WHEN {_HEARD} BEGIN
        INSERT INTO channel_event (source, ref, at)
        VALUES ('notice', json_array(NEW.asset, NEW.ends, NEW.days), NEW.at);
    END
    """,
    """
    CREATE TABLE place (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        place TEXT NOT NULL,
        asset TEXT NOT NULL,
        name TEXT NOT NULL,
        content TEXT NOT NULL,
        transformation TEXT NOT NULL,
        preset TEXT NOT NULL,
        channel TEXT NOT NULL,
        market TEXT NOT NULL,
        environment TEXT NOT NULL,
        detail TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        gone_at TEXT NOT NULL DEFAULT ''
    )
    """,
    "CREATE INDEX place_by_asset ON place (asset, seq)",
    "CREATE INDEX place_by_kind ON place (kind, place, asset)",
)
