"""The statement of the ledger's step that remembers how people changed the field mapping."""

FIELD_MAPPING = """
    CREATE TABLE field_mapping (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        told TEXT NOT NULL,
        who TEXT NOT NULL,
        changed_at TEXT NOT NULL
    )
"""
