"""The cells: chosen as rectangles, moved about with the keys of a spreadsheet."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from bridge_app.domain.grid_edits import Area
from bridge_app.domain.standard_schema import Shape
from bridge_app.ui.grid_editor.cell import GridCell
from bridge_app.ui.grid_editor.columns import GridColumn
from bridge_app.ui.grid_editor.heads import FieldHeads
from bridge_app.ui.grid_editor.model import GridModel
from bridge_app.ui.grid_editor.names import ROW_PX, NameColumn
from bridge_app.ui.looks import Looks
from bridge_app.ui.parts.cell_table import CellTable

Index = QModelIndex | QPersistentModelIndex
Flag = QItemSelectionModel.SelectionFlag
WIDTHS = {
    Shape.PROSE: 300,
    Shape.BAG: 240,
    Shape.NAMES: 170,
    Shape.MOMENT: 150,
    Shape.WHOLE: 90,
}
WIDTH_PX = 170
NARROWEST_PX = 60
EDIT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GridTable(CellTable):
    """Rows are masters, whose names stay in sight; columns can be moved and made wider.

    Signals:
        emptied: The chosen cells shall say nothing.
        movedOn: Which cell is current, or which are chosen, is different.
    """

    emptied = Signal()
    movedOn = Signal()

    def __init__(self, model: GridModel, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.cell = GridCell(looks.theme, looks.icons, self)
        self.names = NameColumn(model, looks, self)
        self.setModel(model)
        self.setItemDelegate(self.cell)
        self.setVerticalHeader(self.names)
        self.setHorizontalHeader(FieldHeads(looks, self))
        self._build()
        model.modelReset.connect(self._size_columns)

    @property
    def areas(self) -> tuple[Area, ...]:
        """The chosen rectangles, as places in the model; the current cell where none is."""
        found = tuple(
            Area(top=one.top(), left=one.left(), bottom=one.bottom(), right=one.right())
            for one in self.selectionModel().selection().toList()
        )
        here = self.currentIndex()
        if found or not here.isValid():
            return found
        return (Area(top=here.row(), left=here.column(), bottom=here.row(), right=here.column()),)

    @property
    def shown_columns(self) -> tuple[GridColumn, ...]:
        """The columns in the order in which they are shown."""
        header, columns = self.horizontalHeader(), self._rows.columns
        return tuple(columns[header.logicalIndex(place)] for place in range(len(columns)))

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one, and show it."""
        index = self._rows.index(row, column)
        self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect)
        self.scrollTo(index)

    def settle_header(self) -> None:
        """Let the heads stand as the columns of the model do; the model has the order by now."""
        header = self.horizontalHeader()
        with QSignalBlocker(header):
            for place in range(header.count()):
                header.moveSection(header.visualIndex(place), place)

    def choose(self, areas: Iterable[Area]) -> None:
        """Choose these rectangles."""
        chosen = QItemSelection()
        for area in areas:
            first = self._rows.index(area.top, area.left)
            chosen.select(first, self._rows.index(area.bottom, area.right))
        self.selectionModel().select(chosen, Flag.ClearAndSelect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter begins to write, Delete empties what is chosen."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        here = self.currentIndex()
        if plain and event.key() in EDIT_KEYS and here.isValid():
            if here.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(here)
        elif plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.emptied.emit()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Qt: after Enter the cell below is next, as in any spreadsheet."""
        super().closeEditor(editor, hint)
        self.setFocus()
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            here = self.currentIndex()
            below = here.siblingAtRow(here.row() + 1)
            if below.isValid():
                self.setCurrentIndex(below)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt: another cell has the keyboard."""
        super().currentChanged(current, previous)
        self.names.viewport().update()
        self.movedOn.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Qt: other cells are chosen."""
        super().selectionChanged(selected, deselected)
        self.names.viewport().update()
        self.movedOn.emit()

    def _build(self) -> None:
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setWordWrap(False)
        self.setAccessibleName(self.tr("Metadata of the chosen masters"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        )
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(NARROWEST_PX)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setAccessibleName(self.tr("Fields"))
        self.names.setDefaultSectionSize(ROW_PX)

    def _size_columns(self) -> None:
        for number, column in enumerate(self._rows.columns):
            self.setColumnWidth(number, WIDTHS.get(column.field.shape, WIDTH_PX))
