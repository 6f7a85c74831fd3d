"""The thumbnail cache's schema: pictures by content and size. Disposable."""

from sqlite_utils import Database, Migrations

thumbs = Migrations("thumbs")


@thumbs(name="0001_pictures")
def pictures(db: Database) -> None:
    """Pictures by SHA-256 of the master and edge in pixels; `used` counts up for eviction."""
    db.execute(
        """
        CREATE TABLE picture (
            sha256 TEXT NOT NULL,
            edge_px INTEGER NOT NULL,
            used INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            pixels BLOB NOT NULL,
            PRIMARY KEY (sha256, edge_px)
        )
        """
    )
    db.execute("CREATE INDEX picture_by_use ON picture (used)")
