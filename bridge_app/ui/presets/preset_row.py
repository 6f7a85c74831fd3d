"""Paints a preset as a row: its picture on the chosen asset, its title, and what it promises."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bridge_app.domain.presets import RenditionPreset
from bridge_app.ui.delegates.row_painter import RowPainter
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.lines import Line, LineRole
from bridge_app.ui.studio.badge import ICONS
from bridge_app.ui.studio.cloud_picture import is_alone
from bridge_app.ui.studio.sampling import Made
from bridge_app.ui.studio.sheet_model import SheetCell
from bridge_app.ui.theme import Badge, Theme

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 72
PICTURE_PX = QSize(88, 56)
EDGE_PX = 10
GAP_PX = 14
LINE_PX = 19
MARK_PX = 20
SQUARE = (1, 1)
SIGN_PX = 20
SHAPE_PX = 14
"""Air around the shape that stands for a picture."""


class PresetRow(QStyledItemDelegate):
    """Rows of lines that stand for presets.

    Args:
        preset_of: The preset of a key; None where it is gone.
        cell_of: What is known of its picture.
    """

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        parent: QWidget,
        *,
        preset_of: Callable[[str], RenditionPreset | None],
        cell_of: Callable[[RenditionPreset], SheetCell],
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._preset_of = preset_of
        self._cell_of = cell_of

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: all rows are alike."""
        del option, index
        return QSize(320, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw the row."""
        line: Line = index.data(LineRole.LINE)
        painter.save()
        row = RowPainter(painter, option, self._theme, self._icons)
        row.back()
        top = (ROW_PX - PICTURE_PX.height()) // 2
        place = row.place(EDGE_PX, top, PICTURE_PX.width(), PICTURE_PX.height())
        self._paint_picture(row, painter, place, line)
        tokens = row.tokens
        x = EDGE_PX + PICTURE_PX.width() + GAP_PX
        width = row.rect.width() - x - EDGE_PX - self._mark(row, painter, line)
        title = row.place(x, ROW_PX // 2 - LINE_PX - 1, width, LINE_PX + 2)
        strong = row.font(tokens.font_px.body, strong=True)
        row.line(title, line.title, font=strong, colour=tokens.text)
        below = row.place(x, ROW_PX // 2 + 2, row.rect.width() - x - EDGE_PX, LINE_PX)
        small = row.font(tokens.font_px.small)
        row.line(below, line.text, font=small, colour=tokens.text_muted)
        painter.restore()

    def _paint_picture(self, row: RowPainter, painter: QPainter, place: QRect, line: Line) -> None:
        preset = self._preset_of(line.key)
        cell = self._cell_of(preset) if preset is not None else SheetCell()
        tokens = row.tokens
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(place), tokens.radius.small, tokens.radius.small)
        painter.fillPath(ground, tokens.placeholder)
        if cell.made is not None and not cell.made.image.isNull():
            painter.setClipPath(ground)
            _paint_image(painter, place, cell.made.image)
            painter.setClipping(False)
            self._mark_truth(row, painter, place, cell.made)
        elif cell.trouble:
            row.icon(place, "image-off", tokens.text_muted, size_px=18)
        else:
            self._paint_shape(painter, place, preset)

    def _mark_truth(self, row: RowPainter, painter: QPainter, place: QRect, made: Made) -> None:
        """A sign over a picture that lacks what Cloudinary alone can do."""
        if is_alone(made):
            sign = QRect(0, 0, SIGN_PX, SIGN_PX)
            sign.moveBottomRight(place.bottomRight())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(row.tokens.panel)
            painter.drawEllipse(sign)
            row.icon(sign, ICONS[made.fidelity], row.tokens.text_muted, size_px=SIGN_PX - 6)

    def _paint_shape(self, painter: QPainter, place: QRect, preset: RenditionPreset | None) -> None:
        """The outline that the picture will have, as far as the preset says so."""
        contract = preset.contract if preset is not None else None
        is_known = contract is not None and contract.width and contract.height
        shape = (contract.width, contract.height) if contract and is_known else SQUARE
        room = place.adjusted(SHAPE_PX, SHAPE_PX, -SHAPE_PX, -SHAPE_PX)
        size = QSize(*shape).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        outline = QRect(0, 0, max(3, size.width()), max(3, size.height()))
        outline.moveCenter(place.center())
        painter.setPen(self._theme.tokens.border_strong)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(outline).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)

    def _mark(self, row: RowPainter, painter: QPainter, line: Line) -> int:
        """Draw the mark beside the title; returns the width it takes."""
        if not line.mark:
            return 0
        badge: Badge = getattr(row.tokens, line.tone)
        font = row.font(row.tokens.font_px.caption, strong=True)
        width = QFontMetrics(font).horizontalAdvance(line.mark) + 18
        x, y = row.rect.width() - EDGE_PX - width, ROW_PX // 2 - MARK_PX
        pill = row.place(x, y, width, MARK_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(badge.soft)
        painter.drawRoundedRect(QRectF(pill), MARK_PX / 2, MARK_PX / 2)
        middle = Qt.AlignmentFlag.AlignCenter
        row.line(pill, line.mark, font=font, colour=badge.soft_ink, align=middle)
        return width + EDGE_PX


def _paint_image(painter: QPainter, place: QRect, image: QImage) -> None:
    """Whole, in the middle, never larger than it is."""
    size = image.size()
    if size.width() > place.width() or size.height() > place.height():
        size = size.scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(0, 0, max(1, size.width()), max(1, size.height()))
    target.moveCenter(place.center())
    painter.drawImage(target, _sharp(image, target.size() * painter.device().devicePixelRatioF()))


def _sharp(image: QImage, size: QSize) -> QImage:
    """At the size it is painted at: much smaller than it is, a painter would only skip pixels."""
    if image.width() <= size.width() and image.height() <= size.height():
        return image
    return image.scaled(
        size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
