"""The statements of the ledger's step that knows accounts of PhotoShelter-style services."""

STATEMENTS = (
    """
    CREATE TABLE shelter (
        account TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        base_url TEXT NOT NULL,
        organization TEXT NOT NULL,
        organization_id TEXT NOT NULL,
        email TEXT NOT NULL,
        write_back TEXT NOT NULL,
        added_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE shelter_kept (
        account TEXT NOT NULL,
        container TEXT NOT NULL,
        originals INTEGER NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (account, container)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE shelter_intake (
        account TEXT NOT NULL,
        container TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (account, container)
    ) WITHOUT ROWID
    """,
)
