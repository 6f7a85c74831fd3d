"""Undo in the real window: the menu says what it would take back, decisions too."""

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.standard_fields import path_of
from bridge_app.ui.decision_step import Decided
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.undo_wording import decision_words
from bridge_app.work.approvals import Noted
from tests.desk import Desk
from tests.ui.windows import choose

TITLE = path_of("title")


def named(action: QAction) -> str:
    """The action's text, also where its plural has no words yet."""
    return action.text().replace("(s)", "s")


def approvals(desk: Desk, window: MainWindow) -> set[Approval]:
    return {desk.asset(name).approval for name in ("beach.jpg", "cliff.jpg")}


def test_a_decision_is_named_taken_back_and_made_again(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    actions = window.core.actions
    assert not actions.undo.isEnabled()
    assert named(actions.undo) == "&Undo"
    choose(qtbot, window, "beach.jpg", "cliff.jpg")
    actions.approve.trigger()
    qtbot.waitUntil(lambda: named(actions.undo) == "&Undo Approve 2 Assets")
    assert approvals(desk, window) == {Approval.APPROVED}
    actions.undo.trigger()
    qtbot.waitUntil(lambda: named(actions.redo) == "&Redo Approve 2 Assets")
    assert named(actions.undo) == "&Undo"
    assert approvals(desk, window) == {Approval.DRAFT}
    # The record keeps both: nothing in it is ever rubbed out.
    history = desk.parts.worker.history(desk.asset("beach.jpg").id)
    assert {one.approval for one in history} == {Approval.APPROVED, Approval.DRAFT}
    assert "Decision taken back" in [one.comment for one in history]
    actions.redo.trigger()
    qtbot.waitUntil(actions.undo.isEnabled)
    assert approvals(desk, window) == {Approval.APPROVED}
    assert named(actions.undo) == "&Undo Approve 2 Assets"
    # Somebody says the same on the command line: that is no longer ours to take back.
    desk.approve("beach.jpg")
    with qtbot.waitSignal(window.sides.inspector.undo.undecided):
        actions.undo.trigger()
    assert any("stay as they are" in text for text in window.middle.browser.messages.texts)
    assert desk.asset("beach.jpg").approval is Approval.APPROVED
    assert desk.asset("cliff.jpg").approval is Approval.DRAFT
    assert named(actions.redo) == "&Redo Approve 1 Asset"


def test_an_edit_is_named_by_its_field(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    choose(qtbot, window, "beach.jpg")
    actions, undo = window.core.actions, window.sides.inspector.undo
    masters = desk.parts.worker.masters
    beach = desk.asset("beach.jpg").id
    said = masters.say([beach], [Change(path=TITLE, value="Fog & Sea")])
    undo.note(said)
    qtbot.waitUntil(lambda: named(actions.undo) == "&Undo Edit of Title")
    both = masters.say([beach, desk.asset("cliff.jpg").id], [Change(path=TITLE, value="Sea")])
    undo.note(both)
    qtbot.waitUntil(lambda: named(actions.undo) == "&Undo Edit of Title of 2 Assets")
    actions.undo.trigger()
    qtbot.waitUntil(actions.redo.isEnabled)
    assert named(actions.redo) == "&Redo Edit of Title of 2 Assets"
    assert named(actions.undo) == "&Undo Edit of Title"


@pytest.mark.parametrize(
    ("approval", "words"),
    [
        (Approval.REJECTED, "Reject 1 Asset"),
        (Approval.CHANGES_REQUESTED, "Request Changes of 1 Asset"),
        (Approval.IN_REVIEW, "Put 1 Asset in Review"),
        (Approval.DRAFT, "Take Decision on 1 Asset Back"),
    ],
)
def test_every_decision_has_its_words(english: None, approval: Approval, words: str) -> None:
    noted = Noted(contents={AssetId("a"): "0"}, before={AssetId("a"): Approval.DRAFT}, entry="1")
    decided = Decided(approval=approval, comment="", count=1, noted=noted)
    assert decision_words(decided).replace("(s)", "") == words
