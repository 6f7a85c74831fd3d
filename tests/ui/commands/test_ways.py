"""Moving through the real window: back and forward, up, and along the way."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.query import Query
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.models.folder_tree import COLLECTIONS
from tests.desk import Desk, picture
from tests.ui.windows import Opener, choose, go, shown

MANY = 60


def test_back_shows_what_was_shown_with_what_was_chosen_there(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    actions, browser = window.core.actions, window.middle.browser
    ways, library = window.commands.ways, desk.parts.worker.libraries()[0]
    qtbot.waitUntil(lambda: bool(window.sides.folders.total))
    assert not actions.back.isEnabled()
    choose(qtbot, window, "beach.jpg", "cliff.jpg")
    chosen = set(window.middle.selection.ids)
    go(qtbot, window, Query(library=library.id, folder="coast"))
    assert ways.crumbs.shown == ["All assets", library.name, "coast"]
    browser.search_bar.searched.emit("dune")
    qtbot.waitUntil(lambda: shown(window) == ["dune.jpg"])
    menu = ways.bar.findChildren(QToolButton)[0].menu()
    assert [entry.text() for entry in menu.actions()] == ["coast", "All assets"]
    actions.back.trigger()
    qtbot.waitUntil(lambda: shown(window) == ["beach.jpg", "dune.jpg"])
    assert browser.search_bar.text == ""
    actions.back.trigger()
    qtbot.waitUntil(lambda: set(window.middle.selection.ids) == chosen)
    assert not actions.back.isEnabled()
    # The side buttons of a mouse do the same, over the assets too.
    viewport = browser.grid.view.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.ForwardButton, pos=QPoint(9, 9))
    qtbot.waitUntil(lambda: shown(window) == ["beach.jpg", "dune.jpg"])
    qtbot.mousePress(viewport, Qt.MouseButton.BackButton, pos=QPoint(9, 9))
    qtbot.waitUntil(lambda: set(window.middle.selection.ids) == chosen)
    actions.forward.trigger()
    actions.up.trigger()
    qtbot.waitUntil(lambda: browser.query.folder == "")
    assert browser.query.library == library.id


def test_back_scrolls_to_where_it_was_left(qtbot: QtBot, desk: Desk, opener: Opener) -> None:
    for number in range(MANY):
        picture(desk.folder / f"p{number:03}.jpg", number)
    desk.library()
    window = opener()
    view = window.middle.browser.grid.view
    qtbot.waitUntil(lambda: window.middle.model.rowCount() == MANY)
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum() // 2)
    first = view.indexAt(QPoint(60, 60)).data()
    window.middle.browser.search_bar.searched.emit("p001")
    qtbot.waitUntil(lambda: shown(window) == ["p001.jpg"])
    window.core.actions.back.trigger()
    qtbot.waitUntil(lambda: window.middle.model.rowCount() == MANY)
    qtbot.waitUntil(lambda: bar.value() > 0)
    assert view.indexAt(QPoint(60, 60)).data() == first


def test_the_way_leads_up_aside_and_by_keys_and_is_short_where_there_is_no_room(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    crumbs = window.commands.ways.crumbs
    library = desk.parts.worker.libraries()[0]
    qtbot.waitUntil(lambda: bool(window.sides.folders.total))
    go(qtbot, window, Query(library=library.id, folder="coast"))
    steps = [one for one in crumbs.findChildren(QToolButton) if one.text() and one.isVisible()]
    gaps = [one for one in crumbs.findChildren(QToolButton) if not one.text() and one.isVisible()]
    assert [one.accessibleName() for one in steps][-1] == "Go to coast"
    # Aside: what else lies in the library.
    menu = gaps[1].menu()
    menu.aboutToShow.emit()
    assert [(one.text(), one.isChecked()) for one in menu.actions()] == [
        ("coast", True),
        ("hills", False),
    ]
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: window.middle.browser.query.folder == "hills")
    # By keys.
    with qtbot.waitActive(window):
        window.activateWindow()
    steps = [one for one in crumbs.findChildren(QToolButton) if one.text() and one.isVisible()]
    steps[-1].setFocus()
    qtbot.keyClick(steps[-1], Qt.Key.Key_Left)
    qtbot.keyClick(steps[-2], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.middle.browser.query.folder == "")
    # Collections are places too, and lie in everything.
    window.sides.folders.chosen.emit(COLLECTIONS["approved"])
    qtbot.waitUntil(lambda: crumbs.shown == ["All assets", "Approved"])
    go(qtbot, window, Query(library=library.id, folder="coast"))
    crumbs.setFixedWidth(190)
    qtbot.waitUntil(lambda: crumbs.shown == ["All assets", "coast", "…"])
