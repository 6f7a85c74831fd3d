"""A button that shows its icon alone where there is no room for its words."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

SMALLEST_PX = 48


class SpareButton(QPushButton):
    """Says its words in the tool tip then; a screen reader hears them always.

    Args:
        roomy_px: So wide it is at least where there is room.
    """

    def __init__(self, roomy_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roomy_px = roomy_px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def is_short(self) -> bool:
        """Is the icon alone to be seen?"""
        return self.width() < super().sizeHint().width()

    def sizeHint(self) -> QSize:
        """Qt: with all words."""
        return super().sizeHint().expandedTo(QSize(self._roomy_px, 0))

    def minimumSizeHint(self) -> QSize:
        """Qt: with the icon alone."""
        return QSize(SMALLEST_PX, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the words whole, or none of them."""
        if not self.is_short:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)
