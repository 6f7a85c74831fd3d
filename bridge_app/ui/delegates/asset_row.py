"""One asset as a row of the list, column by column."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset
from bridge_app.domain.rights import RightsState
from bridge_app.ui.delegates.asset_cell import draw_fitted
from bridge_app.ui.delegates.badges import (
    KIND_ICONS,
    PILL_PX,
    Sign,
    Stamp,
    approval_sign,
    pushed_sign,
    rights_sign,
)
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import (
    bytes_text,
    date_text,
    format_text,
    isolated,
    moment_day,
    one_line,
    pixels_text,
)
from bridge_app.ui.models.asset_list import AssetRole, Column
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW_PX = 44
PICTURE = QSize(50, 34)
MARGIN = 10
FOCUS_PX = 3
LEADING = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
TRAILING = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class AssetRow(QStyledItemDelegate):
    """Paints the cells of a row on one ground.

    The view says in `hovered_row` and `focused_row` which rows these are (-1: none); Qt tells
    a delegate that of single cells only.
    """

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        pixels: Pixels,
        *,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._pixels = pixels
        self._now = now
        self.hovered_row = -1
        self.focused_row = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: draw one cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setLayoutDirection(option.direction)
        self._ground(painter, option, index)
        asset: Asset | None = index.data(AssetRole.ASSET)
        if asset is not None:
            stamp = Stamp(
                painter, self._theme, self._icons, dpr=painter.device().devicePixelRatioF()
            )
            place = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
            self._cell(stamp, place, asset, Column(index.column()))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, tokens.selection)
        elif index.row() == self.hovered_row:
            painter.fillRect(option.rect, tokens.hover)
        line = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)
        painter.fillRect(line, tokens.border)
        if index.row() == self.focused_row and index.column() == Column.NAME:
            bar = QRect(option.rect.left(), option.rect.top(), FOCUS_PX, option.rect.height())
            painter.fillRect(QStyle.visualRect(option.direction, option.rect, bar), tokens.focus)

    def _cell(self, stamp: Stamp, place: QRect, asset: Asset, column: Column) -> None:
        if column is Column.NAME:
            self._name(stamp, place, asset)
        elif column is Column.RATING:
            stamp.stars(asset.rating or 0, place, align=Qt.AlignmentFlag.AlignLeft)
        elif column in (Column.APPROVAL, Column.RIGHTS, Column.PUSHED):
            sign = self._sign(asset, column)
            if sign is not None:
                self._pill(stamp, place, sign)
        else:
            align = TRAILING if column is Column.BYTES else LEADING
            self._text(stamp, place, cell_text(asset, column), align=align)

    def _sign(self, asset: Asset, column: Column) -> Sign | None:
        """The state a column tells; None where there is nothing to say."""
        tokens = self._theme.tokens
        if column is Column.APPROVAL:
            lapsed = asset.lapsed and asset.approval is Approval.DRAFT
            return approval_sign(asset.approval, tokens, lapsed=lapsed)
        if column is Column.RIGHTS:
            state = asset.rights.state(self._now())
            return None if state is RightsState.OPEN else rights_sign(state, tokens)
        return pushed_sign(tokens) if asset.cloud is not None else None

    def _name(self, stamp: Stamp, place: QRect, asset: Asset) -> None:
        tokens, painter = self._theme.tokens, stamp.painter
        picture = QRect(
            place.left(),
            place.center().y() - PICTURE.height() // 2 + 1,
            PICTURE.width(),
            PICTURE.height(),
        )
        mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if mirrored:
            picture.moveRight(place.right())
        self._picture(stamp, picture, asset)
        room = PICTURE.width() + 10
        text = place.adjusted(0, 0, -room, 0) if mirrored else place.adjusted(room, 0, 0, 0)
        painter.setFont(self._theme.font(tokens.font_px.body))
        painter.setPen(tokens.text)
        shown = QFontMetrics(painter.font()).elidedText(
            one_line(asset.name), Qt.TextElideMode.ElideMiddle, text.width()
        )
        painter.drawText(text, LEADING, isolated(shown))

    def _picture(self, stamp: Stamp, place: QRect, asset: Asset) -> None:
        tokens, painter = self._theme.tokens, stamp.painter
        painter.save()
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(place), tokens.radius.small, tokens.radius.small)
        painter.setClipPath(clip)
        painter.fillRect(place, tokens.placeholder)
        pixmap = self._pixels.thumb(asset, PICTURE * painter.device().devicePixelRatioF())
        if pixmap is not None and not pixmap.isNull():
            draw_fitted(painter, pixmap, place, self._theme)
        else:
            icon = "file-warning" if asset.error else KIND_ICONS[asset.kind]
            ink = tokens.negative.soft_ink if asset.error else tokens.text_muted
            stamp.icon(icon, ink, place, size_px=18)
        painter.restore()

    def _text(self, stamp: Stamp, place: QRect, text: str, *, align: int = LEADING) -> None:
        painter = stamp.painter
        painter.setFont(self._theme.font(self._theme.tokens.font_px.small, tabular=True))
        painter.setPen(self._theme.tokens.text_muted)
        shown = QFontMetrics(painter.font()).elidedText(
            text, Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, align, shown)

    def _pill(self, stamp: Stamp, place: QRect, sign: Sign) -> None:
        width = stamp.pill_width(sign, words=True)
        words = width <= place.width()
        area = QRect(
            place.left(),
            place.center().y() - PILL_PX // 2 + 1,
            width if words else PILL_PX,
            PILL_PX,
        )
        if stamp.painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            area.moveRight(place.right())
        stamp.pill(sign, area, ink=sign.badge.soft_ink, fill=sign.badge.soft, words=words)


def cell_text(asset: Asset, column: Column) -> str:
    """What a column of words says of an asset."""
    if column is Column.KIND:
        return format_text(asset)
    if column is Column.DIMENSIONS:
        size = asset.display_size
        return pixels_text(size) if size else ""
    if column is Column.BYTES:
        return bytes_text(asset.bytes)
    day = moment_day(asset.modified_at)
    return date_text(day) if day else ""
