"""Copies that other programs work on: found again after whatever end, and never lost changed."""

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
    assert edited.begin(asset(1), original, clock()) == copy
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
    again.settle(found)
    assert again.changed() == []
    again.tidy(clock())
    assert again.all() == []
    assert original.read_bytes() == b"one"
    assert not (tmp_path / "moved" / other.file.parent.name).exists()
