"""A grid over catalogued masters whose files nobody touches, with somebody at the keyboard."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edits import FieldPath
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.standard_fields import path_named, path_of
from bridge_app.storage.catalog import SeenFile
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.grid_editor.columns import columns_named
from bridge_app.ui.grid_editor.telling import CellRole, CellState
from bridge_app.ui.grid_editor.window import GridEditor, GridSeat
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.panels.metadata_undo import EditUndo
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.remembering import Remembering
from bridge_app.ui.theme import Theme
from tests.desk import Desk
from tests.ui.stock import asset

PATIENCE_MS = 30_000
COLUMNS = ("title", "caption", "keywords", "city", "rating", "iso")
PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
Record = Mapping[str, FieldValue]


def record(number: int) -> dict[str, FieldValue]:
    """What the master of that number says of itself."""
    return {
        "title": f"Title {number}",
        "caption": f"Boats in the harbour\nof town {number}",
        "keywords": ("boat", "harbour"),
        "rating": number % 6,
        "iso": "400",
    }


def put_masters(
    desk: Desk, count: int, tell: Callable[[int], Record] = record
) -> tuple[AssetId, ...]:
    """Catalogue masters that say something."""
    seen = [
        SeenFile(asset=asset(number), modified_ns=0, file_key="", record=tell(number))
        for number in range(count)
    ]
    desk.parts.stock.catalog.put(seen)
    return tuple(one.asset.id for one in seen)


@dataclass
class Editor:
    """Somebody at the window of a grid."""

    qtbot: QtBot
    desk: Desk
    window: GridEditor
    undo: EditUndo
    ids: tuple[AssetId, ...]

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=PATIENCE_MS)

    def settled(self) -> None:
        """Until everything is on disk and read back."""
        self.until(lambda: not self.window.acting.is_busy and not self.window.model.is_reading)

    def column(self, name: str) -> int:
        """Where a field is shown."""
        return [one.name for one in self.window.model.columns].index(name)

    def go(self, row: int, name: str) -> None:
        """Make a cell the current one."""
        self.window.table.go_to(row, self.column(name))

    def choose(self, name: str, first: int, last: int) -> None:
        """Choose cells of a column by Shift and arrow keys."""
        self.go(first, name)
        for _ in range(last - first):
            self.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        """A key, wherever the keyboard is."""
        self.qtbot.keyClick(self._focused(), key, held)

    def type(self, text: str) -> None:
        """Letters into the current cell, and Enter."""
        for letter in text:
            self.qtbot.keyClicks(self._focused(), letter)
        self.key(Qt.Key.Key_Return)

    def _focused(self) -> QWidget:
        """Where the keyboard is."""
        if not self.window.isActiveWindow():
            with self.qtbot.waitActive(self.window):
                self.window.activateWindow()
        return QApplication.focusWidget() or self.window.table

    def text(self, row: int, name: str) -> str:
        """What a cell shows."""
        return str(self.window.model.index(row, self.column(name)).data())

    def texts(self, name: str) -> list[str]:
        """What a column shows."""
        return [self.text(row, name) for row in range(self.window.model.rowCount())]

    def state(self, row: int, name: str) -> CellState:
        """How a cell is marked."""
        return CellState(self.window.model.index(row, self.column(name)).data(CellRole.STATE))

    def note(self, row: int, name: str) -> str:
        """Why it is marked."""
        return str(self.window.model.index(row, self.column(name)).data(CellRole.NOTE))

    def says(self, row: int, name: str) -> FieldValue:
        """What the master says, with everything that is on disk about it."""
        (said,) = self.desk.parts.worker.masters.said([self.window.model.ids[row]])
        return said.record().get(path_named(name))


Begin = Callable[..., Editor]


@pytest.fixture
def looks(theme: Theme, icons: Icons, reader: Asker, shelf: Desk) -> Looks:
    """The looks of a window on the shelf."""
    worker = shelf.parts.worker
    made, preview = worker.thumbnail, worker.preview
    pixels = Pixels(reader, make_thumb=made, make_preview=preview, parent=reader)
    return Looks(theme, icons, pixels, shelf.clock)


@pytest.fixture
def begin(qtbot: QtBot, shelf: Desk, reader: Asker, looks: Looks, english: None) -> Iterator[Begin]:
    """Opens a grid over so many masters."""
    made: list[GridEditor] = []
    worker = shelf.parts.worker
    bridge = WorkerBridge()
    worker.listen(bridge.post)

    def opened(count: int = 6, columns: Sequence[str] = COLUMNS) -> Editor:
        ids = put_masters(shelf, count)
        undo = EditUndo(worker, reader, reader)
        remembering = Remembering(SettingsFile(shelf.home / "settings.json"), reader, reader)
        seat = GridSeat(
            masters=worker.masters,
            asker=reader,
            looks=looks,
            remembering=remembering,
            undo=undo,
            words=worker.words.words_in_use,
            custom=lambda: {"Brand": ("Coast", "Nord")},
            unkept=lambda *_: None,
        )
        window = GridEditor(seat)
        window.model.show_columns(columns_named(columns))
        bridge.changed.connect(window.take_changes)
        made.append(window)
        qtbot.addWidget(window)
        window.resize(1100, 600)
        window.show_masters(ids, worker.masters.said(ids[:60]))
        window.show()
        editor = Editor(qtbot, shelf, window, undo, ids)
        editor.settled()
        return editor

    yield opened
    for window in made:
        window.close()
    bridge.close()


def offer(text: str, html: str = "") -> None:
    """Put something on the clipboard, as a spreadsheet does."""
    mime = QMimeData()
    mime.setText(text)
    if html:
        mime.setHtml(html)
    QGuiApplication.clipboard().setMimeData(mime)


def clipboard() -> str:
    """What lies on the clipboard."""
    return QGuiApplication.clipboard().text()


def paths(*names: str) -> list[FieldPath]:
    """The paths of fields."""
    return [path_of(name) for name in names]
