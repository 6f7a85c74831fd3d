"""A window is there with its assets before all the rest of it, and loses nothing meanwhile."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QTreeView
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.query import Query
from bridge_app.ui.coming_worker import ComingWorker
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.models.folder_tree import COLLECTIONS
from bridge_app.ui.panels.folders import FoldersPanel
from bridge_app.ui.panels.welcome import Welcome
from bridge_app.ui.theme import Theme
from tests.desk import Desk, picture


@pytest.fixture
def coming(desk: Desk) -> ComingWorker:
    """The worker of a desk with three pictures, who has not come yet."""
    for number, name in enumerate(("anchor.jpg", "buoy.jpg", "cliff.jpg")):
        picture(desk.folder / name, number)
    desk.library()
    return still_to_come(desk)


def still_to_come(desk: Desk) -> ComingWorker:
    worker = desk.parts.worker
    account = worker.current_account()
    return ComingWorker(
        catalog_reader=worker.catalog_reader,
        thumbs_reader=worker.thumbs_reader,
        query=Query(environment=account.environment if account else None),
    )


@pytest.fixture
def first(
    qtbot: QtBot, desk: Desk, coming: ComingWorker, theme: Theme, icons: Icons, english: None
) -> Iterator[MainWindow]:
    made = MainWindow(coming, desk.parts.settings, theme, icons, demo=None, now=desk.clock)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    qtbot.waitUntil(lambda: made.front.model.rowCount() == 3)
    yield made
    if not made.is_whole:
        finish(qtbot, desk, coming, made)
    made.close()
    assert made.ended_cleanly


def finish(
    qtbot: QtBot,
    desk: Desk,
    coming: ComingWorker,
    window: MainWindow,
    meanwhile: Callable[[], object] = lambda: None,
) -> None:
    """The worker comes, and the window becomes whole, with a turn of the loop after each step."""
    coming.came(desk.parts.worker)
    for _ in window.rest(desk.parts.worker, None):
        meanwhile()
        with qtbot.waitSignal(qtbot_turn(window), timeout=5_000):
            pass
    assert window.is_whole


def qtbot_turn(window: MainWindow) -> object:
    """Emitted in the next turn of the loop."""
    timer = QTimer(window, singleShot=True, interval=0)
    timer.start()
    return timer.timeout


def test_assets_are_chosen_with_keys_and_searched_at_once(
    qtbot: QtBot, desk: Desk, coming: ComingWorker, first: MainWindow
) -> None:
    front = first.front
    qtbot.keyClick(front.browser.grid.view, Qt.Key.Key_Right)
    qtbot.keyClick(front.browser.grid.view, Qt.Key.Key_Right)
    chosen = front.selection.ids
    assert len(chosen) == 1
    qtbot.keyClicks(front.browser.search_bar.field, "name")
    front.browser.search_bar.clear_search()
    qtbot.keyClicks(front.browser.search_bar.field, "buoy")
    qtbot.waitUntil(lambda: front.model.rowCount() == 1)
    finish(qtbot, desk, coming, first)
    assert front.model.rowCount() == 1
    assert front.browser.query.text == "buoy"
    assert first.windowTitle().startswith("buoy")


def test_what_is_chosen_and_where_stays_when_the_rest_comes(
    qtbot: QtBot, desk: Desk, coming: ComingWorker, first: MainWindow
) -> None:
    front = first.front
    front.browser.grid.view.setCurrentIndex(front.model.index(1, 0))
    chosen = front.selection.ids
    listed = []
    front.model.modelReset.connect(lambda: listed.append(True))
    finish(qtbot, desk, coming, first)
    assert front.selection.ids == chosen
    assert not listed
    qtbot.waitUntil(first.sides.inspector.isVisible)


def test_what_is_asked_for_meanwhile_is_done_once_it_can_be(
    qtbot: QtBot, desk: Desk, coming: ComingWorker, first: MainWindow
) -> None:
    front = first.front
    front.browser.grid.view.setCurrentIndex(front.model.index(0, 0))
    front.actions.sidebar.trigger()
    front.actions.list.trigger()
    qtbot.keyClick(front.browser.grid.view, Qt.Key.Key_Space)
    finish(qtbot, desk, coming, first)
    assert first.sides.sidebar.isHidden()
    assert not front.actions.sidebar.isChecked()
    assert front.browser.grid.is_list
    assert first.frame.look.isVisible()


def test_the_panels_have_their_room_from_the_beginning(
    qtbot: QtBot, desk: Desk, coming: ComingWorker, first: MainWindow
) -> None:
    grid = first.front.browser
    before = grid.width()
    names = {dock.objectName() for dock in first.findChildren(QDockWidget) if dock.isVisible()}
    assert names == {"sidebar", "inspector"}
    finish(qtbot, desk, coming, first)
    assert abs(grid.width() - before) <= 2


def test_a_window_that_is_closed_too_early_closes_when_it_is_whole(
    qtbot: QtBot, desk: Desk, coming: ComingWorker, first: MainWindow
) -> None:
    assert not first.close()
    assert first.isVisible()
    finish(qtbot, desk, coming, first)
    assert not first.isVisible()
    assert first.ended_cleanly


def test_what_was_decided_by_a_letter_is_about_what_was_chosen_then(
    qtbot: QtBot, desk: Desk, coming: ComingWorker, first: MainWindow
) -> None:
    front, view = first.front, first.front.browser.grid.view
    view.setCurrentIndex(front.model.index(0, 0))
    for key in (Qt.Key.Key_A, Qt.Key.Key_Right):
        qtbot.keyClick(view, key)
    finish(qtbot, desk, coming, first)

    def states() -> list[Approval]:
        rows = [front.model.asset(row) for row in range(front.model.rowCount())]
        return [row.approval for row in rows if row is not None]

    qtbot.waitUntil(lambda: states()[0] is Approval.APPROVED)
    assert states()[1:] == [Approval.DRAFT, Approval.DRAFT]
    assert view.currentIndex().row() == 1


def test_a_letter_that_decides_nothing_leads_to_a_name(
    qtbot: QtBot, desk: Desk, coming: ComingWorker, first: MainWindow
) -> None:
    qtbot.keyClick(first.front.browser.grid.view, Qt.Key.Key_B)
    finish(qtbot, desk, coming, first)
    qtbot.waitUntil(lambda: first.front.browser.grid.view.currentIndex().row() == 1)


def test_a_click_on_a_part_that_is_just_being_made_is_done_when_somebody_hears_it(
    qtbot: QtBot, desk: Desk, coming: ComingWorker, first: MainWindow
) -> None:
    wanted = next(iter(COLLECTIONS.values()))
    clicked: list[str] = []
    asked: list[Query] = []
    first.front.browser.queried.connect(asked.append)

    def click_a_collection() -> None:
        view, panel = first.findChild(QTreeView), first.findChild(FoldersPanel)
        if clicked or panel is None or view is None or not view.isVisible():
            return
        place = view.visualRect(panel.tree.index_for(wanted)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        clicked.append("it")

    finish(qtbot, desk, coming, first, meanwhile=click_a_collection)
    assert clicked
    qtbot.waitUntil(lambda: any(query.approvals == wanted.approvals for query in asked))


def test_what_is_copied_at_once_are_files(
    qtbot: QtBot, desk: Desk, coming: ComingWorker, first: MainWindow
) -> None:
    view = first.front.browser.grid.view
    view.setCurrentIndex(first.front.model.index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    finish(qtbot, desk, coming, first)

    # A name alone would be what a list of Qt's copies.
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().endswith("/anchor.jpg"))


def test_nothing_moves_when_the_way_to_where_one_is_comes(
    qtbot: QtBot, desk: Desk, coming: ComingWorker, first: MainWindow
) -> None:
    grid = first.front.browser.grid
    before = grid.mapTo(first, QPoint(0, 0))
    finish(qtbot, desk, coming, first)
    assert grid.mapTo(first, QPoint(0, 0)) == before


def test_why_nothing_is_there_is_not_said_before_it_is_known(
    qtbot: QtBot, desk: Desk, theme: Theme, icons: Icons, english: None
) -> None:
    coming = still_to_come(desk)
    made = MainWindow(coming, desk.parts.settings, theme, icons, demo=None, now=desk.clock)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    qtbot.waitUntil(lambda: not made.front.model.is_waiting)
    assert not made.front.browser.grid.view.isVisible()
    assert not made.findChildren(Welcome)
    finish(qtbot, desk, coming, made)
    (welcome,) = made.findChildren(Welcome)
    assert welcome.isVisible()
    assert not made.front.browser.search_bar.field.hasFocus()
    made.close()
