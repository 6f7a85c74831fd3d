"""The audit trail on disk: written with what it tells, and never quietly changed."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bridge_app.domain.approvals import Approval
from bridge_app.domain.audit import AuditEntry, AuditFilter, AuditKind, Told, head_text
from bridge_app.domain.audit_check import Damage, TrailCheck
from bridge_app.storage.audit import AuditTrail, entry
from bridge_app.storage.database import DamagedDatabaseError, Writer
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.ledger import back_up, backups, open_ledger, restore
from bridge_app.storage.migrations.ledger import ledger as steps
from tests.storage.test_decisions import HERO

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
GUARDS = ("audit_stays", "audit_is_final", "audit_is_not_replaced")
EVERYTHING = AuditFilter()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Writer]:
    writer = open_ledger(tmp_path / "ledger.db")
    yield writer
    writer.close()


def told(who: str = "Kim", **facts: str) -> AuditEntry:
    return replace(AuditEntry(at=NOW.isoformat(), kind=AuditKind.PUSH, who=who), **facts)  # type: ignore[arg-type]


def fill(trail: AuditTrail, count: int) -> None:
    for number in range(count):
        trail.add(told(name=f"{number}.jpg"))


def tamper(path: Path, *statements: str) -> None:
    """As whoever has the file: with the guards taken away first."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for guard in GUARDS:
            connection.execute(f"DROP TRIGGER IF EXISTS {guard}")
        for statement in statements:
            connection.execute(statement)


def damage(check: TrailCheck) -> list[tuple[Damage, int, int]]:
    return [(one.damage, one.first, one.last) for one in check.findings]


def test_an_entry_is_there_with_what_it_tells_or_not_at_all(ledger: Writer) -> None:
    trail = AuditTrail(ledger)

    def half() -> None:
        with ledger.atomic() as connection:
            entry(connection, told())
            raise LookupError

    with pytest.raises(LookupError):
        half()
    assert trail.count(EVERYTHING) == 0
    assert trail.check().is_sound


def test_each_decision_is_told_with_its_digest(ledger: Writer) -> None:
    trail, decisions = AuditTrail(ledger), Decisions(ledger)
    decisions.add([HERO], Approval.APPROVED, comment="well lit", who="Kim", at=NOW)
    (record,) = trail.newest(EVERYTHING, limit=9)
    assert (record.entry.kind, record.entry.who) == (AuditKind.DECISION, "Kim")
    assert record.entry.detail["decision"] == decisions.everything()[0].digest
    assert trail.check().is_sound


def test_decisions_made_before_there_was_a_trail_begin_it(tmp_path: Path) -> None:
    db = Database(tmp_path / "ledger.db")
    steps.apply(db, stop_before="0011_policies")
    add = (
        "INSERT INTO decision VALUES (?, 'hero', 'bytes', 'ä.jpg', 'approved', '', 'Kim', ?, ?, ?)"
    )
    db.execute(add, (1, NOW.isoformat(), "0" * 64, "first"))
    db.execute(add, (2, NOW.isoformat(), "first", "second"))
    db.conn.commit()
    db.close()
    writer = open_ledger(tmp_path / "ledger.db")
    trail = AuditTrail(writer)
    assert [record.seq for record in trail.newest(EVERYTHING, limit=9)] == [2, 1]
    trail.add(told())
    assert trail.check().is_sound
    writer.close()


def test_what_is_told_of_a_subject_is_found_by_it(ledger: Writer) -> None:
    trail = AuditTrail(ledger)
    later = (NOW + timedelta(days=3)).isoformat()
    trail.add(told("Kim", asset="hero", name="Ärger.jpg"))
    trail.add(told("kim", asset="logo", at=later))
    trail.add(replace(told("Lee", asset="hero"), kind=AuditKind.COMMENT, detail={"text": "100 %"}))
    by = {
        "asset": AuditFilter(assets=frozenset({"hero"})),
        "nothing": AuditFilter(assets=frozenset()),
        "person": AuditFilter(who="KIM"),
        "kind": AuditFilter(kinds=frozenset({AuditKind.COMMENT, AuditKind.DECISION})),
        "words": AuditFilter(words="ärger"),
        "facts": AuditFilter(words="100 %"),
        "since": AuditFilter(since=later),
        "until": AuditFilter(until=later),
    }
    found = {
        name: [record.seq for record in trail.newest(wanted, limit=9)]
        for name, wanted in by.items()
    }
    assert found == {
        "asset": [3, 1],
        "nothing": [],
        "person": [2, 1],
        "kind": [3],
        "words": [1],
        "facts": [3],
        "since": [2],
        "until": [3, 1],
    }
    assert trail.count(by["person"]) == 2
    assert [record.seq for record in trail.oldest_first(by["person"])] == [1, 2]
    assert [record.seq for record in trail.newest(EVERYTHING, limit=1, before=3)] == [2]
    assert set(trail.people()) == {"Kim", "kim", "Lee"}


