"""Paints the plan of renditions: groups as headings, renditions as one line each."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bridge_app.domain.rendition_plan import RenditionStep
from bridge_app.ui.delegates.row_painter import TRAILING, RowPainter
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import number_text
from bridge_app.ui.presets.rendition_tree import MADE, REPLACED, RenditionRole
from bridge_app.ui.small_thumbs import SmallThumbs
from bridge_app.ui.theme import Badge, Theme, Tokens

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 36
THUMB_PX = 26
ICON_PX = 16
GAP_PX = 10
SIZE_PX = 110
ICONS = {MADE: "circle-arrow-up", REPLACED: "refresh-cw"}


class RenditionRow(QStyledItemDelegate):
    """A group: sign, title and count; a rendition: its master, what it is, and its pixels."""

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
        if index.data(RenditionRole.STEP) is None:
            self._paint_group(row, painter, index)
        else:
            self._paint_step(row, index)
        painter.restore()

    def _paint_group(self, row: RowPainter, painter: QPainter, index: Index) -> None:
        tokens = row.tokens
        group = str(index.data(RenditionRole.GROUP))
        badge = _badge(tokens, group)
        icon = ICONS.get(group, "shield-x")
        row.icon(row.place(4, 0, ICON_PX + 4, ROW_PX), icon, badge.soft_ink)
        strong = row.font(tokens.font_px.body, strong=True)
        caption = row.font(tokens.font_px.caption, strong=True)
        count = number_text(index.data(RenditionRole.COUNT))
        pill_px = QFontMetrics(caption).horizontalAdvance(count) + 14
        x = 4 + ICON_PX + 4 + GAP_PX
        title: str = index.data(Qt.ItemDataRole.DisplayRole)
        most = row.rect.width() - x - pill_px - 2 * GAP_PX
        width = min(most, QFontMetrics(strong).horizontalAdvance(title) + 2)
        row.line(row.place(x, 0, width, ROW_PX), title, font=strong, colour=tokens.text)
        pill = row.place(x + width + GAP_PX, (ROW_PX - 18) // 2, pill_px, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(badge.soft)
        painter.drawRoundedRect(QRectF(pill), 9, 9)
        middle = Qt.AlignmentFlag.AlignCenter
        row.line(pill, count, font=caption, colour=badge.soft_ink, align=middle)

    def _paint_step(self, row: RowPainter, index: Index) -> None:
        tokens = row.tokens
        step: RenditionStep = index.data(RenditionRole.STEP)
        width = row.rect.width() - SIZE_PX - GAP_PX
        name_px = width // 3
        tile = row.place(4, (ROW_PX - THUMB_PX) // 2, THUMB_PX, THUMB_PX)
        picture = self._thumbs.square(step.sha256)
        if picture is not None:
            row.picture(tile, picture, radius=tokens.radius.small)
        else:
            row.tile(tile, "image", back=tokens.placeholder, ink=tokens.text_muted)
        x = 4 + THUMB_PX + GAP_PX
        row.line(
            row.place(x, 0, name_px - x - GAP_PX, ROW_PX),
            index.data(Qt.ItemDataRole.DisplayRole),
            font=row.font(tokens.font_px.body),
            colour=tokens.text,
            elide=Qt.TextElideMode.ElideMiddle,
        )
        small = row.font(tokens.font_px.small)
        is_held = step.obstacle is not None
        warns = tokens.warning.soft_ink if step.breaches else tokens.text_muted
        row.line(
            row.place(name_px, 0, width - name_px, ROW_PX),
            index.data(RenditionRole.NOTE),
            font=small,
            colour=tokens.negative.soft_ink if is_held else warns,
        )
        row.line(
            row.place(row.rect.width() - SIZE_PX, 0, SIZE_PX - GAP_PX, ROW_PX),
            index.data(RenditionRole.SIZE),
            font=small,
            colour=tokens.text_muted,
            align=TRAILING,
        )


def _badge(tokens: Tokens, group: str) -> Badge:
    return {MADE: tokens.positive, REPLACED: tokens.warning}.get(group, tokens.negative)
