"""Texts of cells, cut to their room and laid out once.

Qt lays a drawn text out anew each time; of a screen full of cells that was most of a repaint.
"""

from collections import OrderedDict

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText, QTextOption
from PySide6.QtWidgets import QStyle

from bridge_app.ui.messages import isolated

MOST = 2_000
"""Some screens full; those drawn longest ago go."""
LEADING = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CutTexts:
    """Single lines of one font, cut with an ellipsis where `cut` says."""

    def __init__(self, font: QFont, cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        self._font = font
        self._cut = cut
        self._metrics = QFontMetrics(font)
        self._option = QTextOption()
        self._option.setWrapMode(QTextOption.WrapMode.NoWrap)
        self._laid_out: OrderedDict[tuple[str, int], QStaticText] = OrderedDict()

    def draw(self, painter: QPainter, place: QRect, text: str) -> None:
        """Draw with the painter's pen at the leading edge of the place."""
        if not text:
            return
        # Qt lays out all of a text before it is cut: a caption can be a megabyte.
        key = (text[: max(0, place.width())], place.width())
        line = self._laid_out.get(key)
        if line is None:
            line = self._laid_out[key] = self._made(*key)
            while len(self._laid_out) > MOST:
                self._laid_out.popitem(last=False)
        else:
            self._laid_out.move_to_end(key)
        painter.setFont(self._font)
        size = line.size().toSize()
        spot = QStyle.alignedRect(painter.layoutDirection(), LEADING, size, place)
        painter.drawStaticText(QPointF(spot.topLeft()), line)

    def _made(self, text: str, width: int) -> QStaticText:
        line = QStaticText(isolated(self._metrics.elidedText(text, self._cut, width)))
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.setTextOption(self._option)
        line.prepare(font=self._font)
        return line
