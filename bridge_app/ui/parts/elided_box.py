"""A list of choices whose chosen words are shortened where there is no room for them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

EDGE_PX = 4


class ElidedBox(QComboBox):
    """Says in its tool tip what it shortens."""

    def sizeHint(self) -> QSize:
        """Qt: with room for the edge, nothing that fits is shortened."""
        return super().sizeHint() + QSize(EDGE_PX, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the box, and as much of the words as there is room for."""
        del event
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        whole = option.currentText
        room = field.width() - EDGE_PX
        if not option.currentIcon.isNull():
            room -= option.iconSize.width() + EDGE_PX
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room)
        self.setToolTip(whole if shown != whole else "")
        option.currentText = shown
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
