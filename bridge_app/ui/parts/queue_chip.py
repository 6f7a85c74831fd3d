"""The sidebar's line that says how much waits for the one who sits here."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.rule import with_gap
from bridge_app.ui.theme import Theme

ICON_PX = 18
HEIGHT_PX = 34
AROUND_PX = 38
"""What the button has around its icon and its words."""


class QueueChip(QWidget):
    """A button with the count, and a badge for what is overdue; hidden while nothing waits."""

    def __init__(self, theme: Theme, icons: Icons, show_queue: QAction) -> None:
        super().__init__()
        self._icons = icons
        self.button = QToolButton()
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(ICON_PX, ICON_PX))
        self.button.setFixedHeight(HEIGHT_PX)
        self.button.setProperty("line", "true")
        self.button.setMinimumWidth(ICON_PX + AROUND_PX)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name, self._tip = "", show_queue.toolTip()
        self.button.clicked.connect(show_queue.trigger)
        self.overdue = QLabel()
        self.overdue.setProperty("badge", "negative")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(4)
        layout.addWidget(self.button, 1)
        layout.addWidget(self.overdue, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._dress)
        self._dress()
        self.setVisible(False)

    def show_counts(self, waiting: int, overdue: int) -> None:
        """So many wait, and so many of them are overdue."""
        words = self.tr("%Ln overdue", "", overdue)
        self.overdue.setText(words)
        self.overdue.setVisible(overdue > 0)
        name = self.tr("%Ln to review", "", waiting)
        self.button.setAccessibleName(f"{name}, {words}" if overdue else name)
        self._name = name
        self._shorten()
        self.setVisible(waiting > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: as much of the words as there is room for."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        room = self.button.width() - ICON_PX - AROUND_PX
        metrics = self.button.fontMetrics()
        shown = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        words = with_gap(shown, wide=True)
        if words != self.button.text():
            self.button.setText(words)
        self.button.setToolTip(self._tip if shown == self._name else self._name)

    def _dress(self) -> None:
        self.button.setIcon(self._icons.icon("clipboard-check", size_px=ICON_PX))