def test_the_same_refusal_twice_is_told_once(ledger: Writer) -> None:
    trail = AuditTrail(ledger)
    for minutes in (0, 1, 2):
        at = (NOW + timedelta(minutes=minutes)).isoformat()
        trail.add_once([told(asset="hero", at=at)])
    trail.add_once([told(asset="hero", name="another")])
    assert trail.count(EVERYTHING) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit",
        "UPDATE audit SET who = 'Lee'",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 1",
    ],
)
def test_the_trail_can_neither_be_changed_nor_shortened(ledger: Writer, statement: str) -> None:
    trail = AuditTrail(ledger)
    fill(trail, 2)
    with pytest.raises(sqlite3.IntegrityError, match="never"), ledger.atomic() as connection:
        connection.execute(statement)
    assert trail.check().is_sound


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE audit SET who = 'Lee' WHERE seq = 2", (Damage.ALTERED, 2, 2)),
        ("UPDATE audit SET detail = x'ff00' WHERE seq = 2", (Damage.ALTERED, 2, 2)),
        ("UPDATE audit SET who = CAST(x'fffe' AS TEXT) WHERE seq = 2", (Damage.ALTERED, 2, 2)),
        ("UPDATE audit SET kind = 'what' WHERE seq = 2", (Damage.ALTERED, 2, 2)),
        ("DELETE FROM audit WHERE seq = 2", (Damage.MISSING, 2, 2)),
        ("DELETE FROM audit WHERE seq >= 3", (Damage.CUT_OFF, 3, 4)),
        ("DELETE FROM audit", (Damage.CUT_OFF, 1, 4)),
        ("DELETE FROM audit_head", (Damage.HEAD_LOST, 0, 0)),
        ("UPDATE audit_head SET count = 3", (Damage.HEAD_DIFFERS, 3, 3)),
    ],
)
def test_tampering_is_found_and_the_trail_can_be_read_all_the_same(
    ledger: Writer, statement: str, found: tuple[Damage, int, int]
) -> None:
    trail = AuditTrail(ledger)
    fill(trail, 4)
    tamper(ledger.path, statement)
    assert damage(trail.check()) == [found]
    trail.newest(EVERYTHING, limit=9)
    list(trail.oldest_first(EVERYTHING))


def test_cut_off_with_the_head_in_the_ledger_the_file_beside_it_tells(ledger: Writer) -> None:
    trail = AuditTrail(ledger)
    fill(trail, 2)
    kept = trail.check().head
    fill(trail, 2)
    tamper(
        ledger.path,
        "DELETE FROM audit WHERE seq > 2",
        f"UPDATE audit_head SET count = 2, digest = '{kept.digest}'",  # noqa: S608 - ours
    )
    assert damage(trail.check()) == [(Damage.CUT_OFF, 3, 4)]
    # What is told afterwards does not cover it up, here or after another start.
    fill(trail, 1)
    assert damage(trail.check()) == [(Damage.CUT_OFF, 4, 4)]
    fill(AuditTrail(ledger), 3)
    assert damage(AuditTrail(ledger).check()) == [(Damage.FILE_DIFFERS, 4, 4)]


def test_the_file_is_missed(ledger: Writer) -> None:
    AuditTrail(ledger)
    trail = AuditTrail(ledger)
    fill(trail, 2)
    ledger.path.with_name("audit-head.json").unlink()
    assert damage(trail.check()) == [(Damage.FILE_LOST, 0, 0)]
    fill(trail, 1)
    assert damage(AuditTrail(ledger).check()) == [(Damage.FILE_LOST, 0, 0)]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"entries": "x"}', b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_as_good_as_lost(ledger: Writer, content: bytes) -> None:
    trail = AuditTrail(ledger)
    fill(trail, 1)
    trail = AuditTrail(ledger)
    ledger.path.with_name("audit-head.json").write_bytes(content)
    assert damage(trail.check()) == [(Damage.FILE_LOST, 0, 0)]


def test_a_table_that_is_gone_is_told_as_damage(ledger: Writer) -> None:
    trail = AuditTrail(ledger)
    tamper(ledger.path, "DROP TABLE audit_head")
    with pytest.raises(DamagedDatabaseError, match="audit_head"):
        trail.check()


def test_a_decision_taken_out_of_the_record_is_found_by_the_trail(ledger: Writer) -> None:
    trail, decisions = AuditTrail(ledger), Decisions(ledger)
    for approval in (Approval.APPROVED, Approval.REJECTED):
        decisions.add([HERO], approval, comment="", who="Kim", at=NOW)
    tamper(
        ledger.path,
        "DROP TRIGGER decision_stays",
        "PRAGMA foreign_keys = OFF",
        "DELETE FROM decision WHERE seq = 2",
    )
    assert damage(trail.check()) == [(Damage.DECISION_LOST, 2, 2)]


def note(reason: str, check: TrailCheck) -> AuditEntry:
    findings = [one.key for one in check.findings]
    detail: dict[str, Told] = {"reason": reason, "findings": findings}
    return AuditEntry(at=NOW.isoformat(), kind=AuditKind.ACCEPTANCE, who="Kim", detail=detail)


