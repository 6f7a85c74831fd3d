"""A ring around lists, tables, canvases and pages that have the keyboard and do not show it."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QListView,
    QPlainTextEdit,
    QTextEdit,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid

from bridge_app.ui.theme import Theme

WIDTH_PX = 2
OWN = (QPlainTextEdit, QTextEdit)
"""These have a border that the style sheet colours."""


class FocusRing(QObject):
    """Follows the keyboard through all windows of `app`; who clicked knows where they are."""

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__(app)
        self._theme = theme
        self._ring: _Ring | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.deleteLater()
            self._ring.setParent(None)
        self._ring = None
        clicked = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if now is not None and not clicked and _wants_ring(now):
            self._ring = _Ring(self._theme, now)


def _wants_ring(widget: QWidget) -> bool:
    """Is it not seen already: by a border, or by the row that is chosen in it?

    Others than scroll areas ask for one by the property `ring`.
    """
    if isinstance(widget, QListView | QTreeView):
        return widget.model() is None or not widget.selectionModel().hasSelection()
    if isinstance(widget, QAbstractScrollArea):
        return not isinstance(widget, OWN)
    return bool(widget.property("ring"))


class _Ring(QWidget):
    """Lies over the whole area, and lets everything through."""

    def __init__(self, theme: Theme, area: QWidget) -> None:
        super().__init__(area)
        self._theme = theme
        self._area = area
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(area.rect())
        area.installEventFilter(self)
        if isinstance(area, QListView | QTreeView) and area.model() is not None:
            area.selectionModel().selectionChanged.connect(self._follow_choice)
        self.raise_()
        self.show()

    def _follow_choice(self) -> None:
        """What is chosen shows by itself where the keyboard is."""
        self.setVisible(_wants_ring(self._area))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the area has another size."""
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._area.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.tokens.focus, WIDTH_PX))
        inside = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = self._theme.tokens.radius.small
        painter.drawRoundedRect(inside, radius, radius)
        painter.end()
