"""The table of a contact sheet: its cells can be dragged out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView


class SheetTable(QTableView):
    """Tells that what is chosen is dragged; who knows the cells has their files made."""

    dragWanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        # Arrows lead from cell to cell; the tab key leaves.
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Qt: a press on a cell was moved."""
        del supported
        self.dragWanted.emit()
