"""The statements of the ledger's step for edits of masters."""

STATEMENTS = (
    """
    CREATE TABLE same_picture (
        content TEXT NOT NULL,
        before TEXT NOT NULL,
        asset TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (content, before)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX same_picture_by_before ON same_picture (before, asset)",
    "ALTER TABLE edit ADD COLUMN attempt TEXT",
    """
    CREATE TABLE field_agreed (
        asset TEXT NOT NULL,
        environment TEXT NOT NULL,
        source TEXT NOT NULL,
        master TEXT NOT NULL,
        cloud TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (asset, environment, source)
    ) WITHOUT ROWID
    """,
)
