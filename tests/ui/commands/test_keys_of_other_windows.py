"""Keys of the studio, of review mode and of the grid editor are changed like all others."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.ui.commands.shortcuts_dialog import ShortcutsDialog
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.review.window import ReviewWindow
from bridge_app.ui.window_keys import BoundKeys, WindowKeys
from tests.ui.windows import Opener, choose, dialog


@pytest.fixture
def keys(qtbot: QtBot, window: MainWindow) -> ShortcutsDialog:
    window.commands.show_shortcuts()
    return dialog(qtbot, window, ShortcutsDialog)


def act(window: MainWindow, name: str) -> QAction:
    return next(one for one in window.commands.keymap.actions if one.objectName() == name)


def press(keys: ShortcutsDialog, name: str, window: MainWindow, pressed: str) -> None:
    keys.choose(act(window, name))
    keys.recorder.setKeySequence(QKeySequence(pressed))


def test_a_key_is_free_in_one_window_and_taken_in_another(
    qtbot: QtBot, window: MainWindow, keys: ShortcutsDialog
) -> None:
    keymap = window.commands.keymap
    # A approves in the main window, too: these never meet.
    press(keys, "studio/save", window, "A")
    assert keys.said.isHidden()
    press(keys, "review/comment", window, "A")
    assert "“Approve”" in keys.said.text
    assert keys.set_keys.text() == "Move them here"
    keys.set_keys.click()
    assert keymap.keys(act(window, "review/comment")) == ("A",)
    assert keymap.keys(act(window, "review/approve")) == ()
    assert keymap.keys(window.core.actions.approve) == ("A", "Ctrl+Shift+A")


def test_they_are_kept_and_act_where_they_are_meant(
    qtbot: QtBot, window: MainWindow, keys: ShortcutsDialog, opener: Opener
) -> None:
    press(keys, "review/approve", window, "Y")
    keys.set_keys.click()
    press(keys, "grid/fill", window, "Ctrl+Alt+J")
    keys.set_keys.click()
    keys.reject()
    window.close()
    again = opener()
    choose(qtbot, again, "beach.jpg")
    with qtbot.waitSignal(again.middle.review.opened) as opened:
        again.core.actions.review_mode.trigger()
    (review,) = opened.args
    assert isinstance(review, ReviewWindow)
    bound = {one.key().toString() for one in review.findChildren(QShortcut) if one.isEnabled()}
    assert "Y" in bound
    assert "A" not in bound
    tips = {one.toolTip() for one in review.findChildren(QAbstractButton)}
    assert "Approve (Y)" in tips
    assert "Y: Approve" in review.parts.help.lines
    # What is changed while it is open counts at once.
    again.commands.show_shortcuts()
    shown = dialog(qtbot, again, ShortcutsDialog)
    press(shown, "review/approve", again, "E")
    shown.set_keys.click()
    shown.reject()
    assert "E: Approve" in review.parts.help.lines
    review.close()


def test_bound_keys_follow_and_rest(qtbot: QtBot) -> None:
    keys, window = WindowKeys(), QWidget()
    qtbot.addWidget(window)
    bound = BoundKeys(keys, window)
    bound.act("studio/save", ["Ctrl+S"], lambda: None)
    bound.enable(["studio/save"], on=False)
    keys.take({"studio/save": ["F3"], "approve": ["Q"]})
    (shortcut,) = [one for one in window.findChildren(QShortcut) if one.key().toString() == "F3"]
    assert not shortcut.isEnabled()  # it rested, and rests
    assert keys.of("approve", ["A"]) == ("A",)  # the main window's own
    plus = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Plus, Qt.KeyboardModifier.ShiftModifier)
    assert keys.is_pressed(plus, "studio/nearer", ["+"])
    assert not keys.is_pressed(plus, "studio/nearer", [])
