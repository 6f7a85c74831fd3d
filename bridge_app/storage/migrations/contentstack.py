"""The statements of the ledger's step that publishes into stacks of Contentstack."""

STATEMENTS = (
    """
    CREATE TABLE stack_destination (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        told TEXT NOT NULL,
        who TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE stack_publication (
        id TEXT PRIMARY KEY,
        destination TEXT NOT NULL,
        asset TEXT NOT NULL,
        state TEXT NOT NULL,
        told TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX stack_publication_by_asset ON stack_publication (asset)",
)
