"""Dropped files come into a library whole, and over nothing."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.errors import DiskFullError
from bridge_app.libraries.drafts import Drafts
from bridge_app.libraries.errors import LibraryUnavailableError
from bridge_app.libraries.intake import LONGEST_NAME, Intake, TakenIn, numbered, take_in
from bridge_app.libraries.library import Cancelled
from bridge_app.libraries.reading import version_of
from tests.libraries.seen import never, write


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Where files are dropped from."""
    (tmp_path / "desk").mkdir()
    return tmp_path / "desk"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "library").mkdir()
    return tmp_path / "library"


def ignore(count: int) -> None:
    """Nobody wants to know how far it is."""


def drop(
    library: Path,
    *sources: Path,
    cancelled: Cancelled = never,
    report: Callable[[int], None] = ignore,
) -> list[TakenIn]:
    notes = Drafts(library.parent / "copying")
    return take_in(sources, library, drafts=notes, cancelled=cancelled, report=report)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        place.relative_to(folder).as_posix(): place.read_bytes()
        for place in folder.rglob("*")
        if place.is_file()
    }


def test_a_dropped_file_is_copied_with_its_time_and_the_original_stays(
    desk: Path, library: Path
) -> None:
    hero = write(desk / "hero.jpg", os.urandom(3 << 20))
    os.utime(hero, ns=(1, 1_600_000_000_123_456_789))
    told: list[int] = []

    [taken] = drop(library, hero, report=told.append)

    assert taken == TakenIn(source=hero, place=library / "hero.jpg", outcome=Intake.COPIED)
    assert contents(library) == {"hero.jpg": hero.read_bytes()}
    assert (library / "hero.jpg").stat().st_mtime_ns == 1_600_000_000_123_456_789
    assert sum(told) == 3 << 20
    assert (library / "hero.jpg").stat().st_nlink == 1


def test_another_file_of_that_name_stays_and_the_new_one_gets_a_number(
    desk: Path, library: Path
) -> None:
    write(library / "hero.jpg", b"the first")
    (library / "hero (2).jpg").symlink_to("nothing")

    [taken] = drop(library, write(desk / "hero.jpg", b"the other"))

    assert taken.place == library / "hero (3).jpg"
    assert contents(library) == {"hero.jpg": b"the first", "hero (3).jpg": b"the other"}


def test_content_that_is_there_already_is_recognised_also_under_a_number(
    desk: Path, library: Path
) -> None:
    hero = write(desk / "hero.jpg", b"new")
    write(library / "hero.jpg", b"old")
    drop(library, hero)
    before = version_of((library / "hero (2).jpg").stat())

    [again] = drop(library, hero)

    assert (again.outcome, again.place) == (Intake.ALREADY_THERE, library / "hero (2).jpg")
    assert contents(library) == {"hero.jpg": b"old", "hero (2).jpg": b"new"}
    assert version_of((library / "hero (2).jpg").stat()) == before


def test_files_of_one_hash_but_other_bytes_are_both_kept(
    corpus: Path, desk: Path, library: Path
) -> None:
    twins = sorted((corpus / "hash-collisions").glob("md5-*"))
    pairs = [
        (one, other)
        for one in twins
        for other in twins
        if one < other and one.suffix == other.suffix and one.stat().st_size == other.stat().st_size
    ]
    assert pairs
    one, other = pairs[0]
    shutil.copyfile(one, library / f"twin{one.suffix}")
    shutil.copyfile(other, desk / f"twin{one.suffix}")

    [taken] = drop(library, desk / f"twin{one.suffix}")

    assert taken.outcome is Intake.COPIED
    assert set(contents(library).values()) == {one.read_bytes(), other.read_bytes()}


def test_a_dropped_folder_comes_as_a_whole_without_what_libraries_leave_out(
    desk: Path, library: Path
) -> None:
    write(desk / "campaign/a/hero.jpg", b"1")
    write(desk / "campaign/b.jpg", b"2")
    write(desk / "campaign/.DS_Store", b"3")
    os.mkfifo(desk / "campaign/pipe")
    (desk / "campaign/a/loop").symlink_to(desk / "campaign")

    taken = drop(library, desk / "campaign")

    assert contents(library) == {"campaign/a/hero.jpg": b"1", "campaign/b.jpg": b"2"}
    refused = {item.source.name: str(item.trouble) for item in taken if item.place is None}
    assert set(refused) == {"pipe", "loop"}
    assert "not an ordinary file" in refused["pipe"]


def test_a_folder_dropped_again_is_joined_with_the_first(desk: Path, library: Path) -> None:
    write(desk / "campaign/hero.jpg", b"1")
    drop(library, desk / "campaign")
    write(desk / "campaign/late.jpg", b"2")

    taken = drop(library, desk / "campaign")

    assert {item.source.name: item.outcome for item in taken} == {
        "hero.jpg": Intake.ALREADY_THERE,
        "late.jpg": Intake.COPIED,
    }
    assert contents(library) == {"campaign/hero.jpg": b"1", "campaign/late.jpg": b"2"}


def test_a_folder_whose_name_a_file_has_gets_a_number(desk: Path, library: Path) -> None:
    write(library / "campaign", b"a file")
    write(desk / "campaign/hero.jpg", b"1")

    drop(library, desk / "campaign")

    assert contents(library) == {"campaign": b"a file", "campaign (2)/hero.jpg": b"1"}


def test_a_folder_is_not_copied_into_itself(library: Path) -> None:
    write(library / "a/b/hero.jpg")

    [taken] = drop(library / "a/b", library / "a")

    assert taken.outcome is Intake.NOT_TAKEN
    assert "into itself" in str(taken.trouble)
    assert list(contents(library)) == ["a/b/hero.jpg"]


