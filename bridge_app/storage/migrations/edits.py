"""The statements of the ledger's step that keeps edits, and where they met what others said."""

STATEMENTS = (
    """
    CREATE TABLE edit (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        change TEXT NOT NULL UNIQUE,
        batch TEXT NOT NULL,
        environment TEXT NOT NULL,
        asset TEXT NOT NULL,
        asset_id TEXT NOT NULL,
        name TEXT NOT NULL,
        path TEXT NOT NULL,
        base TEXT NOT NULL,
        value TEXT NOT NULL,
        state TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        error TEXT,
        settled_at TEXT
    )
    """,
    """
    CREATE INDEX edit_open ON edit (asset, environment)
    WHERE state IN ('pending', 'sending', 'failed', 'conflict')
    """,
    "CREATE INDEX edit_by_asset ON edit (asset, seq)",
    "CREATE INDEX edit_by_batch ON edit (batch)",
    """
    CREATE TABLE conflict (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        environment TEXT NOT NULL,
        asset TEXT NOT NULL,
        asset_id TEXT NOT NULL,
        name TEXT NOT NULL,
        path TEXT NOT NULL,
        base TEXT NOT NULL,
        ours TEXT NOT NULL,
        theirs TEXT NOT NULL,
        found_at TEXT NOT NULL,
        settled_at TEXT,
        chosen TEXT
    )
    """,
    "CREATE UNIQUE INDEX conflict_open ON conflict (asset, path) WHERE settled_at IS NULL",
)
