"""Paints a plan: groups as headings, steps as one line each."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bridge_app.ui.delegates.row_painter import LEADING, TRAILING, RowPainter
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import isolated, number_text
from bridge_app.ui.small_thumbs import SmallThumbs
from bridge_app.ui.theme import Badge, Theme

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 36
THUMB_PX = 26
ICON_PX = 16
GAP_PX = 10
SIZE_PX = 110


class StepRow(QStyledItemDelegate):
    """The parts of both kinds of rows; a subclass knows the model and puts them together."""

    def __init__(self, theme: Theme, icons: Icons, thumbs: SmallThumbs, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._thumbs = thumbs

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: all rows are alike, so that long plans stay quick."""
        del option, index
        return QSize(200, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw the row."""
        painter.save()
        row = RowPainter(painter, option, self._theme, self._icons)
        row.back()
        if index.parent().isValid():
            self._paint_step(row, index)
        else:
            self._paint_group(row, painter, index)
        painter.restore()

    def _paint_group(self, row: RowPainter, painter: QPainter, index: Index) -> None:
        raise NotImplementedError

    def _paint_step(self, row: RowPainter, index: Index) -> None:
        raise NotImplementedError

    def _paint_heading(
        self, row: RowPainter, painter: QPainter, icon: str, badge: Badge, title: str, count: int
    ) -> int:
        """The sign, the title and the count of a group; where they end, in px."""
        tokens = row.tokens
        row.icon(row.place(4, 0, ICON_PX + 4, ROW_PX), icon, badge.soft_ink)
        strong = row.font(tokens.font_px.body, strong=True)
        caption = row.font(tokens.font_px.caption, strong=True)
        number = number_text(count)
        pill_px = QFontMetrics(caption).horizontalAdvance(number) + 14
        x = 4 + ICON_PX + 4 + GAP_PX
        most = row.rect.width() - x - pill_px - 2 * GAP_PX
        width = min(most, QFontMetrics(strong).horizontalAdvance(title) + 2)
        row.line(row.place(x, 0, width, ROW_PX), title, font=strong, colour=tokens.text)
        x += width + GAP_PX
        pill = row.place(x, (ROW_PX - 18) // 2, pill_px, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(badge.soft)
        painter.drawRoundedRect(QRectF(pill), 9, 9)
        middle = Qt.AlignmentFlag.AlignCenter
        row.line(pill, number, font=caption, colour=badge.soft_ink, align=middle)
        return x + pill_px + GAP_PX

    def _paint_name(
        self, row: RowPainter, index: Index, *, content: str, kind: str, end: int
    ) -> None:
        """The picture and the name of a step, up to `end` px."""
        tokens = row.tokens
        tile = row.place(4, (ROW_PX - THUMB_PX) // 2, THUMB_PX, THUMB_PX)
        picture = self._thumbs.square(content)
        if picture is not None:
            row.picture(tile, picture, radius=tokens.radius.small)
        else:
            row.tile(tile, kind, back=tokens.placeholder, ink=tokens.text_muted)
        x = 4 + THUMB_PX + GAP_PX
        row.line(
            row.place(x, 0, end - x - GAP_PX, ROW_PX),
            isolated(index.data(Qt.ItemDataRole.DisplayRole)),
            font=row.font(tokens.font_px.body),
            colour=tokens.text,
            elide=Qt.TextElideMode.ElideMiddle,
        )

    def _paint_note(
        self,
        row: RowPainter,
        text: str,
        *,
        begin: int,
        colour: QColor,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        """What is said beside a name or a title, from `begin` px up to the size."""
        row.line(
            row.place(begin, 0, row.rect.width() - begin - SIZE_PX - GAP_PX, ROW_PX),
            text,
            font=row.font(row.tokens.font_px.small),
            colour=colour,
            align=LEADING,
            elide=elide,
        )

    def _paint_size(self, row: RowPainter, text: str) -> None:
        """How large it is, at the end of the row."""
        row.line(
            row.place(row.rect.width() - SIZE_PX, 0, SIZE_PX - GAP_PX, ROW_PX),
            text,
            font=row.font(row.tokens.font_px.small),
            colour=row.tokens.text_muted,
            align=TRAILING,
        )
