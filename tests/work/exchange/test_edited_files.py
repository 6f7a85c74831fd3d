"""Copies that other programs work on: found again after whatever end, and never lost changed."""

import os
from datetime import timedelta
from pathlib import Path

from bridge_app.work.exchange.edited_files import KEPT_FOR, NOTE, EditedFiles
from tests.desk import Clock
from tests.ui.stock import asset


def test_what_was_changed_is_found_again_until_it_was_taken_back(tmp_path: Path) -> None:
    clock = Clock()
    original = tmp_path / "hero.psd"
    original.write_bytes(b"one")
    edited = EditedFiles(tmp_path / "edited")
    assert edited.changed() == []
    copy = edited.begin(asset(1), original, clock())
    other = edited.begin(asset(2), original, clock())
    assert edited.begin(asset(1), original, clock()).path == copy.path
    assert (copy.file.name, edited.changed()) == ("hero.psd", [])
    copy.file.write_bytes(b"two")
    # The program ended without a word, and the profile was moved.
    (tmp_path / "edited").rename(tmp_path / "moved")
    again = EditedFiles(tmp_path / "moved")
    (tmp_path / "moved" / "unreadable").mkdir()
    (tmp_path / "moved" / "unreadable" / NOTE).write_text("{")
    (found,) = again.changed()
    assert (found.asset, found.file.read_bytes()) == (asset(1).id, b"two")
    clock.forward(KEPT_FOR + timedelta(hours=1))
    again.tidy(clock())
    assert [one.asset for one in again.all()] == [asset(1).id]  # changed ones stay, however old
    again.settle(found, clock())
    assert again.changed() == []
    again.tidy(clock())
    assert found.file.is_file()  # the transfer that takes it in may have to wait
    clock.forward(KEPT_FOR + timedelta(hours=1))
    again.tidy(clock())
    assert again.all() == []
    assert original.read_bytes() == b"one"
    assert not (tmp_path / "moved" / other.file.parent.name).exists()


def test_what_a_program_saved_beside_a_copy_is_not_deleted_with_it(tmp_path: Path) -> None:
    clock = Clock()
    original = tmp_path / "hero.jpg"
    original.write_bytes(b"one")
    edited = EditedFiles(tmp_path / "edited")
    copy = edited.begin(asset(1), original, clock())
    copy.file.with_name("hero.xcf").write_bytes(b"hours of work")
    clock.forward(KEPT_FOR + timedelta(hours=1))
    edited.tidy(clock())
    assert copy.file.with_name("hero.xcf").read_bytes() == b"hours of work"


def test_a_copy_that_is_opened_again_stays_and_one_of_an_older_master_is_not_given(
    tmp_path: Path,
) -> None:
    clock = Clock()
    original = tmp_path / "hero.jpg"
    original.write_bytes(b"one")
    edited = EditedFiles(tmp_path / "edited")
    copy = edited.begin(asset(1), original, clock())
    clock.forward(KEPT_FOR - timedelta(hours=1))
    assert edited.begin(asset(1), original, clock()).path == copy.path
    clock.forward(timedelta(hours=2))
    edited.tidy(clock())
    assert copy.file.is_file()
    original.write_bytes(b"newer")
    fresh = edited.begin(asset(1), original, clock())
    assert (fresh.file.read_bytes(), copy.file.read_bytes()) == (b"newer", b"one")
    copy.file.write_bytes(b"work")  # in the program that has it open all the while
    assert [one.path for one in edited.changed()] == [copy.path]
    assert edited.begin(asset(1), original, clock()).path == copy.path


def test_what_a_crash_left_of_a_copy_goes_in_the_end(tmp_path: Path) -> None:
    clock = Clock()
    left = tmp_path / "edited" / "crashed"
    left.mkdir(parents=True)
    (left / "half.psd").write_bytes(b"ha")
    os.utime(left, (clock().timestamp(),) * 2)
    edited = EditedFiles(tmp_path / "edited")
    edited.tidy(clock())
    assert left.is_dir()
    clock.forward(KEPT_FOR + timedelta(hours=1))
    edited.tidy(clock())
    assert not left.exists()
