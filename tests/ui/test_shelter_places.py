"""Places of a service in the sidebar: any depth, made when looked at, and marked as they are."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import Folder, LibraryId, LibraryKind, LibraryRecord
from bridge_app.domain.query import Query
from bridge_app.domain.shelter import shelter_library
from bridge_app.ui.delegates.folder_row import MARKS, FolderRow
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.branches import Branches, Mark, PlaceMarks, branches_of
from bridge_app.ui.models.folder_tree import FolderRole, FolderTree
from bridge_app.ui.shelter_emptiness import empty_words
from bridge_app.ui.theme import Theme

COMPLAIN = QAbstractItemModelTester.FailureReportingMode.Warning
NORDLYS = LibraryRecord(
    id=shelter_library("nordlys"),
    name="Nordlys",
    location="https://photos.nordlys.example",
    kind=LibraryKind.PHOTOSHELTER,
)
LOCAL = LibraryRecord(id=LibraryId("l"), name="Spring", location="/media/spring")
SPRING, HERO, RAW = "Spring", "Spring/Hero", "Spring/Hero/Raw"


def folder(path: str, assets: int = 0) -> Folder:
    return Folder(library=NORDLYS.id, path=path, name=path.rpartition("/")[2], assets=assets)


FOLDERS = branches_of([folder("", 9), folder(SPRING, 9), folder(HERO, 4), folder(RAW)])
MARKED = PlaceMarks(
    unsynced=frozenset({RAW}), kept=frozenset({HERO}), library=Mark.BUSY, note="2 of 3 galleries"
)


def shown(branches: Branches = FOLDERS, marks: PlaceMarks = MARKED) -> FolderTree:
    tree = FolderTree()
    tree.show([NORDLYS], {NORDLYS.id: branches}, {NORDLYS.id: marks})
    return tree


def at(tree: FolderTree, path: str) -> QModelIndex:
    place = Query(library=NORDLYS.id, folder=path)
    index = tree.index_for(place)
    assert index.data(FolderRole.QUERY) == place
    return index


def test_a_service_of_masters_has_a_heading_of_its_own() -> None:
    tree = FolderTree()
    tree.show([NORDLYS, LOCAL], {})
    titles = [tree.index(row, 0).data() for row in range(5)]
    assert titles == ["Libraries", "All assets", "Spring", "PhotoShelter", "Nordlys"]


def test_it_is_a_sound_model_to_any_depth(qtmodeltester: ModelTester) -> None:
    tree = shown()
    QAbstractItemModelTester(tree, COMPLAIN, tree)
    qtmodeltester.check(tree, force_py=True)


def test_a_place_deep_below_is_found_though_nobody_has_looked_there() -> None:
    tree = shown()
    raw = at(tree, RAW)
    assert [raw.data(), raw.parent().data(), raw.parent().parent().data()] == [
        "Raw",
        "Hero",
        "Spring",
    ]
    assert tree.hasChildren(raw.parent())
    assert not tree.hasChildren(raw)


def test_ten_thousand_folders_can_be_unfolded_one_by_one() -> None:
    many = [folder(f"C{number}/G{below}") for number in range(100) for below in range(100)]
    tops = [folder(f"C{number}") for number in range(100)]
    tree = shown(branches_of([folder(""), *tops, *many]), PlaceMarks())
    library = at(tree, "")
    assert tree.rowCount(library) == 100
    assert all(tree.hasChildren(tree.index(row, 0, library)) for row in range(100))


def test_places_say_what_is_not_synced_and_what_is_kept() -> None:
    tree = shown()
    marks = {path: at(tree, path).data(FolderRole.MARK) for path in ("", SPRING, HERO, RAW)}
    assert marks == {
        "": Mark.BUSY,
        SPRING: Mark.NONE,
        HERO: Mark.KEPT,
        RAW: Mark.UNSYNCED,
    }


def test_a_mark_is_spoken_and_not_only_drawn() -> None:
    tree = FolderTree()
    said = []
    for mark in MARKS:
        marks = PlaceMarks(library=mark)
        tree.show([NORDLYS], {NORDLYS.id: FOLDERS}, {NORDLYS.id: marks})
        said.append(str(at(tree, "").data(Qt.ItemDataRole.AccessibleTextRole)))
    assert len(set(said)) == len(MARKS)


def test_new_marks_do_not_fold_the_tree(qtbot: QtBot) -> None:
    tree = shown()
    raw = at(tree, RAW)
    with qtbot.assertNotEmitted(tree.modelReset), qtbot.waitSignal(tree.dataChanged):
        tree.show([NORDLYS], {NORDLYS.id: FOLDERS}, {NORDLYS.id: PlaceMarks()})
    assert raw.data(FolderRole.MARK) is Mark.NONE


@given(st.lists(st.text("ab/", min_size=1, max_size=7), max_size=30))
def test_every_folder_stands_exactly_once(paths: list[str]) -> None:
    clean = sorted({"/".join(filter(None, path.split("/"))) for path in paths} - {""})
    found = branches_of([folder(path) for path in clean])
    inside = [one.path for below in found.below.values() for one in below]
    assert sorted(inside) == clean


def test_every_mark_looks_different(theme: Theme, icons: Icons) -> None:
    tree = FolderTree()
    row = FolderRow(theme, icons)
    pictures = set()
    for mark in Mark:
        tree.show([NORDLYS], {NORDLYS.id: FOLDERS}, {NORDLYS.id: PlaceMarks(library=mark)})
        image = QImage(220, 31, QImage.Format.Format_ARGB32)
        image.fill(0)
        option = QStyleOptionViewItem()
        option.rect = image.rect()
        painter = QPainter(image)
        row.paint(painter, option, at(tree, ""))
        painter.end()
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == len(Mark)


def test_an_empty_place_says_whether_it_was_read() -> None:
    tree = shown()
    unread = empty_words(tree, Query(library=NORDLYS.id, folder=RAW))
    bare = empty_words(tree, Query(library=NORDLYS.id, folder=SPRING))
    assert unread is not None
    assert bare is not None
    assert unread.title == "Not synced yet"
    assert bare.title == "Nothing here yet"
    assert empty_words(tree, Query()) is None
