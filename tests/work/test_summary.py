"""All pushes in one line: how many, how far, how fast."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.jobs import JobState, WaitingFor
from bridge_app.storage.jobs import Jobs, NewJob, Result
from bridge_app.storage.ledger import open_ledger
from bridge_app.work.summary import WINDOW_S, RateMeter, Summariser


class Story:
    """A queue, and a clock that stands still until it is moved."""

    def __init__(self, ledger: Path) -> None:
        self.writer = open_ledger(ledger)
        self.jobs = Jobs(self.writer)
        self.now = datetime(2026, 6, 15, 12, tzinfo=UTC)
        self.summariser = Summariser(self.jobs, now=lambda: self.now, clock=self.now_s)

    def now_s(self) -> float:
        return self.now.timestamp()

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def queue(self, batch: str, count: int) -> list[int]:
        new = [
            NewJob(kind="push", identity=f"{batch}{n}", batch=batch, name="n", params={}, total=100)
            for n in range(count)
        ]
        return self.jobs.add(new, at=self.now)

    def end(self, state: JobState, waiting_for: WaitingFor | None = None) -> None:
        (job,) = self.jobs.exchange([], ["push"], limit=1, at=self.now)
        done = job.total if state is JobState.DONE else 0
        result = Result(job=job.id, state=state, done=done, waiting_for=waiting_for)
        self.jobs.exchange([result], [], limit=0, at=self.now)


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    made = Story(tmp_path / "ledger.db")
    yield made
    made.writer.close()


def test_jobs_and_bytes_are_counted_by_state(story: Story) -> None:
    jobs = story.queue("a", 5)
    story.end(JobState.DONE)
    story.end(JobState.FAILED)
    story.end(JobState.WAITING, WaitingFor.NETWORK)
    story.jobs.cancel([jobs[4]], at=story.now)
    story.summariser.refresh()
    found = story.summariser.summary(30, paused=True)
    assert (found.queued, found.waiting, found.done, found.failed, found.cancelled) == (
        *(1, 1, 1, 1, 1),
    )
    assert (found.active, found.bytes_done, found.bytes_total) == (2, 130, 400)
    assert (found.paused, found.waiting_for) == (True, WaitingFor.NETWORK)


def test_the_rate_is_what_left_lately(story: Story) -> None:
    story.queue("a", 1)
    story.summariser.refresh()
    assert story.summariser.summary(0, paused=False).rate == 0.0
    story.forward(2)
    assert story.summariser.summary(50, paused=False).rate == pytest.approx(25.0)


def test_nothing_to_do_has_no_rate(story: Story) -> None:
    story.queue("a", 1)
    story.end(JobState.DONE)
    story.summariser.refresh()
    assert story.summariser.summary(0, paused=False).rate == 0.0


def test_what_ended_stays_counted_until_the_queue_fills_again(story: Story) -> None:
    story.queue("first", 2)
    story.summariser.refresh()
    story.end(JobState.DONE)
    story.end(JobState.DONE)
    story.summariser.refresh()
    assert story.summariser.summary(0, paused=False).done == 2
    story.forward(60)
    story.queue("second", 3)
    story.summariser.refresh()
    found = story.summariser.summary(0, paused=False)
    assert (found.queued, found.done, found.bytes_total) == (3, 0, 300)


def test_what_ended_before_the_program_started_is_not_counted(story: Story) -> None:
    story.queue("old", 1)
    story.end(JobState.DONE)
    story.forward(1)
    later = Summariser(story.jobs, now=lambda: story.now, clock=story.now_s)
    later.refresh()
    assert later.summary(0, paused=False).done == 0


def test_the_rate_forgets_what_was_before_its_window() -> None:
    now = 0.0
    meter = RateMeter(lambda: now)
    meter.rate(0)
    now = 1.0
    assert meter.rate(1000) == pytest.approx(1000.0)
    for second in range(2, 2 + 2 * int(WINDOW_S)):
        now = float(second)
        meter.rate(1000)
    assert meter.rate(1000) == 0.0


@given(
    st.lists(st.tuples(st.floats(0, 10), st.integers(0, 10**12)), min_size=1),
)
def test_a_rate_is_never_negative_whatever_the_totals_do(steps: list[tuple[float, int]]) -> None:
    now = 0.0
    meter = RateMeter(lambda: now)
    for pause, total in steps:
        now += pause
        assert meter.rate(total) >= 0.0
