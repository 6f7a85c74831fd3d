"""What was recorded at masters' services is remembered, with the files that are there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.write_back import Entry
from bridge_app.storage.database import Writer
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.shelters import WriteBackMode
from bridge_app.storage.write_backs import WriteBacks, Written, WrittenEntry

NOW = datetime(2026, 11, 20, tzinfo=UTC)
HERO = AssetId("a1")
ENTRY = Entry(
    environment="demo",
    public_id="hero",
    version=1,
    preset="web",
    transformation="w_80",
    format="jpg",
    url="https://example.test/hero",
    width=80,
    height=60,
    bytes=1_000,
    made_at=NOW.isoformat(),
)
WRITTEN = Written(
    account="acc",
    media_id="I1",
    asset=HERO,
    mode=WriteBackMode.FILE,
    gallery="G1",
    document="DO1",
    document_name="hero__renditions.json",
    digest="d1",
    written_at=NOW.isoformat(),
    entries=(WrittenEntry(entry=ENTRY, file="I9", file_name="hero__web.jpg"),),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Writer]:
    made = open_ledger(tmp_path / "ledger.db")
    yield made
    made.close()


def test_what_was_written_comes_back_by_either_name(ledger: Writer) -> None:
    kept = WriteBacks(ledger)
    kept.record(WRITTEN)
    assert kept.written("acc", "I1") == WRITTEN
    assert kept.of_asset(HERO) == WRITTEN
    assert kept.written("acc", "i1") is None


def test_the_same_master_is_recorded_once(ledger: Writer) -> None:
    kept = WriteBacks(ledger)
    kept.record(WRITTEN)
    gone = replace(ENTRY, withdrawn_at=NOW.isoformat())
    later = replace(WRITTEN, digest="d2", entries=(WrittenEntry(entry=gone, file="I9"),))
    kept.record(later)
    assert kept.written("acc", "I1") == later


def test_a_file_is_remembered_before_its_record_is_written(ledger: Writer) -> None:
    kept = WriteBacks(ledger)
    kept.note_file("acc", "I1", WRITTEN.entries[0])
    assert kept.written("acc", "I1") is None
    assert kept.entries("acc", "I1") == WRITTEN.entries


def test_a_name_is_taken_by_another_master_of_the_same_gallery_only(ledger: Writer) -> None:
    kept = WriteBacks(ledger)
    kept.record(WRITTEN)
    name = WRITTEN.document_name
    assert kept.is_taken("acc", "G1", name, "I2")
    assert not kept.is_taken("acc", "G1", name, "I1")
    assert not kept.is_taken("acc", "G2", name, "I2")
    assert not kept.is_taken("other", "G1", name, "I2")


def test_a_choice_for_a_container_can_be_taken_back(ledger: Writer) -> None:
    kept = WriteBacks(ledger)
    kept.set_mode("acc", "C1", WriteBackMode.LINK)
    kept.set_mode("acc", "C2", WriteBackMode.OFF)
    kept.set_mode("acc", "C1", WriteBackMode.FILE)
    assert kept.modes("acc") == {"C1": WriteBackMode.FILE, "C2": WriteBackMode.OFF}
    kept.set_mode("acc", "C1", None)
    assert kept.modes("acc") == {"C2": WriteBackMode.OFF}
    assert kept.modes("other") == {}


def test_copies_are_found_by_their_master_in_whatever_version(ledger: Writer) -> None:
    kept, deliveries = WriteBacks(ledger), Deliveries(ledger, now=lambda: NOW)
    copy = CloudCopy(
        environment="demo",
        public_id="hero",
        resource_type="image",
        delivery_type="upload",
        version=3,
        asset_id="x",
        format="jpg",
        etag="",
        sha256="c" * 64,
        bytes=5,
        url="https://example.test/hero",
    )
    with ledger.atomic() as connection:
        connection.execute(
            "INSERT INTO placement (environment, asset, public_id) VALUES ('demo', 'a1', 'hero')"
        )
    assert kept.copies(HERO) == ()
    assert kept.concerned() == frozenset()
    assert kept.placed("demo", "hero") == (HERO,)
    deliveries.keep_copy(copy, at=NOW)
    deliveries.keep_copy(copy, at=NOW)
    assert kept.copies(HERO) == (copy,)
    assert kept.concerned() == {HERO}
