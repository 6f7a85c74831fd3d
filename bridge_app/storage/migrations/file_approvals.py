"""The statements of the ledger's step that remembers what files said of their approval."""

STATEMENTS = (
    """
    CREATE TABLE file_approval (
        asset TEXT PRIMARY KEY,
        said TEXT NOT NULL,
        since INTEGER NOT NULL,
        answered INTEGER NOT NULL,
        at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)
