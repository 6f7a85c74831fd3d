"""A scroll area that shows whatever has the keyboard, from wherever it came."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class SeeingScroll(QScrollArea):
    """Qt scrolls by itself only where the tab key goes from one widget inside to another."""

    def __init__(self) -> None:
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusObjectChanged.connect(self._show_focused)

    def _show_focused(self, now: QObject | None) -> None:
        content = self.widget()
        if QGuiApplication.mouseButtons():
            return  # what is pressed would move from under the pointer, and not be clicked
        if isinstance(now, QWidget) and content is not None and content.isAncestorOf(now):
            self.ensureWidgetVisible(now)
