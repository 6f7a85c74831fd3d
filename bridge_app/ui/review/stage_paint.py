"""How the stage is painted: pictures, the line between two, and words over them."""

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen

from bridge_app.ui.delegates.badges import PILL_PX, Stamp
from bridge_app.ui.icons import Icons
from bridge_app.ui.review.comparing import draw_onion
from bridge_app.ui.review.guides import Guide, draw_guide
from bridge_app.ui.review.panes import Pane
from bridge_app.ui.studio.canvas_paint import draw_chip, draw_divider, draw_picture
from bridge_app.ui.theme import Theme

EDGE_PX = 10
CHIP_PX = 22
ICON_PX = 30
TRACK_PX = 180.0
Placed = tuple[QImage, QRectF]


class StagePainter:
    """Paints with the tokens in force; GUI thread only."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        self._theme = theme
        self._icons = icons

    def ground(self, painter: QPainter, area: QRect) -> None:
        """Behind everything; between pictures it is the line that parts them."""
        painter.fillRect(area, self._theme.tokens.window)

    def picture(self, painter: QPainter, image: QImage, place: QRectF) -> None:
        """A picture in its place."""
        draw_picture(painter, image, place, self._theme.tokens)

    def missing(self, painter: QPainter, pane: Pane, place: QRectF, room: QRectF) -> None:
        """Where a picture will be, or why there is none."""
        tokens = self._theme.tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.placeholder)
        painter.drawRoundedRect(place, tokens.radius.small, tokens.radius.small)
        icon = "image-off" if pane.note else "image"
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._icons.pixmap(icon, tokens.text_muted, ICON_PX, ratio)
        middle = room.center()
        painter.drawPixmap(middle - QPointF(ICON_PX / 2, ICON_PX / 2 + 14), pixmap)
        painter.setPen(tokens.text_muted)
        painter.setFont(self._theme.font(tokens.font_px.body))
        below = QRectF(room.left() + 24, middle.y() + 14, room.width() - 48, 60)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(below, int(flags) | int(Qt.TextFlag.TextWordWrap), pane.note)

    def guide(self, painter: QPainter, guide: Guide, place: QRectF) -> None:
        """Lines over a picture."""
        draw_guide(painter, guide, place, self._theme)

    def split(self, painter: QPainter, after: Placed, before: Placed, share: float) -> None:
        """What was before at the left of the line, what is now at its right."""
        view = QRectF(painter.clipBoundingRect())
        x = view.left() + share * view.width()
        self.picture(painter, *after)
        painter.save()
        painter.setClipRect(QRectF(view.left(), view.top(), x - view.left(), view.height()))
        painter.fillRect(view, self._theme.tokens.window)
        self.picture(painter, *before)
        painter.restore()
        draw_divider(painter, x, view, self._theme.tokens)

    def onion(self, painter: QPainter, after: Placed, before: Placed, share: float) -> None:
        """What is now shines so much through what was before."""
        self.picture(painter, *before)
        draw_onion(painter, after[0], after[1], self._theme.tokens, share=share)

    def track(self, painter: QPainter, share: float, room: QRectF) -> None:
        """How much shines through, as a knob that can be dragged."""
        tokens = self._theme.tokens
        y = room.bottom() - 26
        painter.setPen(QPen(tokens.overlay, 6, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QLineF(room.left() + 20, y, room.right() - 20, y))
        painter.setPen(QPen(tokens.overlay_text, 2))
        painter.drawLine(QLineF(room.left() + 20, y, room.left() + share * room.width(), y))
        knob = QRectF(0, 0, 22, 22)
        knob.moveCenter(QPointF(room.left() + share * room.width(), y))
        painter.setBrush(tokens.overlay)
        painter.drawEllipse(knob)

    def word(self, painter: QPainter, text: str, room: QRectF) -> None:
        """What has to be known of a comparison, at the foot."""
        if not text:
            return
        font = self._theme.font(self._theme.tokens.font_px.small, QFont.Weight.DemiBold)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(text)
        at = QPointF(room.center().x() - width / 2 - 9, room.bottom() - CHIP_PX - 14)
        draw_chip(painter, text, at, self._theme, ends=False)

    def names(
        self, painter: QPainter, pane: Pane, room: QRectF, *, before: str, marked: bool
    ) -> None:
        """How it stands and what it is, in the leading corner; what is compared, in the other."""
        mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        top = room.top() + EDGE_PX
        x = float(EDGE_PX)
        if pane.sign is not None:
            stamp = Stamp(
                painter, self._theme, self._icons, dpr=painter.device().devicePixelRatioF()
            )
            width = stamp.pill_width(pane.sign, words=True)
            left = room.right() - x - width if mirrored else room.left() + x
            place = QRect(round(left), round(top) + 1, width, PILL_PX)
            stamp.pill(
                pane.sign, place, ink=pane.sign.badge.ink, fill=pane.sign.badge.fill, words=True
            )
            x += width + 6
        if before:
            self._draw_compared(painter, pane.label, before, room)
        elif pane.label:
            at = QPointF(room.right() - x if mirrored else room.left() + x, top)
            draw_chip(painter, pane.label, at, self._theme, ends=mirrored)
        if marked:
            painter.setPen(QPen(self._theme.tokens.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(room.adjusted(1, 1, -1, -1))

    def _draw_compared(self, painter: QPainter, label: str, before: str, room: QRectF) -> None:
        """Which is which; not mirrored, as the pictures are not."""
        y = room.bottom() - CHIP_PX - EDGE_PX - (34 if label else 0)
        draw_chip(painter, before, QPointF(room.left() + EDGE_PX, y), self._theme, ends=False)
        draw_chip(painter, label, QPointF(room.right() - EDGE_PX, y), self._theme, ends=True)
