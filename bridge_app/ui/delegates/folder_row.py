"""One row of the sidebar: a heading, or a place with its icon and how many assets it holds."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import number_text
from bridge_app.ui.models.branches import Mark
from bridge_app.ui.models.folder_tree import FolderRole, Place
from bridge_app.ui.theme import Badge, Theme

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 31
HEADING_PX = 34
ICON_PX = 17
PAD_PX = 9
MARK_PX = 14
MARKS = {
    Mark.UNSYNCED: ("hourglass", "neutral"),
    Mark.KEPT: ("cloud-download", "positive"),
    Mark.BUSY: ("refresh-cw", "info"),
    Mark.TROUBLE: ("circle-alert", "warning"),
}
"""The icon of a mark, and the state in `Tokens` whose colours it has."""
LEADING = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
TRAILING = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class FolderRow(QStyledItemDelegate):
    """Paints the rows of a `FolderTree`."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self.landing: QPersistentModelIndex | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: headings stand a little apart."""
        del option
        heading = index.data(FolderRole.PLACE) is Place.HEADING
        return QSize(80, HEADING_PX if heading else ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw the row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        if index.data(FolderRole.PLACE) is Place.HEADING:
            self._heading(painter, option, index)
        else:
            self._ground(painter, option)
            if self.landing is not None and self.landing == index:
                self._mark_landing(painter, option)
            self._row(painter, option, index)
        painter.restore()

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        painter.setFont(self._theme.font(tokens.font_px.small, QFont.Weight.DemiBold))
        painter.setPen(tokens.text_muted)
        place = option.rect.adjusted(PAD_PX, 8, -PAD_PX, 0)
        painter.drawText(place, LEADING, str(index.data()))

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        tokens = self._theme.tokens
        place = QRectF(option.rect).adjusted(0.5, 1.5, -0.5, -1.5)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected:
            painter.setBrush(tokens.selection)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(tokens.pressed)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        if selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(tokens.focus, 1.5))
        painter.drawRoundedRect(place, tokens.radius.control, tokens.radius.control)

    def _mark_landing(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Here something would be dropped."""
        tokens = self._theme.tokens
        painter.setPen(QPen(tokens.accent, 1.5))
        painter.setBrush(tokens.drop)
        place = QRectF(option.rect).adjusted(1, 2, -1, -2)
        painter.drawRoundedRect(place, tokens.radius.control, tokens.radius.control)

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        inner = option.rect.adjusted(PAD_PX, 0, -PAD_PX, 0)
        icon = self._icons.pixmap(
            index.data(FolderRole.ICON),
            tokens.link if selected else tokens.text_muted,
            ICON_PX,
            painter.device().devicePixelRatioF(),
        )
        top = inner.top() + (inner.height() - ICON_PX) // 2
        spot = _placed(option, inner, QRect(inner.left(), top, ICON_PX, ICON_PX))
        painter.drawPixmap(spot, icon)
        taken = self._figure(painter, inner, index)
        taken += self._mark(painter, option, inner.adjusted(0, 0, -taken, 0), index)
        left = inner.left() + ICON_PX + 8
        room = inner.width() - ICON_PX - 8 - taken
        words = _placed(option, inner, QRect(left, inner.top(), max(0, room), inner.height()))
        unsynced = index.data(FolderRole.MARK) is Mark.UNSYNCED
        font = self._theme.font(
            tokens.font_px.body, QFont.Weight.Medium if selected else QFont.Weight.Normal
        )
        painter.setFont(font)
        painter.setPen(tokens.text_muted if unsynced else tokens.text)
        shown = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, LEADING, shown)

    def _figure(self, painter: QPainter, inner: QRect, index: Index) -> int:
        """Write how many assets are there; returns the width it takes."""
        count = index.data(FolderRole.COUNT)
        if count is None or (not count and index.data(FolderRole.MARK) is Mark.UNSYNCED):
            return 0  # nothing was counted yet
        figure = number_text(count)
        tokens = self._theme.tokens
        font = self._theme.font(tokens.font_px.caption, tabular=True)
        painter.setFont(font)
        painter.setPen(tokens.text_muted)
        painter.drawText(inner, TRAILING, figure)
        return QFontMetrics(font).horizontalAdvance(figure) + 8

    def _mark(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, index: Index
    ) -> int:
        """Draw the place's mark at the end of its row; returns the width it takes."""
        icon, state = MARKS.get(index.data(FolderRole.MARK), ("", ""))
        if not icon:
            return 0
        badge: Badge = getattr(self._theme.tokens, state)
        dpr = painter.device().devicePixelRatioF()
        pixmap = self._icons.pixmap(icon, badge.soft_ink, MARK_PX, dpr)
        top = inner.top() + (inner.height() - MARK_PX) // 2
        left = inner.left() + inner.width() - MARK_PX
        around = option.rect.adjusted(PAD_PX, 0, -PAD_PX, 0)
        painter.drawPixmap(_placed(option, around, QRect(left, top, MARK_PX, MARK_PX)), pixmap)
        return MARK_PX + 8


def _placed(option: QStyleOptionViewItem, around: QRect, place: QRect) -> QRect:
    direction: Qt.LayoutDirection = option.direction
    return QStyle.visualRect(direction, around, place)
