"""The palette and the shortcuts in the real window."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from bridge_app.domain.query import Query
from bridge_app.ui.commands.menu_commands import entries
from bridge_app.ui.commands.palette import Palette
from bridge_app.ui.commands.shortcuts_dialog import ShortcutsDialog
from bridge_app.ui.dialogs.guide import GuideDialog
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.presets.make_sheet import MakeSheet
from bridge_app.ui.theme import Scheme
from bridge_app.ui.translations import install_translations
from tests.desk import Desk
from tests.ui.windows import Opener, choose, dialog, shown

OPENS_S = 0.05


def opened(window: MainWindow) -> Palette:
    window.core.actions.palette.trigger()
    found = window.findChild(Palette)
    assert isinstance(found, Palette)
    assert found.isVisible()
    return found


def titles(palette: Palette) -> list[str]:
    rows = palette.rows
    return [str(rows.index(row).data()) for row in range(rows.rowCount())]


def chosen(palette: Palette) -> str:
    return str(palette.view.currentIndex().data())


def test_every_action_of_the_window_is_found_and_says_why_it_cannot_be_used(
    qtbot: QtBot, window: MainWindow
) -> None:
    palette = opened(window)
    assert {
        "Approve",
        "Dark",
        "Deutsch",
        "Keep Offline",
        "Rename",
        "Search All of PhotoShelter",
    } <= {*titles(palette)}
    actions = [entry.action for entry in entries(window.menuBar())]
    assert len(actions) == len(set(actions))
    assert [action.text() for action in actions if not action.objectName()] == [
        action.text() for action in window.sides.account_menu.actions() if action.data()
    ]
    palette.field.setText("approve")
    assert palette.foot.text() == "Choose assets first."
    assert palette.field.accessibleDescription().startswith("Approve, Review, A")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_a_command_runs_and_is_remembered_and_the_keyboard_goes_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    window.middle.browser.grid.focus_view()
    before = QApplication.focusWidget()
    palette = opened(window)
    assert QApplication.focusWidget() is palette.field
    palette.field.setText("dark")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.core.looks.theme.scheme is Scheme.DARK
    assert QApplication.focusWidget() is before
    window.core.looks.theme.set_scheme(Scheme.LIGHT)
    assert titles(opened(window))[0] == "Dark"


def test_arrows_go_round_and_a_click_beside_leads_back(qtbot: QtBot, window: MainWindow) -> None:
    palette = opened(window)
    first = chosen(palette)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.view.currentIndex().row() == palette.rows.rowCount() - 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert chosen(palette) == first
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert not palette.isVisible()


def test_folders_are_found_wherever_they_lie_and_gone_to(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    folders = window.sides.folders
    qtbot.waitUntil(lambda: bool(folders.branches) and bool(folders.total))
    palette = opened(window)
    palette.field.setText("coast")
    qtbot.waitUntil(lambda: titles(palette)[0] == "coast")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(window) == ["beach.jpg", "dune.jpg"])


def test_a_preset_is_made_of_what_is_chosen(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, window, "beach.jpg")
    palette = opened(window)
    palette.field.setText("square social")
    qtbot.waitUntil(lambda: palette.rows.rowCount() > 0)
    name = chosen(palette)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    sheet = dialog(qtbot, window, MakeSheet)
    qtbot.waitUntil(lambda: bool(sheet.choice.chosen))
    assert "quare" in name
    sheet.reject()


def test_what_is_no_command_is_searched_for(qtbot: QtBot, window: MainWindow) -> None:
    palette = opened(window)
    palette.field.setText("zzz beach")
    assert titles(palette) == []
    assert "Enter searches" in palette.foot.text()
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.middle.browser.query == Query(
        text="zzz beach", environment=window.middle.browser.query.environment
    )


def test_it_opens_at_once(qtbot: QtBot, window: MainWindow) -> None:
    palette = opened(window)
    took = []
    for _ in range(5):
        palette.close_palette()
        before = time.perf_counter()
        window.core.actions.palette.trigger()
        took.append(time.perf_counter() - before)
    assert min(took) < OPENS_S


def test_keys_are_changed_moved_and_reset_and_told_everywhere(
    qtbot: QtBot, desk: Desk, window: MainWindow, opener: Opener
) -> None:
    actions = window.core.actions
    actions.shortcuts.trigger()
    sheet = dialog(qtbot, window, ShortcutsDialog)
    sheet.filter.setText("request changes")
    assert sheet.action is actions.request_changes
    sheet.recorder.setKeySequence(QKeySequence("Ctrl+D"))
    assert "Download" in sheet.said.text
    assert sheet.set_keys.text() == "Move them here"
    sheet.set_keys.click()
    assert actions.request_changes.shortcut() == QKeySequence("Ctrl+D")
    assert actions.download.shortcuts() == []
    sheet.recorder.setKeySequence(QKeySequence("Space"))
    assert not sheet.set_keys.isEnabled()
    assert "in lists and fields" in sheet.said.text
    sheet.by_keys.setChecked(True)
    qtbot.keyClick(sheet.filter, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert sheet.action is actions.push
    qtbot.keyClick(sheet.filter, Qt.Key.Key_Escape)
    sheet.choose(actions.put_in_review)
    sheet.recorder.setKeySequence(QKeySequence("G"))
    assert "while the assets have the keyboard" in sheet.said.text
    sheet.set_keys.click()
    sheet.accept()
    # They are told in the guide, and are the same after the next start.
    actions.guide.trigger()
    guide = dialog(qtbot, window, GuideDialog)
    assert {"G", "Ctrl+D"} <= {label.text() for label in guide.findChildren(QLabel)}
    guide.reject()
    window.close()
    again = opener()
    assert again.core.actions.download.shortcuts() == []
    choose(qtbot, again, "beach.jpg")
    with qtbot.waitSignal(again.core.actions.put_in_review.triggered):
        qtbot.keyClick(again.middle.browser.grid.view, Qt.Key.Key_G)
    again.core.actions.shortcuts.trigger()
    sheet = dialog(qtbot, again, ShortcutsDialog)
    sheet.reset_all.click()
    assert again.core.actions.download.shortcut() == QKeySequence("Ctrl+D")
    assert not sheet.reset_all.isEnabled()
    sheet.accept()


def test_no_two_actions_have_the_same_keys(window: MainWindow) -> None:
    keymap = window.commands.keymap
    keys = [key for action in keymap.actions for key in keymap.keys(action)]
    assert sorted(keys) == sorted(set(keys))


@pytest.fixture
def german(qapp: QApplication, english: None) -> Iterator[None]:
    translators = install_translations(qapp, "de")
    yield
    for translator in translators:
        qapp.removeTranslator(translator)


def test_an_action_is_found_by_its_english_name_too(german: None, window: MainWindow) -> None:
    palette = opened(window)
    for typed in ("approve", "freigeben", "prufung freig"):
        palette.field.setText(typed)
        assert "Freigeben" in titles(palette)
    palette.close_palette()
