"""The first minute: four ways on above the sample campaign, and none of them a wall."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import LibraryRecord
from bridge_app.ui.helping import help_errands
from bridge_app.ui.helping.help_errands import HelpErrands
from bridge_app.ui.helping.welcome_strip import WelcomeStrip
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.parts.seeing_scroll import SeeingScroll
from bridge_app.ui.theme import Theme
from tests.desk import Desk, picture
from tests.ui.windows import Opener, dialog, shown


@pytest.fixture
def first(desk: Desk, opener: Opener, qtbot: QtBot) -> MainWindow:
    """The window at its first start: there is nothing but the demo."""
    window = opener()
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


def test_the_welcome_stands_above_what_there_is_and_goes_for_good(
    qtbot: QtBot, desk: Desk, first: MainWindow, opener: Opener
) -> None:
    strip = first.helping.strip
    assert strip.isVisible()
    assert first.middle.browser.grid.isVisible()
    assert len(strip.buttons) == 4
    assert all(button.text() for button in strip.buttons)
    assert strip.accessibleName() == "Welcome to Asset Bridge"
    qtbot.mouseClick(strip.close_button, Qt.MouseButton.LeftButton)
    assert not strip.isVisible()
    assert first.core.remembering.settings.welcome == "closed"
    first.close()
    again = opener()
    assert not again.helping.strip.isVisible()
    again.core.actions.helping.welcome.trigger()
    assert again.helping.strip.isVisible()
    with qtbot.waitActive(again):
        again.activateWindow()
    assert QApplication.focusWidget() is again.helping.strip.buttons[0]


def test_a_folder_is_asked_for_near_the_pictures_and_the_choice_is_remembered(
    qtbot: QtBot, first: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    qtbot.keyClick(first.helping.strip.buttons[1], Qt.Key.Key_Space)
    asked = dialog(qtbot, first, QFileDialog)
    assert isinstance(asked, QFileDialog)
    assert Path(asked.directory().absolutePath()) == tmp_path
    assert first.core.remembering.settings.welcome == "folder"
    assert not first.helping.strip.isVisible()
    asked.reject()


def test_the_demo_is_one_click_away(
    qtbot: QtBot, desk: Desk, first: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture(desk.folder / "here.jpg")

    class Demo:
        def sample(self) -> LibraryRecord:
            return desk.parts.worker.add_library(desk.folder)

    here = HelpErrands(first.core, first.middle.browser, Demo())
    here.libraryWanted.connect(first._show_library)
    here.show_demo()
    qtbot.waitUntil(lambda: shown(first) == ["here.jpg"])
    # A window with an account is no demo: it opens one beside itself, or says that it could not.
    monkeypatch.setattr(help_errands, "open_demo", lambda: False)
    HelpErrands(first.core, first.middle.browser, None).show_demo()
    (told,) = first.middle.browser.messages.texts
    assert "asset-bridge demo" in told


def test_who_has_a_library_is_not_welcomed(window: MainWindow) -> None:
    assert not window.helping.strip.isVisible()


def test_the_strip_is_at_once_as_high_as_its_words_and_scrolls_where_there_is_no_room(
    theme: Theme, icons: Icons, qtbot: QtBot
) -> None:
    ways = tuple(("folder", QAction(f"Something to begin with {number}")) for number in range(4))
    strip, around = WelcomeStrip(theme, icons, ways, QAction("Close")), QWidget()
    qtbot.addWidget(around)
    column = QVBoxLayout(around)
    column.addWidget(strip)
    column.addWidget(QListView(), 1)
    strip.welcome()
    around.resize(460, 700)
    around.show()
    high, area = strip.height(), strip.findChildren(SeeingScroll)[0]
    assert area.verticalScrollBar().maximum() == 0
    QApplication.sendPostedEvents()
    assert strip.height() == high
    around.resize(460, 200)
    assert strip.height() < high
    last = strip.buttons[-1]
    last.setFocus()
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect() == last.rect())
