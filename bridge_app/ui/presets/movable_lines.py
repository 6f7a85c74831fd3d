"""Short lists whose rows a person puts into another order, by dragging or with the keyboard."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QListView

from bridge_app.ui.models.lines import NOWHERE, Line, LineList

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class MovableLines(LineList):
    """A `LineList` whose rows can be moved while `movable`; `arranged` tells the new order."""

    arranged = Signal(tuple)  # of keys

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.movable = True

    @property
    def keys(self) -> tuple[str, ...]:
        """What the rows stand for, in their order."""
        return tuple(line.key for line in self._lines)

    def row_of(self, key: str) -> int:
        """Where a key's row is; -1 where there is none."""
        return next((row for row, line in enumerate(self._lines) if line.key == key), -1)

    def renew(self, lines: Sequence[Line]) -> None:
        """Show these; rows that stand for the same as before are kept, with what is selected."""
        if [line.key for line in lines] != list(self.keys):
            self.take(lines)
            return
        self._lines = tuple(lines)
        if lines:
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: rows are dragged, and dropped between rows."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled if self.movable else Qt.ItemFlag.NoItemFlags
        return ROW | Qt.ItemFlag.ItemIsDragEnabled if self.movable else ROW

    def supportedDropActions(self) -> Qt.DropAction:
        """Qt: nothing is copied."""
        return Qt.DropAction.MoveAction

    def moveRows(self, parent: Index, row: int, count: int, target: Index, before: int) -> bool:
        """Qt: rows were dropped somewhere else, before the row `before`."""
        if not self.movable or parent.isValid() or target.isValid():
            return False
        if not self.beginMoveRows(NOWHERE, row, row + count - 1, NOWHERE, before):
            return False
        lines = list(self._lines)
        moved = lines[row : row + count]
        rest = lines[:row] + lines[row + count :]
        place = before - count if before > row else before
        self._lines = (*rest[:place], *moved, *rest[place:])
        self.endMoveRows()
        self.arranged.emit(self.keys)
        return True

    def shift(self, row: int, by: int) -> None:
        """Move one row up (-1) or down (1)."""
        to = row + by
        if 0 <= row < len(self._lines) and 0 <= to < len(self._lines):
            self.moveRows(NOWHERE, row, 1, NOWHERE, to + 1 if by > 0 else to)


class TickedLines(MovableLines):
    """Rows that can be ticked as well; `ticked` tells the ticked keys in their order."""

    ticked = Signal(tuple)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on: frozenset[str] = frozenset()

    @property
    def on(self) -> tuple[str, ...]:
        """The keys that are ticked, in the order of the rows."""
        return tuple(key for key in self.keys if key in self._on)

    def show_ticks(self, keys: Collection[str]) -> None:
        """Tick these; nothing is told."""
        self._on = frozenset(keys)
        if self._lines:
            self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: rows have a box."""
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: what one row tells under `role`."""
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid():
            is_on = self._lines[index.row()].key in self._on
            return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt: a person ticked or unticked a row."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        key = self._lines[index.row()].key
        is_on = Qt.CheckState(value) is Qt.CheckState.Checked
        self._on = self._on | {key} if is_on else self._on - {key}
        self.dataChanged.emit(index, index)
        self.ticked.emit(self.on)
        return True


def let_move(view: QListView, lines: MovableLines) -> None:
    """Let a view's rows be dragged, and moved with Alt and the arrow keys."""
    view.setModel(lines)
    view.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
    view.setDefaultDropAction(Qt.DropAction.MoveAction)
    view.setDropIndicatorShown(True)
    for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
        shortcut = QShortcut(QKeySequence(keys), view)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(lambda by=by: lines.shift(view.currentIndex().row(), by))
