"""Large transfers go a few at a time, in their order; nothing else waits for them."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.work.context import Context
from bridge_app.work.outcome import Done, Outcome
from bridge_app.work.pace import BYTES_AT_ONCE, HEAVY_AT_LEAST
from tests.work.dispatching import PATIENCE_S, Works
from tests.work.test_dispatcher import Hand, done

FILM = 300_000_000
PICTURE = 5_000_000
TOGETHER = BYTES_AT_ONCE // PICTURE


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    made = Works(tmp_path / "ledger.db")
    yield made
    made.close()


class OneByOne:
    """A handler whose runs end one after the other, as the test says."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.began = threading.Semaphore(0)
        self.may_end = threading.Semaphore(0)

    def __call__(self, job: JobRecord, _: Context) -> Outcome:
        self.runs.append(job.name)
        self.began.release()
        self.may_end.acquire(timeout=PATIENCE_S)
        return Done()


def test_masters_that_pass_by_here_leave_the_link_to_others(works: Works) -> None:
    referred, sent = Hand(works, done), Hand(works, done)
    works.handle("push_reference", referred)
    works.handle("push", sent)
    works.add(*[f"far {number}" for number in range(4)], kind="push_reference", total=FILM)
    works.add("film", total=FILM)
    works.dispatcher.start()
    for _ in range(4):
        referred.wait()
    sent.wait()


def test_a_film_that_waits_for_its_turn_is_cancelled_at_once(works: Works) -> None:
    films = Hand(works, done)
    works.handle("push", films)
    jobs = works.add(*[f"film {number}" for number in range(HEAVY_AT_LEAST + 3)], total=FILM)
    works.dispatcher.start()
    for _ in range(HEAVY_AT_LEAST):
        films.wait()
    works.two_more_rounds()
    works.dispatcher.cancel(jobs[-2:])
    for job in jobs[-2:]:
        works.until_state(job, JobState.CANCELLED)
    assert len(films.runs) == HEAVY_AT_LEAST
    assert works.one(jobs[0]).state is JobState.RUNNING


def test_films_that_wait_for_their_turn_are_put_back_at_once(works: Works) -> None:
    films = Hand(works, done)
    works.handle("push", films)
    jobs = works.add(*[f"film {number}" for number in range(HEAVY_AT_LEAST + 3)], total=FILM)
    works.dispatcher.start()
    for _ in range(HEAVY_AT_LEAST):
        films.wait()
    works.two_more_rounds()
    works.allowed.clear()
    works.dispatcher.put_back(["push"])
    for job in jobs[HEAVY_AT_LEAST:]:
        works.until_state(job, JobState.QUEUED)
    assert works.one(jobs[0]).state is JobState.RUNNING


def test_a_larger_one_is_not_passed_again_and_again_by_those_behind_it(works: Works) -> None:
    hand = OneByOne()
    works.handle("push", hand)
    before = [f"before {number}" for number in range(TOGETHER)]
    after = [f"after {number}" for number in range(2 * TOGETHER)]
    works.add(*before, total=PICTURE)
    works.add("larger", total=BYTES_AT_ONCE - PICTURE)
    works.add(*after, total=PICTURE)
    works.dispatcher.start()
    for _ in before:
        assert hand.began.acquire(timeout=PATIENCE_S)
    for _ in range(TOGETHER - HEAVY_AT_LEAST + 1):
        hand.may_end.release()
    assert hand.began.acquire(timeout=PATIENCE_S)
    assert hand.runs[TOGETHER] == "larger"
    for _ in range(3 * TOGETHER):
        hand.may_end.release()
    works.until(lambda: not works.jobs.unfinished("push"))
    assert sorted(hand.runs) == sorted([*before, "larger", *after])
