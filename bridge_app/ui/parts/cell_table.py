"""A table to write into, as spreadsheets are: the tab key goes from cell to cell."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView, QWidget


class CellTable(QTableView):
    """F6 leaves it, Shift+F6 backwards: the tab key does not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabKeyNavigation(True)
        self.setAccessibleDescription(self.tr("F6 leaves the table"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: a key that the cell did not take."""
        if event.key() != Qt.Key.Key_F6:
            super().keyPressEvent(event)
            return
        self.setTabKeyNavigation(False)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.focusPreviousChild()
        else:
            self.focusNextChild()
        self.setTabKeyNavigation(True)
