"""The statements of the ledger's step that begins the audit trail, and what it takes over."""

import hashlib
import json

from sqlite_utils import Database

STATEMENTS = (
    """
    CREATE TABLE audit (
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        who TEXT NOT NULL,
        asset TEXT NOT NULL,
        name TEXT NOT NULL,
        content TEXT NOT NULL,
        transformation TEXT NOT NULL,
        environment TEXT NOT NULL,
        detail TEXT NOT NULL,
        previous TEXT NOT NULL,
        digest TEXT NOT NULL UNIQUE
    )
    """,
    "CREATE INDEX audit_by_asset ON audit (asset, seq)",
    """
    CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN
        SELECT RAISE(ABORT, 'the audit trail is never shortened');
    END
    """,
    """
    CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit BEGIN
        SELECT RAISE(ABORT, 'the audit trail is never changed');
    END
    """,
    """
    CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
    WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq OR digest = NEW.digest) BEGIN
        SELECT RAISE(ABORT, 'the audit trail is never changed');
    END
    """,
    """
    CREATE TABLE audit_head (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        count INTEGER NOT NULL,
        digest TEXT NOT NULL,
        filed INTEGER NOT NULL DEFAULT 0
    )
    """,
    "ALTER TABLE job ADD COLUMN who TEXT NOT NULL DEFAULT ''",
)
INDEXES = (
    "CREATE INDEX audit_by_time ON audit (at)",
    "CREATE INDEX audit_accepted ON audit (seq) WHERE kind = 'acceptance'",
)
NO_PREVIOUS = "0" * 64
DECIDED = """
    SELECT at, who, asset, name, sha256, approval, comment, digest FROM decision ORDER BY seq
"""
ADD = "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
BEGIN = "INSERT INTO audit_head (only, count, digest) VALUES (1, ?, ?)"


def begin_with_decisions(db: Database) -> None:
    """The trail begins with every decision that was made before there was one."""
    previous = NO_PREVIOUS
    decided = db.execute(DECIDED).fetchall()
    for seq, (at, who, asset, name, content, approval, comment, decision) in enumerate(decided, 1):
        facts = {"approval": approval, "comment": comment, "decision": decision}
        detail = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        texts = (at, "decision", who, asset, name, content, "", "", detail)
        digest = _bound(str(seq), previous, *texts)
        db.execute(ADD, (seq, *texts, previous, digest))
        previous = digest
    db.execute(BEGIN, (len(decided), previous))


def _bound(*texts: str) -> str:
    """As it was when this step was written: each part with its length before it."""
    digest = hashlib.sha256()
    for text in texts:
        part = text.encode("utf-8", "surrogatepass")
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
