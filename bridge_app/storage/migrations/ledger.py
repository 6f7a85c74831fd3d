"""The ledger's schema: what people said, and the work that follows. Precious."""

from sqlite_utils import Database, Migrations

from bridge_app.storage.migrations import governance as _governance
from bridge_app.storage.migrations import retractions as _retractions
from bridge_app.storage.migrations import write_backs as _write_backs

ledger = Migrations("ledger")


@ledger(name="0001_what_people_said")
def what_people_said(db: Database) -> None:
    """Libraries, accounts without secrets, decisions that cannot be rewritten, and jobs.

    `review` is the newest decision on each content. `placement` is the public ID an asset was
    given, so that a later version goes to the same place; `delivery` what is known to be there.
    """
    for statement in _SCHEMA:
        db.execute(statement)


@ledger(name="0002_uploads_in_parts")
def uploads_in_parts(db: Database) -> None:
    """How far each large upload has come: what the service has acknowledged, byte by byte.

    `identity` is a digest of everything the upload says and carries, so that another run, days
    later, goes on with exactly the same one. `sent` is the first byte not acknowledged.
    """
    db.execute(
        """
        CREATE TABLE upload (
            environment TEXT NOT NULL,
            identity TEXT NOT NULL,
            upload_id TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            part_bytes INTEGER NOT NULL,
            sent INTEGER NOT NULL,
            updated_at TEXT NOT NULL,
            PRIMARY KEY (environment, identity)
        ) WITHOUT ROWID
        """
    )


@ledger(name="0003_environments")
def environments(db: Database) -> None:
    """Environments get names, colours and stages, and what the service told of them is kept.

    `organisation` is a Cloudinary account that lists its environments, without its secret;
    `told` is JSON of limits and usage; `learnt` what a key may or may not do.
    """
    for statement in _ENVIRONMENTS:
        db.execute(statement)


@ledger(name="0004_edits")
def edits(db: Database) -> None:
    """What people said about records of the service, and where that met what others said.

    `change` is an edit's identity, `batch` what was said together. `base`, `value`, `ours`,
    `theirs` and `chosen` are JSON. At most one conflict of a field is open.
    """
    for statement in _EDITS:
        db.execute(statement)


@ledger(name="0005_cloud_changes")
def cloud_changes(db: Database) -> None:
    """Where this desktop is told of changes: a channel of its own in each environment."""
    db.execute(
        """
        CREATE TABLE channel (
            environment TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            trigger_id TEXT NOT NULL,
            added_at TEXT NOT NULL
        ) WITHOUT ROWID
        """
    )


@ledger(name="0006_rendition_presets")
def rendition_presets(db: Database) -> None:
    """Presets, sets, and which renditions were made of what in the cloud.

    `preset` and `rendition_set` hold JSON in `told`, and their order in `place`. `edition` says
    which editions of the starting library were copied in, so that what was deleted stays deleted.
    """
    for statement in _PRESETS:
        db.execute(statement)


@ledger(name="0007_shelters")
def shelters(db: Database) -> None:
    """Accounts of PhotoShelter-style services, without their secrets.

    `shelter_kept` are the containers whose pictures (and originals) are fetched ahead, with ""
    for the whole library; `shelter_intake` those whose new items go to the review queue.
    """
    for statement in _SHELTERS:
        db.execute(statement)


@ledger(name="0008_governance")
def governance(db: Database) -> None:
    """The field mapping as people changed it: JSON in `told`, at most one row."""
    db.execute(_governance.FIELD_MAPPING)


@ledger(name="0009_write_backs")
def write_backs(db: Database) -> None:
    """What of published renditions was recorded at their masters' service, and archives.

    `entry` names a rendition of a master, `told` is JSON of it, `withdrawn_at` "" while it is
    published. `document` and `file` are the service's IDs of what was written. The steps of an
    archive are carried out in the order of their places; `result` keeps what undoing needs.
    """
    for statement in _write_backs.STATEMENTS:
        db.execute(statement)


@ledger(name="0010_retractions")
def retractions(db: Database) -> None:
    """What became of delivered copies that may not be seen any more, one row for each.

    `before` are the access rules that a copy had, `reasons` why it was retracted, both JSON.
    Where it `follows_rights`, its rules move with the window of its master's rights.
    """
    for statement in _retractions.STATEMENTS:
        db.execute(statement)


_SHELTERS = (
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
_SCHEMA = (
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

_ENVIRONMENTS = (
    "ALTER TABLE account ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE account ADD COLUMN hue TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE account ADD COLUMN stage TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE account ADD COLUMN login TEXT NOT NULL DEFAULT 'key'",
    "ALTER TABLE account ADD COLUMN client_id TEXT",
    "ALTER TABLE account ADD COLUMN folder_mode TEXT",
    "ALTER TABLE account ADD COLUMN media_limits TEXT",
    """
    CREATE TABLE usage (
        environment TEXT PRIMARY KEY,
        told TEXT NOT NULL,
        read_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE learnt (
        environment TEXT NOT NULL,
        capability TEXT NOT NULL,
        allowed INTEGER NOT NULL,
        reason TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (environment, capability)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE organisation (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        api_key TEXT NOT NULL,
        upload_prefix TEXT,
        added_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)

_EDITS = (
    """
    CREATE TABLE edit (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        change TEXT NOT NULL UNIQUE,
        batch TEXT NOT NULL,
        environment TEXT NOT NULL,
        asset TEXT NOT NULL,
        asset_id TEXT NOT NULL,
        name TEXT NOT NULL,
        path TEXT NOT NULL,
        base TEXT NOT NULL,
        value TEXT NOT NULL,
        state TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        error TEXT,
        settled_at TEXT
    )
    """,
    """
    CREATE INDEX edit_open ON edit (asset, environment)
    WHERE state IN ('pending', 'sending', 'failed', 'conflict')
    """,
    "CREATE INDEX edit_by_asset ON edit (asset, seq)",
    "CREATE INDEX edit_by_batch ON edit (batch)",
    """
    CREATE TABLE conflict (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        environment TEXT NOT NULL,
        asset TEXT NOT NULL,
        asset_id TEXT NOT NULL,
        name TEXT NOT NULL,
        path TEXT NOT NULL,
        base TEXT NOT NULL,
        ours TEXT NOT NULL,
        theirs TEXT NOT NULL,
        found_at TEXT NOT NULL,
        settled_at TEXT,
        chosen TEXT
    )
    """,
    "CREATE UNIQUE INDEX conflict_open ON conflict (asset, path) WHERE settled_at IS NULL",
)

_PRESETS = (
    """
    CREATE TABLE preset (
        name TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        told TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE rendition_set (
        name TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        told TEXT NOT NULL,
        changed_at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE TABLE edition (number INTEGER PRIMARY KEY, copied_at TEXT NOT NULL)",
    """
    CREATE TABLE rendition (
        environment TEXT NOT NULL,
        public_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        transformation TEXT NOT NULL,
        format TEXT NOT NULL,
        asset TEXT NOT NULL,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        preset TEXT NOT NULL,
        market TEXT NOT NULL,
        language TEXT NOT NULL,
        url TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        made_at TEXT NOT NULL,
        PRIMARY KEY (environment, public_id, version, transformation, format, preset, market,
            language)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX rendition_by_preset ON rendition (preset)",
)
