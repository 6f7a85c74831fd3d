"""The whole window on a real worker: what a person sees after what a person does."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import groupby
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.errors import OfflineError
from bridge_app.domain.query import Query
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.dialogs.decide import DecideDialog
from bridge_app.ui.dialogs.guide import AboutDialog, GuideDialog
from bridge_app.ui.dialogs.push_sheet import PushSheet
from bridge_app.ui.dialogs.take_in import TakeInDialog
from bridge_app.ui.dropping import file_url
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.models.folder_tree import COLLECTIONS
from bridge_app.ui.panels.welcome import Welcome
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.work.events import Connectivity, JobTrouble, trouble_of
from tests.desk import Desk, licensed_picture, picture

NAMES = ["aurora.jpg", "beach.jpg", "cliff.jpg", "dune.jpg", "ember.jpg"]
SOME_TIME_AGO = 1_700_000_000
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


class Plug:
    """The sandbox's switch."""

    def __init__(self) -> None:
        self.sandbox_running = True

    def set_sandbox_running(self, *, on: bool) -> None:
        self.sandbox_running = on


Opener = Callable[[], MainWindow]


@pytest.fixture
def opener(qtbot: QtBot, desk: Desk, theme: Theme, icons: Icons, english: None) -> Iterator[Opener]:
    made: list[MainWindow] = []

    def opened() -> MainWindow:
        settings = SettingsFile(desk.home / "settings.json")
        window = MainWindow(desk.parts.worker, settings, theme, icons, demo=Plug(), now=desk.clock)
        made.append(window)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        qtbot.waitUntil(lambda: not window.middle.model.is_waiting)
        return window

    yield opened
    for window in made:
        window.close()
        assert window.ended_cleanly


@pytest.fixture
def window(desk: Desk, opener: Opener) -> MainWindow:
    for number, name in enumerate(NAMES):
        place = picture(desk.folder / ("coast" if number % 2 else "hills") / name, number)
        os.utime(place, (SOME_TIME_AGO, SOME_TIME_AGO))  # at rest: read without waiting
    desk.library()
    return opener()


def shown(window: MainWindow) -> list[str]:
    model = window.middle.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def row_of(window: MainWindow, name: str) -> int:
    return shown(window).index(name)


def go(qtbot: QtBot, window: MainWindow, place: Query) -> None:
    with qtbot.waitSignal(window.middle.model.counted):
        window.sides.folders.chosen.emit(place)


def choose(qtbot: QtBot, window: MainWindow, *names: str) -> None:
    grid = window.middle.browser.grid
    held = Qt.KeyboardModifier.NoModifier
    for name in names:
        place = grid.view.visualRect(window.middle.model.index(row_of(window, name), 0))
        qtbot.mouseClick(grid.view.viewport(), Qt.MouseButton.LeftButton, held, place.center())
        held = Qt.KeyboardModifier.ControlModifier
    chosen = names[0] if len(names) == 1 else None
    inspector = window.sides.inspector
    qtbot.waitUntil(lambda: (inspector.asset.name if inspector.asset else None) == chosen)


def dialog(qtbot: QtBot, window: MainWindow, kind: type[QDialog]) -> QDialog:
    def found() -> list[QDialog]:
        return [one for one in window.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def press(window: QWidget, text: str) -> None:
    buttons = window.findChildren(QAbstractButton)
    next(one for one in buttons if one.text().strip() == text).click()


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
    qtbot.waitUntil(lambda: "Rejected: 2 assets." in window.middle.browser.messages.texts)


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


def test_working_offline_is_shown_calmly_and_browsing_goes_on(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    chip = window.sides.account._chip
    qtbot.waitUntil(lambda: chip.accessibleName() == "Account: studio, Connected")
    window.core.actions.work_offline.trigger()
    qtbot.waitUntil(lambda: chip.accessibleName() == "Account: studio, Working offline")
    assert desk.parts.worker.connectivity() is Connectivity.WORK_OFFLINE
    assert window.middle.browser.messages.isHidden()
    choose(qtbot, window, "dune.jpg")
    window.core.actions.work_offline.trigger()
    qtbot.waitUntil(lambda: chip.accessibleName() == "Account: studio, Connected")


def test_the_sandbox_can_be_unplugged_from_the_menu(qtbot: QtBot, window: MainWindow) -> None:
    action = window.core.actions.sandbox
    assert action.isChecked()
    action.trigger()
    qtbot.waitUntil(lambda: not window._demo.sandbox_running)  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: not action.isChecked())


def drop(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([file_url(path) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    plain = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(300, 300), copy, mime, left, plain))
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, mime, left, plain))


def test_a_dropped_folder_becomes_a_library_and_is_shown(
    qtbot: QtBot, desk: Desk, window: MainWindow, tmp_path: Path
) -> None:
    picture(tmp_path / "Lookbook" / "one.jpg", 50)
    drop(window, tmp_path / "Lookbook")
    qtbot.waitUntil(lambda: len(desk.parts.worker.libraries()) == 2)
    qtbot.waitUntil(lambda: shown(window) == ["one.jpg"])
    tree = window.sides.folders.tree
    added = desk.parts.worker.libraries()[1]
    qtbot.waitUntil(lambda: tree.index_for(Query(library=added.id)).data() == "Lookbook")


