"""Smart folders and favourites in the sidebar of the real window."""

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QInputDialog, QMenu
from pytestqt.qtbot import QtBot

from bridge_app.domain.kept_places import Favourite, SmartFolder
from bridge_app.domain.query import Query
from bridge_app.ui.commands.palette import Palette
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.models.folder_tree import FolderRole, Place
from bridge_app.ui.presets.make_sheet import MakeSheet
from tests.desk import Desk
from tests.ui.windows import Opener, choose, dialog, go, shown


def rows(window: MainWindow, *sorts: Place) -> list[tuple[str, int | None]]:
    found = (index for index in indexes(window) if index.data(FolderRole.PLACE) in sorts)
    return [(str(one.data()), one.data(FolderRole.COUNT)) for one in found]


def indexes(window: MainWindow) -> list[QModelIndex]:
    tree = window.sides.folders.tree
    return [tree.index(row, 0) for row in range(tree.rowCount())]


def dialog_of(window: MainWindow) -> Palette:
    found = window.findChild(Palette)
    assert isinstance(found, Palette)
    return found


def pick(window: MainWindow, kept: SmartFolder | Favourite, text: str) -> None:
    menu = QMenu(window)
    entries = window.commands.kept.entries(kept, menu)
    next(one for one in entries if one.text() == text).trigger()


def test_a_search_gets_a_name_and_counts_what_it_finds_now(
    qtbot: QtBot, desk: Desk, window: MainWindow, opener: Opener
) -> None:
    actions, browser, kept = window.core.actions, window.middle.browser, window.commands.kept
    qtbot.waitUntil(lambda: bool(window.sides.folders.total))
    assert not actions.save_search.isEnabled()
    browser.search_bar.searched.emit("e")
    qtbot.waitUntil(lambda: shown(window) == ["beach.jpg", "dune.jpg", "ember.jpg"])
    actions.save_search.trigger()
    asking = dialog(qtbot, window, QInputDialog)
    asking.setTextValue("With an e")
    asking.accept()
    qtbot.waitUntil(lambda: rows(window, Place.SMART) == [("With an e", 3)])
    # It is where one is now, and where one comes back to.
    assert window.commands.ways.crumbs.shown == ["All assets", "With an e"]
    browser.clear_all()
    window.sides.folders.chosen.emit(kept.kept.smart[0].query)
    qtbot.waitUntil(lambda: shown(window) == ["beach.jpg", "dune.jpg", "ember.jpg"])
    assert browser.search_bar.text == "e"
    # It is renamed, starred, and there after the next start.
    kept.keep(kept.kept.renamed("With an e", "Some"))
    pick(window, kept.kept.smart[0], "Add to Favourites")
    assert [name for name, _ in rows(window, Place.SMART, Place.FAVOURITE)] == ["Some", "Some"]
    window.close()
    again = opener()
    qtbot.waitUntil(lambda: rows(again, Place.SMART) == [("Some", 3)])
    pick(again, again.commands.kept.kept.smart[0], "Remove")
    assert rows(again, Place.SMART) == []


def test_places_and_presets_stand_at_the_top_in_the_order_a_person_wants(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    actions, kept, folders = window.core.actions, window.commands.kept, window.sides.folders
    library = desk.parts.worker.libraries()[0]
    qtbot.waitUntil(lambda: bool(folders.total))
    go(qtbot, window, Query(library=library.id, folder="coast"))
    actions.favourite.trigger()
    assert actions.favourite.isChecked()
    assert rows(window, Place.FAVOURITE) == [("coast", 2)]
    assert indexes(window)[0].data() == "Favourites"
    # The folder's own row is where one is, not its favourite.
    assert (
        folders.tree.index_for(window.middle.browser.query).data(FolderRole.PLACE) is Place.FOLDER
    )
    actions.palette.trigger()
    palette = dialog_of(window)
    palette.field.setText("favourite square")
    qtbot.waitUntil(lambda: palette.rows.rowCount() > 0)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    pick(window, kept.kept.favourites[1], "Move Up")
    titles = [name for name, _ in rows(window, Place.FAVOURITE, Place.PRESET)]
    assert "quare" in titles[0]
    assert titles[1:] == ["coast"]
    # All of it is written down, one after the other.
    assert window.middle.browser.messages.texts == []
    # A preset is used on what is chosen.
    preset = next(one for one in indexes(window) if one.data(FolderRole.PLACE) is Place.PRESET)
    before = window.middle.browser.query
    folders._view.setCurrentIndex(preset)
    folders._view.clicked.emit(preset)
    assert "Choose assets first." in window.middle.browser.messages.texts
    assert window.middle.browser.query == before
    choose(qtbot, window, "beach.jpg")
    folders._view.clicked.emit(preset)
    dialog(qtbot, window, MakeSheet).reject()
    actions.favourite.trigger()
    assert rows(window, Place.FAVOURITE) == []
    assert not actions.favourite.isChecked()


def test_a_smart_folder_is_not_renamed_to_a_name_that_is_taken(
    qtbot: QtBot, window: MainWindow
) -> None:
    kept, messages = window.commands.kept, window.middle.browser.messages
    for name in ("One", "Two"):
        kept.keep(kept.kept.with_smart(SmartFolder(name=name, query=Query(text=name))))
    pick(window, kept.kept.smart[0], "Rename…")
    asking = dialog(qtbot, window, QInputDialog)
    asking.setTextValue("Two")
    asking.accept()
    qtbot.waitUntil(lambda: "“Two” already" in "".join(messages.texts))
    assert [one.name for one in kept.kept.smart] == ["One", "Two"]


def test_rows_of_one_kind_are_put_into_another_order_with_the_mouse(
    qtbot: QtBot, window: MainWindow
) -> None:
    kept, folders = window.commands.kept, window.sides.folders
    qtbot.waitUntil(lambda: bool(folders.total))
    for name in ("One", "Two", "Three"):
        kept.keep(kept.kept.with_favourite(Favourite(title=name, place=Query(text=name))))

    def names() -> list[str]:
        return [name for name, _ in rows(window, Place.FAVOURITE)]

    def middle(name: str) -> QPoint:
        row = next(one for one in indexes(window) if one.data() == name)
        return folders._view.visualRect(row).center()

    def drag(name: str, to: QPoint) -> None:
        qtbot.mousePress(folders.viewport, Qt.MouseButton.LeftButton, pos=middle(name))
        qtbot.mouseMove(folders.viewport, to)

    qtbot.waitUntil(lambda: names() == ["One", "Two", "Three"])
    drag("Three", middle("One"))
    qtbot.mouseRelease(folders.viewport, Qt.MouseButton.LeftButton, pos=middle("One"))
    assert names() == ["Three", "One", "Two"]
    assert [one.title for one in kept.kept.favourites] == ["Three", "One", "Two"]
    # Not to a place of another kind, and not after Escape.
    heading = folders._view.visualRect(indexes(window)[0]).center()
    drag("Two", heading)
    qtbot.mouseRelease(folders.viewport, Qt.MouseButton.LeftButton, pos=heading)
    drag("Two", middle("Three"))
    qtbot.keyClick(folders.viewport, Qt.Key.Key_Escape)
    qtbot.mouseRelease(folders.viewport, Qt.MouseButton.LeftButton, pos=middle("Three"))
    assert names() == ["Three", "One", "Two"]
