"""The statements of the ledger's step that remembers what was recorded at masters, and archives."""

STATEMENTS = (
    "ALTER TABLE rendition ADD COLUMN channel TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE rendition ADD COLUMN made_by TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX rendition_by_asset ON rendition (asset)",
    """
    CREATE TABLE write_back (
        account TEXT NOT NULL,
        media_id TEXT NOT NULL,
        asset TEXT NOT NULL,
        mode TEXT NOT NULL,
        gallery TEXT NOT NULL,
        document TEXT NOT NULL,
        document_name TEXT NOT NULL,
        digest TEXT NOT NULL,
        written_at TEXT NOT NULL,
        PRIMARY KEY (account, media_id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX write_back_by_asset ON write_back (asset)",
    """
    CREATE TABLE write_back_entry (
        account TEXT NOT NULL,
        media_id TEXT NOT NULL,
        entry TEXT NOT NULL,
        told TEXT NOT NULL,
        withdrawn_at TEXT NOT NULL,
        file TEXT NOT NULL,
        file_name TEXT NOT NULL,
        PRIMARY KEY (account, media_id, entry)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE write_back_mode (
        account TEXT NOT NULL,
        container TEXT NOT NULL,
        mode TEXT NOT NULL,
        PRIMARY KEY (account, container)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE archive (
        id TEXT PRIMARY KEY,
        account TEXT NOT NULL,
        container TEXT NOT NULL,
        name TEXT NOT NULL,
        wish TEXT NOT NULL,
        state TEXT NOT NULL,
        who TEXT NOT NULL,
        begun_at TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE archive_step (
        archive TEXT NOT NULL REFERENCES archive (id),
        place INTEGER NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        told TEXT NOT NULL,
        state TEXT NOT NULL,
        result TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        PRIMARY KEY (archive, place)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX archive_step_closed ON archive_step (subject) WHERE action = 'restrict'",
)
