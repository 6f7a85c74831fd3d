"""Letters that are typed among the assets of the real window."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bridge_app.ui.main_window import MainWindow
from tests.ui.windows import choose


def current(window: MainWindow) -> str:
    asset = window.middle.selection.single()
    return asset.name if asset else ""


def test_letters_lead_to_the_next_name_that_begins_like_this(
    qtbot: QtBot, window: MainWindow
) -> None:
    choose(qtbot, window, "aurora.jpg")
    ahead = window.commands.type_ahead
    qtbot.keyClick(window.middle.browser.grid.view, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: current(window) == "dune.jpg")
    ahead.go_on("u")
    assert current(window) == "dune.jpg"
    # After a pause another name begins; in the list it is the same.
    ahead._since.invalidate()
    window.core.actions.list.trigger()
    qtbot.keyClick(window.middle.browser.grid.view, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: current(window) == "ember.jpg")
    ahead._since.invalidate()
    for letter in "be":
        ahead.go_on(letter)
    qtbot.waitUntil(lambda: current(window) == "beach.jpg")
