"""The statements of the ledger's step that remembers review packs and what came back of them."""

STATEMENTS = (
    """
    CREATE TABLE review_pack (
        pack TEXT PRIMARY KEY,
        told TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE review_pack_return (
        digest TEXT PRIMARY KEY,
        pack TEXT NOT NULL,
        reviewer TEXT NOT NULL,
        document TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE review_pack_verdict (
        pack TEXT NOT NULL,
        session TEXT NOT NULL,
        item TEXT NOT NULL,
        given_at INTEGER NOT NULL,
        approval TEXT NOT NULL,
        PRIMARY KEY (pack, session, item, given_at)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE review_pack_comment (
        pack TEXT NOT NULL,
        session TEXT NOT NULL,
        comment TEXT NOT NULL,
        PRIMARY KEY (pack, session, comment)
    ) WITHOUT ROWID
    """,
)
