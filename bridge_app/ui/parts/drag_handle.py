"""A button that files are dragged out by; pressed, it puts them on the clipboard instead."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton

from bridge_app.ui.icons import Icons
from bridge_app.ui.theme import Theme

ICON_PX = 18


class DragHandle(QToolButton):
    """Moved with the mouse it wants a drag; a click, or the keyboard, wants a copy."""

    dragWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._pressed_at: QPoint | None = None
        name = self.tr("Drag the file into another program, or press to copy it")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        theme.changed.connect(self._dress)
        self._dress()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a click or a drag begins."""
        super().mousePressEvent(event)
        self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: far enough, it is a drag."""
        start = self._pressed_at
        if start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (
            event.position().toPoint() - start
        ).manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            self.setDown(False)
            self.dragWanted.emit()

    def _dress(self) -> None:
        self.setIcon(self._icons.icon("file-image", size_px=ICON_PX))
        self.setIconSize(QSize(ICON_PX, ICON_PX))
