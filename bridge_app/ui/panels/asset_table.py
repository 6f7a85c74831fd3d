"""The list: the same rows as the grid, with a column for each fact, sorted by their headers."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHoverEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from bridge_app.domain.query import Sort
from bridge_app.ui.delegates.asset_row import ROW_PX, AssetRow
from bridge_app.ui.models.asset_list import SORTS, Column

Index = QModelIndex | QPersistentModelIndex
WIDTHS = {
    Column.NAME: 240,
    Column.KIND: 60,
    Column.DIMENSIONS: 106,
    Column.BYTES: 110,
    Column.RATING: 82,
    Column.APPROVAL: 166,
    Column.RIGHTS: 160,
    Column.MODIFIED: 110,
    Column.PUSHED: 96,
}
NAME_LEAST_PX = 200
GIVING_WAY = (
    Column.KIND,
    Column.MODIFIED,
    Column.BYTES,
    Column.DIMENSIONS,
    Column.RATING,
    Column.PUSHED,
    Column.RIGHTS,
)
"""Where not all columns have room, these go: what a name or its picture tells as well first, and
what decides whether something may leave last."""


class AssetTable(QTableView):
    """Rows of one height; the pointer and the keyboard are shown on whole rows."""

    shown = Signal(object)  # range of the rows on screen
    typed = Signal(str)  # a letter that is no shortcut
    dragWanted = Signal()  # what is chosen is dragged out
    sortChosen = Signal(object, bool)  # Sort, descending

    def __init__(self, model: QAbstractItemModel, row: AssetRow) -> None:
        super().__init__()
        self._delegate = row
        self._widths = dict(WIDTHS)  # of those that are hidden, too
        self.setModel(model)
        self.setItemDelegate(row)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._build_headers()

    def show_sort(self, sort: Sort, *, descending: bool) -> None:
        """Point the arrow at the column that orders the rows, if it is one of them."""
        column = next((column for column, known in SORTS.items() if known is sort), -1)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.setSortIndicatorShown(column >= 0)
        header.setSortIndicator(column, order)
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: columns that have no room give way; the names take the width that is left."""
        super().resizeEvent(event)
        self._fit_columns()

    def viewportEvent(self, event: QEvent) -> bool:
        """Qt: keep track of the row below the pointer."""
        if isinstance(event, QHoverEvent):
            left = event.type() is QEvent.Type.HoverLeave
            row = -1 if left else self.rowAt(event.position().toPoint().y())
            if row != self._delegate.hovered_row:
                self._delegate.hovered_row = row
                self.viewport().update()
        return super().viewportEvent(event)

    def keyboardSearch(self, text: str) -> None:
        """Qt: would look through every row, read or not, here and now."""
        self.typed.emit(text)

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Qt: a press on a card was moved."""
        del supported
        self.dragWanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the rows; and say which ones are on the screen."""
        self._delegate.focused_row = self.currentIndex().row() if self.hasFocus() else -1
        super().paintEvent(event)
        count = self.model().rowCount()
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        self.shown.emit(range(max(0, first), last + 1 if last >= 0 else count))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt: the focus is drawn on a row, so both rows change."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def _fit_columns(self) -> None:
        """What orders the rows is seen for as long as there is room for anything but names."""
        header, room = self.horizontalHeader(), self.viewport().width()
        ordering = header.sortIndicatorSection() if header.isSortIndicatorShown() else -1
        for column in Column:
            if not self.isColumnHidden(column):
                self._widths[column] = self.columnWidth(column)
        others = sum(self._widths[column] for column in Column if column is not Column.NAME)
        for column in sorted(GIVING_WAY, key=lambda one: one == ordering):
            hides = others + NAME_LEAST_PX > room
            others -= self._widths[column] if hides else 0
            self.setColumnHidden(column, hides)
        self.setColumnWidth(Column.NAME, max(NAME_LEAST_PX, room - others))

    def _build_headers(self) -> None:
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_PX)
        rows.hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setFirstSectionMovable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(48)
        header.ensurePolished()
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, max(width, header.sectionSizeHint(column)))
        header.sectionClicked.connect(self._sort_by)
        self.setIconSize(QSize(50, 34))
        self.setCornerButtonEnabled(False)

    def _sort_by(self, section: int) -> None:
        """A header was clicked: its column orders the rows; once more turns the order round."""
        sort = SORTS.get(Column(section))
        header = self.horizontalHeader()
        if sort is None:
            return
        again = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
        before = header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        self.sortChosen.emit(sort, not before if again else sort is not Sort.NAME)
