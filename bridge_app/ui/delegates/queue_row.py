"""One picture that waits for a decision: itself, its name, what is asked, and until when."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bridge_app.domain.review_requests import QueueItem
from bridge_app.ui.delegates.row_painter import RowPainter
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.review_queue import QueueRole, waits_text
from bridge_app.ui.small_thumbs import SmallThumbs
from bridge_app.ui.theme import Badge, Theme

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 56
THUMB_PX = 40
EDGE_PX = 10
LINE_PX = 18
MARK_PX = 20


class QueueRow(QStyledItemDelegate):
    """Rows of a `QueueList`; what waits for another stage first is drawn in muted text."""

    def __init__(self, theme: Theme, icons: Icons, thumbs: SmallThumbs, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._thumbs = thumbs

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: all rows are alike, so that long queues stay quick."""
        del option, index
        return QSize(240, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw the row."""
        item: QueueItem = index.data(QueueRole.ITEM)
        painter.save()
        row = RowPainter(painter, option, self._theme, self._icons)
        tokens = row.tokens
        row.back()
        place = row.place(EDGE_PX, (ROW_PX - THUMB_PX) // 2, THUMB_PX, THUMB_PX)
        square = self._thumbs.square(index.data(QueueRole.PICTURE))
        if square is not None:
            row.picture(place, square, radius=6)
        else:
            row.tile(place, "image", back=tokens.placeholder, ink=tokens.text_muted)
        x = EDGE_PX + THUMB_PX + EDGE_PX
        width = row.rect.width() - x - EDGE_PX - self._mark(row, painter, index)
        strong = row.font(tokens.font_px.body, strong=True)
        ink = tokens.text_muted if item.waits_for else tokens.text
        name: str = index.data(Qt.ItemDataRole.DisplayRole)
        middle = Qt.TextElideMode.ElideMiddle
        row.line(row.place(x, 9, width, LINE_PX + 2), name, font=strong, colour=ink, elide=middle)
        small = row.font(tokens.font_px.small)
        where: str = index.data(QueueRole.WHERE)
        below = row.place(x, 10 + LINE_PX, width, LINE_PX)
        row.line(below, where, font=small, colour=tokens.text_muted)
        painter.restore()

    def _mark(self, row: RowPainter, painter: QPainter, index: Index) -> int:
        """When it is due, or what it waits for; returns the width it takes."""
        item: QueueItem = index.data(QueueRole.ITEM)
        words = waits_text(item) or index.data(QueueRole.DUE)
        if not words:
            return 0
        tokens = row.tokens
        badge: Badge = tokens.negative if item.is_overdue else tokens.neutral
        font = row.font(tokens.font_px.caption, strong=True)
        width = QFontMetrics(font).horizontalAdvance(words) + 18
        x, y = row.rect.width() - EDGE_PX - width, (ROW_PX - MARK_PX) // 2
        pill = row.place(x, y, width, MARK_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(badge.soft)
        painter.drawRoundedRect(QRectF(pill), MARK_PX / 2, MARK_PX / 2)
        centre = Qt.AlignmentFlag.AlignCenter
        row.line(pill, words, font=font, colour=badge.soft_ink, align=centre)
        return width + EDGE_PX
