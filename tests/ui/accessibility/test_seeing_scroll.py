"""What has the keyboard is seen; what is pressed with the mouse stays under the pointer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.ui.parts.seeing_scroll import SeeingScroll


@pytest.fixture
def area(qtbot: QtBot) -> SeeingScroll:
    made, inside = SeeingScroll(), QWidget()
    column = QVBoxLayout(inside)
    for number in range(30):
        column.addWidget(QPushButton(str(number)))
    made.setWidget(inside)
    qtbot.addWidget(made)
    made.resize(200, 150)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def is_whole(button: QPushButton) -> bool:
    return bool(button.visibleRegion().boundingRect() == button.rect())


def test_what_is_given_the_keyboard_from_outside_is_scrolled_to(
    area: SeeingScroll, qtbot: QtBot
) -> None:
    last = area.findChildren(QPushButton)[-1]
    assert last.visibleRegion().isEmpty()
    last.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(lambda: is_whole(last))


def test_a_button_that_is_half_seen_is_clicked_where_it_is(area: SeeingScroll) -> None:
    half = next(one for one in area.findChildren(QPushButton) if not is_whole(one))
    seen = half.visibleRegion().boundingRect()
    assert seen.height() > 0
    clicked: list[str] = []
    half.clicked.connect(lambda: clicked.append(half.text()))
    place = half.mapTo(area.viewport(), seen.center())
    QTest.mousePress(half, Qt.MouseButton.LeftButton, pos=seen.center())
    assert half.hasFocus()
    assert half.mapTo(area.viewport(), seen.center()) == place
    QTest.mouseRelease(half, Qt.MouseButton.LeftButton, pos=seen.center())
    assert clicked == [half.text()]
