"""Hot folders: what is put there is taken in whole, once, and not before it is at rest."""

import os
from pathlib import Path

import pytest

from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.domain.errors import InvalidInputError
from bridge_app.work.exchange.hot_folders import REST_S, HotFolders
from tests.desk import Desk, picture

NOW_S = 2_000_000_000.0
LONG_AGO_S = NOW_S - 100
Taken = list[tuple[list[str], str]]


@pytest.fixture
def hot(tmp_path: Path) -> Path:
    place = tmp_path / "hot é"
    place.mkdir()
    return place


def folders(tmp_path: Path, taken: Taken, now_s: float = NOW_S) -> HotFolders:
    (tmp_path / "masters").mkdir(exist_ok=True)
    record = LibraryRecord(id=LibraryId("lib"), name="L", location=str(tmp_path / "masters"))
    return HotFolders(
        tmp_path / "profile",
        libraries=lambda: [record],
        take_in=lambda paths, _, into: taken.append(([one.name for one in paths], into)),
        now_s=lambda: now_s,
    )


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing looks by itself."""
    monkeypatch.setattr(HotFolders, "start", lambda _: None)


def put(place: Path, at_s: float = LONG_AGO_S, text: str = "x") -> Path:
    place.write_text(text)
    os.utime(place, (at_s, at_s))
    return place


def test_each_file_is_taken_once_when_it_is_at_rest(still: None, tmp_path: Path, hot: Path) -> None:
    taken: Taken = []
    made = folders(tmp_path, taken)
    assert made.is_empty
    made.add(hot, LibraryId("lib"), "incoming")
    names = ["a.jpg", os.fsdecode(b"caf\xe9.jpg")]
    for name in names:
        put(hot / name)
    for name in (".hidden", "half.part"):
        put(hot / name)
    (hot / "folder").mkdir()
    put(hot / "fresh.jpg", NOW_S - REST_S / 2)
    assert made.look()  # one is not at rest
    assert taken == [(names, "incoming")]
    assert made.look()
    # After a restart it is known what was taken; what changed is taken again.
    again = folders(tmp_path, taken, NOW_S + 60)
    put(hot / "a.jpg", NOW_S + 1, "other")
    assert not again.look()
    assert taken[1:] == [(["a.jpg", "fresh.jpg"], "incoming")]
    again.remove(str(hot))
    put(hot / "late.jpg")
    assert not again.look()
    assert again.is_empty


def test_what_a_program_still_writes_is_not_taken(still: None, tmp_path: Path, hot: Path) -> None:
    taken: Taken = []
    made = folders(tmp_path, taken)
    made.add(hot, LibraryId("lib"))
    with (hot / "slow.jpg").open("w") as file:
        file.write("x")
        file.flush()
        os.utime(hot / "slow.jpg", (LONG_AGO_S, LONG_AGO_S))
        assert made.look()
        assert taken == []
    put(hot / "slow.jpg")
    assert not made.look()
    assert taken == [(["slow.jpg"], "")]


def test_after_a_crash_before_it_was_noted_it_is_queued_again(
    still: None, tmp_path: Path, hot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: Taken = []
    made = folders(tmp_path, taken)
    made.add(hot, LibraryId("lib"))
    put(hot / "a.jpg")
    with monkeypatch.context() as broken:
        broken.setattr(made, "_write", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            made.look()
    assert not folders(tmp_path, taken).look()
    assert taken == [(["a.jpg"], "")] * 2  # copying knows what is there


def test_a_folder_that_would_take_in_its_own_copies_is_refused(
    still: None, tmp_path: Path, hot: Path
) -> None:
    made = folders(tmp_path, [])
    (tmp_path / "masters" / "below").mkdir(parents=True, exist_ok=True)
    for wrong in (tmp_path / "masters" / "below", tmp_path, tmp_path / "none"):
        with pytest.raises(InvalidInputError):
            made.add(wrong, LibraryId("lib"))
    (tmp_path / "profile").mkdir(exist_ok=True)
    (tmp_path / "profile" / "hot_folders.json").write_text("{")
    assert made.all() == ()


def test_it_works_by_itself_in_the_application(desk: Desk, hot: Path) -> None:
    library = desk.library()
    worker = desk.parts.worker
    picture(hot / "before.jpg", 1)
    os.utime(hot / "before.jpg", (1_700_000_000, 1_700_000_000))
    worker.hot_folders.add(hot, library.id)
    desk.until(lambda: "before.jpg" in desk.names(), what="what lay there")
    draft = picture(desk.home / "draft.jpg", 2)
    os.utime(draft, (1_700_000_000, 1_700_000_000))
    draft.rename(hot / "after.jpg")
    desk.until(lambda: "after.jpg" in desk.names(), what="what came")
    assert (hot / "after.jpg").is_file()
