"""One line of the history: what, who, when, and what was said in full."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bridge_app.ui.delegates.badges import PILL_PX, Stamp, approval_sign
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import moment_text, one_line
from bridge_app.ui.models.history import HistoryEntry, HistoryRole
from bridge_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
LINE_PX = 18
PAD_PX = 11
WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(
    Qt.TextFlag.TextWordWrap
)
LEADING = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class HistoryRow(QStyledItemDelegate):
    """Rows as high as their texts need; a decision has its sign, an edit its field's name."""

    def __init__(self, theme: Theme, icons: Icons, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._icons = icons
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: as high as the texts need in the view's width."""
        del option
        width = self._view.width() - 2
        height = 2 * PAD_PX + PILL_PX + 4 + LINE_PX
        entry: HistoryEntry = index.data(HistoryRole.ENTRY)
        for text in entry.texts:
            height += 4 + self._height(text, width)
        return QSize(width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw the row."""
        tokens = self._theme.tokens
        entry: HistoryEntry = index.data(HistoryRole.ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(tokens.focus)
            painter.drawRoundedRect(area.adjusted(1, 2, -2, -3), 6, 6)
        y = area.top() + PAD_PX
        self._head(painter, entry, QRect(area.left(), y, area.width(), PILL_PX), option.direction)
        y += PILL_PX + 4
        painter.setFont(self._theme.font(tokens.font_px.small))
        painter.setPen(tokens.text_muted)
        who = f"{one_line(entry.who)}  ·  {moment_text(entry.at)}"
        painter.drawText(QRect(area.left(), y, area.width(), LINE_PX), LEADING, who)
        y += LINE_PX
        painter.setPen(tokens.text)
        painter.setFont(self._theme.font(tokens.font_px.body))
        for text in entry.texts:
            y += 4
            height = self._height(text, area.width())
            painter.drawText(QRect(area.left(), y, area.width(), height), WRAPPED, text)
            y += height
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, tokens.border)
        painter.restore()

    def _head(
        self, painter: QPainter, entry: HistoryEntry, place: QRect, direction: Qt.LayoutDirection
    ) -> None:
        tokens = self._theme.tokens
        if entry.approval is None:
            painter.setPen(tokens.text)
            painter.setFont(self._theme.font(tokens.font_px.body, QFont.Weight.DemiBold))
            painter.drawText(place, LEADING, one_line(entry.title))
            return
        stamp = Stamp(painter, self._theme, self._icons, dpr=painter.device().devicePixelRatioF())
        sign = approval_sign(entry.approval, tokens)
        pill = QRect(place.left(), place.top(), stamp.pill_width(sign, words=True), PILL_PX)
        pill = QStyle.visualRect(direction, place, pill)
        stamp.pill(sign, pill, ink=sign.badge.soft_ink, fill=sign.badge.soft, words=True)

    def _height(self, text: str, width: int) -> int:
        font = self._theme.font(self._theme.tokens.font_px.body, QFont.Weight.Normal)
        bounds = QFontMetrics(font).boundingRect(QRect(0, 0, width, 1 << 16), WRAPPED, text)
        return bounds.height()
