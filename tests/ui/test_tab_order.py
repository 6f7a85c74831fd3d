"""The tab key's way through a window is read and changed, and nothing else."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from bridge_app.ui.parts.tab_order import chain_from, lead_before


def window_of(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    return window


def test_the_way_is_told_from_anywhere_round_the_window(qtbot: QtBot) -> None:
    first, second, third = QLineEdit(), QPushButton(), QLineEdit()
    window = window_of(qtbot, first, second, third)

    assert chain_from(second) == [second, third, window, first]


def test_what_is_led_before_comes_right_before(qtbot: QtBot) -> None:
    first, second, late = QLineEdit(), QPushButton(), QPushButton()
    window = window_of(qtbot, first, second, late)

    lead_before(second, late)

    assert chain_from(first) == [first, late, second, window]


def test_who_told_the_way_may_go_and_all_others_stay(qtbot: QtBot) -> None:
    before, told, rows = QPushButton(), QPushButton(), QListWidget()
    window = window_of(qtbot, before, told, rows)
    action, page = QMenu(window).addAction("Sort"), rows.viewport()
    chain_from(before)
    lead_before(rows, told)

    for gone in (before, told):
        gone.deleteLater()
        QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)

    assert not isValid(before)
    assert [isValid(one) for one in (window, rows, page, action)] == [True] * 4
