"""Files of feeds that are not what they seem."""

from pathlib import Path

import pytest

from bridge_app.domain.product_feed import Fault, Feed, FeedUnreadableError
from tests.desk import Desk


@pytest.fixture
def feed(desk: Desk) -> Feed:
    folder = desk.home / "feeds"
    folder.mkdir()
    return desk.parts.worker.feeds.add(Feed(id="", name="pim", source=str(folder)))


def test_a_large_table_without_a_needed_column_says_so(desk: Desk, feed: Feed) -> None:
    file = Path(feed.source) / "large.csv"
    file.write_text("sku\n" + "SKU-1001\n" * 300_000)
    (run,) = desk.parts.worker.feeds.read(feed.name, file)
    assert [(one.code, one.field) for one in run.result.rejected] == [
        (Fault.MISSING_COLUMN, "updated_at")
    ]


def test_what_is_no_file_is_not_read_for_ever(desk: Desk, feed: Feed) -> None:
    with pytest.raises(FeedUnreadableError, match="it is no file"):
        desk.parts.worker.feeds.read(feed.name, Path("/dev/zero"))
