"""What was just done is said with a way back, and moves nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.ui.main_window import MainWindow
from tests.desk import Desk
from tests.ui.windows import choose


def test_a_decision_is_told_and_taken_back_by_its_button(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    toast = window.helping.toast
    choose(qtbot, window, "beach.jpg", "cliff.jpg")
    messages = window.middle.browser.messages
    window.core.actions.approve.trigger()
    qtbot.waitUntil(lambda: toast.text.startswith("Approved: 2 "))
    assert messages.texts == []  # those would push the assets down
    assert toast.act.text() == "Undo"
    assert toast.accessibleName() == toast.text
    # It waits for whoever is at it with the keyboard.
    with qtbot.waitActive(window):
        window.activateWindow()
    toast.act.setFocus()
    assert not toast.timer.isActive()
    toast.hush()
    assert toast.isVisible()
    qtbot.keyClick(toast.act, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: desk.asset("beach.jpg").approval is Approval.DRAFT)
    assert not toast.isVisible()
    assert QApplication.focusWidget() is not toast.act


def test_one_takes_the_place_of_another_and_goes_by_itself(
    qtbot: QtBot, window: MainWindow
) -> None:
    toast = window.helping.toast
    choose(qtbot, window, "beach.jpg")
    window.core.actions.approve.trigger()
    qtbot.waitUntil(lambda: toast.text.startswith("Approved: 1 "))
    window.core.actions.put_in_review.trigger()
    qtbot.waitUntil(lambda: toast.text.startswith("In review: 1 "))
    assert toast.timer.isActive()
    toast.timer.timeout.emit()
    assert not toast.isVisible()
    window.core.actions.undo.trigger()
    qtbot.waitUntil(lambda: window.sides.inspector.undo.count == 1)
    assert not toast.isVisible()


def test_its_button_never_takes_back_what_it_does_not_name(
    qtbot: QtBot, window: MainWindow
) -> None:
    toast, undo = window.helping.toast, window.sides.inspector.undo
    choose(qtbot, window, "beach.jpg")
    window.core.actions.approve.trigger()
    qtbot.waitUntil(lambda: toast.text.startswith("Approved: 1 "))
    toast.act.setFocus()
    undo.note("an edit of one field")
    assert undo.newest is not None
    assert undo.newest.decided is None
    assert toast.isHidden()
