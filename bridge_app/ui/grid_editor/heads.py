"""The names of the fields above their columns.

They are drawn here: Qt's own heads ask every cell of a chosen column whether it can be chosen.
"""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from bridge_app.ui.looks import Looks

MARGIN = 8
HEIGHT_PX = 34


class FieldHeads(QHeaderView):
    """A click chooses the column; a drag moves it, and its edge makes it wider."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = looks.theme
        self.setFixedHeight(HEIGHT_PX)
        looks.theme.changed.connect(self.viewport().update)

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """Qt: draw the name of one field."""
        tokens = self._theme.tokens
        painter.save()
        painter.setLayoutDirection(self.layoutDirection())
        here = self.selectionModel().currentIndex().column() == logical_index
        painter.fillRect(rect, tokens.panel)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tokens.border)
        font = self._theme.font(tokens.font_px.small, QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(tokens.text if here else tokens.text_muted)
        place = rect.adjusted(MARGIN, 0, -MARGIN, 0)
        name = str(self.model().headerData(logical_index, Qt.Orientation.Horizontal))
        shown = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, place.width())
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, int(align), shown)
        painter.restore()
