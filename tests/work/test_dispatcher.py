"""The dispatcher over a real ledger: once, to its end, and never lost."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.limits import BudgetSpentError
from bridge_app.domain.errors import (
    BridgeError,
    DiskFullError,
    OfflineError,
    RateLimitedError,
    RefusedByServiceError,
    ServiceTroubleError,
    StorageTroubleError,
)
from bridge_app.domain.jobs import JobRecord, JobState, WaitingFor
from bridge_app.storage.jobs import NewJob
from bridge_app.work.context import Context
from bridge_app.work.dispatcher import IDLE_S
from bridge_app.work.jobs import TAKE_IN, WRITE_FILE, WRITE_SHELTER
from bridge_app.work.kinds import RETRACT, RETRACT_RENDITION
from bridge_app.work.outcome import Done, Outcome
from bridge_app.work.pace import BYTES_AT_ONCE, HEAVY_AT_LEAST
from tests.work.dispatching import PATIENCE_S, Works


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    made = Works(tmp_path / "ledger.db")
    yield made
    made.close()


class Hand:
    """A handler that tells that it began, and goes on when it is let go."""

    def __init__(self, works: Works, end: Callable[[Context], Outcome]) -> None:
        self.began = threading.Semaphore(0)
        self.runs: list[str] = []
        self._works = works
        self._end = end

    def __call__(self, job: JobRecord, context: Context) -> Outcome:
        self.runs.append(job.name)
        self.began.release()
        self._works.release.wait(PATIENCE_S)
        return self._end(context)

    def wait(self) -> None:
        assert self.began.acquire(timeout=PATIENCE_S)


def done(_: Context) -> Outcome:
    return Done(result={"fine": True})


def reporting(context: Context) -> Outcome:
    context.report(1, 5)
    return Done()


def failing(error: BridgeError) -> Callable[[Context], Outcome]:
    def end(_: Context) -> Outcome:
        raise error

    return end


def test_each_of_many_jobs_runs_once_and_is_recorded(works: Works) -> None:
    hand = Hand(works, done)
    works.release.set()
    works.handle("push", hand)
    names = [f"n{number}" for number in range(120)]
    ids = works.add(*names)
    works.dispatcher.start()
    works.until(lambda: not works.jobs.unfinished("push"))
    assert sorted(hand.runs) == sorted(names)
    works.until(lambda: sorted(works.ended) == ids)
    assert {works.one(job).state for job in ids} == {JobState.DONE}
    assert works.one(ids[0]).result == {"fine": True}
    assert works.one(ids[0]).done == 5


def test_a_job_added_from_outside_is_found_without_being_woken(works: Works) -> None:
    works.handle("push", lambda _job, _context: Done())
    works.dispatcher.start()
    works.until(lambda: works.rests > 0)
    outside = NewJob(kind="push", identity="x", batch="b", name="x", params={})
    (job,) = works.jobs.add([outside], at=works.time)
    works.until_state(job, JobState.DONE)


def test_kinds_that_may_not_run_stay_queued(works: Works) -> None:
    works.handle("push", lambda _job, _context: Done())
    works.handle("take_in", lambda _job, _context: Done())
    works.allowed.remove("push")
    (push,), (take,) = works.add("a"), works.add("b", kind="take_in")
    works.dispatcher.start()
    works.until_state(take, JobState.DONE)
    assert works.one(push).state is JobState.QUEUED
    works.allowed.add("push")
    works.dispatcher.wake()
    works.until_state(push, JobState.DONE)


def test_a_running_job_stops_at_its_next_report_when_cancelled(works: Works) -> None:
    hand = Hand(works, reporting)
    works.handle("push", hand)
    (job,) = works.add("a")
    works.dispatcher.start()
    hand.wait()
    works.dispatcher.cancel([job])
    works.release.set()
    record = works.until_state(job, JobState.CANCELLED)
    assert (record.attempts, works.progress) == (0, [])


def test_a_cancelled_job_whose_run_ends_in_trouble_is_not_tried_again(works: Works) -> None:
    hand = Hand(works, failing(OfflineError(service=SERVICE)))
    works.handle("push", hand)
    (job,) = works.add("a")
    works.dispatcher.start()
    hand.wait()
    works.dispatcher.cancel([job])
    works.release.set()
    works.until(lambda: works.one(job).state is not JobState.RUNNING)
    assert works.one(job).state is JobState.CANCELLED


def test_what_was_achieved_before_a_cancel_stays_achieved(works: Works) -> None:
    hand = Hand(works, done)
    works.handle("push", hand)
    (job,) = works.add("a")
    works.dispatcher.start()
    hand.wait()
    works.dispatcher.cancel([job])
    works.release.set()
    works.until_state(job, JobState.DONE)


def test_what_is_put_back_is_queued_and_its_attempt_not_counted(works: Works) -> None:
    hand = Hand(works, reporting)
    works.handle("push", hand)
    (job,) = works.add("a")
    works.dispatcher.start()
    hand.wait()
    works.allowed.clear()
    works.dispatcher.put_back(["push"])
    works.release.set()
    assert works.until_state(job, JobState.QUEUED).attempts == 0


def test_a_fault_of_a_handler_fails_its_job_and_the_others_go_on(works: Works) -> None:
    def handler(job: JobRecord, _: Context) -> Outcome:
        if job.name == "bad":
            raise KeyError("a mistake of ours")
        return Done()

    works.handle("push", handler)
    bad, good = works.add("bad", "good")
    works.dispatcher.start()
    works.until_state(good, JobState.DONE)
    record = works.until_state(bad, JobState.FAILED)
    assert record.error is not None
    assert (record.error.kind, "mistake" in record.error.sentence()) == ("BridgeError", False)
    (later,) = works.add("later")
    works.until_state(later, JobState.DONE)


def test_a_refusal_is_kept_with_its_sentence(works: Works) -> None:
    error = RefusedByServiceError(service=SERVICE, detail="no room")
    works.release.set()
    works.handle("push", Hand(works, failing(error)))
    (job,) = works.add("a")
    works.dispatcher.start()
    record = works.until_state(job, JobState.FAILED)
    assert record.error is not None
    assert record.error.sentence() == str(error)


def test_a_rate_limit_holds_everything_new_until_its_time(works: Works) -> None:
    hand = Hand(works, failing(RateLimitedError(service=SERVICE, retry_after_s=60.0)))
    works.release.set()
    works.handle("push", hand)
    (first,) = works.add("first")
    works.dispatcher.start()
    record = works.until_state(first, JobState.WAITING)
    assert record.waiting_for is WaitingFor.RATE_LIMIT
    works.handlers["push"] = lambda _job, _context: Done()
    (second,) = works.add("second")
    works.time += timedelta(seconds=59)
    works.two_more_rounds()
    assert works.one(second).state is JobState.QUEUED
    works.time += timedelta(seconds=10)
    works.dispatcher.wake()
    works.until_state(second, JobState.DONE)
    works.until_state(first, JobState.DONE)


def test_large_transfers_go_a_few_at_a_time_and_small_ones_pass_them(works: Works) -> None:
    large, small = Hand(works, done), Hand(works, done)
    works.handle("push", large)
    works.handle("edit", small)
    works.add(*[f"film {number}" for number in range(20)], total=300_000_000)
    works.add(*[f"edit {number}" for number in range(20)], kind="edit", total=1)
    works.dispatcher.start()
    for _ in range(20):
        small.wait()
    for _ in range(HEAVY_AT_LEAST):
        large.wait()
    works.two_more_rounds()
    assert large.runs == [f"film {number}" for number in range(HEAVY_AT_LEAST)]
    works.release.set()
    works.until(lambda: not works.jobs.unfinished("push", "edit"))
    assert len(large.runs) == len(small.runs) == 20


@pytest.mark.parametrize("kind", [RETRACT, RETRACT_RENDITION, TAKE_IN, WRITE_FILE, WRITE_SHELTER])
def test_what_is_no_upload_does_not_wait_for_hundreds_of_uploads(works: Works, kind: str) -> None:
    works.handle("push", Hand(works, done))
    works.handle(kind, lambda _job, _context: Done())
    works.add(*[f"film {number}" for number in range(200)], total=300_000_000)
    works.dispatcher.start()
    works.two_more_rounds()
    (job,) = works.add("one", kind=kind, total=1)
    works.until_state(job, JobState.DONE)


def test_as_many_go_together_as_fill_a_fast_link(works: Works) -> None:
    hand = Hand(works, done)
    works.handle("push", hand)
    works.add(*[f"picture {number}" for number in range(20)], total=5_000_000)
    works.dispatcher.start()
    for _ in range(BYTES_AT_ONCE // 5_000_000):
        hand.wait()
    works.two_more_rounds()
    assert len(hand.runs) == BYTES_AT_ONCE // 5_000_000
    works.release.set()
    works.until(lambda: not works.jobs.unfinished("push"))
    assert len(hand.runs) == 20


def test_when_the_service_pushes_back_half_of_what_ran_goes_on(works: Works) -> None:
    refused = Hand(works, failing(ServiceTroubleError(service=SERVICE, detail="")))
    works.handle("push", refused)
    works.add(*[f"picture {number}" for number in range(8)], total=5_000_000)
    works.dispatcher.start()
    for _ in range(8):
        refused.wait()
    works.release.set()
    works.until(lambda: len(works.ended) == 8)
    works.release.clear()
    taken = Hand(works, done)
    works.handlers["push"] = taken
    works.add(*[f"other {number}" for number in range(8)])
    for _ in range(4):
        taken.wait()
    works.two_more_rounds()
    assert len(taken.runs) == 4


def test_a_spent_hourly_budget_holds_nothing_but_what_needs_it(works: Works) -> None:
    works.release.set()
    works.handle(
        "push", Hand(works, failing(BudgetSpentError(service=SERVICE, retry_after_s=3600.0)))
    )
    (first,) = works.add("first")
    works.dispatcher.start()
    record = works.until_state(first, JobState.WAITING)
    assert record.waiting_for is WaitingFor.BUDGET
    assert record.waiting_until is not None
    works.handlers["push"] = lambda _job, _context: Done()
    (second,) = works.add("second")
    works.until_state(second, JobState.DONE)
    assert works.one(first).state is JobState.WAITING


def test_while_the_disk_is_full_nothing_is_lost_and_it_is_told(works: Works) -> None:
    runs: list[str] = []

    def handler(job: JobRecord, _: Context) -> Outcome:
        runs.append(job.name)
        works.fill_the_disk()
        return Done(result={"x": "y" * 300_000})

    works.handle("push", handler)
    (job,) = works.add("a")
    works.dispatcher.start()
    works.until(lambda: bool(works.told))
    assert isinstance(works.told[0], DiskFullError)
    assert works.one(job).state is JobState.RUNNING
    works.free_the_disk()
    works.until_state(job, JobState.DONE)
    assert runs == ["a"]


def test_trouble_while_looking_for_what_came_from_outside_is_told_and_survived(
    works: Works,
) -> None:
    works.handle("push", lambda _job, _context: Done())
    works.rest_trouble.append(StorageTroubleError(path="x", detail="busy"))
    works.dispatcher.start()
    (job,) = works.add("a")
    works.until_state(job, JobState.DONE)
    works.until(lambda: bool(works.told))


def test_what_is_claimed_while_sending_is_being_paused_does_not_begin(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []

    def push(job: JobRecord, _context: Context) -> Done:
        begun.append(job.id)
        return Done()

    works.handle("push", push)
    (job,) = works.add("late")
    exchange = works.jobs.exchange

    def paused_meanwhile(*given: Any, **more: Any) -> list[JobRecord]:
        claimed = exchange(*given, **more)
        works.allowed.clear()
        return claimed

    monkeypatch.setattr(works.jobs, "exchange", paused_meanwhile)
    works.dispatcher.start()
    works.two_more_rounds()
    assert works.one(job).state is JobState.QUEUED
    assert begun == []


def test_what_is_due_and_may_not_start_keeps_nobody_awake(works: Works) -> None:
    works.release.set()
    works.handle("push", Hand(works, failing(ServiceTroubleError(service=SERVICE, detail=""))))
    (job,) = works.add("a")
    works.dispatcher.start()
    works.until_state(job, JobState.WAITING)
    works.allowed.clear()
    works.time += timedelta(hours=1)
    works.two_more_rounds()
    since, rests = time.monotonic(), works.rests
    works.until(lambda: works.rests > rests + 1)
    assert time.monotonic() - since > IDLE_S / 2


def test_closing_gives_back_what_was_not_finished(works: Works) -> None:
    began = threading.Event()

    def handler(_: JobRecord, context: Context) -> Outcome:
        began.set()
        for _turn in range(10**9):
            context.report(1, 5)
        return Done()

    works.handle("push", handler)
    (job,) = works.add("a")
    works.dispatcher.start()
    assert began.wait(PATIENCE_S)
    works.dispatcher.close(PATIENCE_S)
    record = works.one(job)
    assert (record.state, record.attempts) == (JobState.QUEUED, 0)


def test_closing_waits_two_seconds_at_most_for_a_handler_that_hangs(works: Works) -> None:
    hand = Hand(works, done)
    works.handle("push", hand)
    (job,) = works.add("a")
    works.dispatcher.start()
    hand.wait()
    began, rests = time.monotonic(), works.rests
    works.dispatcher.close(1.5)
    assert time.monotonic() - began < 2.0
    assert works.one(job).state is JobState.RUNNING
    assert works.rests - rests < 20, "it turns in circles while it waits"


def test_what_a_crash_left_running_is_run_again(works: Works) -> None:
    (job,) = works.add("a")
    works.jobs.exchange([], ["push"], limit=1, at=works.time)
    works.handle("push", lambda _job, _context: Done())
    works.dispatcher.start()
    assert works.until_state(job, JobState.DONE).attempts == 2
