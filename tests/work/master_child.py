"""A process that writes what is queued into the files of a profile, so that it can be killed."""

import sys
import threading
from pathlib import Path

from bridge_app.app.build import build
from bridge_app.storage.secrets import MemoryStore
from bridge_app.work.jobs import WRITE_FILE

LOOK_EVERY_S = 0.02


def write(home: Path) -> None:
    """Start the profile in `home`, and end once nothing is left to be written."""
    with build(home, open_store=lambda _: MemoryStore()) as parts:
        parts.worker.start()
        sys.stdout.write("started\n")
        sys.stdout.flush()
        pause = threading.Event()
        while parts.stock.edits.has_job(WRITE_FILE):
            pause.wait(LOOK_EVERY_S)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
