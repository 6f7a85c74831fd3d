"""Favourites and smart folders put into another order with the mouse."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from bridge_app.domain.kept_places import Favourite, SmartFolder
from bridge_app.ui.panels.folders import FoldersPanel

Kept = SmartFolder | Favourite


class KeptDragging(QObject):
    """Takes hold of a row and lets go of it over another of its kind. GUI thread only."""

    moved = Signal(object, int)  # SmartFolder or Favourite, and by how many of its kind

    def __init__(self, folders: FoldersPanel) -> None:
        super().__init__(folders)
        self._folders = folders
        self._held: Kept | None = None
        self._from = QPoint()
        self._is_dragging = False
        folders.viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: what the mouse does to the rows."""
        del watched  # it may be going away
        if isinstance(event, QMouseEvent):
            place = event.position().toPoint()
            if event.type() is QEvent.Type.MouseButtonPress:
                is_left = event.button() is Qt.MouseButton.LeftButton
                self._held = self._folders.kept_at(self._row(place)) if is_left else None
                self._from = place
            elif event.type() is QEvent.Type.MouseMove and self._held is not None:
                self._follow(place)
                return True  # else the rows below would be gone to, one after the other
            elif event.type() is QEvent.Type.MouseButtonRelease and self._held is not None:
                self._let_go(place)
        elif event.type() is QEvent.Type.FocusOut or _is_escape(event):
            self._end()
        return False

    def _follow(self, place: QPoint) -> None:
        far = (place - self._from).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._is_dragging:
            self._is_dragging = True
            self._folders.viewport.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._folders.viewport.grabKeyboard()
        if self._is_dragging:
            row = self._row(place)
            over = self._steps_to(row)
            self._folders.mark_drop(QPersistentModelIndex(row) if over else None)

    def _let_go(self, place: QPoint) -> None:
        held, by = self._held, self._steps_to(self._row(place)) if self._is_dragging else 0
        self._end()
        if held is not None and by:
            self.moved.emit(held, by)

    def _end(self) -> None:
        if self._is_dragging:
            self._folders.viewport.releaseKeyboard()
            self._folders.viewport.unsetCursor()
            self._folders.mark_drop(None)
        self._held, self._is_dragging = None, False

    def _row(self, place: QPoint) -> QModelIndex:
        return self._folders.index_at(place)

    def _steps_to(self, row: QModelIndex) -> int:
        """From what is held to a row, among those of its kind; 0 where it cannot go."""
        kept = self._folders.tree.kept
        over = self._folders.kept_at(row) if row.isValid() else None
        if isinstance(self._held, SmartFolder) and isinstance(over, SmartFolder):
            return kept.smart.index(over) - kept.smart.index(self._held)
        if isinstance(self._held, Favourite) and isinstance(over, Favourite):
            return kept.favourites.index(over) - kept.favourites.index(self._held)
        return 0


def _is_escape(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
        return False
    return event.key() == Qt.Key.Key_Escape