@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE audit SET who = 'Lee' WHERE seq = 2"],
        ["DELETE FROM audit WHERE seq = 2"],
        ["DELETE FROM audit WHERE seq >= 3"],
        ["DELETE FROM audit_head"],
        ["UPDATE audit_head SET count = 3"],
        ["UPDATE audit SET digest = 'x' WHERE seq = 4"],
        ["DELETE FROM audit WHERE seq >= 3", "DELETE FROM audit_head"],
    ],
)
def test_damage_that_a_person_took_note_of_is_no_news_and_new_damage_is(
    ledger: Writer, statements: list[str]
) -> None:
    trail = AuditTrail(ledger)
    fill(trail, 4)
    tamper(ledger.path, *statements)
    found = trail.check()
    assert not found.is_sound
    trail.accept(note("from the backup of Monday", found))
    assert trail.check().is_sound
    fill(trail, 2)
    assert AuditTrail(ledger).check().is_sound
    tamper(ledger.path, "UPDATE audit SET who = 'Lee' WHERE seq = 1")
    assert damage(trail.check()) == [(Damage.ALTERED, 1, 1)]


def test_a_restored_backup_shows_what_it_does_not_know_any_more(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    writer = open_ledger(path)
    trail = AuditTrail(writer)
    fill(trail, 2)
    back_up(path, now=NOW)
    fill(trail, 3)
    writer.close()
    restore(path, backups(path)[0], now=NOW)
    writer = open_ledger(path)
    assert damage(AuditTrail(writer).check()) == [(Damage.CUT_OFF, 3, 5)]
    writer.close()


def test_a_head_on_paper_outlives_everything_that_is_here(ledger: Writer) -> None:
    trail = AuditTrail(ledger)
    fill(trail, 3)
    paper = trail.check().head
    assert trail.check(paper).is_sound
    assert head_text(paper).startswith("3:")
    tamper(ledger.path, "DELETE FROM audit", "DELETE FROM audit_head")
    ledger.path.with_name("audit-head.json").unlink()
    tamper(ledger.path, "INSERT INTO audit_head VALUES (1, 0, '" + "0" * 64 + "', 0)")
    fresh = AuditTrail(ledger)
    for _ in range(3):
        fresh.add(told("Lee"))
    assert fresh.check().is_sound
    assert not fresh.check(paper).is_sound


def test_two_programs_at_once_make_one_unbroken_trail(tmp_path: Path) -> None:
    both = [open_ledger(tmp_path / "ledger.db") for _ in range(2)]
    trails = [AuditTrail(writer) for writer in both]
    go = threading.Barrier(2)

    def act(trail: AuditTrail) -> None:
        go.wait()
        fill(trail, 12)

    threads = [threading.Thread(target=act, args=(trail,)) for trail in trails]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trails[0].check().is_sound
    assert trails[1].count(EVERYTHING) == 24
    for writer in both:
        writer.close()


def test_a_head_that_cannot_be_kept_holds_nobody_up_and_is_kept_later(
    ledger: Writer, caplog: pytest.LogCaptureFixture
) -> None:
    trail = AuditTrail(ledger)
    fill(trail, 1)
    kept = ledger.path.with_name("audit-head.json")
    before = kept.read_bytes()
    kept.unlink()
    kept.mkdir()
    fill(trail, 1)
    assert trail.count(EVERYTHING) == 2
    kept.rmdir()
    kept.write_bytes(before)
    fill(trail, 1)
    assert trail.check().is_sound
    assert json.loads(kept.read_bytes())["entries"] == 3


ACTS: dict[str, Callable[[int, int], str]] = {
    "alter": lambda one, _: f"UPDATE audit SET who = who || '!' WHERE seq = {one}",  # noqa: S608
    "drop": lambda one, _: f"DELETE FROM audit WHERE seq = {one}",  # noqa: S608
    "cut": lambda one, _: f"DELETE FROM audit WHERE seq >= {one}",  # noqa: S608
    "swap": lambda one, other: (
        f"UPDATE audit SET seq = CASE seq WHEN {one} THEN -1 ELSE -2 END"  # noqa: S608
        f" WHERE seq IN ({one}, {other})"
    ),
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with five entries, to be copied."""
    home = tmp_path_factory.mktemp("filled")
    writer = open_ledger(home / "ledger.db")
    fill(AuditTrail(writer), 5)
    writer.close()
    return home


@settings(max_examples=25, deadline=None)
@given(act=st.sampled_from(sorted(ACTS)), one=st.integers(1, 5), other=st.integers(1, 5))
def test_whatever_is_done_to_the_file_is_found(
    filled: Path, act: str, one: int, other: int
) -> None:
    again = f"UPDATE audit SET seq = CASE seq WHEN -1 THEN {other} ELSE {one} END WHERE seq < 0"  # noqa: S608
    statements = [ACTS[act](one, other), *([again] if act == "swap" else [])]
    with TemporaryDirectory() as folder:
        home = shutil.copytree(filled, Path(folder) / "home")
        if act != "swap" or one != other:
            tamper(home / "ledger.db", *statements)
        writer = open_ledger(home / "ledger.db")
        assert AuditTrail(writer).check().is_sound is (act == "swap" and one == other)
        writer.close()
