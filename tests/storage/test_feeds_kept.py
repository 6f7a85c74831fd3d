"""What is kept of files that were read: of the older ones that they were, and their counts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bridge_app.domain.product_feed import Fault, Feed, FeedResult, Finding
from bridge_app.storage import feeds as feeds_module
from bridge_app.storage.feeds import FeedRun, Feeds
from bridge_app.storage.ledger import open_ledger


@pytest.fixture
def feeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Feeds]:
    monkeypatch.setattr(feeds_module, "RUNS_KEPT", 3)
    monkeypatch.setattr(feeds_module, "RUNS_KNOWN", 6)
    writer = open_ledger(tmp_path / "ledger.db")
    yield Feeds(writer)
    writer.close()


def test_more_files_than_reports_are_each_read_once(feeds: Feeds) -> None:
    feeds.put(Feed(id="f", name="pim", source="/in"), who="", at=datetime(2026, 11, 22, tzinfo=UTC))
    bad = Finding(line=2, code=Fault.BAD_DATE, value="x")
    for number in range(8):
        result = FeedResult(received=9, bad_rows=1, rejected=(bad,))
        feeds.add_run(
            "f", FeedRun(source=f"{number}.csv", stamp="1", sha256=f"{number}", result=result)
        )
    assert sorted(feeds.stamps("f")) == [f"{number}.csv" for number in range(2, 8)]
    runs = feeds.runs("f", limit=100)
    assert [len(one.result.rejected) for one in runs] == [1, 1, 1, 0, 0, 0]
    again = feeds.run_of("f", "2")
    assert again is not None
    assert (again.result.received, again.result.bad_rows) == (9, 1)
