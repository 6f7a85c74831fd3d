"""The sidebar's line that says how much waits for the one who sits here."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.rule import with_gap
from bridge_app.ui.theme import Theme

ICON_PX = 18
HEIGHT_PX = 34


class QueueChip(QWidget):
    """A button with the count, and a badge for what is overdue; hidden while nothing waits."""

    def __init__(self, theme: Theme, icons: Icons, show_queue: QAction) -> None:
        super().__init__()
        self._icons = icons
        self.button = QToolButton()
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(ICON_PX, ICON_PX))
        self.button.setFixedHeight(HEIGHT_PX)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.setToolTip(show_queue.toolTip())
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
        self.button.setText(with_gap(self.tr("%Ln to review", "", waiting)))
        words = self.tr("%Ln overdue", "", overdue)
        self.overdue.setText(words)
        self.overdue.setVisible(overdue > 0)
        name = self.tr("%Ln to review", "", waiting)
        self.button.setAccessibleName(f"{name}, {words}" if overdue else name)
        self.setVisible(waiting > 0)

    def _dress(self) -> None:
        self.button.setIcon(self._icons.icon("clipboard-check", size_px=ICON_PX))
