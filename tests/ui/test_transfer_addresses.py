"""Why the address of a transfer is not copied: said in the menu, and before keys are pressed."""

import pytest
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QListView, QMenu
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.domain.audit import AuditFilter, AuditKind
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.icons import Icons
from bridge_app.ui.panels.transfers import TransfersPanel
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.theme import Theme
from tests.desk import Desk, picture


@pytest.fixture
def panel(
    qtbot: QtBot, desk: Desk, bridge: WorkerBridge, asker: Asker, theme: Theme, icons: Icons
) -> TransfersPanel:
    made = TransfersPanel(desk.parts.worker, bridge, asker, theme, icons, now=desk.clock)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    return made


def view(panel: TransfersPanel) -> QListView:
    found = panel.findChild(QListView)
    assert found is not None
    return found


def test_why_an_address_is_not_copied_is_said_in_the_menu_and_nowhere_on_record(
    panel: TransfersPanel, desk: Desk, qtbot: QtBot
) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    (asset,) = desk.approve()
    desk.push()
    panel.set_expanded(on=True)
    rows = view(panel)
    qtbot.waitUntil(lambda: rows.model().rowCount() == 1)
    index = rows.model().index(0, 0)

    def opened() -> list[QAction]:
        rows.customContextMenuRequested.emit(rows.visualRect(index).center())
        return panel.findChildren(QMenu)[-1].actions()

    def copy_of(actions: list[QAction]) -> QAction:
        return next(one for one in actions if one.text() == "Copy URL")

    desk.parts.worker.decide([asset], Approval.REJECTED)
    actions = opened()
    copy = copy_of(actions)
    why = actions[actions.index(copy) + 1]
    qtbot.waitUntil(why.isVisible)
    assert not copy.isEnabled()
    assert why.text() == "it was rejected"
    assert "No address is given out" in copy.toolTip()
    refusals = AuditFilter(kinds=frozenset({AuditKind.REFUSAL}))
    assert not desk.parts.worker.audit.page(refusals, limit=10).records
    panel.findChildren(QMenu)[-1].close()
    desk.parts.worker.decide([asset], Approval.APPROVED)
    copy_of(opened()).trigger()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().endswith("/hero.jpg"))


def test_why_an_address_is_not_copied_is_said_before_somebody_presses_the_keys(
    panel: TransfersPanel, desk: Desk, qtbot: QtBot
) -> None:
    picture(desk.folder / "hero.jpg")
    desk.library()
    (asset,) = desk.approve()
    desk.push()
    panel.set_expanded(on=True)
    rows = view(panel)
    qtbot.waitUntil(lambda: rows.model().rowCount() == 1)
    rows.setCurrentIndex(rows.model().index(0, 0))
    desk.parts.worker.decide([asset], Approval.REJECTED)

    def notes() -> list[str]:
        return [one.text() for one in panel.findChildren(ElidedLabel) if one.isVisible()]

    qtbot.waitUntil(lambda: any("No address is given out" in one for one in notes()))
    assert "it was rejected" in rows.accessibleDescription()
    desk.parts.worker.decide([asset], Approval.APPROVED)
    qtbot.waitUntil(lambda: rows.accessibleDescription() == "")
    assert not any("No address" in one for one in notes())
