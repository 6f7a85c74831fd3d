"""Jobs that wait for the decoders leave the lanes to those that wait for the network."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge_app.domain.jobs import JobState
from bridge_app.work.outcome import Done
from tests.work.dispatching import Works
from tests.work.test_dispatcher import Hand, done


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    made = Works(tmp_path / "ledger.db")
    yield made
    made.close()


def test_of_some_kinds_only_a_few_run_at_once_and_the_others_pass_them(works: Works) -> None:
    slow = Hand(works, done)
    works.handle("export", slow)
    works.handle("push", lambda _job, _context: Done())
    works.dispatcher.start()
    exports = works.add(*(f"e{number}" for number in range(6)), kind="export")
    slow.wait()
    slow.wait()
    (push,) = works.add("p")
    works.until_state(push, JobState.DONE)
    works.two_more_rounds()
    assert slow.runs == ["e0", "e1"]
    works.release.set()
    works.until(lambda: len(works.ended) == 7)
    assert slow.runs == [f"e{number}" for number in range(6)]
    assert {works.one(job).state for job in exports} == {JobState.DONE}
