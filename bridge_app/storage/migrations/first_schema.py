"""The statements of the ledger's first step: what people said, and the work that follows."""

STATEMENTS = (
    """
    CREATE TABLE library (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        location BLOB NOT NULL UNIQUE,
        added_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE account (
        environment TEXT PRIMARY KEY,
        api_key TEXT NOT NULL,
        upload_prefix TEXT,
        cname TEXT,
        label TEXT NOT NULL,
        in_use INTEGER NOT NULL DEFAULT 0,
        added_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE decision (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        asset TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        name TEXT NOT NULL,
        approval TEXT NOT NULL,
        comment TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        previous TEXT NOT NULL,
        digest TEXT NOT NULL UNIQUE
    )
    """,
    "CREATE INDEX decision_by_asset ON decision (asset, approval)",
    "CREATE INDEX decision_by_content ON decision (sha256)",
    """
    CREATE TRIGGER decision_stays BEFORE DELETE ON decision BEGIN
        SELECT RAISE(ABORT, 'decisions are never deleted');
    END
    """,
    """
    CREATE TRIGGER decision_is_final BEFORE UPDATE ON decision BEGIN
        SELECT RAISE(ABORT, 'decisions are never changed');
    END
    """,
    """
    CREATE TABLE review (
        sha256 TEXT PRIMARY KEY,
        approval TEXT NOT NULL,
        seq INTEGER NOT NULL REFERENCES decision (seq)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX review_by_approval ON review (approval, sha256)",
    """
    CREATE TABLE job (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        identity TEXT NOT NULL,
        batch TEXT NOT NULL,
        environment TEXT,
        asset TEXT,
        name TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        done INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL DEFAULT 0,
        params TEXT NOT NULL,
        waiting_for TEXT,
        waiting_until TEXT,
        error TEXT,
        result TEXT,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
    )
    """,
    """
    CREATE UNIQUE INDEX job_once ON job (identity)
    WHERE state IN ('queued', 'running', 'waiting')
    """,
    "CREATE INDEX job_by_state ON job (state, waiting_until)",
    "CREATE INDEX job_by_batch ON job (batch)",
    """
    CREATE TABLE placement (
        environment TEXT NOT NULL,
        asset TEXT NOT NULL,
        public_id TEXT NOT NULL,
        PRIMARY KEY (environment, asset)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE delivery (
        environment TEXT NOT NULL,
        resource_type TEXT NOT NULL,
        public_id TEXT NOT NULL,
        delivery_type TEXT NOT NULL,
        version INTEGER NOT NULL,
        asset_id TEXT NOT NULL,
        format TEXT NOT NULL,
        etag TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        url TEXT NOT NULL,
        delivered_at TEXT NOT NULL,
        PRIMARY KEY (environment, resource_type, public_id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX delivery_by_content ON delivery (sha256, environment)",
)
