"""Everything can be heard and done without eyes and without a mouse: each window, each dialog."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

import bridge_app.ui
from bridge_app.domain.query import Query
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.parts.opening import open_dialog
from tests.ui.accessibility.names import faults_in_names
from tests.ui.accessibility.rooms import rooms
from tests.ui.accessibility.seeing_focus import FocusWatch
from tests.ui.accessibility.tabbing import faults_in_tabbing
from tests.ui.accessibility.tour import Tour

WINDOWS = ("studio", "contact_sheet", "metadata_grid", "review_mode", "insights", "about", "guide")
NOT_BY_ACTION = ("Skipped Files…", "Add Folder…")
BASES = {"BesideDialog", "SavePresetDialog"}
"""Dialogs that others are made of."""


class Faults:
    """What is wrong, each once, with the place where it was seen first."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._focus = FocusWatch()

    def look(self, label: str, window: QWidget) -> None:
        """Look for them."""
        self.add(label, window, faults_in_names(window))
        self.add(label, window, faults_in_tabbing(window))
        self.add(label, window, self._focus.faults(window))

    def add(self, label: str, window: QWidget, faults: Iterator[str]) -> None:
        """These were found in that window."""
        for fault in faults:
            self.found.setdefault(f"{type(window).__name__}: {fault}", label)


@pytest.fixture(params=["ltr", pytest.param("rtl", marks=pytest.mark.soak)])
def mirrored(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """As languages are that are read from the right, too."""
    if request.param == "rtl":
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


# 150 windows and pages in 20 s; a machine with other work takes its time with each of them.
@pytest.mark.timeout(480)
def test_every_control_has_a_name_and_the_keyboard_gets_everywhere_and_back(
    mirrored: None, demo_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    faults = Faults()
    tour = Tour(qtbot, demo_window.core.asker, faults.look)
    everywhere(demo_window, tour, qtbot, tmp_path)
    unseen = dialogs() - BASES - tour.seen.keys()
    faults.found.update(dict.fromkeys(map("{}: nobody opened it".format, unseen), "rooms.py"))
    if faults.found:
        lines = (f"{fault}  [{where}]" for fault, where in faults.found.items())
        pytest.fail("\n".join(lines), pytrace=False)


def everywhere(window: MainWindow, tour: Tour, qtbot: QtBot, folder: Path) -> None:
    """Through all of it."""
    core = window.core
    choose(window, tour, qtbot, 3)
    tour.look("main window", window)
    tour.show_pages("main window", window)
    for name in WINDOWS:
        for opened in tour.opened(getattr(core.actions, name).trigger):
            tour.visit(name, opened)
    tour.press_all(window, actions(window))
    asset = window.middle.selection.single()
    assert asset is not None
    for name, made in rooms(window, asset, folder).items():
        for opened in tour.opened(opening(made)):
            tour.visit(name, opened)
    for library in core.worker.libraries():
        window.sides.folders.chosen.emit(Query(library=library.id))
        tour.settle()
        choose(window, tour, qtbot, 0)
        tour.look(str(library.kind), window)
        tour.press_all(window, actions(window))


def choose(window: MainWindow, tour: Tour, qtbot: QtBot, row: int) -> None:
    """One asset, with all that the inspector has to say of it."""
    qtbot.waitUntil(lambda: not window.middle.model.is_waiting)
    window.middle.browser.grid.view.setCurrentIndex(window.middle.model.index(row, 0))
    inspector = window.sides.inspector
    qtbot.waitUntil(lambda: inspector.asset == window.middle.model.asset(row))
    tour.settle()


def opening(made: Callable[[], QWidget]) -> Callable[[], None]:
    """Opens it as the application does."""

    def act() -> None:
        dialog = made()
        assert isinstance(dialog, QDialog)
        open_dialog(dialog)

    return act


def actions(window: MainWindow) -> list[QAction]:
    """All there are, in the window and in its menus."""
    menus = [one for one in QApplication.allWidgets() if isinstance(one, QMenu)]
    found = [*window.findChildren(QAction), *(one for menu in menus for one in menu.actions())]
    return [one for one in dict.fromkeys(found) if one.text().replace("&", "") not in NOT_BY_ACTION]


def dialogs() -> set[str]:
    """The names of all dialogs that there are."""
    for module in pkgutil.walk_packages(bridge_app.ui.__path__, "bridge_app.ui."):
        importlib.import_module(module.name)
    found, todo = set[str](), [QDialog]
    while todo:
        for kind in todo.pop().__subclasses__():
            todo.append(kind)
            if kind.__module__.startswith("bridge_app."):
                found.add(kind.__name__)
    return found
