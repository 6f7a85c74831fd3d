"""The record of review packs: what belongs together is on disk together, or not at all."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.review_pack import Pack, PackComment, PackVerdict, ReturnedLine, VerdictFile
from bridge_app.storage.database import Writer
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.review_packs import CameBack, ReviewPacks

AT = datetime(2026, 3, 1, tzinfo=UTC)
PACK = Pack(id="p1", title="Spring", made_by="Mara", made_at=AT, items=())
BACK = CameBack(
    file=VerdictFile(pack="p1", session="s1", reviewer="Ines", verdicts=()),
    digest="d1",
    document="{}",
)
LINE = ReturnedLine(
    verdict=PackVerdict(key="1", content="", transformation="", picture="", given_at=7),
    approval=Approval.APPROVED,
    comments=(PackComment(id="c1", text="Sky"),),
)


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    made = open_ledger(tmp_path / "ledger.db")
    yield made
    made.close()


def test_a_pack_is_found_again_by_its_id(writer: Writer) -> None:
    packs = ReviewPacks(writer)
    packs.add(PACK, at=AT)
    assert packs.one("p1") == PACK
    assert packs.one("p2") is None


def test_what_came_back_is_known_by_pack_and_browser(writer: Writer) -> None:
    packs = ReviewPacks(writer)
    with packs.recording(BACK, who="Mara", at=AT) as recording:
        recording.add(LINE)
    recorded = packs.recorded("p1", "s1")
    assert recorded.verdicts == {("1", 7)}
    assert recorded.comments == {"c1"}
    assert packs.recorded("p1", "s2").verdicts == frozenset()
    assert packs.came_back_at("d1") == AT


def test_an_import_that_fails_halfway_records_nothing(writer: Writer) -> None:
    packs = ReviewPacks(writer)

    def fail() -> None:
        with packs.recording(BACK, who="Mara", at=AT) as recording:
            packs.add(PACK, at=AT)
            recording.add(LINE)
            raise OSError

    with pytest.raises(Exception, match="ledger"):
        fail()
    assert packs.one("p1") is None
    assert packs.came_back_at("d1") is None
    assert packs.recorded("p1", "s1").verdicts == frozenset()


def test_a_part_that_fails_inside_a_transaction_is_undone_alone(writer: Writer) -> None:
    packs = ReviewPacks(writer)

    def fail() -> None:
        with writer.atomic():
            packs.add(Pack(id="p2", title="", made_by="", made_at=AT, items=()), at=AT)
            raise KeyError

    with writer.atomic():
        packs.add(PACK, at=AT)
        with pytest.raises(KeyError):
            fail()
    assert packs.one("p1") == PACK
    assert packs.one("p2") is None
