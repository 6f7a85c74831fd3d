"""The rows of a report for a table: texts sorted as the person's language does, numbers by size."""

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from bridge_app.domain.reports import Cell, Column, ColumnType, Report
from bridge_app.ui.insights.charting import first_columns
from bridge_app.ui.insights.reading import UNIT, column_for
from bridge_app.ui.insights.wording import COUNTED, cell_text, column_text
from bridge_app.ui.messages import isolated, one_line
from bridge_app.work.report_files import FORMULA

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
HIDDEN = frozenset({UNIT, "asset", "asset_id", "content", "digest", "environment", "cloud_name"})
"""What scripts go by; an export has it, people need it not."""
LAST = ("path", "read_at", "samples")
"""What is read last, and may be long."""
TRAILING = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEADING = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ReportRole(IntEnum):
    """What a cell tells beyond Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1  # int, the row in the report
    MISSING = Qt.ItemDataRole.UserRole + 2  # bool, nobody measured it


class ReportTable(QAbstractTableModel):
    """A report's rows in the order that was chosen last, without columns that scripts go by."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._report: Report | None = None
        self._columns: list[int] = []
        self._order: list[int] = []
        self._collator = QCollator(QLocale())
        self._collator.setNumericMode(True)
        self._collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def take(self, report: Report | None) -> None:
        """Show these rows, in their own order."""
        self.beginResetModel()
        self._report = report
        self._columns = _shown_columns(report) if report else []
        self._order = list(range(len(report.rows) if report else 0))
        self.endResetModel()

    def column(self, section: int) -> Column | None:
        """What a column of the table is in the report."""
        return self._report.columns[self._columns[section]] if self._report else None

    def section_of(self, name: str) -> int | None:
        """Where a column of the report stands in the table."""
        columns = self._report.columns if self._report else ()
        places = {columns[one].name: at for at, one in enumerate(self._columns)}
        return places.get(name)

    def place_of(self, row: int) -> QModelIndex:
        """Where a row of the report stands now."""
        return self.index(self._order.index(row), 0) if row in self._order else QModelIndex()

    def copied(self, rows: Iterable[int]) -> str:
        """These rows below their headings, with tabs between the cells, as spreadsheets take it.

        What would be a formula there has an apostrophe before it.
        """
        sections = range(self.columnCount())
        heads = [str(self.headerData(section, Qt.Orientation.Horizontal)) for section in sections]
        lines = [heads] + [[self._copied(row, section) for section in sections] for row in rows]
        return "\n".join("\t".join(line) for line in lines)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many rows."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt: how many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Qt: a heading, over its numbers where they are numbers."""
        column = self.column(section) if orientation is Qt.Orientation.Horizontal else None
        if column is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return TRAILING if column.type in COUNTED else LEADING
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return column_text(column, self._report.kind if self._report else None)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt: what one cell tells under `role`."""
        if not index.isValid() or self._report is None:
            return None
        row, section = index.row(), index.column()
        readers: dict[int, Callable[[], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda: isolated(self._text(row, section)),
            Qt.ItemDataRole.ToolTipRole: lambda: one_line(self._text(row, section)),
            Qt.ItemDataRole.AccessibleTextRole: lambda: self._sentence(row, section),
            Qt.ItemDataRole.TextAlignmentRole: lambda: self.headerData(
                section, Qt.Orientation.Horizontal, role
            ),
            ReportRole.ROW: lambda: self._order[row],
            ReportRole.MISSING: lambda: self._cell(row, section) is None,
        }
        read = readers.get(role)
        return read() if read else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt: order the rows by a column; what was not measured stays at the end."""
        if not 0 <= column < len(self._columns) or self._report is None:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = [self._order[index.row()] for index in before]
        place, report = self._columns[column], self._report
        known = [row for row in self._order if report.rows[row][place] is not None]
        empty = [row for row in self._order if report.rows[row][place] is None]
        known.sort(key=self._key(place), reverse=order is Qt.SortOrder.DescendingOrder)
        self._order = [*known, *empty]
        places = {row: number for number, row in enumerate(self._order)}
        self.changePersistentIndexList(
            before,
            [
                self.index(places[row], index.column())
                for row, index in zip(rows, before, strict=True)
            ],
        )
        self.layoutChanged.emit()

    def _key(self, place: int) -> Callable[[int], Any]:
        assert self._report is not None  # noqa: S101 - who sorts has rows
        report, collator = self._report, self._collator
        if report.columns[place].type is ColumnType.TEXT:
            return lambda row: collator.sortKey(
                cell_text(report.columns[place], report.rows[row][place])
            )
        return lambda row: report.rows[row][place]

    def _cell(self, row: int, section: int) -> Cell:
        assert self._report is not None  # noqa: S101 - who asks has rows
        return self._report.rows[self._order[row]][self._columns[section]]

    def _copied(self, row: int, section: int) -> str:
        text = self._text(row, section)
        is_formula = isinstance(self._cell(row, section), str) and text.startswith(FORMULA)
        return f"'{text}" if is_formula else text

    def _text(self, row: int, section: int) -> str:
        if self._report is None:
            return ""
        whole = self._report.rows[self._order[row]]
        place = self._columns[section]
        return cell_text(column_for(self._report, whole, place), whole[place])

    def _sentence(self, row: int, section: int) -> str:
        return f"{self.headerData(section, Qt.Orientation.Horizontal)}: {self._text(row, section)}"


def _shown_columns(report: Report) -> list[int]:
    """Those that people read; texts only if there are any, while numbers nobody measured stay."""
    named = {column.name: place for place, column in enumerate(report.columns)}
    usual = [name for name in named if name not in LAST]
    ordered = dict.fromkeys((*first_columns(report.kind), *usual, *LAST))
    return [
        named[name]
        for name in ordered
        if name in named and name not in HIDDEN and _says_something(report, named[name])
    ]


def _says_something(report: Report, place: int) -> bool:
    is_counted = report.columns[place].type in COUNTED
    return is_counted or any(row[place] is not None for row in report.rows)
