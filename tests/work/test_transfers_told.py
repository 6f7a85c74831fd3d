"""What is told of all pushes: the last word is the newest count, whichever thread is slow."""

import threading
from datetime import UTC, datetime
from pathlib import Path

from bridge_app.domain.jobs import TransferSummary
from bridge_app.storage.jobs import Jobs, NewJob
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.settings import Settings
from bridge_app.work.events import Event
from bridge_app.work.transfers import Transfers

A_WHILE_S = 0.3


class SlowFirst:
    """Listens; whoever tells it something first is held up until somebody else has told it more."""

    def __init__(self) -> None:
        self.told: list[TransferSummary] = []
        self.is_telling, self.is_told = threading.Event(), threading.Event()

    def __call__(self, event: Event) -> None:
        if not isinstance(event, TransferSummary):
            return
        if not self.is_telling.is_set():
            self.is_telling.set()
            self.is_told.wait(A_WHILE_S)
        self.told.append(event)
        self.is_told.set()


def test_what_was_counted_last_is_told_last(tmp_path: Path) -> None:
    writer = open_ledger(tmp_path / "ledger.db")
    listener = SlowFirst()
    transfers = Transfers(
        Jobs(writer),
        {},
        emit=listener,
        reachable=lambda: True,
        now=lambda: datetime(2026, 6, 15, 12, tzinfo=UTC),
        settings=Settings(paused=True),
    )
    slow = threading.Thread(target=transfers.nudge)
    slow.start()
    assert listener.is_telling.wait(10)
    transfers.add([NewJob(kind="push", identity="a", batch="b", name="n", params={})])
    slow.join()
    writer.close()
    assert [one.active for one in listener.told] == [0, 1]
