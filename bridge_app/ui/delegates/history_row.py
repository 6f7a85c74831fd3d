"""One line of the history: what, who, when, and what was said in full."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from bridge_app.ui.delegates.badges import PILL_PX, Stamp, approval_sign
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import moment_text, one_line
from bridge_app.ui.models.history import HistoryEntry, HistoryRole
from bridge_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
PAD_PX = 11
WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(
    Qt.TextFlag.TextWordWrap
)
LEADING = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class HistoryRow(QStyledItemDelegate):
    """Rows as high as their texts need; a decision has its sign, an edit its field's name."""

    def __init__(self, theme: Theme, icons: Icons, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._icons = icons
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: as high as the texts need in the view's width."""
        del option
        width = self._room
        entry: HistoryEntry = index.data(HistoryRole.ENTRY)
        height = 2 * PAD_PX + PILL_PX + 4 + _height(_who(entry), self._small, width)
        for text in entry.texts:
            height += 4 + _height(text, self._body, width)
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
        is_turned = option.direction is Qt.LayoutDirection.RightToLeft
        who = (_who(entry), self._small, tokens.text_muted)
        for text, font, colour in (who, *((one, self._body, tokens.text) for one in entry.texts)):
            painter.setFont(font)
            painter.setPen(colour)
            height = _height(text, font, self._room)
            left = area.right() + 1 - self._room if is_turned else area.left()
            painter.drawText(QRect(left, y, self._room, height), WRAPPED, text)
            y += height + 4
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

    @property
    def _room(self) -> int:
        """The same with a scroll bar and without: rows stay where they were laid when it comes."""
        return self._view.width() - self._view.verticalScrollBar().sizeHint().width() - 2

    @property
    def _small(self) -> QFont:
        return self._theme.font(self._theme.tokens.font_px.small)

    @property
    def _body(self) -> QFont:
        return self._theme.font(self._theme.tokens.font_px.body)


def _who(entry: HistoryEntry) -> str:
    return f"{one_line(entry.who)}  ·  {moment_text(entry.at)}"


def _height(text: str, font: QFont, width: int) -> int:
    bounds = QFontMetrics(font).boundingRect(QRect(0, 0, width, 1 << 16), WRAPPED, text)
    return bounds.height()
