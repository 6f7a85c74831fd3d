"""Parts that are made when they are first asked for."""

import threading
from concurrent.futures import ThreadPoolExecutor

from bridge_app.work.once import OnDemand, once

ASKING = 8


class House(OnDemand):
    """Rooms that are built when somebody wants to go in."""

    def __init__(self) -> None:
        super().__init__()
        self.built: list[str] = []

    @once
    def stairs(self) -> list[str]:
        """The way up."""
        self.built.append("stairs")
        return ["step"]

    @once
    def attic(self) -> tuple[list[str], str]:
        """Needs the stairs."""
        self.built.append("attic")
        return self.stairs, "attic"


def test_what_nobody_asks_for_is_not_made() -> None:
    house = House()
    assert house.built == []


def test_a_part_is_made_once_and_stays_the_same() -> None:
    house = House()
    assert house.stairs is house.stairs
    assert house.built == ["stairs"]


def test_a_part_may_need_another_one() -> None:
    house = House()
    assert house.attic == (["step"], "attic")
    assert house.built == ["attic", "stairs"]


def test_two_wholes_share_no_part() -> None:
    assert House().stairs is not House().stairs


def test_threads_that_ask_at_the_same_moment_get_the_same_part() -> None:
    house, together = House(), threading.Barrier(ASKING)

    def asked(_: int) -> int:
        together.wait()
        return id(house.attic)

    with ThreadPoolExecutor(ASKING) as threads:
        assert len(set(threads.map(asked, range(ASKING)))) == 1
    assert sorted(house.built) == ["attic", "stairs"]
