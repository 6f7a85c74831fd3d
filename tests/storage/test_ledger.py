"""The ledger's safety net: checked on opening, copied every day, put back when damaged."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.storage.accounts import Places
from bridge_app.storage.database import DamagedDatabaseError
from bridge_app.storage.ledger import BACKUPS_KEPT, back_up, backups, open_ledger, restore

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def library(name: str) -> LibraryRecord:
    return LibraryRecord(id=LibraryId(name), name=name, location=f"/{name}")


def names(ledger: Path) -> list[str]:
    writer = open_ledger(ledger)
    found = [record.name for record in Places(writer).libraries()]
    writer.close()
    return found


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    writer = open_ledger(path)
    Places(writer).add_library(library("first"), at=NOW)
    writer.close()
    return path


def damage(path: Path) -> bytes:
    raw = bytearray(path.read_bytes())
    raw[100:4000] = b"\xa5" * 3900
    path.write_bytes(raw)
    return bytes(raw)


def test_one_copy_is_made_each_day(ledger: Path) -> None:
    made = back_up(ledger, now=NOW)
    assert made is not None
    assert back_up(ledger, now=NOW + timedelta(hours=3)) is None
    assert backups(ledger) == [made]


def test_the_last_seven_are_kept_newest_first(ledger: Path) -> None:
    made = [back_up(ledger, now=NOW + DAY * number) for number in range(BACKUPS_KEPT + 3)]
    assert backups(ledger) == made[:-8:-1]
    assert sorted((ledger.parent / "backups").iterdir()) == sorted(backups(ledger))


def test_a_copy_holds_what_an_open_ledger_holds(ledger: Path) -> None:
    writer = open_ledger(ledger)
    Places(writer).add_library(library("second"), at=NOW)
    made = back_up(ledger, now=NOW)
    writer.close()
    assert made is not None
    assert names(made) == ["first", "second"]


def test_no_copy_of_a_damaged_ledger_takes_the_place_of_a_sound_one(ledger: Path) -> None:
    sound = back_up(ledger, now=NOW)
    damage(ledger)
    with pytest.raises(DamagedDatabaseError):
        back_up(ledger, now=NOW + DAY)
    assert backups(ledger) == [sound]


def test_a_damaged_ledger_is_refused_and_left_as_it_is(ledger: Path) -> None:
    raw = damage(ledger)
    with pytest.raises(DamagedDatabaseError, match="left as it is"):
        open_ledger(ledger)
    assert ledger.read_bytes() == raw


def test_a_restored_ledger_is_the_copy_and_the_damaged_one_is_kept_aside(ledger: Path) -> None:
    backup = back_up(ledger, now=NOW)
    assert backup is not None
    raw = damage(ledger)
    aside = restore(ledger, backup, now=NOW + DAY)
    assert names(ledger) == ["first"]
    assert aside.read_bytes() == raw
    assert aside.parent == ledger.parent
    assert backup.exists()


def test_changes_of_the_damaged_ledger_do_not_leak_into_the_restored_one(ledger: Path) -> None:
    backup = back_up(ledger, now=NOW)
    assert backup is not None
    log = ledger.with_name("ledger.db-wal")
    log.write_bytes(b"what was not folded in")
    aside = restore(ledger, backup, now=NOW)
    assert not log.exists()
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"what was not folded in"


def test_a_damaged_copy_is_never_put_in_place(ledger: Path) -> None:
    backup = back_up(ledger, now=NOW)
    assert backup is not None
    damage(backup)
    before = ledger.read_bytes()
    with pytest.raises(DamagedDatabaseError):
        restore(ledger, backup, now=NOW)
    assert ledger.read_bytes() == before
