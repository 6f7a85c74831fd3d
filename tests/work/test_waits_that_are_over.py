"""What a job waits for may be there before it is on disk that the job waits for it."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bridge_app.delivery.answers import SERVICE
from bridge_app.domain.errors import CredentialsError
from bridge_app.domain.jobs import JobRecord, JobState, WaitingFor
from bridge_app.storage.jobs import Jobs, NewJob, Result
from bridge_app.storage.ledger import open_ledger
from bridge_app.storage.settings import Settings
from bridge_app.work.context import Context
from bridge_app.work.events import Event
from bridge_app.work.outcome import Done, Outcome
from bridge_app.work.transfers import Transfers

PATIENCE_S = 30.0


class SlowToHold(Jobs):
    """A ledger that takes its time: something else happens before the jobs are held."""

    meanwhile: Callable[[], None] | None = None

    def hold(self, reason: WaitingFor, *, at: datetime) -> None:
        if self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            happens()
        super().hold(reason, at=at)


class Wire:
    """All transfers over a ledger, at a time that goes on."""

    def __init__(self, ledger: Path) -> None:
        self.writer = open_ledger(ledger)
        self.jobs = SlowToHold(self.writer)
        self.handler: Callable[[], Outcome] = Done
        self.ended = threading.Event()
        self._time = datetime(2026, 6, 15, 12, tzinfo=UTC)
        self._lock = threading.Lock()
        self.transfers = Transfers(
            self.jobs,
            {"push": self._handle},
            emit=self._hear,
            reachable=lambda: False,
            now=self._now,
            settings=Settings(),
        )

    def _now(self) -> datetime:
        with self._lock:
            self._time += timedelta(milliseconds=1)
            return self._time

    def _handle(self, _job: JobRecord, _context: Context) -> Outcome:
        return self.handler()

    def _hear(self, _event: Event) -> None:
        if any(self.jobs.in_state("push", state) for state in (JobState.DONE, JobState.FAILED)):
            self.ended.set()

    def set_clock_back(self) -> None:
        with self._lock:
            self._time -= timedelta(hours=1)

    def refuse(self, job: int) -> None:
        """The service does not accept the key with which it runs."""
        (record,) = self.jobs.exchange([], ["push"], limit=1, at=self._now())
        account = WaitingFor.ACCOUNT
        refused = Result(job=job, state=JobState.WAITING, waiting_for=account)
        self.jobs.exchange([refused], [], limit=0, at=self._now())
        self.transfers.recorded([(record, refused)])

    def push(self) -> int:
        new = NewJob(kind="push", identity="a", batch="b", name="n", params={})
        return self.transfers.add([new])[0]

    def state(self, job: int) -> JobState:
        record = self.jobs.one(job)
        assert record is not None
        return record.state


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    made = Wire(tmp_path / "ledger.db")
    yield made
    made.transfers.close(PATIENCE_S)
    made.writer.close()


def test_the_network_may_be_back_while_a_push_that_is_queued_without_it_is_held(
    wire: Wire,
) -> None:
    wire.transfers.connectivity.lost()
    wire.jobs.meanwhile = wire.transfers.connectivity.found
    assert wire.state(wire.push()) is JobState.QUEUED


def test_the_network_may_be_back_while_what_is_queued_is_held_for_its_loss(wire: Wire) -> None:
    push = wire.push()
    wire.jobs.meanwhile = wire.transfers.connectivity.found
    wire.transfers.connectivity.lost()
    assert wire.state(push) is JobState.QUEUED


def test_the_key_may_be_mended_while_a_push_with_the_old_one_is_on_its_way(wire: Wire) -> None:
    def sent_with_the_old_key() -> Outcome:
        wire.handler = Done
        wire.transfers.release(WaitingFor.ACCOUNT)
        raise CredentialsError(service=SERVICE, detail="")

    wire.handler = sent_with_the_old_key
    wire.transfers.start()
    push = wire.push()
    assert wire.ended.wait(PATIENCE_S / 6)
    assert wire.state(push) is JobState.DONE


def test_a_clock_that_was_set_back_tries_no_refused_key_for_ever(wire: Wire) -> None:
    push = wire.push()
    wire.transfers.release(WaitingFor.ACCOUNT)
    wire.set_clock_back()
    wire.refuse(push)
    assert wire.state(push) is JobState.WAITING
