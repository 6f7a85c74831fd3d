"""One rendition of a contact sheet, as it is painted: picture, facts, and how true it is."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.studio.badge import ICONS, TONES
from bridge_app.ui.studio.sampling import PICTURE_PX, Made
from bridge_app.ui.studio.sheet_model import SheetCell, SheetRole, words_of
from bridge_app.ui.theme import Badge, Theme

PADDING = 10
LINE_PX = 20
ICON_PX = 14
CELL_PX = QSize(PICTURE_PX.width() + 2 * PADDING, PICTURE_PX.height() + 3 * PADDING + 2 * LINE_PX)


class SheetCellDelegate(QStyledItemDelegate):
    """Every cell has one size."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Qt: always the same."""
        del option, index
        return CELL_PX

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Qt: one cell."""
        cell = index.data(SheetRole.CELL)
        if not isinstance(cell, SheetCell):
            return
        tokens = self._theme.tokens
        rect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, tokens.selection)
            painter.setPen(tokens.selection_border)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        inner = rect.adjusted(PADDING, PADDING, -PADDING, -PADDING)
        picture = QRect(inner.topLeft(), QSize(inner.width(), PICTURE_PX.height()))
        if cell.made is not None:
            _draw_image(painter, cell.made.image, picture)
            self._draw_words(painter, option, cell.made, words_of(cell))
        elif cell.trouble:
            painter.setPen(tokens.text_muted)
            painter.drawText(
                inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, cell.trouble
            )
        else:
            painter.fillRect(picture, tokens.placeholder)
        painter.restore()

    def _draw_words(
        self, painter: QPainter, option: QStyleOptionViewItem, made: Made, words: tuple[str, str]
    ) -> None:
        rect = option.rect
        tokens = self._theme.tokens
        badge: Badge = getattr(tokens, TONES[made.fidelity])
        place = rect.adjusted(PADDING, 0, -PADDING, -PADDING)
        place.setTop(place.bottom() + 1 - 2 * LINE_PX)
        place.setHeight(LINE_PX)
        leading = QStyle.visualAlignment(
            painter.layoutDirection(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        metrics = QFontMetrics(painter.font())
        painter.setPen(tokens.text)
        painter.drawText(place, leading, _fit(metrics, words[0], place.width()))
        place.translate(0, LINE_PX)
        icon = QRect(place.left(), place.center().y() - ICON_PX // 2, ICON_PX, ICON_PX)
        shown = QStyle.visualRect(painter.layoutDirection(), place, icon)
        self._icons.icon(ICONS[made.fidelity], colour=badge.soft_ink, size_px=ICON_PX).paint(
            painter, shown
        )
        beside = place.adjusted(ICON_PX + 6, 0, 0, 0)
        painter.setPen(badge.soft_ink)
        painter.drawText(
            QStyle.visualRect(painter.layoutDirection(), place, beside),
            leading,
            _fit(metrics, words[1], beside.width()),
        )


def _draw_image(painter: QPainter, image: QImage, place: QRect) -> None:
    """In the middle, as large as fits, and no larger than it is."""
    size = image.size()
    if size.width() > place.width() or size.height() > place.height():
        size = size.scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(0, 0, max(1, size.width()), max(1, size.height()))
    target.moveCenter(place.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, image)


def _fit(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
