"""The tour points at what is really there; hints come one at a time, and go for good."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bridge_app.ui.helping.tour import OVER
from bridge_app.ui.main_window import MainWindow
from tests.ui.windows import Opener, choose


@pytest.fixture
def touring(qtbot: QtBot, window: MainWindow) -> MainWindow:
    with qtbot.waitActive(window):
        window.activateWindow()
    window.core.actions.helping.tour.trigger()
    return window


def test_the_tour_goes_by_keys_and_is_resumed_where_it_was_left(
    qtbot: QtBot, touring: MainWindow, opener: Opener
) -> None:
    tour = touring.walk.tour
    assert tour.title == "Where masters live"
    assert QApplication.focusWidget() is tour.on
    assert not tour.back.isEnabled()
    qtbot.keyClick(tour.on, Qt.Key.Key_Right)
    qtbot.keyClick(tour.on, Qt.Key.Key_Space)
    assert tour.title == "Choose and decide"
    assert "3 of 6" in tour.accessibleName()
    qtbot.keyClick(tour.on, Qt.Key.Key_Left)
    assert tour.title == "Find them"
    qtbot.keyClick(tour.later, Qt.Key.Key_Escape)
    assert tour.title == ""
    assert touring.core.remembering.settings.tour == 1
    touring.close()
    again = opener()
    assert again.walk.tour.title == ""
    again.core.actions.helping.tour.trigger()
    assert again.walk.tour.title == "Find them"


def test_each_step_stands_in_the_window_and_the_last_ends_it_for_good(
    qtbot: QtBot, touring: MainWindow
) -> None:
    tour, titles = touring.walk.tour, []
    while tour.title:
        titles.append(tour.title)
        assert touring.rect().contains(tour.geometry())
        ring = tour._ring.geometry()
        part = tour._steps[tour.step].part()
        assert ring.contains(QRect(part.mapTo(touring, part.rect().topLeft()), part.size()))
        tour.on.click()
    assert len(titles) == 6
    assert touring.core.remembering.settings.tour == OVER
    touring.core.actions.helping.tour.trigger()
    tour.never.click()
    assert touring.core.remembering.settings.tour == OVER


def test_the_tour_names_the_keys_as_they_are(qtbot: QtBot, touring: MainWindow) -> None:
    tour, actions, keymap = touring.walk.tour, touring.core.actions, touring.commands.keymap
    tour.begin(2)
    assert "press A to approve" in tour.accessibleName()
    keymap.give(actions.approve, ["Ctrl+Alt+0"])
    keymap.give(actions.reject, [])
    tour.begin(2)
    assert "press Ctrl+Alt+0 to approve" in tour.accessibleName()
    assert "“Reject” to reject" in tour.accessibleName()


def test_a_hint_comes_when_it_helps_and_is_dismissed_for_good(
    qtbot: QtBot, window: MainWindow
) -> None:
    hints = window.walk.hints
    assert hints.shown == ""
    choose(qtbot, window, "beach.jpg")
    assert hints.shown == "letters"
    window.core.actions.approve.trigger()
    qtbot.waitUntil(lambda: window.sides.inspector.undo.count == 1)
    assert hints.shown == "letters"  # one at a time
    hints.strip.got_it.click()
    assert window.core.remembering.settings.hints == "letters"
    choose(qtbot, window, "cliff.jpg")
    assert hints.shown == ""
    window.core.actions.approve.trigger()
    qtbot.waitUntil(lambda: hints.shown == "several")
    hints.strip.got_it.click()
    window.core.actions.helping.hints.trigger()
    assert window.core.remembering.settings.hints == ""
    choose(qtbot, window, "dune.jpg")
    assert hints.shown == "letters"
    # Who gave other letters to these is not told of the usual ones.
    hints.strip.got_it.click()
    window.core.actions.helping.hints.trigger()
    window.commands.keymap.give(window.core.actions.approve, ("P",))
    choose(qtbot, window, "ember.jpg")
    assert hints.shown == ""
