"""The whole window on a real worker: what a person sees after what a person does."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import LibraryId
from bridge_app.domain.errors import OfflineError
from bridge_app.domain.jobs import JobState
from bridge_app.domain.query import Query
from bridge_app.ui.dialogs.decide import DecideDialog
from bridge_app.ui.dialogs.push_sheet import PushSheet
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.models.folder_tree import COLLECTIONS
from bridge_app.work.events import JobTrouble, ScanProgress, trouble_of
from tests.desk import Desk, licensed_picture, states
from tests.ui.accessibility.tabbing import faults_in_tabbing
from tests.ui.windows import NAMES, choose, dialog, go, shown

NAMED = {
    QAccessible.Role.Button,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.ButtonDropDown,
    QAccessible.Role.CheckBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.List,
    QAccessible.Role.Tree,
    QAccessible.Role.Table,
    QAccessible.Role.Slider,
    QAccessible.Role.ProgressBar,
    QAccessible.Role.PageTabList,
}


def nameless(interface: QAccessibleInterface) -> Iterator[str]:
    for number in range(interface.childCount()):
        child = interface.child(number)
        if not child.isValid() or child.state().invisible:
            continue
        if child.role() in NAMED and not child.text(QAccessible.Text.Name).strip():
            yield f"{child.role().name} {child.object()}"
        if child.role() not in (QAccessible.Role.Table, QAccessible.Role.Tree):
            yield from nameless(child)


def test_every_control_has_a_name_for_those_who_cannot_see_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    choose(qtbot, window, "beach.jpg")
    window.middle.browser.messages.show_error(OfflineError(service="Cloudinary"))
    interface = QAccessible.queryAccessibleInterface(window)
    assert list(nameless(interface)) == []
    window.core.actions.list.trigger()
    assert list(nameless(interface)) == []


def test_the_title_says_what_is_shown_and_does_no_harm(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    assert window.windowTitle() == "Asset Bridge"
    (library,) = desk.parts.worker.libraries()
    go(qtbot, window, Query(library=library.id))
    assert window.windowTitle() == library.name
    go(qtbot, window, Query(library=library.id, folder="coast/<b>a\nb[*]"))
    handle = window.windowHandle()
    assert handle is not None
    title = handle.title()
    assert title.replace("\u2060", "") == "<b>a b[*]", "no line break, and nothing is taken out"
    assert "<b" not in title, "nobody takes it for markup"
    window.middle.browser.ask(Query(library=library.id, text="dune"))
    assert window.windowTitle() == f"dune – {library.name}"


def test_the_tab_key_goes_through_the_window_as_it_is_read(
    qtbot: QtBot, window: MainWindow
) -> None:
    choose(qtbot, window, "beach.jpg")
    parts = [window.sides.sidebar, window.middle.browser, window.sides.inspector]
    visited: list[int] = []
    window.sides.folders.focus_view()
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused is not None
        visited.append(next(n for n, part in enumerate(parts) if part.isAncestorOf(focused)))
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    turns = [part for part, _ in groupby(visited)]
    assert turns[:4] == [0, 1, 2, 0]


def test_the_tab_key_goes_from_right_to_left_where_it_is_read_like_that(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    choose(qtbot, window, "beach.jpg")
    beside = [window.sides.sidebar, window.middle.browser, window.sides.inspector]
    places = [part.mapTo(window, QPoint()).x() for part in beside]
    assert places == sorted(places, reverse=True)
    window.sides.folders.focus_view()
    assert list(faults_in_tabbing(window)) == []


def test_what_can_be_switched_shows_its_tick_in_the_menu(window: MainWindow) -> None:
    actions = window.core.actions
    for action in (actions.sidebar, actions.grid, actions.work_offline, actions.sandbox):
        assert action.isCheckable()
        assert not action.isIconVisibleInMenu()


def test_the_library_is_shown_with_its_folders_and_its_count(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    assert shown(window) == NAMES
    tree = window.sides.folders.tree
    library = desk.parts.worker.libraries()[0]
    qtbot.waitUntil(lambda: tree.index_for(Query(library=library.id)).isValid())
    window.sides.folders.chosen.emit(Query(library=library.id, folder="coast"))
    qtbot.waitUntil(lambda: shown(window) == ["beach.jpg", "dune.jpg"])
    assert window.middle.browser.filters._count.text() == "2 assets"
    field = window.middle.browser.search_bar.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    assert field.placeholderText() == "Search in coast …"


def test_one_asset_fills_the_inspector_and_several_are_summed_up(
    qtbot: QtBot, window: MainWindow
) -> None:
    choose(qtbot, window, "beach.jpg")
    assert window.core.actions.push.text() == "&Push 1 asset"
    choose(qtbot, window, "beach.jpg", "cliff.jpg", "dune.jpg")
    assert window.core.actions.push.text() == "&Push 3 assets"
    summary = window.sides.inspector._summary
    qtbot.waitUntil(lambda: summary._title.text() == "3 assets selected")
    qtbot.waitUntil(lambda: "together" in summary._size.text())
    window.core.actions.select_none.trigger()
    assert not window.core.actions.push.isEnabled()
    assert not window.core.actions.approve.isEnabled()


def test_a_letter_approves_and_the_history_keeps_it(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    choose(qtbot, window, "cliff.jpg")
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window.middle.browser.grid.grid, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: desk.asset("cliff.jpg").approval is Approval.APPROVED)
    inspector = window.sides.inspector
    qtbot.waitUntil(
        lambda: inspector.asset is not None and inspector.asset.approval is Approval.APPROVED
    )
    history = inspector._history._history
    qtbot.waitUntil(lambda: history.rowCount() == 1)
    assert history.index(0, 0).data() == "Approved"


def test_a_refusal_asks_why_and_keeps_the_answer(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    choose(qtbot, window, "cliff.jpg", "dune.jpg")
    window.core.actions.reject.trigger()
    asked = dialog(qtbot, window, DecideDialog)
    comment = asked.findChild(QPlainTextEdit)
    assert isinstance(comment, QPlainTextEdit)
    comment.setPlainText("Blurred.")
    buttons = asked.findChildren(QPushButton)
    next(one for one in buttons if "Reject" in one.text()).click()
    qtbot.waitUntil(lambda: desk.asset("dune.jpg").approval is Approval.REJECTED)
    decisions = desk.parts.worker.history(desk.asset("cliff.jpg").id)
    assert [entry.comment for entry in decisions] == ["Blurred."]
    qtbot.waitUntil(lambda: window.helping.toast.text.startswith("Rejected: 2 "))


def test_one_review_after_another_needs_the_keyboard_alone(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    everything = [asset.id for asset in desk.assets()]
    desk.parts.worker.decide(everything, Approval.IN_REVIEW)
    go(qtbot, window, COLLECTIONS["review"])
    assert len(shown(window)) == len(NAMES)
    choose(qtbot, window, "beach.jpg")
    window.core.actions.approve.trigger()
    qtbot.waitUntil(lambda: "beach.jpg" not in shown(window))
    inspector = window.sides.inspector
    qtbot.waitUntil(lambda: inspector.asset is not None and inspector.asset.name == "cliff.jpg")
    window.core.actions.approve.trigger()
    qtbot.waitUntil(lambda: shown(window) == ["aurora.jpg", "dune.jpg", "ember.jpg"])


def test_typing_finds_and_escape_brings_everything_back(qtbot: QtBot, window: MainWindow) -> None:
    field = window.middle.browser.search_bar.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "lif")
    qtbot.waitUntil(lambda: shown(window) == ["cliff.jpg"])
    qtbot.keyClicks(field, "xyz")
    bare = window.middle.browser._nothing
    qtbot.waitUntil(bare.isVisible)
    assert bare.title == "Nothing found"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shown(window) == NAMES)
    assert not bare.isVisible()


def test_a_collection_sets_the_filters_and_can_be_left(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    licensed_picture(desk.folder / "old.jpg", until=desk.clock() - timedelta(days=3))
    desk.until(lambda: len(desk.assets()) == len(NAMES) + 1)
    window.sides.folders.chosen.emit(COLLECTIONS["ended"])
    qtbot.waitUntil(lambda: shown(window) == ["old.jpg"])
    window.core.actions.clear_filters.trigger()
    qtbot.waitUntil(lambda: len(shown(window)) == len(NAMES) + 1)


def test_select_all_and_push_show_the_plan(qtbot: QtBot, window: MainWindow) -> None:
    window.core.actions.select_all.trigger()
    qtbot.waitUntil(lambda: window.middle.selection.count == len(NAMES))
    window.core.actions.push.trigger()
    sheet = dialog(qtbot, window, PushSheet)
    assert isinstance(sheet, PushSheet)
    qtbot.waitUntil(lambda: sheet.plan is not None)
    assert sheet.plan is not None
    assert len(sheet.plan.steps) == len(NAMES)
    sheet.reject()


def test_space_shows_it_large_and_arrows_go_on(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, window, "beach.jpg")
    look, grid = window.frame.look, window.middle.browser.grid
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(grid.grid, Qt.Key.Key_Space)
    assert look.isVisible()
    assert look.accessibleName().startswith("beach.jpg")
    qtbot.keyClick(look, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: look.accessibleName().startswith("cliff.jpg"))
    assert not window.grab().isNull()
    qtbot.keyClick(look, Qt.Key.Key_Escape)
    assert not look.isVisible()
    assert grid.grid.hasFocus()
    assert window.middle.selection.ids == (window.sides.inspector.asset.id,)  # type: ignore[union-attr]


def test_a_letter_that_is_typed_into_an_open_menu_chooses_there_and_decides_nothing(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    choose(qtbot, window, "dune.jpg")
    if QApplication.activeWindow() is not window:
        window.activateWindow()
    window.middle.browser.grid.focus_view()
    before, menu = desk.asset("dune.jpg").approval, QMenu(window)
    chosen: list[str] = []
    menu.addAction("&About").triggered.connect(lambda: chosen.append("about"))
    menu.popup(window.mapToGlobal(QPoint(200, 200)))
    qtbot.waitUntil(menu.isVisible)
    qtbot.keyClick(menu, Qt.Key.Key_A)
    assert chosen == ["about"]
    assert desk.asset("dune.jpg").approval is before


def test_trouble_in_the_background_is_a_line_and_never_a_dialog(
    qtbot: QtBot, window: MainWindow
) -> None:
    trouble = trouble_of(OfflineError(service="Cloudinary"))
    window.core.bridge.post(JobTrouble(job=1, name="a.jpg", trouble=trouble))
    messages = window.middle.browser.messages
    qtbot.waitUntil(lambda: bool(messages.texts))
    assert messages.texts[0].startswith("Cloudinary cannot be reached.")
    assert QApplication.activeModalWidget() is None


def test_what_is_said_of_failed_pushes_goes_when_the_last_was_tried_again(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    assert desk.sandbox is not None
    worker, messages = desk.parts.worker, window.middle.browser.messages
    desk.sandbox.faults.answer(status=400, times=2, path_contains="/upload")
    batch = worker.push(desk.plan(desk.approve("aurora.jpg", "dune.jpg")))
    qtbot.waitUntil(lambda: len(messages.texts) == 1)
    first, second = desk.finished(batch)
    worker.retry([first.id])
    desk.until(lambda: states(worker.batch(batch)) == {JobState.DONE, JobState.FAILED})
    assert len(messages.texts) == 1
    worker.retry([second.id])
    qtbot.waitUntil(lambda: messages.texts == [])


def test_what_is_said_of_a_folder_that_is_gone_goes_when_it_is_back(window: MainWindow) -> None:
    bridge, messages = window.core.bridge, window.middle.browser.messages
    trouble = trouble_of(OfflineError(service="The disk"))
    bridge.scan.emit(ScanProgress(library=LibraryId("one"), finished=True, trouble=trouble))
    assert len(messages.texts) == 1
    bridge.scan.emit(ScanProgress(library=LibraryId("two"), finished=True))
    assert len(messages.texts) == 1
    bridge.scan.emit(ScanProgress(library=LibraryId("one"), finished=True))
    assert messages.texts == []
