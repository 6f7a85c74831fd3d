"""The statements of the ledger's step that keeps channel kits and the settings of channels."""

STATEMENTS = (
    """
    CREATE TABLE kit (
        name TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        told TEXT NOT NULL,
        who TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE TABLE kit_edition (number INTEGER PRIMARY KEY, copied_at TEXT NOT NULL)",
    """
    CREATE TABLE channel_settings (
        channel TEXT PRIMARY KEY,
        told TEXT NOT NULL,
        who TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)
