"""Paints the plan of a push: groups as headings, steps as one line each."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bridge_app.domain.push_plan import PushAction, PushStep
from bridge_app.ui.delegates.row_painter import LEADING, TRAILING, RowPainter
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import bytes_text, isolated, number_text
from bridge_app.ui.models.push_plan import PlanRole
from bridge_app.ui.small_thumbs import SmallThumbs
from bridge_app.ui.theme import Badge, Theme, Tokens

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 36
THUMB_PX = 26
ICON_PX = 16
GAP_PX = 10
SIZE_PX = 110
KIND_ICONS = {"image": "image", "video": "film", "raw": "file"}
ICONS = {
    PushAction.NEW: "circle-arrow-up",
    PushAction.NEW_VERSION: "refresh-cw",
    PushAction.REFUSED: "shield-x",
    PushAction.TOO_LARGE: "triangle-alert",
    PushAction.KEPT: "pause",
    PushAction.SAME_CONTENT: "copy-check",
    PushAction.ALREADY_QUEUED: "clock",
}


class PlanRow(QStyledItemDelegate):
    """A group: sign, title, count, hint and bytes; a step: name, note and bytes."""

    def __init__(self, theme: Theme, icons: Icons, thumbs: SmallThumbs, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbs = thumbs
        self._theme = theme
        self._icons = icons

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: all rows are alike, so that long plans stay quick."""
        del option, index
        return QSize(200, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw the row."""
        painter.save()
        row = RowPainter(painter, option, self._theme, self._icons)
        row.back()
        if index.data(PlanRole.STEP) is None:
            self._paint_group(row, painter, index)
        else:
            self._paint_step(row, index)
        painter.restore()

    def _paint_group(self, row: RowPainter, painter: QPainter, index: Index) -> None:
        tokens = row.tokens
        action = PushAction(index.data(PlanRole.ACTION))  # Qt hands a StrEnum back as str
        badge = _badge(tokens, action)
        row.icon(row.place(4, 0, ICON_PX + 4, ROW_PX), ICONS[action], badge.soft_ink)
        strong = row.font(tokens.font_px.body, strong=True)
        small = row.font(tokens.font_px.small)
        x = 4 + ICON_PX + 4 + GAP_PX
        title: str = index.data(Qt.ItemDataRole.DisplayRole)
        width = QFontMetrics(strong).horizontalAdvance(title) + 2
        row.line(row.place(x, 0, width, ROW_PX), title, font=strong, colour=tokens.text)
        x += width + GAP_PX
        caption = row.font(tokens.font_px.caption, strong=True)
        count = number_text(index.data(PlanRole.COUNT))
        width = QFontMetrics(caption).horizontalAdvance(count) + 14
        pill = row.place(x, (ROW_PX - 18) // 2, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(badge.soft)
        painter.drawRoundedRect(QRectF(pill), 9, 9)
        middle = Qt.AlignmentFlag.AlignCenter
        row.line(pill, count, font=caption, colour=badge.soft_ink, align=middle)
        x += width + GAP_PX
        room = row.rect.width() - x - SIZE_PX - GAP_PX
        hint: str = index.data(PlanRole.NOTE)
        row.line(row.place(x, 0, room, ROW_PX), hint, font=small, colour=tokens.text_muted)
        self._paint_size(row, index)

    def _paint_step(self, row: RowPainter, index: Index) -> None:
        tokens = row.tokens
        step: PushStep = index.data(PlanRole.STEP)
        refused = step.action in (PushAction.REFUSED, PushAction.TOO_LARGE)
        width = row.rect.width() - SIZE_PX - GAP_PX
        name_px = width * 2 // 5
        tile = row.place(4, (ROW_PX - THUMB_PX) // 2, THUMB_PX, THUMB_PX)
        picture = self._thumbs.square(step.sha256)
        if picture is not None:
            row.picture(tile, picture, radius=tokens.radius.small)
        else:
            kind = KIND_ICONS.get(step.resource_type, "file")
            row.tile(tile, kind, back=tokens.placeholder, ink=tokens.text_muted)
        x = 4 + THUMB_PX + GAP_PX
        row.line(
            row.place(x, 0, name_px - x - GAP_PX, ROW_PX),
            index.data(Qt.ItemDataRole.DisplayRole),
            font=row.font(tokens.font_px.body),
            colour=tokens.text,
            elide=Qt.TextElideMode.ElideMiddle,
        )
        note: str = index.data(PlanRole.NOTE)
        row.line(
            row.place(name_px, 0, width - name_px, ROW_PX),
            note if refused else isolated(note),
            font=row.font(tokens.font_px.small),
            colour=tokens.negative.soft_ink if refused else tokens.text_muted,
            align=LEADING,
            elide=Qt.TextElideMode.ElideRight if refused else Qt.TextElideMode.ElideMiddle,
        )
        self._paint_size(row, index)

    def _paint_size(self, row: RowPainter, index: Index) -> None:
        tokens = row.tokens
        place = row.place(row.rect.width() - SIZE_PX, 0, SIZE_PX - GAP_PX, ROW_PX)
        text = isolated(bytes_text(index.data(PlanRole.BYTES)))
        small = row.font(tokens.font_px.small)
        row.line(place, text, font=small, colour=tokens.text_muted, align=TRAILING)


def _badge(tokens: Tokens, action: PushAction) -> Badge:
    return {
        PushAction.NEW: tokens.positive,
        PushAction.NEW_VERSION: tokens.info,
        PushAction.REFUSED: tokens.negative,
        PushAction.TOO_LARGE: tokens.negative,
        PushAction.KEPT: tokens.neutral,
        PushAction.SAME_CONTENT: tokens.neutral,
        PushAction.ALREADY_QUEUED: tokens.warning,
    }[action]
