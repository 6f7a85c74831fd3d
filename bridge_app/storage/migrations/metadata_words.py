"""The statements of the ledger's step that keeps metadata templates and vocabularies."""

STATEMENTS = (
    """
    CREATE TABLE metadata_template (
        name TEXT PRIMARY KEY,
        told TEXT NOT NULL,
        who TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE vocabulary (
        name TEXT PRIMARY KEY,
        field TEXT NOT NULL,
        text TEXT NOT NULL,
        closed INTEGER NOT NULL,
        who TEXT NOT NULL,
        changed_at TEXT NOT NULL
    )
    """,
)
