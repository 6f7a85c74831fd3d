"""One decision in the history: what, who, when, and the comment in full."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bridge_app.domain.approvals import Decision
from bridge_app.ui.delegates.badges import PILL_PX, Stamp, approval_sign
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import moment_text, one_line
from bridge_app.ui.models.history import HistoryRole
from bridge_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
LINE_PX = 18
PAD_PX = 11
WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(
    Qt.TextFlag.TextWordWrap
)
LEADING = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class DecisionRow(QStyledItemDelegate):
    """Rows as high as their comment needs."""

    def __init__(self, theme: Theme, icons: Icons, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._icons = icons
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: as high as the comment needs in the view's width."""
        del option
        width = self._view.width() - 2
        height = 2 * PAD_PX + PILL_PX + 4 + LINE_PX
        for text in self._texts(index):
            height += 4 + self._height(text, width)
        return QSize(width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw the row."""
        tokens = self._theme.tokens
        decision: Decision = index.data(HistoryRole.DECISION)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(tokens.focus)
            painter.drawRoundedRect(area.adjusted(1, 2, -2, -3), 6, 6)
        stamp = Stamp(painter, self._theme, self._icons, dpr=painter.device().devicePixelRatioF())
        sign = approval_sign(decision.approval, tokens)
        y = area.top() + PAD_PX
        pill = QRect(area.left(), y, stamp.pill_width(sign, words=True), PILL_PX)
        pill = QStyle.visualRect(option.direction, area, pill)
        stamp.pill(sign, pill, ink=sign.badge.soft_ink, fill=sign.badge.soft, words=True)
        y += PILL_PX + 4
        painter.setFont(self._theme.font(tokens.font_px.small))
        painter.setPen(tokens.text_muted)
        who = f"{one_line(decision.who)}  ·  {moment_text(decision.at)}"
        painter.drawText(QRect(area.left(), y, area.width(), LINE_PX), LEADING, who)
        y += LINE_PX
        painter.setPen(tokens.text)
        painter.setFont(self._theme.font(tokens.font_px.body))
        for text in self._texts(index):
            y += 4
            height = self._height(text, area.width())
            painter.drawText(QRect(area.left(), y, area.width(), height), WRAPPED, text)
            y += height
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, tokens.border)
        painter.restore()

    def _texts(self, index: Index) -> list[str]:
        decision: Decision = index.data(HistoryRole.DECISION)
        earlier = self.tr("About an earlier version of the file.")
        texts = (decision.comment, earlier if index.data(HistoryRole.IS_EARLIER) else "")
        return [text for text in texts if text]

    def _height(self, text: str, width: int) -> int:
        font = self._theme.font(self._theme.tokens.font_px.body, QFont.Weight.Normal)
        bounds = QFontMetrics(font).boundingRect(QRect(0, 0, width, 1 << 16), WRAPPED, text)
        return bounds.height()
