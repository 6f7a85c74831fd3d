"""What was found in the palette, as rows: what to run, what is marked, what begins a section."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bridge_app.ui.commands.command import Found

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class FoundRole(IntEnum):
    """What a row tells beyond Qt's own roles."""

    FOUND = Qt.ItemDataRole.UserRole + 1  # Found
    HEADING = Qt.ItemDataRole.UserRole + 2  # str: the section that begins here, or ""


class FoundList(QAbstractListModel):
    """Rows of the palette; replaced as a whole at every letter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Found] = []
        self._headings: dict[int, str] = {}

    def show(self, rows: Sequence[Found], *, in_sections: bool = False) -> None:
        """Show these; `in_sections` parts what was used last from everything else."""
        self.beginResetModel()
        self._rows = list(rows)
        self._headings = {}
        others = next((n for n, row in enumerate(self._rows) if not row.is_recent), len(rows))
        if in_sections and others > 0:
            self._headings = {0: self.tr("Used last"), others: self.tr("All commands")}
        self.endResetModel()

    def found(self, row: int) -> Found | None:
        """What stands in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: what a row tells."""
        found = self.found(index.row()) if index.isValid() else None
        if found is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return found.command.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(found)
            case FoundRole.FOUND:
                return found
            case FoundRole.HEADING:
                return self._headings.get(index.row(), "")
        return None

    def spoken(self, found: Found) -> str:
        """A row as it is read aloud."""
        command = found.command
        parts = [command.title, command.where]
        if command.ticked:
            parts.append(self.tr("switched on"))
        parts += [command.keys, command.why_not]
        return ", ".join(filter(None, parts))
