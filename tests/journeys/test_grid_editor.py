"""The grid in the real window: opened by a key, filled, pasted, replaced, undone, read in files."""

from pathlib import Path

import exiv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from bridge_app.ui.grid_editor.window import GridEditor
from tests.desk import Desk, picture
from tests.journeys.conftest import Opener
from tests.journeys.person import CONTROL, Person

pytestmark = pytest.mark.journey
NAMES = ("coast.jpg", "hills.jpg", "town.jpg")
SHIFT = Qt.KeyboardModifier.ShiftModifier


class AtTheGrid:
    """Somebody whose keyboard is in the grid."""

    def __init__(self, person: Person, grid: GridEditor) -> None:
        self._person = person
        self.grid = grid

    def until(self, what: str, *expected: str) -> None:
        """Wait until a column shows these."""
        names = [one.name for one in self.grid.model.columns]
        model, column = self.grid.model, names.index(what)

        def shown() -> tuple[str, ...]:
            return tuple(str(model.index(row, column).data()) for row in range(model.rowCount()))

        self._person.until(lambda: shown() == expected)

    def go(self, row: int, name: str) -> None:
        """Make a cell the current one."""
        names = [one.name for one in self.grid.model.columns]
        self.grid.table.go_to(row, names.index(name))
        self.grid.table.setFocus()

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """A key, wherever the keyboard is."""
        self._person.qtbot.keyClick(self._focused(), key, held)

    def type(self, text: str) -> None:
        """Letters."""
        for letter in text:
            self._person.qtbot.keyClicks(self._focused(), letter)

    def _focused(self) -> object:
        if not self.grid.isActiveWindow():
            with self._person.qtbot.waitActive(self.grid):
                self.grid.activateWindow()
        return QApplication.focusWidget() or self.grid.table


def read_file(path: Path) -> tuple[str, str]:
    """Title and city, as another program finds them in the file."""
    image = exiv2.ImageFactory.open(path.read_bytes())
    image.readMetadata()
    said = {one.key(): one.toString() for one in image.xmpData()}
    title = said.get("Xmp.dc.title", "").removeprefix('lang="x-default" ')
    return title, said.get("Xmp.photoshop.City", "")


def test_an_editor_fills_in_three_masters_and_the_files_say_it(desk: Desk, opener: Opener) -> None:
    for number, name in enumerate(NAMES):
        picture(desk.folder / name, number)
    desk.library()
    person = opener()
    person.sees(*NAMES)
    person.window.core.actions.select_all.trigger()
    person.until(person.window.core.actions.metadata_grid.isEnabled)
    person.key(Qt.Key.Key_M, CONTROL)
    errands = person.window.middle.grid
    person.until(lambda: errands.window is not None and errands.window.isVisible())
    assert errands.window is not None
    at = AtTheGrid(person, errands.window)
    at.until("title", "", "", "")

    at.go(0, "city")
    at.type("Bergen")
    at.press(Qt.Key.Key_Return)
    at.go(0, "city")
    for _ in range(2):
        at.press(Qt.Key.Key_Down, SHIFT)
    at.press(Qt.Key.Key_D, CONTROL)
    at.until("city", "Bergen", "Bergen", "Bergen")

    QGuiApplication.clipboard().setText("Old quay\nOld hills\nOld town\n")
    at.go(0, "title")
    at.press(Qt.Key.Key_V, CONTROL)
    at.until("title", "Old quay", "Old hills", "Old town")

    at.press(Qt.Key.Key_F, CONTROL)
    at.type("old ")
    panel = at.grid.find_panel
    person.until(lambda: len(panel.matches) == 3 and not panel.is_looking)
    person.press("Replace All", panel)
    at.until("title", "quay", "hills", "town")
    person.until(at.grid.acts.undo.isEnabled)
    at.press(Qt.Key.Key_Escape)
    at.press(Qt.Key.Key_Z, CONTROL)
    at.until("title", "Old quay", "Old hills", "Old town")
    at.press(Qt.Key.Key_W, CONTROL)
    person.until(lambda: errands.window is None)

    wanted = [(f"Old {word}", "Bergen") for word in ("quay", "hills", "town")]
    desk.until(
        lambda: [read_file(desk.folder / name) for name in NAMES] == wanted, what="the files"
    )
