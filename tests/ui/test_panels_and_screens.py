"""Panels are put where one wants them, and are there again on the same screens; small screens."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QByteArray, QPoint, QSize, Qt
from PySide6.QtWidgets import QApplication, QDockWidget
from pytestqt.qtbot import QtBot

from bridge_app.ui import window_looks
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.panel_area import OPEN_PX
from bridge_app.ui.screen_layouts import layout_on, screens_key, with_layout
from bridge_app.ui.theme import Theme
from bridge_app.ui.window_state import USUAL_PX
from tests.ui.windows import Opener

LAPTOP = ("eDP-1", QSize(1366, 768))
DESK = ("DP-2", QSize(2560, 1440))


def left_of(window: MainWindow) -> list[str]:
    """What stands from left to right."""
    parts = {
        "sidebar": window.sides.sidebar,
        "middle": window.middle.browser,
        "inspector": window.sides.inspector,
    }
    shown = {name: part for name, part in parts.items() if part.isVisible()}
    return sorted(shown, key=lambda name: shown[name].mapTo(window, QPoint()).x())


def stand(qtbot: QtBot, window: MainWindow, wanted: list[str]) -> None:
    """Wait until these stand from left to right."""
    qtbot.waitUntil(lambda: left_of(window) == wanted)


def test_a_layout_belongs_to_the_screens_whatever_their_order() -> None:
    key = screens_key([LAPTOP, DESK], rtl=False)
    assert key == screens_key([DESK, LAPTOP], rtl=False)
    assert len({key, screens_key([LAPTOP], rtl=False), screens_key([LAPTOP], rtl=True)}) == 3
    kept = with_layout("", key, QByteArray(b"as it was"))
    assert layout_on(kept, key) == QByteArray(b"as it was")
    assert layout_on(kept, "others").isEmpty()
    assert layout_on("{nonsense", key).isEmpty()
    assert layout_on('["nonsense"]', key).isEmpty()
    for number in range(40):
        kept = with_layout(kept, f"screen {number}", QByteArray(b"x"))
    assert layout_on(kept, key).isEmpty()
    assert len(kept) < 2000


def test_panels_change_sides_leave_the_window_and_come_back(
    window: MainWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    looking, actions = window.core.actions.looking, window.core.actions
    stand(qtbot, window, ["sidebar", "middle", "inspector"])
    height = window.height()
    looking.swap.trigger()
    stand(qtbot, window, ["inspector", "middle", "sidebar"])
    assert window.height() == height
    actions.sidebar.trigger()
    stand(qtbot, window, ["inspector", "middle"])
    actions.sidebar.trigger()
    stand(qtbot, window, ["inspector", "middle", "sidebar"])
    dock = window.findChildren(QDockWidget)[1]
    assert not dock.features()
    looking.arrange.trigger()
    assert dock.features() & QDockWidget.DockWidgetFeature.DockWidgetFloatable
    assert dock.windowTitle() == "Inspector"
    dock.setFloating(True)
    looking.arrange.trigger()
    assert dock.isFloating()
    assert dock.titleBarWidget() is None  # one that is outside can be brought home at any time
    looking.put_back.trigger()
    stand(qtbot, window, ["sidebar", "middle", "inspector"])
    qtbot.waitUntil(lambda: abs(window.frame.area.sizes()[0] - USUAL_PX[0]) < 4)


def test_the_transfers_are_below_at_the_top_or_outside_and_as_high_as_they_were_left(
    window: MainWindow, opener: Opener, qtbot: QtBot
) -> None:
    transfers, area = window.sides.transfers, window.frame.area
    dock = window.findChild(QDockWidget, "transfers")
    assert isinstance(dock, QDockWidget)
    assert not dock.isVisible()  # nothing is transferred
    window.core.actions.transfers.trigger()
    qtbot.waitUntil(lambda: abs(dock.height() - OPEN_PX) < 4)
    below = transfers.mapTo(window, QPoint()).y()
    assert below > window.sides.sidebar.mapTo(window, QPoint()).y()
    area.resizeDocks([dock], [250], Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: abs(dock.height() - 250) < 4)
    transfers.set_expanded(on=False)
    transfers.setVisible(True)  # something is being sent: the line alone
    qtbot.waitUntil(lambda: dock.height() < 80)
    transfers.set_expanded(on=True)
    qtbot.waitUntil(lambda: abs(dock.height() - 250) < 4)
    window.core.actions.looking.arrange.trigger()
    assert dock.features() & QDockWidget.DockWidgetFeature.DockWidgetMovable
    area.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, dock)
    qtbot.waitUntil(lambda: transfers.mapTo(window, QPoint()).y() < below)
    window.close()
    again = opener()
    moved = again.findChild(QDockWidget, "transfers")
    assert isinstance(moved, QDockWidget)
    assert again.frame.area.dockWidgetArea(moved) is Qt.DockWidgetArea.TopDockWidgetArea
    assert moved.isVisible()
    again.core.actions.looking.put_back.trigger()
    assert again.frame.area.dockWidgetArea(moved) is Qt.DockWidgetArea.BottomDockWidgetArea


def test_they_are_where_they_were_in_the_next_window_on_these_screens(
    window: MainWindow, opener: Opener, qtbot: QtBot
) -> None:
    window.core.actions.looking.swap.trigger()
    window.frame.area.set_sizes((300, 0, 330))
    window.close()
    again = opener()
    stand(qtbot, again, ["inspector", "middle", "sidebar"])
    qtbot.waitUntil(lambda: again.frame.area.sizes()[0] == pytest.approx(300, abs=4))
    kept = again.core.remembering.settings
    others = kept.layouts.replace("{", '{"other 1x1": "", ', 1)
    again.core.remembering.keep(replace(kept, layouts=others))
    again.memory.looks._change_screens()
    stand(qtbot, again, ["inspector", "middle", "sidebar"])


def test_reading_leftwards_the_first_panel_is_at_the_right(
    window: MainWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        stand(qtbot, window, ["inspector", "middle", "sidebar"])
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    stand(qtbot, window, ["sidebar", "middle", "inspector"])


def test_the_whole_screen_shows_the_assets_and_a_way_back(window: MainWindow, qtbot: QtBot) -> None:
    actions, full = window.core.actions, window.memory.looks.full
    actions.inspector.trigger()
    actions.full_screen.trigger()
    assert window.isFullScreen()
    stand(qtbot, window, ["middle"])
    assert not window.menuBar().isVisible()
    assert actions.select_all in window.actions()  # its key works without the menu
    assert full.is_on
    full._button.click()
    assert not window.isFullScreen()
    assert not actions.full_screen.isChecked()
    stand(qtbot, window, ["sidebar", "middle"])
    actions.full_screen.trigger()
    window.memory.remember()  # as at the end: what was hidden for the screen is not put away
    assert window.core.remembering.settings.window_state == "inspector"


def test_closer_together_takes_less_room_and_is_offered_on_a_small_screen(
    window: MainWindow, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages, compact = window.middle.browser.messages, window.core.actions.looking.compact
    assert messages.texts == []
    monkeypatch.setattr(window_looks, "SMALL_PX", 100_000)
    window.memory.looks.offer_compact()
    (offer,) = messages.texts
    assert offer.startswith("This screen is small")
    window.memory.looks.offer_compact()
    assert len(messages.texts) == 1
    usual = window.sides.sidebar.minimumSizeHint().height()
    before = window.middle.browser.search_bar.sizeHint().height()
    compact.trigger()
    assert theme.compact
    assert window.core.remembering.settings.compact
    qtbot.waitUntil(lambda: window.middle.browser.search_bar.sizeHint().height() < before)
    assert window.sides.sidebar.minimumSizeHint().height() <= usual
    compact.trigger()
    qtbot.waitUntil(lambda: window.middle.browser.search_bar.sizeHint().height() == before)
