"""What tests of the whole window share: how it is opened, and what a person sees and does."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import LibraryRecord
from bridge_app.domain.errors import NotFoundError
from bridge_app.domain.query import Query
from bridge_app.ui.main_window import MainWindow

NAMES = ["aurora.jpg", "beach.jpg", "cliff.jpg", "dune.jpg", "ember.jpg"]
Opener = Callable[[], MainWindow]
D = TypeVar("D", bound=QDialog)


class Plug:
    """The sandbox's switch."""

    def __init__(self) -> None:
        self.sandbox_running = True

    def set_sandbox_running(self, *, on: bool) -> None:
        self.sandbox_running = on

    @property
    def is_preparing(self) -> bool:
        return False

    def sample(self) -> LibraryRecord:
        raise NotFoundError(what="The sample campaign")


def shown(window: MainWindow) -> list[str]:
    model = window.middle.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def row_of(window: MainWindow, name: str) -> int:
    return shown(window).index(name)


def go(qtbot: QtBot, window: MainWindow, place: Query) -> None:
    with qtbot.waitSignal(window.middle.model.counted):
        window.sides.folders.chosen.emit(place)


def choose(qtbot: QtBot, window: MainWindow, *names: str) -> None:
    grid = window.middle.browser.grid
    held = Qt.KeyboardModifier.NoModifier
    for name in names:
        place = grid.view.visualRect(window.middle.model.index(row_of(window, name), 0))
        qtbot.mouseClick(grid.view.viewport(), Qt.MouseButton.LeftButton, held, place.center())
        held = Qt.KeyboardModifier.ControlModifier
    chosen = names[0] if len(names) == 1 else None
    inspector = window.sides.inspector
    qtbot.waitUntil(lambda: (inspector.asset.name if inspector.asset else None) == chosen)


def dialog(qtbot: QtBot, window: QWidget, kind: type[D]) -> D:
    def found() -> list[D]:
        return [one for one in window.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def press(window: QWidget, text: str) -> None:
    buttons = window.findChildren(QAbstractButton)
    next(one for one in buttons if one.text().strip() == text).click()
