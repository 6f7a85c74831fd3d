"""How often a job is tried, and what counts as a try."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bridge_app.delivery.answers import SERVICE
from bridge_app.domain.errors import ServiceTroubleError
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.work.context import Context
from bridge_app.work.outcome import Outcome
from bridge_app.work.retry import ATTEMPTS, LONGEST_S
from tests.work.dispatching import Works


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
    for _ in range(ATTEMPTS - 1):
        works.until_state(job, JobState.WAITING)
        ended = len(works.ended)
        works.time += timedelta(seconds=LONGEST_S)
        works.dispatcher.wake()
        works.until(lambda ended=ended: len(works.ended) > ended)  # type: ignore[misc]
    works.until_state(job, JobState.FAILED)
    works.jobs.retry([job], at=works.time)
    works.dispatcher.wake()
    works.until(lambda: len(seen) > ATTEMPTS)
    works.until_state(job, JobState.WAITING)
    assert seen[-1] > 1
