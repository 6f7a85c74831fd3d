"""Short lists whose rows are two lines of text with a sign: accounts, skipped files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bridge_app.domain.environments import Hue

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: a sign, a title over a text, and a mark at the end; `key` says what it stands for.

    `tone` names the mark's colours in `Tokens`; `hue` is the colour of a bar before it all.
    """

    key: str
    icon: str
    title: str
    text: str
    mark: str = ""
    tone: str = "neutral"
    hue: Hue = Hue.NONE


class LineRole(IntEnum):
    """What a row of `LineList` tells beyond Qt's own roles."""

    LINE = Qt.ItemDataRole.UserRole + 1  # Line
    KEY = Qt.ItemDataRole.UserRole + 2  # str


class LineList(QAbstractListModel):
    """Rows in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()
        self._readers: dict[int, Callable[[Line], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda line: line.title,
            Qt.ItemDataRole.ToolTipRole: lambda line: f"{line.title}\n{line.text}",
            Qt.ItemDataRole.AccessibleTextRole: _sentence,
            LineRole.LINE: lambda line: line,
            LineRole.KEY: lambda line: line.key,
        }

    def take(self, lines: Sequence[Line]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def place_of(self, key: object) -> QModelIndex:
        """Where the row with this key is; an invalid index if there is none."""
        rows = (row for row, line in enumerate(self._lines) if line.key == key)
        return self.index(next(rows, -1), 0)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: what one row tells under `role`."""
        read = self._readers.get(role)
        if read is None or not index.isValid():
            return None
        return read(self._lines[index.row()])


def _sentence(line: Line) -> str:
    return ", ".join(part for part in (line.title, line.text, line.mark) if part)
