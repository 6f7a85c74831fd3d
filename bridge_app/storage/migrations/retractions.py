"""The statements of the ledger's step that remembers what was retracted, and what it was before."""

STATEMENTS = (
    """
    CREATE TABLE retraction (
        environment TEXT NOT NULL,
        asset_id TEXT NOT NULL,
        public_id TEXT NOT NULL,
        name TEXT NOT NULL,
        content TEXT NOT NULL,
        version INTEGER NOT NULL,
        state TEXT NOT NULL,
        before TEXT NOT NULL,
        reasons TEXT NOT NULL,
        follows_rights INTEGER NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (environment, asset_id)
    ) WITHOUT ROWID
    """,
)
