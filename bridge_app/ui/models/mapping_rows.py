"""The rows of the field mapping as a table: the master's side, the way, Cloudinary's side."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication

from bridge_app.domain.field_mapping import FieldMapping, Leads, MappingRow
from bridge_app.domain.mapping_checks import MappingFault
from bridge_app.domain.mapping_sources import source_named
from bridge_app.ui.mapping_wording import (
    ARROWS,
    direction_text,
    fault_text,
    leads_text,
    loss_text,
    source_text,
    targets_text,
)
from bridge_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MIRRORED = {"→": "←"}


class MappingColumn(IntEnum):
    """The columns in their order."""

    SOURCE = 0
    WAY = 1
    TARGETS = 2
    LEADS = 3
    NOTE = 4


class MappingRows(QAbstractTableModel):
    """Rows in the order of the mapping; what is wrong with one stands at its end."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[MappingRow, ...] = ()
        self._leads: tuple[Leads, ...] = ()
        self._faults: dict[int, list[MappingFault]] = {}
        self._readers: dict[int, Callable[[int, int], object]] = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.ToolTipRole: self._tip,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            Qt.ItemDataRole.ForegroundRole: self._ink,
            Qt.ItemDataRole.TextAlignmentRole: self._place,
        }
        theme.changed.connect(self._dress)

    def take(
        self, mapping: FieldMapping, faults: Iterable[MappingFault], *, environment: str = ""
    ) -> None:
        """Show this mapping as it is used in an environment, and what is wrong with it."""
        found: defaultdict[int, list[MappingFault]] = defaultdict(list)
        for fault in faults:
            found[fault.row].append(fault)
        self.beginResetModel()
        self._rows, self._faults = mapping.rows, dict(found)
        self._leads = tuple(mapping.leads(row, environment) for row in mapping.rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many columns."""
        return 0 if parent.isValid() else len(MappingColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: what one cell tells under `role`."""
        read = self._readers.get(role)
        if read is None or not index.isValid():
            return None
        return read(index.row(), index.column())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Qt: the names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        names = (
            self.tr("Master"),
            "",
            self.tr("Cloudinary"),
            self.tr("Leads"),
            self.tr("What to know"),
        )
        return names[section]

    def _text(self, row: int, column: int) -> str:
        one = self._rows[row]
        match column:
            case MappingColumn.SOURCE:
                return source_text(one.source)
            case MappingColumn.WAY:
                mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
                arrow = ARROWS[one.direction]
                return MIRRORED.get(arrow, arrow) if mirrored else arrow
            case MappingColumn.TARGETS:
                return targets_text(one.targets)
            case MappingColumn.LEADS:
                return leads_text(self._leads[row]) if one.carries else ""
        return self._note(row)

    def _note(self, row: int) -> str:
        faults = self._faults.get(row)
        if faults:
            return "; ".join(fault_text(fault) for fault in faults)
        loss = self._rows[row].loss
        return loss_text(loss) if loss is not None else ""

    def _tip(self, row: int, column: int) -> str:
        one = self._rows[row]
        if column == MappingColumn.WAY:
            return direction_text(one.direction)
        if column == MappingColumn.TARGETS:
            return "\n".join(map(str, one.targets))
        if column == MappingColumn.LEADS:
            return self.tr("Whose word holds where both sides were changed")
        source = source_named(one.source)
        known = source.standard if source else ""
        return known if column == MappingColumn.SOURCE else self._note(row)

    def _spoken(self, row: int, column: int) -> str:
        if column == MappingColumn.WAY:
            return direction_text(self._rows[row].direction)
        return self._text(row, column)

    def _ink(self, row: int, column: int) -> QColor:
        tokens = self._theme.tokens
        faults = self._faults.get(row, [])
        if column == MappingColumn.NOTE and faults:
            wrong = any(not fault.is_warning for fault in faults)
            return QColor(tokens.negative.soft_ink if wrong else tokens.warning.soft_ink)
        quiet = column == MappingColumn.NOTE or not self._rows[row].carries
        return QColor(tokens.text_muted if quiet else tokens.text)

    def _place(self, row: int, column: int) -> Qt.AlignmentFlag:
        del row
        middle = Qt.AlignmentFlag.AlignVCenter
        if column == MappingColumn.WAY:
            return middle | Qt.AlignmentFlag.AlignHCenter
        return middle | Qt.AlignmentFlag.AlignLeading

    def _dress(self) -> None:
        if self._rows:
            last = self.index(len(self._rows) - 1, len(MappingColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.ForegroundRole])
