"""A window with room for one side, or none, beside its assets: on laptops, and at large text."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.panel_area import PanelArea
from bridge_app.ui.panels.filter_bar import FilterBar
from bridge_app.ui.parts.elided_label import ElidedLabel
from tests.ui.windows import NAMES, Opener, choose

SMALL = QSize(800, 500)
LARGE = QSize(1280, 800)


def sides(window: MainWindow) -> list[str]:
    """Those that are seen."""
    parts = {"sidebar": window.sides.sidebar, "inspector": window.sides.inspector}
    return [name for name, part in parts.items() if part.isVisible()]


def test_the_inspector_goes_where_there_is_no_room_and_comes_back_with_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert sides(window) == ["sidebar", "inspector"]
    window.resize(SMALL)
    qtbot.waitUntil(lambda: sides(window) == ["sidebar"])
    assert window.size() == SMALL
    assert not window.core.actions.inspector.isChecked()
    window.resize(LARGE)
    qtbot.waitUntil(lambda: sides(window) == ["sidebar", "inspector"])
    assert window.core.actions.inspector.isChecked()
    window.resize(520, 500)
    qtbot.waitUntil(lambda: sides(window) == [])
    window.resize(LARGE)
    qtbot.waitUntil(lambda: sides(window) == ["sidebar", "inspector"])


def test_a_window_that_opens_narrow_does_not_grow_while_it_is_filled(qtbot: QtBot) -> None:
    area = PanelArea()
    qtbot.addWidget(area)
    panels = {"first": QAction("First", area, checkable=True, checked=True)}
    panels["last"] = QAction("Last", area, checkable=True, checked=True)
    middle = QWidget()
    middle.setMinimumWidth(480)
    area.fill(middle, panels, below={})
    for name in panels:
        wide = QWidget()
        wide.setMinimumWidth(400)
        area.hold(name, wide)
    area.resize(SMALL)
    area.show()
    assert area.size() == SMALL


def test_what_somebody_asks_for_takes_the_place_of_the_other_side(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(SMALL)
    qtbot.waitUntil(lambda: sides(window) == ["sidebar"])
    choose(qtbot, window, NAMES[0])
    window.core.actions.inspector.trigger()
    qtbot.waitUntil(lambda: sides(window) == ["inspector"])
    inspector = window.sides.inspector
    qtbot.waitUntil(lambda: inspector.height() <= SMALL.height())
    assert window.size() == SMALL
    window.resize(LARGE)
    qtbot.waitUntil(lambda: sides(window) == ["sidebar", "inspector"])


def test_what_somebody_put_away_stays_away(window: MainWindow, qtbot: QtBot) -> None:
    window.core.actions.sidebar.trigger()
    window.resize(SMALL)
    qtbot.waitUntil(lambda: window.frame.area.width() == SMALL.width())
    window.resize(LARGE)
    qtbot.waitUntil(lambda: window.frame.area.width() == LARGE.width())
    assert sides(window) == ["inspector"]


def test_a_narrow_window_is_not_remembered_as_one_without_inspector(
    window: MainWindow, opener: Opener, qtbot: QtBot
) -> None:
    window.resize(SMALL)
    qtbot.waitUntil(lambda: sides(window) == ["sidebar"])
    window.close()
    again = opener()
    again.resize(LARGE)
    qtbot.waitUntil(lambda: sides(again) == ["sidebar", "inspector"])


def test_the_full_screen_brings_nothing_back_that_there_is_no_room_for(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(SMALL)
    qtbot.waitUntil(lambda: sides(window) == ["sidebar"])
    window.core.actions.full_screen.trigger()
    qtbot.waitUntil(lambda: sides(window) == [])
    window.core.actions.full_screen.trigger()
    qtbot.waitUntil(lambda: "sidebar" in sides(window))


def test_the_count_stands_at_the_end_of_the_last_line_of_filters(
    window: MainWindow, qtbot: QtBot
) -> None:
    filters: FilterBar = window.middle.browser.filters
    one_line = filters.height()
    window.resize(SMALL)
    qtbot.waitUntil(lambda: filters.width() < 600)
    qtbot.waitUntil(lambda: one_line < filters.height() < 3 * one_line)
    count = filters.findChild(ElidedLabel)
    assert count is not None
    assert count.geometry().right() >= filters.width() - 2
    assert count.geometry().bottom() >= filters.height() - 2
