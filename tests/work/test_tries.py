"""How often a job is tried, what counts as a try, and what is no try at all."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bridge_app.delivery.answers import SERVICE
from bridge_app.domain.errors import ServiceTroubleError, StorageTroubleError
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.work.context import Context
from bridge_app.work.outcome import CancelledError, Done, Outcome
from bridge_app.work.retry import ATTEMPTS, LONGEST_S
from tests.work.dispatching import PATIENCE_S, Works


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    made = Works(tmp_path / "ledger.db")
    yield made
    made.close()


def test_a_run_that_got_further_uses_up_no_try(works: Works) -> None:
    def handler(job: JobRecord, context: Context) -> Outcome:
        context.advance()
        raise ServiceTroubleError(service=SERVICE, detail="it broke again")

    works.handle("push", handler)
    (job,) = works.add("a")
    works.dispatcher.start()
    for _ in range(15):
        works.until_state(job, JobState.WAITING)
        ended = len(works.ended)
        works.time += timedelta(seconds=5)
        works.dispatcher.wake()
        works.until(lambda ended=ended: len(works.ended) > ended)  # type: ignore[misc]
    assert works.until_state(job, JobState.WAITING).attempts == 0


def test_what_a_person_tries_again_has_its_tries_again_and_asks_whether_it_had_arrived(
    works: Works,
) -> None:
    seen: list[int] = []

    def handler(_job: JobRecord, context: Context) -> Outcome:
        seen.append(context.attempt)
        raise ServiceTroubleError(service=SERVICE, detail="HTTP 503")

    works.handle("push", handler)
    (job,) = works.add("a")
    works.dispatcher.start()
    for run in range(1, ATTEMPTS):
        works.until(lambda run=run: len(works.ended) == run)  # type: ignore[misc]
        works.time += timedelta(seconds=LONGEST_S)
        works.dispatcher.wake()
    works.until_state(job, JobState.FAILED)
    works.jobs.retry([job], at=works.time)
    works.dispatcher.wake()
    works.until(lambda: len(seen) > ATTEMPTS)
    works.until_state(job, JobState.WAITING)
    assert seen[-1] > 1


def test_an_end_that_could_not_be_told_at_first_is_not_recorded_again(works: Works) -> None:
    runs: list[int] = []

    def handler(_job: JobRecord, context: Context) -> Outcome:
        runs.append(context.attempt)
        if len(runs) == 1:
            raise CancelledError
        works.release.wait(PATIENCE_S)
        return Done()

    works.telling_trouble = [StorageTroubleError(path=Path("ledger.db"), detail="it is locked")]
    works.handle("push", handler)
    (job,) = works.add("a")
    works.dispatcher.start()
    works.until(lambda: works.ended == [job])
    works.two_more_rounds()
    assert works.one(job).state is JobState.RUNNING
    works.release.set()
    works.until_state(job, JobState.DONE)
    assert len(runs) == 2


def test_what_is_claimed_while_the_program_closes_is_queued_again_at_once(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    works.handle("edit", lambda _job, _context: Done())
    (first,) = works.add("so that lanes wait", kind="edit")
    works.dispatcher.start()
    works.until_state(first, JobState.DONE)
    begun: list[int] = []

    def push(job: JobRecord, _context: Context) -> Outcome:
        begun.append(job.id)
        return Done()

    exchange = works.jobs.exchange
    closing = threading.Thread(target=works.dispatcher.close, args=(PATIENCE_S,))

    def closed_meanwhile(*given: Any, **more: Any) -> list[JobRecord]:
        claimed = exchange(*given, **more)
        if claimed:
            closing.start()
            closing.join(0.1)
        return claimed

    monkeypatch.setattr(works.jobs, "exchange", closed_meanwhile)
    works.handle("push", push)
    (late,) = works.add("late")
    works.until(lambda: closing.ident is not None)
    closing.join(PATIENCE_S / 6)
    assert not closing.is_alive()
    assert (works.one(late).state, works.one(late).attempts, begun) == (JobState.QUEUED, 0, [])
