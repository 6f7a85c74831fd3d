"""A process that reads a feed, or carries out an export, so that it can be killed at any moment."""

import sys
import threading
from pathlib import Path

from bridge_app.app.build import build
from bridge_app.storage.secrets import MemoryStore
from bridge_app.work.kinds import KIT

LOOK_EVERY_S = 0.02


def carry_out(home: Path, feed: str) -> None:
    """Read the feed of that name; "" carries out the exports that are queued."""
    store = MemoryStore()
    with build(home, open_store=lambda _: store) as parts:
        if feed:
            parts.worker.feeds.read(feed)
            return
        parts.worker.start()
        pause = threading.Event()
        while parts.stock.jobs.unfinished(KIT):
            pause.wait(LOOK_EVERY_S)


if __name__ == "__main__":
    carry_out(Path(sys.argv[1]), sys.argv[2])
