"""Assets that are dragged onto places of the sidebar."""

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QObject, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.kept_places import Favourite, SmartFolder
from bridge_app.domain.query import Query
from bridge_app.ui.dialogs.push_sheet import PushSheet
from bridge_app.ui.dialogs.take_in import TakeInDialog
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.models.folder_tree import COLLECTIONS, FolderRole, Place
from bridge_app.ui.presets.make_sheet import MakeSheet
from tests.desk import Desk, picture
from tests.ui.windows import choose, dialog

NO_BUTTON = Qt.MouseButton.NoButton
NO_KEY = Qt.KeyboardModifier.NoModifier


class FromGrid(QDropEvent):
    """A drop of what was dragged in the grid; Qt knows sources of real drags only."""

    def __init__(self, window: MainWindow, place: QPointF, mime: QMimeData) -> None:
        copy = Qt.DropAction.CopyAction
        super().__init__(place, copy, mime, NO_BUTTON, NO_KEY, QEvent.Type.Drop)
        self._grid = window.middle.browser.grid.grid

    def source(self) -> QObject:
        return self._grid


def row(window: MainWindow, query: Query, *sorts: Place) -> QModelIndex:
    tree = window.sides.folders.tree
    top = [tree.index(number, 0) for number in range(tree.rowCount())]
    alike = (one for one in top if one.data(FolderRole.PLACE) in sorts)
    return next((one for one in alike if one.data(FolderRole.QUERY) == query), QModelIndex())


def land(window: MainWindow, index: QModelIndex) -> str:
    landing = window.commands.drops.landing(index)
    assert landing is not None
    landing.act()
    return landing.words.replace("(s)", "s")


def test_each_place_does_with_assets_what_it_stands_for(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    folders, kept = window.sides.folders, window.commands.kept
    drops, library = window.commands.drops, desk.parts.worker.libraries()[0]
    qtbot.waitUntil(lambda: bool(folders.total))
    approved = row(window, COLLECTIONS["approved"], Place.COLLECTION)
    assert drops.landing(approved) is None
    choose(qtbot, window, "beach.jpg", "dune.jpg")
    # Decisions.
    assert land(window, approved) == "Approve 2 assets"
    qtbot.waitUntil(lambda: desk.asset("beach.jpg").approval is Approval.APPROVED)
    qtbot.waitUntil(window.core.actions.undo.isEnabled)
    # A push shows its plan.
    land(window, row(window, COLLECTIONS["pushed"], Place.COLLECTION))
    dialog(qtbot, window, PushSheet).reject()
    # A preset is made, keywords are added and can be taken back.
    kept.keep(
        kept.kept.with_favourite(Favourite(title="Square", preset="square-social")).with_smart(
            SmartFolder(name="Fog", query=Query(keywords=frozenset({"fog"})))
        )
    )
    assert land(window, folders.tree.index(1, 0)) == "Make “Square” of 2 assets"
    dialog(qtbot, window, MakeSheet).reject()
    land(window, row(window, Query(keywords=frozenset({"fog"})), Place.SMART))
    undo = window.core.actions.undo
    qtbot.waitUntil(lambda: "Keywords" in undo.text())
    # Where they lie already, and where nothing can be put, they are not taken.
    for query in (Query(library=library.id), Query(), COLLECTIONS["ended"]):
        assert drops.landing(folders.tree.index_for(query)) is None


def test_files_are_copied_into_another_library_by_its_plan(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    elsewhere = desk.folder.parent / "elsewhere"
    picture(elsewhere / "inside" / "other.jpg", 9)
    other = desk.parts.worker.add_library(elsewhere)
    folders = window.sides.folders
    place = Query(library=other.id, folder="inside")
    qtbot.waitUntil(lambda: folders.tree.index_for(place).data() == "inside")
    choose(qtbot, window, "beach.jpg")
    index = folders.tree.index_for(place)
    folders._view.expand(index.parent())
    where = QPointF(folders._view.visualRect(index).center())
    mime = QMimeData()
    copy = Qt.DropAction.CopyAction
    # From another program they go where everything goes that is dropped on the window.
    foreign = QDragEnterEvent(where.toPoint(), copy, mime, NO_BUTTON, NO_KEY)
    foreign.ignore()
    QApplication.sendEvent(folders.viewport, foreign)
    assert not foreign.isAccepted()
    dropped = FromGrid(window, where, mime)
    window.commands.drops.eventFilter(folders.viewport, dropped)
    assert dropped.isAccepted()
    sheet = dialog(qtbot, window, TakeInDialog)
    sheet.reject()
