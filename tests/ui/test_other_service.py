"""Connecting a library that another package brings, in the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.dialogs.other_service import OtherServiceDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.parts.banner import Banner
from bridge_app.ui.theme import Theme
from tests.desk import Desk
from tests.libraries.pinboard import Board
from tests.libraries.pinboard_package import RIGHT, install
from tests.ui.windows import dialog

PATIENCE_MS = 30_000


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Board:
    return install(tmp_path, monkeypatch)


@pytest.fixture
def desk(sandbox: Sandbox, decoder: DecoderPool, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, sandbox=sandbox, decoder=decoder)
    made.open()
    yield made
    made.close()


@pytest.fixture
def window(
    qtbot: QtBot, desk: Desk, theme: Theme, icons: Icons, english: None
) -> Iterator[MainWindow]:
    settings = SettingsFile(desk.home / "settings.json")
    made = MainWindow(desk.parts.worker, settings, theme, icons, demo=None, now=desk.clock)
    qtbot.addWidget(made)
    made.show()
    yield made
    # Pictures that are on their way when it closes are of no account here.
    made.close()


def opened(qtbot: QtBot, window: MainWindow) -> OtherServiceDialog:
    """The dialog, once it knows what the package asks."""
    found = dialog(qtbot, window, OtherServiceDialog)
    assert isinstance(found, OtherServiceDialog)
    qtbot.waitUntil(lambda: "Pin" in labels(found), timeout=PATIENCE_MS)
    return found


def labels(asked: OtherServiceDialog) -> list[str]:
    return [one.text() for one in asked.findChildren(QLabel) if one.isVisible()]


def answer(asked: OtherServiceDialog, question: str, text: str) -> None:
    label = next(one for one in asked.findChildren(QLabel) if one.text() == question)
    field = label.buddy()
    assert isinstance(field, QLineEdit)
    field.clear()
    field.insert(text)
    field.textEdited.emit(text)


def go_on(asked: OtherServiceDialog) -> QPushButton:
    return next(
        one for one in asked.findChildren(QPushButton) if one.isDefault() and one.isVisible()
    )


def said(asked: OtherServiceDialog) -> str:
    return " ".join(one.text for one in asked.findChildren(Banner))


def headings(window: MainWindow) -> list[str]:
    tree = window.sides.folders.tree
    return [str(tree.index(row, 0).data()) for row in range(tree.rowCount())]


def connect(qtbot: QtBot, window: MainWindow) -> None:
    window.core.actions.add_other.trigger()
    asked = opened(qtbot, window)
    answer(asked, "Pin", RIGHT)
    with qtbot.waitSignal(asked.added, timeout=PATIENCE_MS):
        go_on(asked).click()


def test_its_questions_are_asked_and_its_masters_shown(
    qtbot: QtBot, desk: Desk, window: MainWindow, board: Board
) -> None:
    window.core.actions.add_other.trigger()
    asked = opened(qtbot, window)
    assert not go_on(asked).isEnabled()
    answer(asked, "Pin", "guessed")
    go_on(asked).click()
    qtbot.waitUntil(lambda: "that is not the pin" in said(asked), timeout=PATIENCE_MS)
    answer(asked, "Pin", RIGHT)
    with qtbot.waitSignal(asked.added, timeout=PATIENCE_MS):
        go_on(asked).click()
    desk.until(lambda: any(one.name == "hero.jpg" for one in desk.assets()), what="its master")
    qtbot.waitUntil(lambda: "The north wall" in headings(window), timeout=PATIENCE_MS)
    assert "Pinboard" in headings(window)
    assert "PhotoShelter" not in headings(window)
    assert window.middle.shelters.actions.search.text() == "&Search All of Pinboard…"
    assert window.core.actions.at_shelter.text() == "Pinboard"


def test_its_person_signs_in_again_there_and_nowhere_else(
    qtbot: QtBot, desk: Desk, window: MainWindow, board: Board
) -> None:
    connect(qtbot, window)
    shelters = desk.parts.worker.shelters
    shelters.sign_out("pinboard.north")
    window.middle.shelters.actions.sign_in.trigger()
    asked = opened(qtbot, window)
    answer(asked, "Pin", RIGHT)
    answer(asked, "Wall", "south")
    go_on(asked).click()
    qtbot.waitUntil(lambda: "it is for The south wall" in said(asked), timeout=PATIENCE_MS)
    answer(asked, "Wall", "north")
    with qtbot.waitSignal(asked.returned, timeout=PATIENCE_MS):
        go_on(asked).click()
    assert shelters.is_signed_in("pinboard.north")
    assert [one.name for one in shelters.records()] == ["The north wall"]


def test_nothing_secret_stays_in_the_dialog(qtbot: QtBot, window: MainWindow, board: Board) -> None:
    window.core.actions.add_other.trigger()
    asked = opened(qtbot, window)
    answer(asked, "Pin", RIGHT)
    asked.reject()
    assert all(not one.text() for one in asked.findChildren(QLineEdit))


def test_without_a_package_the_dialog_says_so(qtbot: QtBot, window: MainWindow) -> None:
    window.core.actions.add_other.trigger()
    asked = dialog(qtbot, window, OtherServiceDialog)
    assert isinstance(asked, OtherServiceDialog)
    qtbot.waitUntil(lambda: "No package" in said(asked), timeout=PATIENCE_MS)
    assert not go_on(asked).isEnabled()
    asked.reject()