def test_dropped_files_that_are_known_are_chosen_and_their_push_is_planned(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    window.middle.browser.search_bar.searched.emit("aurora")
    qtbot.waitUntil(lambda: shown(window) == ["aurora.jpg"])
    drop(window, desk.folder / "coast" / "dune.jpg")
    sheet = dialog(qtbot, window, PushSheet)
    qtbot.waitUntil(lambda: window.middle.selection.ids == (desk.asset("dune.jpg").id,))
    sheet.reject()


def test_dropped_files_that_are_new_are_taken_in_and_then_planned(
    qtbot: QtBot, desk: Desk, window: MainWindow, tmp_path: Path
) -> None:
    new = picture(tmp_path / "fresh.jpg", 99)
    drop(window, new)
    asked = dialog(qtbot, window, TakeInDialog)
    press(asked, "Copy 1 item")
    sheet = dialog(qtbot, window, PushSheet)
    assert isinstance(sheet, PushSheet)
    qtbot.waitUntil(lambda: sheet.plan is not None)
    assert sheet.plan is not None
    assert [step.name for step in sheet.plan.steps] == ["fresh.jpg"]
    assert new.exists()
    sheet.reject()


def test_trouble_in_the_background_is_a_line_and_never_a_dialog(
    qtbot: QtBot, window: MainWindow
) -> None:
    trouble = trouble_of(OfflineError(service="Cloudinary"))
    window.core.bridge.post(JobTrouble(job=1, name="a.jpg", trouble=trouble))
    messages = window.middle.browser.messages
    qtbot.waitUntil(lambda: bool(messages.texts))
    assert messages.texts[0].startswith("Cloudinary cannot be reached.")
    assert QApplication.activeModalWidget() is None


def test_a_new_file_appears_by_itself_and_the_choice_stays(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    choose(qtbot, window, "cliff.jpg")
    picture(desk.folder / "a_first.jpg", 77)
    qtbot.waitUntil(lambda: "a_first.jpg" in shown(window), timeout=10_000)
    assert window.middle.selection.ids == (desk.asset("cliff.jpg").id,)
    assert window.middle.selection.currentIndex().row() == row_of(window, "cliff.jpg")


def test_without_a_library_the_window_says_how_to_begin(
    qtbot: QtBot, desk: Desk, opener: Opener
) -> None:
    window = opener()
    welcome = window.middle.browser._welcome
    assert isinstance(welcome, Welcome)
    qtbot.waitUntil(welcome.isVisible)
    picture(desk.folder / "one.jpg")
    window.middle.errands.add_folders([desk.folder])
    qtbot.waitUntil(lambda: not welcome.isVisible())
    qtbot.waitUntil(lambda: shown(window) == ["one.jpg"])


def test_a_library_is_removed_after_a_question_and_its_files_stay(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    window.core.actions.remove_library.trigger()
    asked = dialog(qtbot, window, ConfirmDialog)
    assert isinstance(asked, ConfirmDialog)
    asked.act_button.click()
    qtbot.waitUntil(lambda: desk.parts.worker.libraries() == ())
    assert (desk.folder / "coast" / "beach.jpg").exists()
    welcome = window.middle.browser._welcome
    assert isinstance(welcome, Welcome)
    qtbot.waitUntil(welcome.isVisible)


def test_the_window_comes_back_as_it_was_left(
    qtbot: QtBot, desk: Desk, opener: Opener, window: MainWindow, theme: Theme
) -> None:
    window.core.actions.list.trigger()
    window.middle.browser.set_picture_width(240)
    window.core.actions.inspector.trigger()
    window.core.actions.schemes[Scheme.DARK].trigger()
    library = desk.parts.worker.libraries()[0]
    window.sides.folders.chosen.emit(Query(library=library.id, folder="coast"))
    qtbot.waitUntil(lambda: len(shown(window)) == 2)
    window.close()
    again = opener()
    assert again.middle.browser.grid.is_list
    assert again.middle.browser.grid.picture_width == 240
    assert again.sides.inspector.isHidden()
    assert not again.core.actions.inspector.isChecked()
    assert shown(again) == ["beach.jpg", "dune.jpg"]
    kept = SettingsFile(desk.home / "settings.json").load()
    assert kept.scheme == "dark"
    assert theme.tokens.dark


def test_guide_and_about_open_and_list_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    window.core.actions.guide.trigger()
    guide = dialog(qtbot, window, GuideDialog)
    words = {label.text() for label in guide.findChildren(QLabel)}
    assert {"Approve", "A, Ctrl+Shift+A", "Push", "Ctrl+U", "Space"} <= words
    guide.reject()
    window.core.actions.about.trigger()
    dialog(qtbot, window, AboutDialog).reject()


def test_paths_of_what_is_chosen_are_copied(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    choose(qtbot, window, "beach.jpg", "cliff.jpg")
    window.core.actions.copy_path.trigger()
    assert QApplication.clipboard().text().splitlines() == [
        str(desk.folder / "coast" / "beach.jpg"),
        str(desk.folder / "hills" / "cliff.jpg"),
    ]


def test_closing_does_not_lose_a_decision(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    choose(qtbot, window, "ember.jpg")
    window.core.actions.approve.trigger()
    window.close()
    assert desk.asset("ember.jpg").approval is Approval.APPROVED
