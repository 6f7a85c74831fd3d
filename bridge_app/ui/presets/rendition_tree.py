"""The plan of renditions as a tree: what happens, and below it to which renditions."""

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.rendition_plan import OBSTACLES, Obstacle, RenditionPlan, RenditionStep
from bridge_app.ui.messages import (
    breach_text,
    error_text,
    isolated,
    number_text,
    one_line,
    pixels_text,
    reasons_text,
)
from bridge_app.ui.presets.wording import DOT

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
GROUP_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
STEP_FLAGS = GROUP_FLAGS | Qt.ItemFlag.ItemNeverHasChildren
TOP = 0  # internal id of a group; a step has its group's number + 1
MADE, REPLACED = "made", "replaced"
"""Groups of what is done; what is held back is grouped by its obstacle."""
DONE_TITLES = {
    MADE: QT_TRANSLATE_NOOP("renditions", "Will be made"),
    REPLACED: QT_TRANSLATE_NOOP("renditions", "Take the place of a file that is there"),
}


class RenditionRole(IntEnum):
    """What a row of `RenditionTree` tells beyond Qt's own roles."""

    GROUP = Qt.ItemDataRole.UserRole + 1  # str: a group of what is done, or an obstacle
    STEP = Qt.ItemDataRole.UserRole + 2  # RenditionStep, None for a group
    COUNT = Qt.ItemDataRole.UserRole + 3  # int, steps of a group
    NOTE = Qt.ItemDataRole.UserRole + 4  # str: what it is of, or why it is not made
    SIZE = Qt.ItemDataRole.UserRole + 5  # str: its pixels


class RenditionTree(QAbstractItemModel):
    """Steps of a plan under what happens to them; empty groups are left out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[tuple[str, list[RenditionStep]]] = []
        self._group_readers: dict[int, Callable[[int], object]] = {
            Qt.ItemDataRole.DisplayRole: self._title,
            Qt.ItemDataRole.AccessibleTextRole: self._group_sentence,
            RenditionRole.GROUP: lambda row: self._groups[row][0],
            RenditionRole.COUNT: lambda row: len(self._groups[row][1]),
        }
        self._step_readers: dict[int, Callable[[RenditionStep], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda step: one_line(step.name),
            Qt.ItemDataRole.ToolTipRole: _sentence,
            Qt.ItemDataRole.AccessibleTextRole: _sentence,
            RenditionRole.GROUP: group_of,
            RenditionRole.STEP: lambda step: step,
            RenditionRole.NOTE: note,
            RenditionRole.SIZE: _size,
        }

    @property
    def groups(self) -> list[tuple[str, int]]:
        """What happens, and to how many."""
        return [(name, len(steps)) for name, steps in self._groups]

    def take(self, plan: RenditionPlan | None) -> None:
        """Show this plan; None shows nothing."""
        found: dict[str, list[RenditionStep]] = {MADE: [], REPLACED: []}
        found |= {one.value: [] for one in Obstacle}
        for step in plan.steps if plan else ():
            found[group_of(step)].append(step)
        self.beginResetModel()
        self._groups = [(name, steps) for name, steps in found.items() if steps]
        self.endResetModel()

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """Qt: the index of a row below `parent`."""
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

    def _title(self, row: int) -> str:
        name = self._groups[row][0]
        if name in DONE_TITLES:
            return QCoreApplication.translate("renditions", DONE_TITLES[name])
        why = QCoreApplication.translate("renditions", OBSTACLES[Obstacle(name)])
        return QCoreApplication.translate("renditions", "Held back: {reason}").format(reason=why)

    def _group_sentence(self, row: int) -> str:
        return f"{self._title(row)}, {number_text(len(self._groups[row][1]))}"


def group_of(step: RenditionStep) -> str:
    """What happens to a step."""
    if step.obstacle is not None:
        return step.obstacle.value
    return REPLACED if step.in_place else MADE


def note(step: RenditionStep) -> str:
    """Which rendition it is, with what speaks against it or where it goes."""
    where = isolated(" ".join(filter(None, (step.market, step.language))))
    parts = [isolated(step.preset), where if step.market or step.language else ""]
    if step.obstacle is Obstacle.GATE:
        parts.append(reasons_text(step.reasons, step.fields))
    elif step.trouble is not None:
        parts.append(isolated(one_line(error_text(step.trouble))))
    elif step.obstacle is not None:
        parts.append(isolated(one_line(step.detail)) if step.detail else "")
    else:
        parts += [
            isolated(one_line(step.file)) if step.file else "",
            *map(breach_text, step.breaches),
        ]
    return DOT.join(filter(None, parts))


def _size(step: RenditionStep) -> str:
    return pixels_text((step.width, step.height)) if step.width and step.height else ""


def _sentence(step: RenditionStep) -> str:
    parts = (one_line(step.name), note(step), _size(step), step.transformation)
    return ", ".join(filter(None, parts))
