"""A process that writes what is queued into the files of a profile, so that it can be killed."""

import threading
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from bridge_app.app.build import build
from bridge_app.storage.secrets import MemoryStore
from bridge_app.work.jobs import WRITE_FILE

LOOK_EVERY_S = 0.02


def write(home: Path) -> None:
    """Start the profile in `home`, and end once nothing is left to be written."""
    with build(home, open_store=lambda _: MemoryStore()) as parts:
        parts.worker.start()
        pause = threading.Event()
        while parts.stock.edits.has_job(WRITE_FILE):
            pause.wait(LOOK_EVERY_S)


def started(home: Path) -> BaseProcess:
    """The process; it is forked from one that has loaded the program already."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    child = context.Process(target=write, args=(home,))
    child.start()
    return child
