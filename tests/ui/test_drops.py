"""What is dropped on the window: told before it is let go, looked at off the GUI thread."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.errors import FileTroubleError
from bridge_app.ui.asker import Asker
from bridge_app.ui.dropping import Dropped, contents, file_url, local_paths, look_at
from bridge_app.ui.icons import Icons
from bridge_app.ui.panels.drop_overlay import DropOverlay
from bridge_app.ui.theme import Theme
from tests.desk import Desk, picture
from tests.ui.stock import asset

COPY = Qt.DropAction.CopyAction
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Hand:
    """Drags files over a window."""

    def __init__(self, window: QWidget, paths: Sequence[Path]) -> None:
        self._window = window
        self._mime = QMimeData()
        self._mime.setUrls([file_url(path) for path in paths])

    def enter(self) -> bool:
        event = QDragEnterEvent(QPoint(50, 50), COPY, self._mime, LEFT, PLAIN)
        QApplication.sendEvent(self._window, event)
        return event.isAccepted()

    def leave(self) -> None:
        QApplication.sendEvent(self._window, QDragLeaveEvent())

    def drop(self) -> None:
        event = QDropEvent(QPointF(50, 50), COPY, self._mime, LEFT, PLAIN)
        QApplication.sendEvent(self._window, event)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


@pytest.fixture
def overlay(window: QWidget, theme: Theme, icons: Icons, desk: Desk, asker: Asker) -> DropOverlay:
    worker = desk.parts.worker
    return DropOverlay(
        theme, icons, asker, look=lambda paths: look_at(worker, paths), parent=window
    )


def test_the_overlay_says_what_letting_go_will_do(
    qtbot: QtBot, window: QWidget, overlay: DropOverlay, tmp_path: Path
) -> None:
    (tmp_path / "Spring").mkdir()
    hand = Hand(window, [tmp_path / "Spring"])
    assert hand.enter()
    assert overlay.isVisible()
    qtbot.waitUntil(lambda: "Add “Spring” as a library" in overlay.text)
    window.grab()
    with qtbot.waitSignal(overlay.dropped) as told:
        hand.drop()
    assert told.args == [Dropped(folders=(tmp_path / "Spring",))]
    assert not overlay.isVisible()


def test_letting_go_before_it_is_known_waits_for_the_answer(
    qtbot: QtBot, window: QWidget, overlay: DropOverlay, tmp_path: Path
) -> None:
    picture(tmp_path / "new.jpg")
    hand = Hand(window, [tmp_path / "new.jpg"])
    hand.enter()
    with qtbot.waitSignal(overlay.dropped) as told:
        hand.drop()
    assert told.args == [Dropped(unknown=(tmp_path / "new.jpg",))]


def test_going_away_drops_nothing(
    qtbot: QtBot, window: QWidget, overlay: DropOverlay, tmp_path: Path
) -> None:
    picture(tmp_path / "new.jpg")
    hand = Hand(window, [tmp_path / "new.jpg"])
    hand.enter()
    with qtbot.assertNotEmitted(overlay.dropped, wait=80):
        hand.leave()
    assert not overlay.isVisible()


def test_text_and_addresses_elsewhere_are_not_taken(window: QWidget, overlay: DropOverlay) -> None:
    hand = Hand(window, [])
    hand._mime.setUrls([QUrl("https://example.com/a.jpg")])
    assert not hand.enter()
    assert not overlay.isVisible()


@pytest.mark.parametrize(
    ("dropped", "said"),
    [
        (Dropped(), "Nothing here can be taken"),
        (Dropped(known=(asset(1).id, asset(2).id)), "Push 2 assets"),
        (Dropped(unknown=(Path("/a"),)), "Take in 1 file"),
        (Dropped(folders=(Path("/a"), Path("/b"))), "Add 2 folders as libraries"),
    ],
)
def test_each_kind_of_drop_has_its_words(
    english: None, window: QWidget, overlay: DropOverlay, dropped: Dropped, said: str
) -> None:
    overlay._know(dropped)
    overlay._appear()
    assert overlay.text.startswith(said)
    assert not window.grab().isNull()


def test_known_files_are_told_from_new_ones_and_folders(desk: Desk, tmp_path: Path) -> None:
    known = picture(desk.folder / "hero.jpg", 1)
    desk.library()
    new = picture(tmp_path / "elsewhere.jpg", 2)
    gone = tmp_path / "gone.jpg"
    found = look_at(desk.parts.worker, [known, new, tmp_path, gone])
    assert found == Dropped(folders=(tmp_path,), known=(desk.asset("hero.jpg").id,), unknown=(new,))


@pytest.mark.parametrize(
    "name", [b"plain.jpg", "é 日本 #%?.jpg".encode(), b"caf\xe9.jpg", b"new\nline.jpg"]
)
def test_any_name_survives_the_way_through_an_address(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(b"x")
    assert local_paths([file_url(path)]) == (path,)
    assert local_paths([file_url(path)])[0].read_bytes() == b"x"


def test_contents_are_known_by_their_digest(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"same")
    (tmp_path / "b").write_bytes(b"same")
    (tmp_path / "c").write_bytes(b"other")
    assert len(contents([tmp_path / name for name in "abc"])) == 2
    with pytest.raises(FileTroubleError):
        contents([tmp_path / "gone"])
