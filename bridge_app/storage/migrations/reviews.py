"""The statements of the ledger's step that remembers comments, review requests and marks."""

STATEMENTS = (
    """
    CREATE TABLE comment_thread (
        id TEXT PRIMARY KEY,
        resolved_by TEXT NOT NULL DEFAULT '',
        resolved_at TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE comment (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        thread TEXT NOT NULL REFERENCES comment_thread (id),
        asset TEXT NOT NULL,
        content TEXT NOT NULL,
        transformation TEXT NOT NULL,
        text TEXT NOT NULL,
        place TEXT NOT NULL,
        strokes TEXT NOT NULL,
        mentions TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL
    )
    """,
    "CREATE INDEX comment_by_asset ON comment (asset)",
    "CREATE INDEX comment_by_content ON comment (content)",
    "CREATE INDEX comment_by_thread ON comment (thread)",
    """
    CREATE TRIGGER comment_stays BEFORE DELETE ON comment BEGIN
        SELECT RAISE(ABORT, 'comments are never deleted');
    END
    """,
    """
    CREATE TRIGGER comment_is_final BEFORE UPDATE ON comment BEGIN
        SELECT RAISE(ABORT, 'comments are never changed');
    END
    """,
    """
    CREATE TABLE review_request (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        note TEXT NOT NULL,
        due TEXT NOT NULL,
        reviewers TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        since INTEGER NOT NULL,
        closed_by TEXT NOT NULL DEFAULT '',
        closed_at TEXT NOT NULL DEFAULT ''
    )
    """,
    """
    CREATE TABLE review_item (
        request TEXT NOT NULL REFERENCES review_request (id),
        place INTEGER NOT NULL,
        asset TEXT NOT NULL,
        transformation TEXT NOT NULL,
        preset TEXT NOT NULL,
        PRIMARY KEY (request, place)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE mark (
        asset TEXT PRIMARY KEY,
        rating INTEGER,
        label TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)
