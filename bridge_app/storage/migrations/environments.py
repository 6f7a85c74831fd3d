"""The statements of the ledger's step that knows environments and what services told of them."""

STATEMENTS = (
    "ALTER TABLE account ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE account ADD COLUMN hue TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE account ADD COLUMN stage TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE account ADD COLUMN login TEXT NOT NULL DEFAULT 'key'",
    "ALTER TABLE account ADD COLUMN client_id TEXT",
    "ALTER TABLE account ADD COLUMN folder_mode TEXT",
    "ALTER TABLE account ADD COLUMN media_limits TEXT",
    """
    CREATE TABLE usage (
        environment TEXT PRIMARY KEY,
        told TEXT NOT NULL,
        read_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE learnt (
        environment TEXT NOT NULL,
        capability TEXT NOT NULL,
        allowed INTEGER NOT NULL,
        reason TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (environment, capability)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE organisation (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        api_key TEXT NOT NULL,
        upload_prefix TEXT,
        added_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)
