"""A plan as a tree: what happens, and below it the steps to which it happens."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

G = TypeVar("G")
S = TypeVar("S")

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
GROUP_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
STEP_FLAGS = GROUP_FLAGS | Qt.ItemFlag.ItemNeverHasChildren
TOP = 0  # internal id of a group; a step has its group's number + 1


class StepTree(QAbstractItemModel, Generic[G, S]):
    """Steps under their groups; empty groups are left out.

    A subclass fills the readers: what a group's row, or a step, tells under a role.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[tuple[G, Sequence[S]]] = []
        self._group_readers: dict[int, Callable[[int], object]] = {}
        self._step_readers: dict[int, Callable[[S], object]] = {}

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """Qt: the index of a row below `parent`; called for each step, so it asks nobody."""
        if row < 0 or column != 0:
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, 0, TOP) if row < len(self._groups) else QModelIndex()
        if parent.internalId() != TOP or row >= len(self._groups[parent.row()][1]):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1)

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]
        """Qt: the group of a step."""
        if not index.isValid() or index.internalId() == TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, TOP)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many rows lie below `parent`."""
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() != TOP or parent.column() > 0:
            return 0
        return len(self._groups[parent.row()][1])

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt: one column, painted by the delegate."""
        del parent
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: steps have nothing below them, which spares the view to ask."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return GROUP_FLAGS if index.internalId() == TOP else STEP_FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: what one row tells under `role`."""
        if not index.isValid():
            return None
        if index.internalId() == TOP:
            read_group = self._group_readers.get(role)
            return read_group(index.row()) if read_group else None
        read_step = self._step_readers.get(role)
        _, steps = self._groups[index.internalId() - 1]
        return read_step(steps[index.row()]) if read_step else None

    def _show(self, found: Mapping[G, Sequence[S]]) -> None:
        """Show these groups from now on, in their order."""
        self.beginResetModel()
        self._groups = [(group, steps) for group, steps in found.items() if steps]
        self.endResetModel()
