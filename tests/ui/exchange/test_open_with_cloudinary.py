"""A master at Cloudinary, opened in another program: it takes the master's place once approved."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.policies import Policy
from bridge_app.ui.dialogs.take_in import TakeInDialog
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.parts.confirm import ConfirmDialog
from tests.clouds import ENVIRONMENT, mirrored, sync, upload
from tests.desk import Desk, picture
from tests.ui.exchange.test_clipboard import told
from tests.ui.exchange.test_open_with_service import RETOUCHING
from tests.ui.windows import dialog


@pytest.fixture
def master(desk: Desk, window: MainWindow, tmp_path: Path) -> Asset:
    upload(desk, picture(tmp_path / "hero.jpg", 1), public_id="summer/hero", display_name="Hero")
    sync(desk)
    (found,) = [one for one in mirrored(desk) if one.name == "Hero.jpg"]
    return found


def offered(qtbot: QtBot, desk: Desk, window: MainWindow, master: Asset) -> None:
    """A program changes the master's copy; somebody presses what is offered then."""
    opening = desk.parts.worker.opening
    window.exchange.open_with.open(master, RETOUCHING)
    desk.until(lambda: bool(opening.changed()), what="the change")
    window.exchange.open_with.look()
    qtbot.waitUntil(lambda: told(window, "It can become the new version at"))
    bar = window.middle.browser.messages
    next(one for one in bar.findChildren(QPushButton) if one.text() == "New Version…").click()


def test_it_is_approved_and_takes_the_masters_place(
    qtbot: QtBot, desk: Desk, window: MainWindow, master: Asset
) -> None:
    offered(qtbot, desk, window, master)
    question = dialog(qtbot, window, ConfirmDialog)
    assert question.act_button.text() == "Approve and Send"
    question.act_button.click()
    qtbot.waitUntil(lambda: told(window, "It is a new version"), timeout=30_000)
    (now,) = [one for one in mirrored(desk) if one.id == master.id]
    assert now.bytes == master.bytes + 1
    assert now.approval is Approval.APPROVED
    assert desk.parts.worker.opening.changed() == []


def test_what_a_policy_holds_back_is_told_and_can_be_taken_in(
    qtbot: QtBot, desk: Desk, window: MainWindow, master: Asset
) -> None:
    desk.parts.worker.policies.put([Policy(name="claims", stages=("legal",))], ENVIRONMENT)
    offered(qtbot, desk, window, master)
    qtbot.waitUntil(lambda: told(window, "Nothing was sent"))
    bar = window.middle.browser.messages
    next(one for one in bar.findChildren(QPushButton) if one.text() == "Take In…").click()
    dialog(qtbot, window, TakeInDialog)
    (now,) = [one for one in mirrored(desk) if one.id == master.id]
    assert now.bytes == master.bytes


def test_a_file_that_passed_the_stages_of_a_review_is_sent_from_the_window(
    qtbot: QtBot, desk: Desk, window: MainWindow, master: Asset, tmp_path: Path
) -> None:
    desk.parts.worker.policies.put([Policy(name="claims", stages=("legal",))], ENVIRONMENT)
    retouched = picture(desk.folder / "retouched.jpg", 9)
    desk.library()
    action = window.core.actions.exchange.new_version
    window.exchange.new_version.bring(master, retouched)
    qtbot.waitUntil(lambda: told(window, "Nothing was sent"))
    here = desk.asset("retouched.jpg")
    desk.parts.worker.decide([here.id], Approval.APPROVED, stage="legal")
    window.exchange.new_version.bring(master, retouched)
    question = dialog(qtbot, window, ConfirmDialog)
    question.act_button.click()
    desk.until(lambda: hero(desk, master).bytes == retouched.stat().st_size, what="the version")
    assert not action.isEnabled()  # nothing is chosen
    view, model = window.middle.browser.grid.view, window.middle.model
    qtbot.waitUntil(lambda: model.rowCount() == len(desk.assets()))
    for row in range(model.rowCount()):
        view.setCurrentIndex(model.index(row, 0))
        qtbot.waitUntil(lambda: window.middle.selection.single() is not None)
        chosen = window.middle.selection.single()
        assert chosen is not None
        assert action.isEnabled() is (chosen.library == master.library)


def hero(desk: Desk, master: Asset) -> Asset:
    """The master as it is now."""
    (now,) = [one for one in mirrored(desk) if one.id == master.id]
    return now
