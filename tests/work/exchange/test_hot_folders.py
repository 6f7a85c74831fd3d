"""Hot folders: what is put there is taken in whole, once, and not before it is at rest."""

import os
import threading
import time
from pathlib import Path

import pytest

from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.domain.errors import DiskFullError, InvalidInputError
from bridge_app.work.exchange.hot_folders import REST_S, HotFolders
from tests.desk import Desk, picture

LONG_AGO_S = 1_900_000_000.0
AHEAD_S = 9_000_000_000.0
"""What a camera with a wrong clock says."""
Taken = list[tuple[list[str], str]]


class Clock:
    """Goes on when it is told to."""

    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def rested(made: HotFolders, clock: Clock) -> bool:
    """Look, and again when what is there has been at rest since."""
    made.look()
    clock.now_s += REST_S
    return made.look()


@pytest.fixture
def hot(tmp_path: Path) -> Path:
    place = tmp_path / "hot é"
    place.mkdir()
    return place


@pytest.fixture
def clock() -> Clock:
    return Clock()


def folders(tmp_path: Path, taken: Taken, clock: Clock) -> HotFolders:
    (tmp_path / "masters").mkdir(exist_ok=True)
    record = LibraryRecord(id=LibraryId("lib"), name="L", location=str(tmp_path / "masters"))
    return HotFolders(
        tmp_path / "profile",
        libraries=lambda: [record],
        take_in=lambda paths, _, into: taken.append(([one.name for one in paths], into)),
        now_s=clock,
    )


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing looks by itself."""
    monkeypatch.setattr(HotFolders, "start", lambda _: None)


def put(place: Path, at_s: float = LONG_AGO_S, text: str = "x") -> Path:
    place.write_text(text)
    os.utime(place, (at_s, at_s))
    return place


def test_each_file_is_taken_once_when_it_is_at_rest(
    still: None, tmp_path: Path, hot: Path, clock: Clock
) -> None:
    taken: Taken = []
    made = folders(tmp_path, taken, clock)
    assert made.is_empty
    made.add(hot, LibraryId("lib"), "incoming")
    names = ["a.jpg", os.fsdecode(b"caf\xe9.jpg")]
    for name in names:
        put(hot / name)
    for name in (".hidden", "half.part"):
        put(hot / name)
    (hot / "folder").mkdir()
    (hot / "link.jpg").symlink_to(hot / "a.jpg")
    assert not rested(made, clock)
    assert taken == [(names, "incoming")]
    assert not rested(made, clock)
    # After a restart it is known what was taken; what changed is taken again.
    again = folders(tmp_path, taken, clock)
    put(hot / "a.jpg", LONG_AGO_S + 1, "other")
    assert not rested(again, clock)
    assert taken[1:] == [(["a.jpg"], "incoming")]
    again.remove(str(hot))
    put(hot / "late.jpg")
    assert not rested(again, clock)
    assert again.is_empty


def test_rest_is_what_is_seen_and_not_what_a_time_says(
    still: None, tmp_path: Path, hot: Path, clock: Clock
) -> None:
    """Clocks of shares and cameras are wrong, and some programs set the time before the end."""
    taken: Taken = []
    made = folders(tmp_path, taken, clock)
    made.add(hot, LibraryId("lib"))
    put(hot / "a.jpg", AHEAD_S)
    put(hot / "b.jpg", text="half")
    assert made.look()
    clock.now_s += REST_S / 2
    put(hot / "b.jpg", text="all of it")
    assert made.look()
    assert taken == []
    clock.now_s += REST_S / 2
    assert made.look()
    assert taken == [(["a.jpg"], "")]
    clock.now_s += REST_S / 2
    assert not made.look()
    assert taken[1:] == [(["b.jpg"], "")]


def test_what_a_program_still_writes_is_not_taken(
    still: None, tmp_path: Path, hot: Path, clock: Clock
) -> None:
    taken: Taken = []
    made = folders(tmp_path, taken, clock)
    made.add(hot, LibraryId("lib"))
    with (hot / "slow.jpg").open("w") as file:
        file.write("x")
        file.flush()
        os.utime(hot / "slow.jpg", (LONG_AGO_S, LONG_AGO_S))
        assert rested(made, clock)
        assert taken == []
    put(hot / "slow.jpg")
    assert not rested(made, clock)
    assert taken == [(["slow.jpg"], "")]


def test_after_a_crash_before_it_was_noted_it_is_queued_again(
    still: None, tmp_path: Path, hot: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: Taken = []
    made = folders(tmp_path, taken, clock)
    made.add(hot, LibraryId("lib"))
    put(hot / "a.jpg")
    with monkeypatch.context() as broken:
        broken.setattr(made, "_write", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            rested(made, clock)
    assert not rested(folders(tmp_path, taken, clock), clock)
    assert taken == [(["a.jpg"], "")] * 2  # copying knows what is there


def test_a_folder_that_would_take_in_its_own_copies_is_refused(
    still: None, tmp_path: Path, clock: Clock
) -> None:
    made = folders(tmp_path, [], clock)
    (tmp_path / "masters" / "below").mkdir(parents=True, exist_ok=True)
    (tmp_path / "elsewhere").symlink_to(tmp_path / "masters")
    for wrong in ("masters/below", "elsewhere", "elsewhere/below", "", "none"):
        with pytest.raises(InvalidInputError):
            made.add(tmp_path / wrong, LibraryId("lib"))
    (tmp_path / "profile").mkdir(exist_ok=True)
    for text in ("{", '{"folders": [1]}', '{"folders": [{"folder": "no"}]}', '{"folders": 1}'):
        (tmp_path / "profile" / "hot_folders.json").write_text(text)
        assert made.all() == ()


def test_what_could_not_be_queued_is_tried_again_by_itself(
    tmp_path: Path, hot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bridge_app.work.exchange.hot_folders.REST_S", 0.01)
    monkeypatch.setattr("bridge_app.work.exchange.hot_folders.AGAIN_S", 0.01)
    tried: list[int] = []
    came = threading.Event()

    def take_in(*_: object) -> None:
        tried.append(1)
        if len(tried) < 3:
            raise DiskFullError(path="ledger.db")
        came.set()

    record = LibraryRecord(id=LibraryId("lib"), name="L", location=str(tmp_path / "masters"))
    put(hot / "a.jpg")
    made = HotFolders(
        tmp_path / "profile", libraries=lambda: [record], take_in=take_in, now_s=time.monotonic
    )
    made.add(hot, LibraryId("lib"))
    assert came.wait(10)
    made.close(5)


def test_it_works_by_itself_in_the_application(
    desk: Desk, hot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bridge_app.work.exchange.hot_folders.REST_S", 0.2)
    library = desk.library()
    worker = desk.parts.worker
    picture(hot / "before.jpg", 1)
    worker.hot_folders.add(hot, library.id)
    desk.until(lambda: "before.jpg" in desk.names(), what="what lay there")
    draft = picture(desk.home / "draft.jpg", 2)
    draft.rename(hot / "after.jpg")
    desk.until(lambda: "after.jpg" in desk.names(), what="what came")
    assert (hot / "after.jpg").is_file()
