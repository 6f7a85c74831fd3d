"""The statements of the ledger's step that knows which pushes may have arrived unheard."""

STATEMENTS = (
    "ALTER TABLE job ADD COLUMN claims INTEGER NOT NULL DEFAULT 0",
    "UPDATE job SET claims = attempts",
    """
    CREATE TABLE rendition_retraction (
        environment TEXT NOT NULL,
        public_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        transformation TEXT NOT NULL,
        format TEXT NOT NULL,
        reasons TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (environment, public_id, version, transformation, format)
    ) WITHOUT ROWID
    """,
)
