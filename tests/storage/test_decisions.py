"""The record of decisions: only ever longer, and every entry bound to those before it."""

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_app.domain.approvals import Approval, broken_link
from bridge_app.domain.assets import Asset, AssetId, Kind, LibraryId
from bridge_app.storage.database import Writer
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.ledger import open_ledger

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
HERO = Asset(
    id=AssetId("hero"),
    library=LibraryId("home"),
    path="hero.jpg",
    name="hero.jpg",
    folder="",
    kind=Kind.IMAGE,
    format="jpeg",
    bytes=1,
    modified_at="2026-05-01T00:00:00+00:00",
    sha256="first bytes",
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Writer]:
    writer = open_ledger(tmp_path / "ledger.db")
    yield writer
    writer.close()


def decide(decisions: Decisions, *assets: Asset, as_: Approval = Approval.APPROVED) -> int:
    return decisions.add(assets, as_, comment="well lit", who="Kim", at=NOW)


def test_the_newest_decision_on_the_content_counts(ledger: Writer) -> None:
    decisions = Decisions(ledger)
    assert decisions.approval_of("first bytes") is Approval.DRAFT
    decide(decisions, HERO)
    decide(decisions, HERO, as_=Approval.REJECTED)
    assert decisions.approval_of("first bytes") is Approval.REJECTED
    history = decisions.history(HERO.id, HERO.sha256)
    assert [d.approval for d in history] == [Approval.APPROVED, Approval.REJECTED]
    assert (history[0].who, history[0].comment) == ("Kim", "well lit")
    assert history[0].at == NOW.isoformat()


def test_nothing_is_decided_about_bytes_nobody_has_read(ledger: Writer) -> None:
    decisions = Decisions(ledger)
    assert decide(decisions, replace(HERO, sha256=None)) == 0
    assert decisions.everything() == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM decision",
        "UPDATE decision SET approval = 'approved'",
        "UPDATE decision SET comment = ''",
    ],
)
def test_the_record_can_neither_be_changed_nor_shortened(ledger: Writer, statement: str) -> None:
    decisions = Decisions(ledger)
    decide(decisions, HERO, as_=Approval.REJECTED)
    before = decisions.everything()
    with pytest.raises(sqlite3.IntegrityError, match="never"), ledger.atomic() as connection:
        connection.execute(statement)
    assert decisions.everything() == before


def test_replacing_an_entry_is_changing_it(ledger: Writer) -> None:
    decisions = Decisions(ledger)
    decide(decisions, HERO, as_=Approval.REJECTED)
    before = decisions.everything()
    statement = """
        INSERT OR REPLACE INTO decision
        SELECT seq, asset, sha256, name, 'approved', comment, who, at, previous, digest,
            transformation, stage
        FROM decision
    """
    opened_later = Writer.open(ledger.path, "ledger", synchronous="OFF")
    for writer in (ledger, opened_later):
        with pytest.raises(sqlite3.IntegrityError), writer.atomic() as connection:
            connection.execute(statement)
    opened_later.close()
    assert decisions.everything() == before


def test_two_writers_at_once_make_one_unbroken_chain(tmp_path: Path) -> None:
    both = [open_ledger(tmp_path / "ledger.db") for _ in range(2)]
    go = threading.Barrier(2)

    def review(writer: Writer) -> None:
        go.wait()
        for _ in range(15):
            decide(Decisions(writer), HERO, replace(HERO, id=AssetId("twin")))

    threads = [threading.Thread(target=review, args=(writer,)) for writer in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    record = Decisions(both[0]).everything()
    assert len(record) == 60
    assert broken_link(record) is None
    for writer in both:
        writer.close()


def test_a_forged_entry_is_found(ledger: Writer) -> None:
    decisions = Decisions(ledger)
    for _ in range(3):
        decide(decisions, HERO)
    record = decisions.everything()
    record[1] = replace(record[1], who="Somebody else")
    assert broken_link(record) == 1
    assert broken_link(decisions.everything()[1:]) == 0
