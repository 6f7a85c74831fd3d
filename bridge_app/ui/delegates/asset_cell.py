"""One asset as a card in the grid."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import (
    QElapsedTimer,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bridge_app.domain.assets import Asset
from bridge_app.ui.delegates.badges import (
    KIND_ICONS,
    PILL_PX,
    Stamp,
    pushed_sign,
    signs,
)
from bridge_app.ui.delegates.card_cache import CardCache, Look
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import (
    clock_text,
    format_text,
    isolated,
    one_line,
    pixels_text,
    unreadable_text,
)
from bridge_app.ui.models.asset_list import AssetRole
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
PADDING = 6
GAP = 14
WORDS_PX = 46
NARROW_PX = 132
"""Pictures narrower than this carry icons without words."""
CHECK_PX = 8
TURN_MS = 8
"""What a repaint may spend on new cards: a screenful of them would hold up clicks and keys."""
Tx = Qt.TextFlag
LEADING = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Tx.TextSingleLine)


def picture_height(width: int) -> int:
    """The height of a card's picture: 3:2, the shape of most cameras."""
    return round(width * 2 / 3)


class AssetCell(QStyledItemDelegate):
    """Paints the card: picture, badges, name, facts, rating; and the states of the row.

    The size comes from `set_cell`; the view's grid is that much larger.
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
        self._size = QSize(200, 190)
        self._cards = CardCache()
        self._turn = QElapsedTimer()
        self._has_drawn = False
        self.is_behind = False
        """Were cards left for the next repaint?"""

    def begin(self) -> None:
        """A repaint begins: new cards are drawn for so long, the rest in the next one."""
        self._turn.start()
        self.is_behind = self._has_drawn = False

    def set_cell(self, size: QSize) -> None:
        """The size of a grid cell, gap included; logical pixels."""
        self._size = size

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: all cells are equal."""
        del option, index
        return self._size

    def picture_box(self, dpr: float) -> QSize:
        """The device pixels a picture has at most."""
        width = self._size.width() - GAP - 2 * PADDING
        return QSize(round(width * dpr), round(picture_height(width) * dpr))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: show the card, drawn now or before."""
        asset: Asset | None = index.data(AssetRole.ASSET)
        dpr = painter.device().devicePixelRatioF()
        if asset is None:
            self._draw(painter, option, None, None)
            return
        pixmap = self._pixels.thumb(asset, self.picture_box(dpr))
        look = self._look(option, asset, pixmap, dpr)
        if self._turn_is_over():
            card = self._cards.find(look)
            if card is None:
                self.is_behind = True
                card = self._cards.outdated(look)
            if card is not None:
                painter.drawPixmap(option.rect.topLeft(), card)
            return

        def draw(card: QPixmap) -> None:
            own = QPainter(card)
            own.translate(-option.rect.topLeft())
            self._draw(own, option, asset, pixmap)
            own.end()
            self._has_drawn = True

        painter.drawPixmap(option.rect.topLeft(), self._cards.card(look, draw))

    def _turn_is_over(self) -> bool:
        return self._has_drawn and self._turn.isValid() and self._turn.elapsed() >= TURN_MS

    def _look(
        self, option: QStyleOptionViewItem, asset: Asset, pixmap: QPixmap | None, dpr: float
    ) -> Look:
        return Look(
            asset=asset,
            rights=asset.rights.state(self._now()),
            picture=pixmap.cacheKey() if pixmap is not None else 0,
            tokens=self._theme.tokens,
            size=(self._size.width(), self._size.height()),
            dpr=dpr,
            selected=bool(option.state & QStyle.StateFlag.State_Selected),
            hovered=bool(option.state & QStyle.StateFlag.State_MouseOver),
            focused=bool(option.state & QStyle.StateFlag.State_HasFocus),
            mirrored=option.direction is Qt.LayoutDirection.RightToLeft,
        )

    def _draw(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        asset: Asset | None,
        pixmap: QPixmap | None,
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setLayoutDirection(option.direction)
        card = _card(option.rect, self._size)
        self._ground(painter, option, card)
        picture = card.adjusted(PADDING, PADDING, -PADDING, -PADDING - WORDS_PX)
        stamp = Stamp(painter, self._theme, self._icons, dpr=painter.device().devicePixelRatioF())
        self._picture(stamp, picture, asset, pixmap)
        if asset is not None:
            self._marks(stamp, picture, asset)
            words = QRect(card.left() + 10, picture.bottom() + 1, card.width() - 20, WORDS_PX + 2)
            self._words(stamp, words, asset)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, card: QRect) -> None:
        tokens = self._theme.tokens
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        edge = tokens.border_strong if hovered else tokens.border
        width = 1.0
        if selected:
            edge, width = tokens.selection_border, 2.0
        painter.setBrush(tokens.selection if selected else tokens.raised)
        painter.setPen(QPen(edge, width))
        inset = width / 2
        frame = QRectF(card).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, tokens.radius.card, tokens.radius.card)
        if focused:
            ring = QRectF(card).adjusted(-2.5, -2.5, 2.5, 2.5)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.focus, 1.5))
            painter.drawRoundedRect(ring, tokens.radius.card + 2.5, tokens.radius.card + 2.5)

    def _picture(
        self, stamp: Stamp, place: QRect, asset: Asset | None, pixmap: QPixmap | None
    ) -> None:
        tokens, painter = self._theme.tokens, stamp.painter
        painter.save()
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(place), tokens.radius.control - 1, tokens.radius.control - 1)
        painter.setClipPath(clip)
        painter.fillRect(place, tokens.placeholder)
        if pixmap is not None and not pixmap.isNull():
            draw_fitted(painter, pixmap, place, self._theme)
        elif asset is not None:
            self._stand_in(stamp, place, asset)
        painter.restore()

    def _stand_in(self, stamp: Stamp, place: QRect, asset: Asset) -> None:
        """A quiet icon instead of a picture; a broken file says so."""
        tokens = self._theme.tokens
        size_px = 32 if place.height() >= 90 else 24
        if not asset.error:
            stamp.icon(KIND_ICONS[asset.kind], tokens.text_muted, place, size_px=size_px)
            return
        shift = 0 if place.width() < NARROW_PX else 10
        sign = place.translated(0, 0 if not shift else -shift + 6)
        stamp.icon("file-warning", tokens.negative.soft_ink, sign, size_px=size_px)
        if shift:
            below = QRect(place.left(), sign.center().y() + size_px // 2 + 4, place.width(), 18)
            painter = stamp.painter
            painter.setFont(self._theme.font(tokens.font_px.caption, QFont.Weight.Medium))
            painter.setPen(tokens.negative.soft_ink)
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), unreadable_text())

    def _marks(self, stamp: Stamp, picture: QRect, asset: Asset) -> None:
        tokens = self._theme.tokens
        area = picture.adjusted(6, 6, -6, -6)
        shown = signs(asset, self._now(), tokens)
        stamp.row(shown, area, words=picture.width() >= NARROW_PX)
        bottom = QRect(area.left(), area.bottom() - PILL_PX + 1, area.width(), PILL_PX)
        mirrored = stamp.painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if asset.cloud is not None:
            place = QRect(bottom.left(), bottom.top(), PILL_PX, PILL_PX)
            if mirrored:
                place.moveRight(bottom.right())
            sign = pushed_sign(tokens)
            stamp.pill(sign, place, ink=sign.badge.ink, fill=sign.badge.fill, words=False)
        if asset.duration_s is not None:
            self._duration(stamp, bottom, clock_text(asset.duration_s), mirrored=mirrored)

    def _duration(self, stamp: Stamp, area: QRect, text: str, *, mirrored: bool) -> None:
        tokens, painter = self._theme.tokens, stamp.painter
        font = self._theme.font(tokens.font_px.caption, QFont.Weight.DemiBold, tabular=True)
        width = QFontMetrics(font).horizontalAdvance(text) + 14
        place = QRect(area.right() - width + 1, area.top(), width, area.height())
        if mirrored:
            place.moveLeft(area.left())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.overlay)
        painter.drawRoundedRect(place, tokens.radius.small + 1, tokens.radius.small + 1)
        painter.setFont(font)
        painter.setPen(tokens.overlay_text)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)

    def _words(self, stamp: Stamp, place: QRect, asset: Asset) -> None:
        tokens, painter = self._theme.tokens, stamp.painter
        name_font = self._theme.font(tokens.font_px.body, QFont.Weight.DemiBold)
        name = QRect(place.left(), place.top() + 6, place.width(), 20)
        painter.setFont(name_font)
        painter.setPen(tokens.text)
        metrics = QFontMetrics(name_font)
        shown = metrics.elidedText(one_line(asset.name), Qt.TextElideMode.ElideMiddle, name.width())
        painter.drawText(name, LEADING, isolated(shown))
        facts = QRect(place.left(), place.top() + 26, place.width(), 16)
        used = 0
        if asset.rating:
            used = stamp.stars(asset.rating, facts, align=Qt.AlignmentFlag.AlignRight) + 6
        if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            facts = facts.adjusted(used, 0, 0, 0)
        else:
            facts = facts.adjusted(0, 0, -used, 0)
        facts_font = self._theme.font(tokens.font_px.caption)
        painter.setFont(facts_font)
        painter.setPen(tokens.text_muted)
        painter.drawText(facts, LEADING, _facts(asset, QFontMetrics(facts_font), facts.width()))


def draw_fitted(
    painter: QPainter, pixmap: QPixmap, place: QRect, theme: Theme, *, enlarge: bool = False
) -> None:
    """The whole picture in the middle of `place`; `enlarge` lets it grow beyond its own pixels.

    Transparent parts show a chequered ground.
    """
    dpr = painter.device().devicePixelRatioF()
    size = QSize(pixmap.width(), pixmap.height()).toSizeF() / dpr
    bounds = QRectF(place)
    if enlarge or size.width() > bounds.width() or size.height() > bounds.height():
        size = size.scaled(bounds.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(0, 0, size.width(), size.height())
    target.moveCenter(bounds.center())
    if pixmap.hasAlphaChannel():
        _chequer(painter, target, theme)
    painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))


def _chequer(painter: QPainter, target: QRectF, theme: Theme) -> None:
    tokens = theme.tokens
    painter.save()
    painter.setClipRect(target, Qt.ClipOperation.IntersectClip)
    painter.fillRect(target, tokens.checker_light)
    columns = range(int(target.width()) // CHECK_PX + 1)
    for row in range(int(target.height()) // CHECK_PX + 1):
        for column in columns:
            if (row + column) % 2:
                x = target.left() + column * CHECK_PX
                y = target.top() + row * CHECK_PX
                painter.fillRect(QRectF(x, y, CHECK_PX, CHECK_PX), tokens.checker_dark)
    painter.restore()


def _card(rect: QRect, cell: QSize) -> QRect:
    """The card inside its grid cell; the gap is shared by both sides."""
    return QRect(
        rect.left() + GAP // 2, rect.top() + GAP // 2, cell.width() - GAP, cell.height() - GAP
    )


def _facts(asset: Asset, metrics: QFontMetrics, width: int) -> str:
    """Format and dimensions, or as much of it as fits whole."""
    size = asset.display_size
    parts = [format_text(asset), *([pixels_text(size)] if size else [])]
    whole = "  ·  ".join(parts)
    if metrics.horizontalAdvance(whole) <= width:
        return whole
    return metrics.elidedText(parts[0], Qt.TextElideMode.ElideRight, width)
