"""Write down what all migrations together make of the databases, for people to read."""

from pathlib import Path

from sqlite_utils import Database

from bridge_app.storage.migrations.catalog import catalog
from bridge_app.storage.migrations.ledger import ledger

FOLDER = Path(__file__).resolve().parents[1] / "bridge_app/storage/migrations/schema"
MADE_BY_SQLITE = "asset_text_"
"""The shadow tables of the full-text index."""


def main() -> None:
    """Write one file for each database."""
    for migrations in (ledger, catalog):
        database = Database(memory=True)
        migrations.apply(database)
        lines = (line.strip() for line in database.schema.splitlines())
        told = [line for line in lines if line and MADE_BY_SQLITE not in line]
        (FOLDER / f"{migrations.name}.sql").write_text("\n".join(told) + "\n", "utf-8")
        database.close()


if __name__ == "__main__":
    main()
