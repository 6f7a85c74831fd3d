"""Libraries, drops and the connection, as the window handles them; and what it remembers."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
)
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.query import Query
from bridge_app.domain.standard_fields import path_of
from bridge_app.ui.dialogs.guide import AboutDialog, GuideDialog
from bridge_app.ui.dialogs.push_sheet import PushSheet
from bridge_app.ui.dialogs.take_in import TakeInDialog
from bridge_app.ui.dropping import file_url
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.panels.welcome import Welcome
from bridge_app.ui.parts.confirm import ConfirmDialog
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.work.events import Connectivity
from tests.desk import Desk, picture
from tests.ui.windows import Opener, choose, dialog, press, row_of, shown

TITLE = path_of("title")


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


def test_a_new_file_appears_by_itself_and_the_choice_stays(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    choose(qtbot, window, "cliff.jpg")
    picture(desk.folder / "a_first.jpg", 77)
    qtbot.waitUntil(lambda: "a_first.jpg" in shown(window), timeout=10_000)
    assert window.middle.selection.ids == (desk.asset("cliff.jpg").id,)
    assert window.middle.selection.currentIndex().row() == row_of(window, "cliff.jpg")


def is_welcoming(window: MainWindow) -> bool:
    welcome = window.findChild(Welcome)
    return isinstance(welcome, Welcome) and welcome.isVisible()


def test_without_a_library_the_window_says_how_to_begin(
    qtbot: QtBot, desk: Desk, opener: Opener
) -> None:
    window = opener()
    qtbot.waitUntil(lambda: is_welcoming(window))
    picture(desk.folder / "one.jpg")
    window.middle.errands.add_folders([desk.folder])
    qtbot.waitUntil(lambda: not is_welcoming(window))
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
    qtbot.waitUntil(lambda: is_welcoming(window))


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
    kept = desk.parts.settings.load()
    assert kept.scheme == "dark"
    assert theme.tokens.dark


def test_copies_of_files_are_kept_from_the_next_write_on(
    qtbot: QtBot, desk: Desk, window: MainWindow, opener: Opener
) -> None:
    masters, dune = desk.parts.worker.masters, desk.asset("dune.jpg")
    file = desk.folder / dune.path
    kept = file.parent / ".asset-bridge-originals" / file.name

    def write(title: str) -> None:
        masters.say([dune.id], [Change(path=TITLE, value=title)])
        desk.until(lambda: not masters.said([dune.id])[0].edits)

    write("Dawn")
    assert not kept.exists()
    action, before = window.core.actions.keep_originals, file.read_bytes()
    assert not action.isChecked()
    action.trigger()
    qtbot.waitUntil(lambda: desk.parts.settings.load().keep_originals)
    window.core.actions.approvals_in_files.trigger()
    qtbot.waitUntil(lambda: desk.parts.worker.file_approvals.is_on)
    assert "approval:" in window.middle.browser.messages.texts[-1]
    write("Dusk")
    assert (kept.read_bytes(), b"Dusk" in file.read_bytes()) == (before, True)
    window.close()
    assert opener().core.actions.keep_originals.isChecked()


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
    QApplication.clipboard().clear()
    window.core.actions.copy_path.trigger()
    qtbot.waitUntil(lambda: bool(QApplication.clipboard().text()))
    assert QApplication.clipboard().text().splitlines() == [
        str(desk.folder / "coast" / "beach.jpg"),
        str(desk.folder / "hills" / "cliff.jpg"),
    ]


def test_closing_does_not_lose_a_decision(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    choose(qtbot, window, "ember.jpg")
    window.core.actions.approve.trigger()
    window.close()
    assert desk.asset("ember.jpg").approval is Approval.APPROVED
