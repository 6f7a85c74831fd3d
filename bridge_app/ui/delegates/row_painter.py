"""The strokes that rows of our lists share: background, tile, lines of text, bar.

Places are given from the row's leading edge, so right-to-left languages need no second thought.
"""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import one_line
from bridge_app.ui.theme import Theme, Tokens

LEADING = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TRAILING = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
TILE_PX = 36
BAR_PX = 4


class RowPainter:
    """Paints one row; made anew for each `paint` of a delegate.

    Args:
        painter: The painter Qt hands to the delegate.
        option: The row's place and state.
        theme: Where tokens and fonts come from.
        icons: Where icons come from.
    """

    def __init__(
        self, painter: QPainter, option: QStyleOptionViewItem, theme: Theme, icons: Icons
    ) -> None:
        self._painter = painter
        self._option = option
        self._theme = theme
        self._icons = icons
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    @property
    def tokens(self) -> Tokens:
        """The tokens in force."""
        return self._theme.tokens

    @property
    def rect(self) -> QRect:
        """The whole row, as the view sees it."""
        rect: QRect = self._option.rect
        return rect

    def place(self, x: int, y: int, width: int, height: int) -> QRect:
        """A rectangle `x` from the leading edge and `y` from the top of the row."""
        rect = QRect(self.rect.x() + x, self.rect.y() + y, max(0, width), height)
        direction: Qt.LayoutDirection = self._option.direction
        return QStyle.visualRect(direction, self.rect, rect)

    def back(self) -> None:
        """The background that says: selected, under the pointer, or has the keyboard."""
        state = self._option.state
        tokens = self.tokens
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if not (selected or hovered):
            return
        inner = QRectF(self.rect).adjusted(1.5, 1.5, -1.5, -1.5)
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        self._painter.setPen(tokens.focus if focused else Qt.PenStyle.NoPen)
        self._painter.setBrush(tokens.selection if selected else tokens.hover)
        self._painter.drawRoundedRect(inner, tokens.radius.control, tokens.radius.control)

    def tile(self, rect: QRect, icon: str, *, back: QColor, ink: QColor) -> None:
        """A rounded square with an icon in its middle."""
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(back)
        self._painter.drawRoundedRect(rect, self.tokens.radius.control, self.tokens.radius.control)
        self.icon(rect, icon, ink, size_px=rect.width() // 2)

    def picture(self, rect: QRect, pixmap: QPixmap, *, radius: int) -> None:
        """A square picture with round corners."""
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(rect), radius, radius)
        self._painter.save()
        self._painter.setClipPath(outline)
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._painter.drawPixmap(rect, pixmap)
        self._painter.restore()

    def icon(self, rect: QRect, name: str, colour: QColor, *, size_px: int = 16) -> None:
        """An icon in the middle of `rect`."""
        pixmap = self._icons.pixmap(
            name, colour, size_px, self._painter.device().devicePixelRatioF()
        )
        corner = rect.center() - QRect(0, 0, size_px, size_px).center()
        self._painter.drawPixmap(corner, pixmap)

    def font(self, size_px: int, *, strong: bool = False) -> QFont:
        """Our typeface, with figures of one width."""
        weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
        return self._theme.font(size_px, weight, tabular=True)

    def line(
        self,
        rect: QRect,
        text: str,
        *,
        font: QFont,
        colour: QColor,
        align: Qt.AlignmentFlag = LEADING,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        """One line of text, shortened to fit."""
        self._painter.setFont(font)
        self._painter.setPen(colour)
        shown = QFontMetrics(font).elidedText(one_line(text), elide, rect.width())
        self._painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, shown)

    def lines(self, rect: QRect, text: str, *, font: QFont, colour: QColor) -> None:
        """Text that wraps within `rect`."""
        self._painter.setFont(font)
        self._painter.setPen(colour)
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        self._painter.drawText(rect, align | Qt.TextFlag.TextWordWrap, text)

    def bar(self, rect: QRect, fraction: float, colour: QColor) -> None:
        """A slim progress bar in the middle of `rect`."""
        track = QRectF(rect.x(), rect.center().y() - BAR_PX / 2, rect.width(), BAR_PX)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self.tokens.track)
        self._painter.drawRoundedRect(track, BAR_PX / 2, BAR_PX / 2)
        if fraction <= 0:
            return
        done = QRectF(track)
        done.setWidth(max(BAR_PX, track.width() * min(1.0, fraction)))
        if self._option.direction == Qt.LayoutDirection.RightToLeft:
            done.moveRight(track.right())
        self._painter.setBrush(colour)
        self._painter.drawRoundedRect(done, BAR_PX / 2, BAR_PX / 2)
