"""The statements of the ledger's step that lets renditions be approved, in stages, by policies."""

STATEMENTS = (
    "ALTER TABLE decision ADD COLUMN transformation TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE decision ADD COLUMN stage TEXT NOT NULL DEFAULT ''",
    """
    CREATE INDEX decision_by_rendition ON decision (asset, transformation)
    WHERE transformation <> ''
    """,
    "ALTER TABLE review RENAME TO review_of_masters",
    """
    CREATE TABLE review (
        sha256 TEXT NOT NULL,
        transformation TEXT NOT NULL,
        stage TEXT NOT NULL,
        approval TEXT NOT NULL,
        seq INTEGER NOT NULL REFERENCES decision (seq),
        PRIMARY KEY (sha256, transformation, stage)
    ) WITHOUT ROWID
    """,
    """
    INSERT INTO review (sha256, transformation, stage, approval, seq)
    SELECT sha256, '', '', approval, seq FROM review_of_masters
    """,
    "DROP TABLE review_of_masters",
    """
    CREATE INDEX review_by_approval ON review (approval, sha256)
    WHERE transformation = '' AND stage = ''
    """,
    """
    CREATE TABLE policy (
        environment TEXT NOT NULL,
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        told TEXT NOT NULL,
        who TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        PRIMARY KEY (environment, place)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE override (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        asset TEXT NOT NULL,
        name TEXT NOT NULL,
        content TEXT NOT NULL,
        transformation TEXT NOT NULL,
        environment TEXT NOT NULL,
        who TEXT NOT NULL,
        role TEXT NOT NULL,
        reason TEXT NOT NULL,
        lifts TEXT NOT NULL,
        until TEXT,
        at TEXT NOT NULL,
        previous TEXT NOT NULL,
        digest TEXT NOT NULL UNIQUE
    )
    """,
    "CREATE INDEX override_by_content ON override (content, seq)",
    """
    CREATE TRIGGER override_stays BEFORE DELETE ON override BEGIN
        SELECT RAISE(ABORT, 'overrides are never deleted');
    END
    """,
    """
    CREATE TRIGGER override_is_final BEFORE UPDATE ON override BEGIN
        SELECT RAISE(ABORT, 'overrides are never changed');
    END
    """,
)
