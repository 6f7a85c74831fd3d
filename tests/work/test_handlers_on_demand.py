"""Handlers that are made with the first job of their kind."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.work.context import Context
from bridge_app.work.dispatcher import Handler
from bridge_app.work.handlers.on_demand import HandlersOnDemand
from bridge_app.work.outcome import Done, Outcome

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)


class Story:
    """Two families of handlers, and note of who was called for."""

    def __init__(self) -> None:
        self.called: list[str] = []
        self.handlers = HandlersOnDemand(
            {("push",): lambda: self.family("push"), ("tell", "ask"): self.talkers}
        )

    def talkers(self) -> Mapping[str, Handler]:
        return self.family("tell", "ask")

    def family(self, *kinds: str) -> Mapping[str, Handler]:
        self.called.append(kinds[0])
        return dict.fromkeys(kinds, handled)


def handled(job: JobRecord, _: Context) -> Outcome:
    return Done(result={"job": job.kind})


def _job(kind: str) -> JobRecord:
    return JobRecord(
        id=1,
        kind=kind,
        identity="",
        batch="",
        environment=None,
        asset=None,
        name="",
        state=JobState.RUNNING,
        attempts=1,
        done=0,
        total=0,
        params={},
        waiting_for=None,
        waiting_until=None,
        error=None,
        result=None,
        created_at="",
        updated_at="",
    )


def test_the_kinds_are_known_before_anybody_is_made() -> None:
    story = Story()
    assert (sorted(story.handlers), len(story.handlers)) == (["ask", "push", "tell"], 3)
    assert story.called == []


def test_a_family_is_made_once_with_the_first_job_of_any_of_its_kinds() -> None:
    story = Story()
    context = Context(attempt=1, now=lambda: NOON, report=lambda *_: None)
    for kind in ("ask", "tell", "ask"):
        outcome = story.handlers[kind](_job(kind), context)
        assert outcome == Done(result={"job": kind})
    assert story.called == ["tell"]


def test_a_kind_that_nobody_handles_is_an_error() -> None:
    with pytest.raises(KeyError):
        Story().handlers["bake"]
