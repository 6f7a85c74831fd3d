"""How fast a service is asked. The numbers are those of reference/photoshelter.md, 5."""

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge_app.libraries.photoshelter.errors import StoppedError
from bridge_app.libraries.photoshelter.pacing import Pacing


class Clock:
    """Goes on by waiting alone."""

    def __init__(self) -> None:
        self.at = 100.0

    def wait(self, seconds: float) -> bool:
        self.at += seconds
        return False

    def pacing(self, **options: float) -> Pacing:
        return Pacing(clock=lambda: self.at, wait=self.wait, **options)  # type: ignore[arg-type]


@settings(max_examples=30)
@given(rests=st.lists(st.floats(min_value=0, max_value=3), min_size=20, max_size=60))
def test_no_second_begins_more_than_twice_its_calls_and_no_ten_more_than_their_share(
    rests: list[float],
) -> None:
    clock = Clock()
    pacing, starts = clock.pacing(), list[float]()
    for rest in rests:
        clock.at += rest if rest > 2.5 else 0
        with pacing.turn():
            starts.append(clock.at)
    for index, start in enumerate(starts):
        within = [one for one in starts[index:] if one < start + 10]
        assert len(within) <= 10 * 8 + 8
        assert len([one for one in within if one < start + 1]) <= 16


def test_after_a_rest_a_seconds_calls_pass_at_once() -> None:
    clock = Clock()
    pacing = clock.pacing()
    for _ in range(8):
        pacing.started()
    assert clock.at == 100.0
    pacing.started()
    assert clock.at == pytest.approx(100.125)


def test_who_is_asked_to_hold_back_starts_nothing_meanwhile() -> None:
    clock = Clock()
    pacing = clock.pacing()
    pacing.hold_back(30)
    pacing.started()
    assert clock.at == pytest.approx(130)


def test_four_are_on_their_way_at_once() -> None:
    pacing = Pacing(per_s=1000)
    inside, entered, leave = list[int](), threading.Semaphore(0), threading.Event()

    def call(number: int) -> None:
        with pacing.turn():
            inside.append(number)
            entered.release()
            assert leave.wait(10)

    threads = [threading.Thread(target=call, args=(number,)) for number in range(6)]
    for one in threads:
        one.start()
    for _ in range(4):
        assert entered.acquire(timeout=10)
    assert not entered.acquire(timeout=0.05)
    leave.set()
    for one in threads:
        one.join()
    assert len(inside) == 6


def test_stopping_ends_a_wait_and_all_later_ones() -> None:
    pacing, ended = Pacing(), threading.Event()
    pacing.hold_back(3600)

    def call() -> None:
        with pytest.raises(StoppedError):
            pacing.started()
        ended.set()

    thread = threading.Thread(target=call)
    thread.start()
    pacing.stop()
    thread.join(10)
    assert ended.is_set()
    with pytest.raises(StoppedError):
        pacing.pause(0)
