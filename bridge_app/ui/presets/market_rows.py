"""The lines of a table of markets, typed into like a spreadsheet: there is always one more."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QBrush

from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.localised import (
    LAYER,
    OWN_COLUMNS,
    LocalisedTableError,
    Variant,
    read_table,
    table_text,
)
from bridge_app.ui.messages import fact_text
from bridge_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
TITLES = {
    "market": QT_TRANSLATE_NOOP("presets", "Market"),
    "language": QT_TRANSLATE_NOOP("presets", "Language"),
    "preset": QT_TRANSLATE_NOOP("presets", "Only this preset"),
    "image": QT_TRANSLATE_NOOP("presets", "Another picture"),
}
HINTS = {
    "market": QT_TRANSLATE_NOOP("presets", "A country or region: DE, US-CA, EMEA"),
    "language": QT_TRANSLATE_NOOP("presets", "A language: de, pt-BR"),
    "preset": QT_TRANSLATE_NOOP("presets", "The name of a preset; empty for all of them"),
    "image": QT_TRANSLATE_NOOP(
        "presets", "An ID, a path, or a file name that is there once; empty for the asset itself"
    ),
}


class MarketRows(QAbstractTableModel):
    """Header and cells; `error` is what is wrong with them, None if nothing is."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._header: list[str] = list(OWN_COLUMNS)
        self._rows: list[list[str]] = [self._blank()]
        self.error: LocalisedTableError | None = None
        self.table: tuple[Variant, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns as in a file."""
        return tuple(self._header)

    @property
    def text(self) -> str:
        """The lines that say something, as CSV."""
        return table_text(self._header, [row for row in self._rows if any(row)])

    def take(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show these."""
        self.beginResetModel()
        self._header = list(header)
        self._rows = [list(row) for row in rows] + [self._blank()]
        self.endResetModel()
        self._check()

    def add_column(self, name: str) -> None:
        """One more at the end.

        Raises LocalisedTableError for a name that is there, or that no column can have.
        """
        read_table(table_text([*self._header, name], []))
        last = len(self._header)
        self.beginInsertColumns(NOWHERE, last, last)
        self._header.append(name)
        for row in self._rows:
            row.append("")
        self.endInsertColumns()
        self._check()

    def remove(self, rows: Sequence[int]) -> None:
        """Without these lines; the empty one at the end stays."""
        for row in sorted(set(rows), reverse=True):
            if row < len(self._rows) - 1:
                self.beginRemoveRows(NOWHERE, row, row)
                del self._rows[row]
                self.endRemoveRows()
        self._check()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: lines, and the empty one."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt: columns."""
        return 0 if parent.isValid() else len(self._header)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: every cell is typed into."""
        ours = super().flags(index)
        return ours | Qt.ItemFlag.ItemIsEditable if index.isValid() else ours

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Qt: what a column is called, and what belongs into it; lines are numbered by the view."""
        if orientation is not Qt.Orientation.Horizontal:
            return super().headerData(section, orientation, role)
        name = self._header[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(name)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: a cell's text; a line that is wrong is coloured, and tells why."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and self._is_wrong(index.row()):
            return fact_text(str(self.error.facts["detail"])) if self.error else None
        if role == Qt.ItemDataRole.ForegroundRole and self._is_wrong(index.row()):
            return QBrush(self._theme.tokens.negative.soft_ink)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt: something was typed; whatever it is, it stays."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self._rows[index.row()][index.column()] = str(value).strip()
        if any(self._rows[-1]):
            last = len(self._rows)
            self.beginInsertRows(NOWHERE, last, last)
            self._rows.append(self._blank())
            self.endInsertRows()
        self._check()
        return True

    def _check(self) -> None:
        try:
            self.table, self.error = read_table(self.text), None
        except LocalisedTableError as error:
            self.table, self.error = (), error
        corner = self.index(len(self._rows) - 1, len(self._header) - 1)
        self.dataChanged.emit(self.index(0, 0), corner)

    def _is_wrong(self, row: int) -> bool:
        """Errors count lines that say something, from 2 on."""
        if self.error is None or not any(self._rows[row]):
            return False
        said = sum(any(one) for one in self._rows[: row + 1])
        return self.error.facts["line"] == said + 1

    def _blank(self) -> list[str]:
        return [""] * len(self._header)

    def _title(self, name: str) -> str:
        if name in TITLES:
            return QCoreApplication.translate("presets", TITLES[name])
        if name.startswith(LAYER):
            return self.tr("Picture: {name}").format(name=name.removeprefix(LAYER))
        return self.tr("Text: {name}").format(name=name)

    def _hint(self, name: str) -> str:
        if name in HINTS:
            return QCoreApplication.translate("presets", HINTS[name])
        if name.startswith(LAYER):
            return self.tr("Public IDs of pictures that are laid on")
        return self.tr("What stands in the place of $({name})").format(name=name)
