"""How databases are opened, migrated and shared."""

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from bridge_app.domain.errors import DiskFullError, NewerDatabaseError, StorageTroubleError
from bridge_app.storage.database import (
    DamagedDatabaseError,
    Writer,
    check_integrity,
    open_reader,
    storage_errors,
)
from bridge_app.storage.migrations import STEPS
from bridge_app.storage.migrations.catalog import catalog
from bridge_app.storage.migrations.ledger import ledger
from bridge_app.storage.migrations.thumbs import thumbs

SCHEMAS = Path(__file__).resolve().parents[2] / "bridge_app" / "storage" / "migrations" / "schema"
SETS = [catalog, ledger, thumbs]


def names(migrations: Migrations) -> list[str]:
    return [step.name for step in migrations.pending(Database(memory=True))]


@pytest.mark.parametrize("migrations", SETS, ids=lambda migrations: migrations.name)
def test_every_earlier_version_arrives_at_the_schema_that_can_be_read(
    migrations: Migrations, tmp_path: Path
) -> None:
    expected = (SCHEMAS / f"{migrations.name}.sql").read_text()
    for number, start in enumerate([*names(migrations)[1:], None]):
        db = Database(tmp_path / f"{number}.db")
        if start is not None:
            migrations.apply(db, stop_before=start)
        migrations.apply(db)
        assert readable(db.schema) == expected
        db.close()


def readable(schema: str) -> str:
    lines = [line.strip() for line in schema.splitlines() if line.strip()]
    return "\n".join(line for line in lines if "asset_text_" not in line) + "\n"


@pytest.mark.parametrize("migrations", SETS, ids=lambda migrations: migrations.name)
def test_steps_are_numbered_without_a_gap(migrations: Migrations) -> None:
    numbers = [int(name.split("_")[0]) for name in names(migrations)]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("migrations", SETS, ids=lambda migrations: migrations.name)
def test_a_database_of_today_is_recognised_without_loading_the_steps(
    migrations: Migrations,
) -> None:
    assert STEPS[migrations.name] == tuple(names(migrations))


def test_a_database_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Writer.open(path, "ledger", synchronous="FULL").close()
    newer = Migrations("ledger")

    @newer(name="9999_from_the_future")
    def step(db: Database) -> None:
        db.execute("CREATE TABLE future (a)")

    db = Database(path)
    newer.apply(db)
    db.close()
    before = path.read_bytes()
    with pytest.raises(NewerDatabaseError, match="newer Asset Bridge"):
        Writer.open(path, "ledger", synchronous="FULL")
    assert path.read_bytes() == before


def test_a_transaction_is_there_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    writer = Writer.open(tmp_path / "ledger.db", "ledger", synchronous="FULL")
    add = "INSERT INTO library VALUES ('a', 'a', x'61', '')"

    def add_twice() -> None:
        with writer.atomic() as connection:
            connection.execute(add)
            connection.execute(add)

    with pytest.raises(sqlite3.IntegrityError):
        add_twice()
    with writer.reading() as connection:
        assert connection.execute("SELECT count(*) FROM library").fetchone() == (0,)
    writer.close()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    Writer.open(tmp_path / "ledger.db", "ledger", synchronous="FULL").close()
    reader = open_reader(tmp_path / "ledger.db")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM library")
    reader.close()


def test_a_file_that_is_no_database_is_told_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"this is not a database, whatever its name says" * 100)
    with pytest.raises(DamagedDatabaseError):
        check_integrity(path)


def test_a_full_disk_has_a_sentence_of_its_own(tmp_path: Path) -> None:
    writer = Writer.open(tmp_path / "catalog.db", "catalog", synchronous="NORMAL")
    with writer.reading() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFullError, match="is safe"), writer.atomic() as connection:
        connection.execute("INSERT INTO found_by (folded) VALUES (?)", ("x" * 100_000,))
    with writer.reading() as connection:
        connection.execute("PRAGMA max_page_count = 100000")
    with writer.atomic() as connection:
        connection.execute("INSERT INTO found_by (folded) VALUES ('fits again')")
    writer.close()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageTroubleError):
        Writer.open(tmp_path / "file" / "ledger.db", "ledger", synchronous="FULL")


def test_a_mistake_of_ours_stays_a_mistake(tmp_path: Path) -> None:
    with (
        pytest.raises(sqlite3.OperationalError, match="syntax"),
        storage_errors(tmp_path / "x.db"),
    ):
        sqlite3.connect(":memory:").execute("SELEKT")


def test_whoever_comes_after_the_closing_is_told(tmp_path: Path) -> None:
    writer = Writer.open(tmp_path / "ledger.db", "ledger", synchronous="FULL")
    writer.close()
    with pytest.raises(StorageTroubleError, match="closed"), writer.atomic():
        pass
    with pytest.raises(StorageTroubleError, match="closed"), writer.reading():
        pass
