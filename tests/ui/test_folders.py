"""The sidebar: places that keep their state, and what each of them finds."""

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTreeView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Folder, LibraryId, LibraryRecord
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.query import Query
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.branches import branches_of
from bridge_app.ui.models.folder_tree import COLLECTIONS, FolderRole, FolderTree, Place
from bridge_app.ui.panels.folders import FoldersPanel
from bridge_app.ui.theme import Theme
from tests.desk import Desk, picture

COMPLAIN = QAbstractItemModelTester.FailureReportingMode.Warning
LIBRARY = LibraryRecord(id=LibraryId("l"), name="Spring", location="/media/spring")


def folder(path: str, assets: int) -> Folder:
    return Folder(library=LIBRARY.id, path=path, name=path.rpartition("/")[2], assets=assets)


FOLDERS = [folder("", 9), folder("hero", 4), folder("hero-2", 1), folder("hero/social", 2)]


def titles(tree: FolderTree, above: QModelIndex | None = None) -> list[str]:
    parent = above or QModelIndex()
    return [tree.index(row, 0, parent).data() for row in range(tree.rowCount(parent))]


def test_it_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    tree = FolderTree()
    QAbstractItemModelTester(tree, COMPLAIN, tree)
    tree.show([LIBRARY], {LIBRARY.id: branches_of(FOLDERS)})
    qtmodeltester.check(tree, force_py=True)
    tree.show([], {})


def test_folders_nest_and_are_counted() -> None:
    tree = FolderTree()
    tree.show([LIBRARY], {LIBRARY.id: branches_of(FOLDERS)})
    assert titles(tree)[:4] == ["Libraries", "All assets", "Spring", "Collections"]
    library = tree.index_for(Query(library=LIBRARY.id))
    assert library.data(FolderRole.COUNT) == 9
    assert titles(tree, library) == ["hero", "hero-2"]
    hero = tree.index_for(Query(library=LIBRARY.id, folder="hero"))
    assert titles(tree, hero) == ["social"]
    assert tree.parent(hero) == library


def test_headings_cannot_be_chosen() -> None:
    tree = FolderTree()
    heading = tree.index(0, 0)
    assert heading.data(FolderRole.PLACE) is Place.HEADING
    assert not tree.flags(heading) & Qt.ItemFlag.ItemIsSelectable


def test_new_counts_do_not_reset_the_tree(qtbot: QtBot) -> None:
    tree = FolderTree()
    tree.show([LIBRARY], {LIBRARY.id: branches_of(FOLDERS)})
    with qtbot.assertNotEmitted(tree.modelReset), qtbot.waitSignal(tree.dataChanged):
        tree.show([LIBRARY], {LIBRARY.id: branches_of([folder("", 10), *FOLDERS[1:]])})
    assert tree.index_for(Query(library=LIBRARY.id)).data(FolderRole.COUNT) == 10


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_collection_is_a_saved_filter(name: str) -> None:
    tree = FolderTree()
    index = tree.index_for(COLLECTIONS[name])
    assert index.data(FolderRole.PLACE) is Place.COLLECTION
    assert index.data(FolderRole.QUERY) == COLLECTIONS[name]


def test_a_place_stays_marked_whatever_is_searched_there() -> None:
    tree = FolderTree()
    tree.show([LIBRARY], {LIBRARY.id: branches_of(FOLDERS)})
    query = Query(library=LIBRARY.id, folder="hero", text="dawn", environment="studio")
    assert tree.index_for(query).data() == "hero"
    gone = Query(library=LIBRARY.id, folder="gone")
    assert tree.index_for(gone).data() == "Spring"


def test_the_panel_counts_what_is_there_and_follows_changes(
    qtbot: QtBot, desk: Desk, asker: Asker, theme: Theme, icons: Icons
) -> None:
    picture(desk.folder / "hero" / "a.jpg", 1)
    picture(desk.folder / "b.jpg", 2)
    library = desk.library()
    panel = FoldersPanel(desk.parts.worker, asker, theme=theme, icons=icons, now=desk.clock)
    qtbot.addWidget(panel)
    panel.show()
    with qtbot.waitSignal(panel.loaded):
        panel.set_environment("studio")
    assert panel.tree.index_for(Query(library=library.id)).data(FolderRole.COUNT) == 2
    assert panel.tree.index_for(COLLECTIONS["approved"]).data(FolderRole.COUNT) == 0
    ids = desk.approve("a.jpg")
    with qtbot.waitSignal(panel.loaded):
        panel.take_changes(ChangeSet(assets=frozenset(ids)))
    assert panel.tree.index_for(COLLECTIONS["approved"]).data(FolderRole.COUNT) == 1


def test_a_click_goes_there_and_showing_a_place_does_not(
    qtbot: QtBot, desk: Desk, asker: Asker, theme: Theme, icons: Icons
) -> None:
    panel = FoldersPanel(desk.parts.worker, asker, theme=theme, icons=icons, now=desk.clock)
    qtbot.addWidget(panel)
    panel.resize(220, 400)
    panel.show()
    view = panel.findChild(QTreeView)
    assert isinstance(view, QTreeView)
    with qtbot.assertNotEmitted(panel.chosen):
        panel.show_query(COLLECTIONS["pushed"])
    assert view.currentIndex().data() == "Pushed"
    review = panel.tree.index_for(COLLECTIONS["review"])
    with qtbot.waitSignal(panel.chosen) as told:
        qtbot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(review).center()
        )
    assert told.args == [Query(approvals=frozenset({Approval.IN_REVIEW}))]


def test_what_was_open_is_open_after_new_folders_came(
    qtbot: QtBot, desk: Desk, asker: Asker, theme: Theme, icons: Icons
) -> None:
    picture(desk.folder / "hero" / "a.jpg", 1)
    library = desk.library()
    panel = FoldersPanel(desk.parts.worker, asker, theme=theme, icons=icons, now=desk.clock)
    qtbot.addWidget(panel)
    panel.show()
    with qtbot.waitSignal(panel.loaded):
        panel.reload()
    view = panel.findChild(QTreeView)
    assert isinstance(view, QTreeView)
    view.expand(panel.tree.index_for(Query(library=library.id)))
    picture(desk.folder / "more" / "b.jpg", 3)
    desk.parts.worker.scan(library.id)
    desk.until(lambda: len(desk.assets()) == 2)
    with qtbot.waitSignal(panel.loaded):
        panel.reload()
    index = panel.tree.index_for(Query(library=library.id))
    assert view.isExpanded(index)
    assert titles(panel.tree, index) == ["hero", "more"]
    with qtbot.waitSignal(panel.menuWanted) as told:
        view.customContextMenuRequested.emit(view.visualRect(index).center() + QPoint(1, 1))
    assert told.args is not None
    assert told.args[0].id == library.id
