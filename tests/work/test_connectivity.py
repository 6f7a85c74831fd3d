"""Knowing whether the delivery side is there, and asking nobody where a person said so."""

import threading
from collections.abc import Iterator

import pytest

from bridge_app.work.connectivity import FIRST_ASK_S, ConnectivityWatch
from bridge_app.work.events import Connectivity

PATIENCE_S = 30.0


class Line:
    """A service that can be cut off, and what was told of it."""

    def __init__(self) -> None:
        self.there = False
        self.asked = threading.Semaphore(0)
        self.told: list[Connectivity] = []
        self.online = threading.Event()
        self.watch = ConnectivityWatch(
            reachable=self._reachable, on_change=self._changed, work_offline=False
        )

    def _reachable(self) -> bool:
        self.asked.release()
        return self.there

    def _changed(self, state: Connectivity) -> None:
        self.told.append(state)
        if state is Connectivity.ONLINE:
            self.online.set()


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    made.watch.start()
    yield made
    made.watch.close(PATIENCE_S)


def test_a_lost_service_is_asked_for_until_it_answers(line: Line) -> None:
    line.watch.lost()
    line.watch.lost()
    assert line.watch.state is Connectivity.OFFLINE
    assert line.asked.acquire(timeout=PATIENCE_S)
    line.there = True
    assert line.online.wait(PATIENCE_S)
    assert line.told == [Connectivity.OFFLINE, Connectivity.ONLINE]


def test_a_doubt_that_is_right_is_told_once_and_one_that_is_wrong_is_not(line: Line) -> None:
    line.there = True
    line.watch.doubt()
    assert line.asked.acquire(timeout=PATIENCE_S)
    assert line.told == []
    line.there = False
    line.watch.doubt()
    assert line.asked.acquire(timeout=PATIENCE_S)
    line.there = True
    assert line.online.wait(PATIENCE_S)
    assert line.told == [Connectivity.OFFLINE, Connectivity.ONLINE]


def test_whoever_reaches_the_service_ends_the_asking(line: Line) -> None:
    line.watch.lost()
    line.watch.found()
    line.watch.found()
    assert line.told == [Connectivity.OFFLINE, Connectivity.ONLINE]


def test_working_offline_wins_over_what_is_learnt(line: Line) -> None:
    line.watch.set_work_offline(on=True)
    line.watch.lost()
    line.watch.found()
    assert line.watch.state is Connectivity.WORK_OFFLINE
    line.watch.lost()
    line.watch.set_work_offline(on=False)
    assert line.told == [Connectivity.WORK_OFFLINE, Connectivity.OFFLINE]


def test_nothing_is_asked_once_a_person_works_offline(line: Line) -> None:
    line.watch.lost()
    assert line.asked.acquire(timeout=PATIENCE_S)
    assert not line.asked.acquire(timeout=FIRST_ASK_S / 4)
    line.watch.set_work_offline(on=True)
    assert not line.asked.acquire(timeout=FIRST_ASK_S * 2)


def test_closing_does_not_wait_for_the_next_question(line: Line) -> None:
    line.watch.lost()
    line.watch.close(PATIENCE_S)
    assert not line.asked.acquire(blocking=False)
