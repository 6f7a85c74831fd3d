"""Filters that are typed into the search field of the real window."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Kind
from bridge_app.ui.main_window import MainWindow
from tests.ui.windows import shown


def chips(window: MainWindow) -> list[str]:
    buttons = window.middle.browser.filters._typed.chips
    return [one.text() for one in buttons if one.isVisible()]


def test_what_is_typed_becomes_a_chip_and_what_is_wrong_is_marked(
    qtbot: QtBot, window: MainWindow
) -> None:
    browser = window.middle.browser
    bar, field = browser.search_bar, browser.search_bar.field
    with qtbot.waitActive(window):
        window.activateWindow()
    field.setFocus()
    qtbot.keyClicks(field, "e in:co")
    assert bar.tokens.offered == []
    qtbot.keyClicks(field, "ast ")
    qtbot.waitUntil(lambda: shown(window) == ["beach.jpg", "dune.jpg"])
    assert field.text() == "e "
    assert chips(window) == ["In coast"]
    qtbot.keyClicks(field, "type:i")
    assert bar.tokens.offered == ["e type:image "]
    bar.tokens._completer.activated.emit("e type:image ")
    field.setText("e type:image ")
    bar.tokens.completed.emit("e type:image ")
    qtbot.waitUntil(lambda: browser.query.kinds == frozenset({Kind.IMAGE}))
    field.clear()
    qtbot.keyClicks(field, "rating:many ")
    qtbot.waitUntil(lambda: bool(field.property("invalid")))
    assert field.toolTip() == "rating:many means nothing. Try >=1, >=2, >=3, >=4, 5."
    assert field.accessibleDescription() == field.toolTip()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not field.property("invalid"))
    # A click takes the filter away.
    browser.filters._typed.chips[1].click()
    assert browser.query.inside == ""
    assert browser.query.kinds == frozenset({Kind.IMAGE})
    browser.clear_all()
    assert chips(window) == []
