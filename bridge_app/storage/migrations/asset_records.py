"""What masters say in the standard fields, and which sidecars they have."""

ASSET_RECORDS = (
    """
    CREATE TABLE asset_record (
        asset TEXT PRIMARY KEY,
        record TEXT NOT NULL,
        differs TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TRIGGER asset_record_removed AFTER DELETE ON asset BEGIN
        DELETE FROM asset_record WHERE asset = old.id;
    END
    """,
    "ALTER TABLE asset ADD COLUMN sidecars TEXT NOT NULL DEFAULT ''",
    # A look reads again what seems to have changed: none has a record yet.
    """
    UPDATE asset SET modified_ns = -1
    WHERE sha256 IS NOT NULL AND library NOT LIKE 'cloud:%' AND library NOT LIKE 'shelter:%'
    """,
)
