"""The statements of the ledger's step that keeps presets, sets and what was made of them."""

STATEMENTS = (
    """
    CREATE TABLE preset (
        name TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        told TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE rendition_set (
        name TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        told TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE TABLE edition (number INTEGER PRIMARY KEY, copied_at TEXT NOT NULL)",
    """
    CREATE TABLE rendition (
        environment TEXT NOT NULL,
        public_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        transformation TEXT NOT NULL,
        format TEXT NOT NULL,
        asset TEXT NOT NULL,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        preset TEXT NOT NULL,
        market TEXT NOT NULL,
        language TEXT NOT NULL,
        url TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        made_at TEXT NOT NULL,
        PRIMARY KEY (environment, public_id, version, transformation, format, preset, market,
            language)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX rendition_by_preset ON rendition (preset)",
)
