"""The statements of the ledger's step that knows what was approved, and what moderators say."""

_EDITION = """
    INSERT INTO preset_edition (preset, transformation, format) VALUES (
        NEW.name,
        coalesce(json_extract(NEW.told, '$.transformation'), ''),
        coalesce(json_extract(NEW.told, '$.format'), '')
    );
"""
STATEMENTS = (
    """
    CREATE TABLE preset_edition (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        preset TEXT NOT NULL,
        transformation TEXT NOT NULL,
        format TEXT NOT NULL
    )
    """,
    """
    INSERT INTO preset_edition (preset, transformation, format)
    SELECT name, coalesce(json_extract(told, '$.transformation'), ''),
        coalesce(json_extract(told, '$.format'), '')
    FROM preset WHERE json_valid(told) ORDER BY place, name
    """,
    f"""
    CREATE TRIGGER preset_is_added AFTER INSERT ON preset WHEN json_valid(NEW.told) BEGIN
        {_EDITION}
    END
    """,
    f"""
    CREATE TRIGGER preset_is_changed AFTER UPDATE OF told ON preset
    WHEN json_valid(NEW.told) AND NEW.told <> OLD.told BEGIN
        {_EDITION}
    END
    """,
    """
    CREATE TABLE approved_content (
        content TEXT PRIMARY KEY,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE difference (
        content_before TEXT NOT NULL,
        transformation_before TEXT NOT NULL,
        content TEXT NOT NULL,
        transformation TEXT NOT NULL,
        pixels REAL NOT NULL,
        perceptual REAL NOT NULL,
        same_shape INTEGER NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (content_before, transformation_before, content, transformation)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE moderation (
        environment TEXT NOT NULL,
        asset_id TEXT NOT NULL,
        asset TEXT NOT NULL,
        name TEXT NOT NULL,
        told TEXT NOT NULL,
        status TEXT NOT NULL,
        read_at TEXT NOT NULL,
        PRIMARY KEY (environment, asset_id)
    ) WITHOUT ROWID
    """,
)
