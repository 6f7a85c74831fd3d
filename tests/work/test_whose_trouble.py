"""Trouble of one service holds up what needs it, and nothing else."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bridge_app.delivery.answers import SERVICE
from bridge_app.domain.errors import (
    BridgeError,
    OfflineError,
    RateLimitedError,
    ServiceTroubleError,
)
from bridge_app.domain.jobs import JobRecord, JobState, WaitingFor
from bridge_app.storage.jobs import Jobs, NewJob
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.settings import Settings
from bridge_app.work.context import Context
from bridge_app.work.events import Connectivity
from bridge_app.work.handlers.patience import until_it_can_be_asked
from bridge_app.work.jobs import TAKE_IN, WRITE_FILE
from bridge_app.work.kinds import CONTENTSTACK, WEBHOOK, WRITE_BACK
from bridge_app.work.outcome import Done, Outcome
from bridge_app.work.retry import ATTEMPTS
from bridge_app.work.transfers import Transfers
from tests.work.dispatching import PATIENCE_S, Works
from tests.work.test_dispatcher import Hand, failing


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    made = Works(tmp_path / "ledger.db")
    yield made
    made.close()


@pytest.mark.parametrize("kind", [CONTENTSTACK, WRITE_BACK])
def test_the_rate_limit_of_another_service_holds_no_push(works: Works, kind: str) -> None:
    error = RateLimitedError(service="PhotoShelter", retry_after_s=3_600.0)
    works.release.set()
    works.handle(kind, Hand(works, failing(error)))
    works.handle("push", lambda _job, _context: Done())
    (theirs,) = works.add("theirs", kind=kind)
    works.dispatcher.start()
    waiting = works.until_state(theirs, JobState.WAITING)
    (push,) = works.add("ours")
    works.until_state(push, JobState.DONE)
    assert waiting.waiting_until is not None
    asked_for = works.time + timedelta(hours=1)
    assert datetime.fromisoformat(waiting.waiting_until) >= asked_for
    assert waiting.attempts == 0


@pytest.mark.parametrize("kind", [TAKE_IN, WRITE_FILE, WEBHOOK])
def test_a_rate_limit_of_cloudinary_holds_nothing_that_does_not_go_there(
    works: Works, kind: str
) -> None:
    works.release.set()
    error = RateLimitedError(service=SERVICE, retry_after_s=3_600.0)
    works.handle("push", Hand(works, failing(error)))
    works.handle(kind, lambda _job, _context: Done())
    (push,) = works.add("push")
    works.dispatcher.start()
    works.until_state(push, JobState.WAITING)
    (second,) = works.add("another push")
    (here,) = works.add("here", kind=kind)
    works.until_state(here, JobState.DONE)
    works.two_more_rounds()
    assert works.one(second).state is JobState.QUEUED


def test_trouble_of_another_service_makes_no_push_wait_for_others(works: Works) -> None:
    refused = Hand(works, failing(ServiceTroubleError(service="PhotoShelter", detail="HTTP 503")))
    works.handle("edit", refused)
    works.add(*[f"theirs {number}" for number in range(8)], kind="edit")
    works.dispatcher.start()
    for _ in range(8):
        refused.wait()
    works.release.set()
    works.until(lambda: len(works.ended) == 8)
    together = threading.Barrier(8, timeout=PATIENCE_S / 3)

    def pushed(_job: JobRecord, _context: Context) -> Outcome:
        together.wait()
        return Done()

    works.handle("push", pushed)
    ours = works.add(*[f"ours {number}" for number in range(8)])
    works.until(lambda: len(works.ended) == 16)
    assert {works.one(job).state for job in ours} == {JobState.DONE}


def test_waiting_for_a_service_that_cannot_be_asked_uses_up_no_try(works: Works) -> None:
    def away(_job: JobRecord, context: Context) -> Outcome:
        return until_it_can_be_asked(OfflineError(service="PhotoShelter"), context)

    works.handle(WRITE_BACK, away)
    (job,) = works.add("a", kind=WRITE_BACK)
    works.dispatcher.start()
    for run in range(1, ATTEMPTS + 2):
        works.until(lambda run=run: len(works.ended) == run)  # type: ignore[misc]
        works.time += timedelta(seconds=31)
        works.dispatcher.wake()
    assert works.until_state(job, JobState.WAITING).attempts == 0


class Wire:
    """All transfers over a ledger, with one handler that meets trouble."""

    def __init__(self, ledger: Path, error: BridgeError) -> None:
        self.writer = open_ledger(ledger)
        self.jobs = Jobs(self.writer)
        self.asked = threading.Event()
        self.told: list[Connectivity] = []
        self.transfers = Transfers(
            self.jobs,
            {WRITE_BACK: self._handle},
            emit=lambda event: self.told.append(event) if isinstance(event, Connectivity) else None,
            reachable=self._reachable,
            now=lambda: datetime(2026, 6, 15, 12, tzinfo=UTC),
            settings=Settings(),
        )
        self._error = error

    def _handle(self, _job: JobRecord, _context: Context) -> Outcome:
        raise self._error

    def _reachable(self) -> bool:
        self.asked.set()
        return True

    def close(self) -> None:
        self.transfers.close(PATIENCE_S)
        self.writer.close()


def test_that_another_service_is_not_reached_does_not_cut_cloudinary_off(tmp_path: Path) -> None:
    wire = Wire(tmp_path / "ledger.db", OfflineError(service="PhotoShelter"))
    wire.transfers.start()
    (job,) = wire.transfers.add(
        [NewJob(kind=WRITE_BACK, identity="a", batch="b", name="n", params={})]
    )
    # It may be the whole network, so Cloudinary is asked; which it answers.
    assert wire.asked.wait(PATIENCE_S)
    record = wire.jobs.one(job)
    wire.close()
    assert record is not None
    assert (record.waiting_for, record.error is not None) == (WaitingFor.NEXT_TRY, True)
    assert wire.told == []