def test_what_is_dropped_where_it_lies_is_already_there(library: Path) -> None:
    hero = write(library / "hero.jpg")

    [taken] = drop(library, hero)

    assert (taken.outcome, taken.place) == (Intake.ALREADY_THERE, hero)


def test_one_file_that_cannot_be_read_does_not_stop_the_others(
    as_ordinary_user: Path,
) -> None:
    (as_ordinary_user / "library").mkdir()
    secret = write(as_ordinary_user / "secret.jpg")
    secret.chmod(0)
    open_to_all = write(as_ordinary_user / "open.jpg")
    hidden = write(as_ordinary_user / ".hidden.jpg")

    taken = drop(
        as_ordinary_user / "library", secret, hidden, as_ordinary_user / "gone.jpg", open_to_all
    )

    assert [item.outcome for item in taken] == [*[Intake.NOT_TAKEN] * 3, Intake.COPIED]
    said = [str(item.trouble) for item in taken[:3]]
    for sentence, reason in zip(said, ("no permission", "hidden", "not there"), strict=True):
        assert reason in sentence
        assert "The original is where it was" in sentence


def test_a_library_that_is_not_there_is_not_made(desk: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryUnavailableError):
        drop(tmp_path / "unmounted/library", write(desk / "hero.jpg"))
    assert not (tmp_path / "unmounted").exists()


def test_cancelling_leaves_whole_files_only(desk: Path, library: Path) -> None:
    sources = [write(desk / f"{number}.bin", os.urandom(4 << 20)) for number in range(3)]
    told: list[int] = []

    taken = drop(library, *sources, cancelled=lambda: len(told) >= 6, report=told.append)

    assert [item.source.name for item in taken] == ["0.bin"]
    assert contents(library) == {"0.bin": sources[0].read_bytes()}


def test_whoever_counts_can_stop_the_copying_and_no_draft_stays(desk: Path, library: Path) -> None:
    def stop(count: int) -> None:
        assert [place.suffix for place in library.iterdir()] == [".part"]
        raise KeyError(count)

    with pytest.raises(KeyError):
        drop(library, write(desk / "hero.jpg"), report=stop)
    assert list(library.iterdir()) == []


def test_a_file_written_to_while_it_is_copied_is_not_taken(desk: Path, library: Path) -> None:
    hero = write(desk / "hero.jpg", b"x" * (2 << 20))

    def grow(count: int) -> None:
        with hero.open("ab") as file:
            file.write(b"more")

    [taken] = drop(library, hero, report=grow)

    assert taken.outcome is Intake.NOT_TAKEN
    assert "still being written" in str(taken.trouble)
    assert list(library.iterdir()) == []


def failing(code: int) -> Callable[..., None]:
    def fail(*arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def test_a_full_disk_is_said_and_leaves_no_half_file(
    desk: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))

    with pytest.raises(DiskFullError, match="originals are untouched"):
        drop(library, write(desk / "hero.jpg"))
    assert list(library.iterdir()) == []


def test_a_disk_without_hard_links_overwrites_nothing_either(
    desk: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "hardlink_to", failing(errno.EPERM))
    write(library / "hero.jpg", b"old")

    [taken] = drop(library, write(desk / "hero.jpg", b"new"))

    assert taken.place == library / "hero (2).jpg"
    assert contents(library) == {"hero.jpg": b"old", "hero (2).jpg": b"new"}


def test_a_name_taken_while_copying_is_passed_over(desk: Path, library: Path) -> None:
    def intrude(count: int) -> None:
        write(library / "hero.jpg", b"theirs")

    [taken] = drop(library, write(desk / "hero.jpg", b"ours"), report=intrude)

    assert taken.place == library / "hero (2).jpg"
    assert contents(library) == {"hero.jpg": b"theirs", "hero (2).jpg": b"ours"}


# Names

names = (
    st.binary(min_size=1, max_size=LONGEST_NAME)
    .map(lambda raw: raw.replace(b"\0", b"_").replace(b"/", b"_"))
    .map(os.fsdecode)
    .filter(lambda name: name not in {".", ".."})
)


@given(name=names, number=st.integers(2, 10**6))
def test_a_numbered_name_is_always_a_name_that_a_disk_takes(name: str, number: int) -> None:
    given_name = numbered(name, number)

    assert 0 < len(os.fsencode(given_name)) <= LONGEST_NAME
    assert "/" not in given_name
    assert f" ({number})" in given_name
    assert given_name != numbered(name, number + 1)


@given(stem=st.text("abé🏖", min_size=1, max_size=20), number=st.integers(2, 99))
def test_the_number_stands_before_the_suffix(stem: str, number: int) -> None:
    assert numbered(f"{stem}.jpg", number) == f"{stem} ({number}).jpg"
    assert numbered(stem, number) == f"{stem} ({number})"


@pytest.mark.parametrize(
    "name", ["x" * 251 + ".jpg", "🏖" * 62 + ".jpeg", "é" * 127, "a." + "b" * 253]
)
def test_a_long_name_is_cut_and_keeps_its_suffix(name: str, desk: Path, library: Path) -> None:
    write(library / name, b"old")

    [taken] = drop(library, write(desk / name, b"new"))

    assert taken.place is not None
    assert taken.place.read_bytes() == b"new"
    assert (library / name).read_bytes() == b"old"
    if len(Path(name).suffix) < 10:
        assert taken.place.suffix == Path(name).suffix
