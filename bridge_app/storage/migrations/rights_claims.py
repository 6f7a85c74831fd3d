"""The statements of the ledger's step that keeps what people claim of rights."""

STATEMENTS = (
    """
    CREATE TABLE rights_claim (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        asset TEXT NOT NULL,
        content TEXT NOT NULL,
        name TEXT NOT NULL,
        told TEXT NOT NULL,
        starts TEXT,
        ends TEXT,
        who TEXT NOT NULL,
        at TEXT NOT NULL
    )
    """,
    "CREATE INDEX rights_claim_by_asset ON rights_claim (asset, seq)",
    "CREATE INDEX rights_claim_by_content ON rights_claim (content, seq)",
    """
    CREATE TRIGGER rights_claim_stays BEFORE DELETE ON rights_claim BEGIN
        SELECT RAISE(ABORT, 'rights claims are never deleted');
    END
    """,
    """
    CREATE TRIGGER rights_claim_is_final BEFORE UPDATE ON rights_claim BEGIN
        SELECT RAISE(ABORT, 'rights claims are never changed');
    END
    """,
    """
    CREATE TABLE rights_template (
        name TEXT PRIMARY KEY,
        told TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE rights_notice (
        asset TEXT NOT NULL,
        ends TEXT NOT NULL,
        days INTEGER NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (asset, ends, days)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE rights_told (
        asset TEXT NOT NULL,
        block TEXT NOT NULL,
        theirs TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (asset, block)
    ) WITHOUT ROWID
    """,
)
