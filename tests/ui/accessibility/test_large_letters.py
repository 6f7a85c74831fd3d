"""With letters twice as large a screen holds a quarter of what it did: dialogs scroll then."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from bridge_app.domain.approvals import Approval
from bridge_app.ui.dialogs.decide import DecideDialog
from bridge_app.ui.dialogs.policies import PoliciesDialog
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.parts.opening import fit
from bridge_app.ui.theme import Theme
from tests.ui.accessibility.tabbing import faults_in_tabbing, stops, told, walk
from tests.ui.windows import dialog, press

HALF_OF_FULL_HD = QSize(960, 500)


def opened(window: MainWindow, qtbot: QtBot, room: QSize) -> QDialog:
    """The policies, the highest of all dialogs, as a screen of that size shows them."""
    window.core.actions.policies.trigger()
    shown = dialog(qtbot, window, PoliciesDialog)
    fit(shown, room)
    press(shown, "&New Policy…")
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def test_a_dialog_that_is_too_high_scrolls_to_whatever_has_the_keyboard(
    window: MainWindow, qtbot: QtBot
) -> None:
    shown = opened(window, qtbot, HALF_OF_FULL_HD)
    assert shown.height() <= HALF_OF_FULL_HD.height()
    assert shown.minimumSizeHint().height() <= HALF_OF_FULL_HD.height()
    assert list(faults_in_tabbing(shown)) == []
    unseen = []
    for _ in stops(shown):
        QTest.keyClick(QApplication.focusWidget() or shown, Qt.Key.Key_Tab)
        one = QApplication.focusWidget()
        assert one is not None
        place = QRect(one.mapTo(shown, QPoint()), one.size())
        if not shown.rect().intersects(place) or one.visibleRegion().isEmpty():
            unseen.append(told(one))
    assert unseen == []
    assert len(walk(shown, Qt.Key.Key_Tab)[0]) > 10


@pytest.mark.parametrize("room", [HALF_OF_FULL_HD, QSize(1920, 1040)])
def test_a_dialog_that_fits_stays_as_it_is(
    qtbot: QtBot, theme: Theme, icons: Icons, room: QSize
) -> None:
    shown = DecideDialog(theme, icons, Approval.REJECTED, 1)
    qtbot.addWidget(shown)
    layout = shown.layout()
    fit(shown, room)
    assert shown.layout() is layout
