"""The grid of cards: each place follows from the row alone, so a million rows need no layout."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QHoverEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from bridge_app.ui.delegates.asset_cell import GAP, PADDING, WORDS_PX, AssetCell, picture_height
from bridge_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Cursor = QAbstractItemView.CursorAction
MARGIN = 9
MIN_PX, MAX_PX = 96, 320


class AssetGrid(QListView):
    """Equal cells, row by row from the leading edge; cards stretch so that no edge is ragged.

    A QListView for those who cannot see it; but not its layout, which places each item anew after
    every insertion: with 100,000 rows that is a quarter of a second. Here the row's number is all
    there is to know.
    """

    shown = Signal(object)  # range of the rows on screen
    dragWanted = Signal()  # what is chosen is dragged out
    typed = Signal(str)  # a letter that is no shortcut

    def __init__(self, model: QAbstractItemModel, theme: Theme, cell: AssetCell) -> None:
        super().__init__()
        self._theme = theme
        self._delegate = cell
        self._picture_px = 176
        self._columns = 1
        self._cell = QSize(200, 190)
        self._hovered = QPersistentModelIndex()
        self._band_start = QPoint()
        self._band = QRect()
        self.setViewport(_viewport())
        self.setModel(model)
        self.setItemDelegate(cell)
        self.setProperty("surface", "window")
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_picture_width(self, width_px: int) -> None:
        """Pictures at least this wide; the row at the top stays in view."""
        self._picture_px = min(MAX_PX, max(MIN_PX, width_px))
        self._relayout()

    @property
    def columns(self) -> int:
        """How many cards stand side by side."""
        return self._columns

    @property
    def cell(self) -> QSize:
        """The size of a cell, gaps included."""
        return self._cell

    def rows_in(self, area: QRect) -> range:
        """The rows whose cells touch an area of the viewport."""
        top = max(0, area.top() + self.verticalOffset() - MARGIN) // self._cell.height()
        bottom = max(0, area.bottom() + self.verticalOffset() - MARGIN) // self._cell.height()
        return range(
            min(self._count(), top * self._columns),
            min(self._count(), (bottom + 1) * self._columns),
        )

    def visualRect(self, index: Index) -> QRect:
        """Qt: where a row's cell is, in the viewport."""
        if not index.isValid():
            return QRect()
        line, column = divmod(index.row(), self._columns)
        x = MARGIN + column * self._cell.width()
        if self.isRightToLeft():
            x = self.viewport().width() - MARGIN - (column + 1) * self._cell.width()
        y = MARGIN + line * self._cell.height() - self.verticalOffset()
        return QRect(QPoint(x, y), self._cell)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Qt: the row whose card is there; the gaps belong to nobody."""
        x = point.x() - MARGIN
        if self.isRightToLeft():
            x = self.viewport().width() - MARGIN - 1 - point.x()
        y = point.y() + self.verticalOffset() - MARGIN
        column, line = x // self._cell.width(), y // self._cell.height()
        row = line * self._columns + column
        if x < 0 or y < 0 or column >= self._columns or row >= self._count():
            return QModelIndex()
        index = self.model().index(row, 0)
        half = GAP // 2
        card = self.visualRect(index).adjusted(half, half, -half, -half)
        return index if card.contains(point) else QModelIndex()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Qt: bring a row into view."""
        place = self.visualRect(index)
        if not index.isValid():
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if hint == QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(bar.value() + place.top() - MARGIN)
        elif hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + place.center().y() - height // 2)
        elif place.top() < 0:
            bar.setValue(bar.value() + place.top() - MARGIN)
        elif place.bottom() > height:
            bar.setValue(bar.value() + place.bottom() - height + MARGIN)

    def horizontalOffset(self) -> int:
        """Qt: it never scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:
        """Qt: how far it is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """Qt: no row is hidden."""
        del index
        return False

    def moveCursor(self, action: Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Qt: where a key leads; left and right go on in the next line, as reading does."""
        del modifiers
        count = self._count()
        if not count:
            return QModelIndex()
        current = self.currentIndex()
        if not current.isValid():
            return self.model().index(0, 0)
        row = current.row() + self._step(action)
        if action in (Cursor.MoveHome, Cursor.MoveEnd):
            row = 0 if action is Cursor.MoveHome else count - 1
        elif not 0 <= row < count:
            row = self._bounded(row, current.row())
        return self.model().index(row, 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Qt: select what a rubber band touches, or all from one row to another."""
        selection = QItemSelection()
        if self.state() is QAbstractItemView.State.DragSelectingState:
            for row in self._touched(rect.normalized()):
                self._add(selection, row, row)
        else:
            ends = [self.indexAt(rect.topLeft()), self.indexAt(rect.bottomRight())]
            rows = sorted(index.row() for index in ends if index.isValid())
            if rows:
                self._add(selection, rows[0], rows[-1])
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Qt: what to paint anew when a selection changes: the part of it on the screen."""
        on_screen = self.rows_in(self.viewport().rect())
        region = QRegion()
        for part in selection.toList():
            for row in range(
                max(part.top(), on_screen.start), min(part.bottom() + 1, on_screen.stop)
            ):
                region += self.visualRect(self.model().index(row, 0))
        return region

    def updateGeometries(self) -> None:
        """Qt: how far there is to scroll."""
        lines = -(-self._count() // self._columns)
        total = lines * self._cell.height() + 2 * MARGIN
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, total - height))
        bar.setEnabled(total > height)
        bar.setPageStep(max(1, height - self._cell.height() // 2))
        bar.setSingleStep(max(1, self._cell.height() // 4))
        # Not the list's own: it would set the range that its own layout needs.
        QAbstractItemView.updateGeometries(self)

    def doItemsLayout(self) -> None:
        """Qt: the rows have changed; their places follow by themselves."""
        self.updateGeometries()
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Qt: move what is painted; only what comes into view is painted anew."""
        self.viewport().scroll(dx, dy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the cells share the new width."""
        super().resizeEvent(event)
        self._relayout()

    def keyboardSearch(self, text: str) -> None:
        """Qt: would look through every row, read or not, here and now."""
        self.typed.emit(text)

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Qt: a press on a card was moved."""
        del supported
        self.dragWanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the cells that need it, and the rubber band."""
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        current, focused = self.currentIndex(), self.hasFocus()
        selection = self.selectionModel()
        self._delegate.begin()
        for row in self.rows_in(event.rect()):
            index = self.model().index(row, 0)
            option.rect = self.visualRect(index)
            option.state = plain & ~QStyle.StateFlag.State_MouseOver
            if selection.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if focused and index == current:
                option.state |= QStyle.StateFlag.State_HasFocus
            if self._hovered == index:
                option.state |= QStyle.StateFlag.State_MouseOver
            self._delegate.paint(painter, option, index)
        if not self._band.isNull():
            tokens = self._theme.tokens
            painter.setPen(QPen(tokens.selection_border, 1))
            painter.setBrush(tokens.drop)
            painter.drawRect(self._band.translated(0, -self.verticalOffset()))
        painter.end()
        if self._delegate.is_behind:
            # In a turn of its own, so that a click or a key comes in between.
            QTimer.singleShot(0, self.viewport(), self.viewport().update)
        self.shown.emit(self.rows_in(self.viewport().rect()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Qt: keep track of the card below the pointer."""
        if isinstance(event, QHoverEvent):
            left = event.type() is QEvent.Type.HoverLeave
            self._hover(QModelIndex() if left else self.indexAt(event.position().toPoint()))
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a press may begin a rubber band."""
        self._band_start = event.position().toPoint() + QPoint(0, self.verticalOffset())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: draw the rubber band as far as the pointer has come."""
        super().mouseMoveEvent(event)
        if self.state() is QAbstractItemView.State.DragSelectingState:
            here = event.position().toPoint() + QPoint(0, self.verticalOffset())
            self._band = QRect(self._band_start, here).normalized()
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: the rubber band is gone."""
        super().mouseReleaseEvent(event)
        if not self._band.isNull():
            self._band = QRect()
            self.viewport().update()

    def _relayout(self) -> None:
        """Share the width among as many cards as fit; what was at the top stays there."""
        first = QRect(0, self._cell.height() // 2, 1, 1)
        top = self.rows_in(first).start if self.verticalOffset() else 0
        wanted = self._picture_px + 2 * PADDING + GAP
        room = max(wanted, self.viewport().width() - 2 * MARGIN)
        self._columns = max(1, room // wanted)
        width = room // self._columns
        picture = picture_height(width - GAP - 2 * PADDING)
        self._cell = QSize(width, picture + WORDS_PX + 2 * PADDING + GAP)
        self._delegate.set_cell(self._cell)
        self.updateGeometries()
        if top:
            line = top // self._columns
            self.verticalScrollBar().setValue(line * self._cell.height())
        self.viewport().update()

    def _hover(self, index: QModelIndex) -> None:
        if self._hovered == index:
            return
        before, self._hovered = self._hovered, QPersistentModelIndex(index)
        for changed in (before, self._hovered):
            if changed.isValid():
                self.viewport().update(self.visualRect(changed))

    def _step(self, action: Cursor) -> int:
        """How many rows a key goes on; the lines of a page for the page keys."""
        lines = max(1, self.viewport().height() // self._cell.height())
        onward = -1 if self.isRightToLeft() else 1
        steps = {
            Cursor.MoveLeft: -onward,
            Cursor.MoveRight: onward,
            Cursor.MovePrevious: -1,
            Cursor.MoveNext: 1,
            Cursor.MoveUp: -self._columns,
            Cursor.MoveDown: self._columns,
            Cursor.MovePageUp: -lines * self._columns,
            Cursor.MovePageDown: lines * self._columns,
        }
        return steps.get(action, 0)

    def _bounded(self, row: int, current: int) -> int:
        """A step over an end: to the last line below, or to the end itself if one is in it."""
        last = self._count() - 1
        if row < 0:
            return current % self._columns if current >= self._columns else current
        return last if current // self._columns < last // self._columns else current

    def _touched(self, area: QRect) -> list[int]:
        """The rows whose cards an area of the viewport touches."""
        half = GAP // 2
        cards = (
            (row, self.visualRect(self.model().index(row, 0)).adjusted(half, half, -half, -half))
            for row in self.rows_in(area)
        )
        return [row for row, card in cards if card.intersects(area)]

    def _add(self, selection: QItemSelection, first: int, last: int) -> None:
        selection.select(self.model().index(first, 0), self.model().index(last, 0))

    def _count(self) -> int:
        return self.model().rowCount()


def _viewport() -> QWidget:
    """As Qt makes it; but PySide would load every kind of widget, to see which of them that is."""
    made = QWidget()
    made.setObjectName("qt_scrollarea_viewport")
    made.setBackgroundRole(QPalette.ColorRole.Base)
    made.setAutoFillBackground(True)
    return made
