"""A dispatcher over a real ledger, with handlers of the test's own."""

import threading
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from bridge_app.domain.errors import (
    BridgeError,
)
from bridge_app.domain.jobs import JobProgress, JobRecord, JobState
from bridge_app.storage.jobs import Jobs, NewJob, Result
from bridge_app.storage.ledger import open_ledger
from bridge_app.work.dispatcher import Dispatcher, Handler
from bridge_app.work.transfers import ELSEWHERE, FEW

PATIENCE_S = 30.0


class Works:
    """A dispatcher with handlers of the test's own, and ears on everything it tells."""

    def __init__(self, ledger: Path) -> None:
        self.writer = open_ledger(ledger)
        self.jobs = Jobs(self.writer)
        self.time = datetime(2026, 6, 15, 12, tzinfo=UTC)
        self.handlers: dict[str, Handler] = {}
        self.allowed: set[str] = set()
        self.ended: list[int] = []
        self.progress: list[JobProgress] = []
        self.told: list[BridgeError] = []
        self.rests = 0
        self.rest_trouble: list[BridgeError] = []
        self.telling_trouble: list[BridgeError] = []
        self.release = threading.Event()
        self._news = threading.Condition()
        rng = Random(1)  # noqa: S311 - for spreading pauses, not for secrets
        self.dispatcher = Dispatcher(
            self.jobs,
            self.handlers,
            self,
            now=lambda: self.time,
            rng=rng,
            few={**FEW, "export": 2},
            elsewhere=ELSEWHERE,
        )

    # What the dispatcher tells

    def may_run(self) -> Collection[str]:
        return self.allowed

    def progressed(self, progress: JobProgress) -> None:
        self._note(lambda: self.progress.append(progress))

    def recorded(self, ended: list[tuple[JobRecord, Result]]) -> None:
        if self.telling_trouble:
            raise self.telling_trouble.pop()
        self._note(lambda: self.ended.extend(job.id for job, _ in ended))

    def rested(self) -> None:
        if self.rest_trouble:
            raise self.rest_trouble.pop()
        self._note(self._count_rest)

    def troubled(self, error: BridgeError) -> None:
        self._note(lambda: self.told.append(error))

    def _count_rest(self) -> None:
        self.rests += 1

    def _note(self, change: Callable[[], None]) -> None:
        with self._news:
            change()
            self._news.notify_all()

    # What a story says

    def handle(self, kind: str, handler: Handler) -> None:
        self.handlers[kind] = handler
        self.allowed.add(kind)

    def add(self, *names: str, kind: str = "push", total: int = 5) -> list[int]:
        new = [
            NewJob(kind=kind, identity=name, batch="b", name=name, params={}, total=total)
            for name in names
        ]
        ids = self.jobs.add(new, at=self.time)
        self.dispatcher.wake()
        return ids

    def one(self, job: int) -> JobRecord:
        record = self.jobs.one(job)
        assert record is not None
        return record

    def until(self, holds: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(holds, timeout=PATIENCE_S), "waited in vain"

    def until_state(self, job: int, state: JobState) -> JobRecord:
        self.until(lambda: self.one(job).state is state)
        return self.one(job)

    def two_more_rounds(self) -> None:
        """Whatever the dispatcher wanted to start by now, it has started."""
        for _ in range(2):
            seen = self.rests
            self.dispatcher.wake()
            self.until(lambda seen=seen: self.rests > seen)  # type: ignore[misc]

    def fill_the_disk(self) -> None:
        with self.writer.reading() as connection:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")

    def free_the_disk(self) -> None:
        with self.writer.reading() as connection:
            connection.execute("PRAGMA max_page_count = 100000")

    def close(self) -> None:
        self.release.set()
        self.dispatcher.close(PATIENCE_S)
        self.writer.close()
