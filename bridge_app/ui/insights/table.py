"""The table behind a chart: sorted by its headings, copied, and opened row by row."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from bridge_app.domain.reports import Report
from bridge_app.ui.insights.table_model import ReportRole, ReportTable
from bridge_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 30
ROOM_PX, FIRST_PX, MOST_PX = 20, 200, 280
LOOKED_AT = 60
"""So many rows say how wide a column is."""
OPEN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Flag = QItemSelectionModel.SelectionFlag


class ReportView(QTableView):
    """Rows are chosen whole. Row numbers are those of the report.

    Signals:
        opened: A row was double-clicked, or Enter was pressed on what is chosen.
        movedOn: Another row is current, or others are chosen.
    """

    opened = Signal()
    movedOn = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ReportTable(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Cell(theme, self))
        self._build()

    @property
    def chosen(self) -> tuple[int, ...]:
        """The rows that are chosen, as they stand in the table."""
        found = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(int(self.rows.index(row, 0).data(ReportRole.ROW)) for row in found)

    def show_report(self, report: Report | None) -> None:
        """Show its rows, in its own order."""
        header = self.horizontalHeader()
        self.setSortingEnabled(False)
        self.rows.take(report)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        for section in range(self.rows.columnCount()):
            self.setColumnWidth(section, self._width(section))
        if self.rows.rowCount():
            # The keyboard begins at the first row; nothing is chosen yet.
            self.selectionModel().setCurrentIndex(self.rows.index(0, 0), Flag.NoUpdate)

    def order_by(self, column: str) -> None:
        """The highest values of a column first; "" leaves the order that it has."""
        section = self.rows.section_of(column)
        if section is not None:
            self.sortByColumn(section, Qt.SortOrder.DescendingOrder)
            if self.rows.rowCount():
                self.selectionModel().setCurrentIndex(self.rows.index(0, 0), Flag.NoUpdate)

    def choose(self, row: int) -> None:
        """Choose a row and show it."""
        place = self.rows.place_of(row)
        if place.isValid():
            self.selectionModel().setCurrentIndex(place, Flag.ClearAndSelect | Flag.Rows)
            self.scrollTo(place)

    def copy(self) -> None:
        """Copy the chosen rows, or all of them, with their headings."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        rows = chosen or range(self.rows.rowCount())
        QGuiApplication.clipboard().setText(self.rows.copied(rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter opens what is chosen; copying takes whole rows."""
        if event.key() in OPEN_KEYS and self.chosen:
            self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt: the keyboard is on another row."""
        super().currentChanged(current, previous)
        self.movedOn.emit()

    def _build(self) -> None:
        self.setProperty("rows", "plain")
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("The table behind the chart"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(60)
        header.setResizeContentsPrecision(LOOKED_AT)
        self.doubleClicked.connect(lambda _: self.opened.emit())
        self.selectionModel().selectionChanged.connect(lambda *_: self.movedOn.emit())

    def _width(self, section: int) -> int:
        """As wide as what is in it; the first, which says what a row is about, never narrow."""
        inside = min(self.sizeHintForColumn(section) + ROOM_PX, MOST_PX)
        heading = self.horizontalHeader().sectionSizeHint(section)
        return max(inside, heading, 0 if section else FIRST_PX)


class _Cell(QStyledItemDelegate):
    """What nobody measured is written paler."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.font = self._theme.font(self._theme.tokens.font_px.body, tabular=True)
        if index.data(ReportRole.MISSING):
            muted = self._theme.tokens.text_muted
            for role in (option.palette.ColorRole.Text, option.palette.ColorRole.HighlightedText):
                option.palette.setColor(role, muted)
