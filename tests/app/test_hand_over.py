"""A second start hands its links and files to the window that is open, whole and only to it."""

import os
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bridge_app.app.hand_over import Door, Note, hand_over, note_for


def test_links_and_files_are_handed_over_and_the_window_may_come_to_the_front(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "tok")
    monkeypatch.chdir(tmp_path)
    note = note_for(["asset-bridge://search?q=a", "hero.jpg", "file:///tmp/a%20%E9.jpg"])
    paths = (str(tmp_path / "hero.jpg"), "/tmp/a \udce9.jpg")  # noqa: S108 - a name
    assert note == Note(words=("asset-bridge://search?q=a", *paths), token="tok")
    door, taken = Door(tmp_path), list[bool]()
    thread = threading.Thread(target=lambda: taken.append(hand_over(tmp_path, note)))
    with qtbot.waitSignal(door.called) as told:
        thread.start()
    assert told.args == [note]
    thread.join()
    assert taken == [True]
    door.close()


def test_without_a_window_nothing_is_left_lying(qtbot: QtBot, tmp_path: Path) -> None:
    assert not hand_over(tmp_path, Note(words=("a",)), waits_s=0.1)
    assert list((tmp_path / "door").iterdir()) == []


def test_where_no_note_can_be_written_nobody_was_told(tmp_path: Path) -> None:
    (tmp_path / "door").write_text("in the way")
    assert not hand_over(tmp_path, Note(words=("a",)), waits_s=0.1)


def test_who_knocks_early_is_heard_and_what_is_no_note_is_thrown_away(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "door").mkdir()
    for name in ("unfinished.part", "stale.note"):
        (tmp_path / "door" / name).write_text('{"words": ["old"]}')
        os.utime(tmp_path / "door" / name, (1_000_000_000, 1_000_000_000))
    (tmp_path / "door" / "early.note").write_text('{"words": ["a"]}')
    door = Door(tmp_path)
    heard: list[Note] = []
    door.called.connect(heard.append)
    qtbot.waitUntil(lambda: heard == [Note(words=("a",))])
    (tmp_path / "door" / "0 folder.note").mkdir()
    deep = "[" * 100_000
    strange = '{"words": ["b", 2, "/a\\u0000", "/\\ud800"], "token": "a\\u0000b"}'
    for number, text in enumerate(("[", '{"words": 1}', '"text"', deep, strange)):
        (tmp_path / "door" / f"{number}.note").write_text(text)
    qtbot.waitUntil(lambda: heard == [Note(words=("a",)), Note(words=("b",))])
    assert [one.name for one in (tmp_path / "door").iterdir()] == ["0 folder.note"]
    door.close()


def test_a_window_that_opens_meanwhile_leaves_a_note_that_is_being_written(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "door").mkdir()
    (tmp_path / "door" / "now.part").write_text("{")
    Door(tmp_path).close()
    assert (tmp_path / "door" / "now.part").is_file()


def test_words_that_name_nothing_do_not_stop_a_start() -> None:
    assert note_for(["file:///a%00b", "file://[", "asset-bridge://search?q=a"]).words == (
        "file://[",
        "asset-bridge://search?q=a",
    )
