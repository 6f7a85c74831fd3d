"""Reads a feed and matches it, in a process of its own whose memory is told: `PROFILE FILE`."""

import json
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bridge_app.domain.product_feed import Feed
from bridge_app.storage.feed_matches import FeedMatches
from bridge_app.storage.feeds import Feeds
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.secrets import MemoryStore
from bridge_app.work.feed_reading import FeedReading, ReadingMeans

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def no_network() -> None:
    """A feed of this computer needs none."""
    raise AssertionError


def main(profile: Path, file: Path) -> None:
    """Print one line of JSON: seconds, megabytes and counts."""
    ledger = open_ledger(profile / "ledger.db")
    feeds = Feeds(ledger)
    means = ReadingMeans(
        http=no_network,  # type: ignore[arg-type]
        secrets=MemoryStore,
        who=lambda: "bench",
        now=lambda: NOW,
        is_closing=lambda: False,
    )
    # Each file is a feed of its own: two of one profile do not add up.
    name = file.parent.name
    feed = Feed(id=name, name=name, source=str(file))
    feeds.put(feed, who="bench", at=NOW)
    began = time.perf_counter(), time.process_time()
    (run,) = FeedReading(feeds, means).read(feed)
    read = time.perf_counter(), time.process_time()
    with FeedMatches(profile / "catalog.db", profile / "ledger.db", feed) as matches:
        counts = matches.counts()
    ended = time.perf_counter(), time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    told: dict[str, float] = {"rss_mb": peak}
    for place, clock in enumerate(("s", "cpu_s")):
        told |= {
            f"read_{clock}": round(read[place] - began[place], 1),
            f"match_{clock}": round(ended[place] - read[place], 1),
        }
    result = {"taken": run.result.upserted, "images": counts.images, "unused": counts.unused}
    sys.stdout.write(json.dumps(told | result) + "\n")
    ledger.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
