"""Paints rows of two lines with a sign before and a mark behind."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bridge_app.domain.environments import Hue
from bridge_app.ui.delegates.row_painter import TILE_PX, RowPainter
from bridge_app.ui.environment_looks import hue_colour
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.lines import Line, LineList, LineRole
from bridge_app.ui.theme import Badge, Theme

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 54
EDGE_PX = 10
LINE_PX = 18
MARK_PX = 20
BAR_PX = 4
ROOM_PX = 12
"""Around the rows of a list."""


class TwoLine(QStyledItemDelegate):
    """Rows of a `LineList`.

    Args:
        elide: Where long titles and texts are shortened.
    """

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        parent: QWidget,
        *,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._elide = elide

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: all rows are alike."""
        del option, index
        return QSize(200, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw the row."""
        line: Line = index.data(LineRole.LINE)
        painter.save()
        row = RowPainter(painter, option, self._theme, self._icons)
        tokens = row.tokens
        row.back()
        tile = row.place(EDGE_PX, (ROW_PX - TILE_PX) // 2, TILE_PX, TILE_PX)
        row.tile(tile, line.icon, back=tokens.placeholder, ink=tokens.text_muted)
        if line.hue is not Hue.NONE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(hue_colour(line.hue, tokens))
            bar = QRectF(row.place(2, 9, BAR_PX, ROW_PX - 18))
            painter.drawRoundedRect(bar, BAR_PX / 2, BAR_PX / 2)
        x = EDGE_PX + TILE_PX + EDGE_PX
        width = row.rect.width() - x - EDGE_PX - self._mark(row, painter, line)
        strong = row.font(tokens.font_px.body, strong=True)
        title = row.place(x, 8, width, LINE_PX + 2)
        row.line(title, line.title, font=strong, colour=tokens.text, elide=self._elide)
        small = row.font(tokens.font_px.small)
        text = row.place(x, 8 + LINE_PX + 1, width, LINE_PX)
        row.line(text, line.text, font=small, colour=tokens.text_muted)
        painter.restore()

    def _mark(self, row: RowPainter, painter: QPainter, line: Line) -> int:
        """Draw the mark; returns the width it takes."""
        if not line.mark:
            return 0
        badge: Badge = getattr(row.tokens, line.tone)
        font = row.font(row.tokens.font_px.caption, strong=True)
        width = QFontMetrics(font).horizontalAdvance(line.mark) + 18
        x, y = row.rect.width() - EDGE_PX - width, (ROW_PX - MARK_PX) // 2
        pill = row.place(x, y, width, MARK_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(badge.soft)
        painter.drawRoundedRect(QRectF(pill), MARK_PX / 2, MARK_PX / 2)
        middle = Qt.AlignmentFlag.AlignCenter
        row.line(pill, line.mark, font=font, colour=badge.soft_ink, align=middle)
        return width + EDGE_PX


def show_lines(view: QListView, lines: LineList, theme: Theme, icons: Icons, name: str) -> None:
    """Have a view show such rows; `name` is what it is for those who do not see it."""
    view.setModel(lines)
    view.setItemDelegate(TwoLine(theme, icons, view))
    view.setUniformItemSizes(True)
    view.setMouseTracking(True)
    view.setAccessibleName(name)


def fit_height(view: QListView, most: int) -> None:
    """As high as its rows, at most so many of them; more are scrolled to."""
    rows = min(max(view.model().rowCount(), 1), most)
    view.setFixedHeight(rows * (ROW_PX + view.spacing()) + ROOM_PX)
