"""How the states of an asset look: which icon and which colours, on pictures and in lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, Kind
from bridge_app.domain.rights import RightsState
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import approval_text, lapsed_text, pushed_text, rights_text
from bridge_app.ui.theme import Badge, Theme, Tokens

PILL_PX = 20
ICON_PX = 12
STAR_PX = 11

APPROVAL_ICONS = {
    Approval.DRAFT: "pencil-line",
    Approval.IN_REVIEW: "clock",
    Approval.APPROVED: "circle-check",
    Approval.CHANGES_REQUESTED: "message-square",
    Approval.REJECTED: "circle-x",
}
RIGHTS_ICONS = {
    RightsState.OPEN: "shield-check",
    RightsState.NOT_YET: "hourglass",
    RightsState.ENDED: "lock",
    RightsState.UNREADABLE: "circle-question-mark",
}
KIND_ICONS = {
    Kind.IMAGE: "image",
    Kind.VIDEO: "film",
    Kind.AUDIO: "music",
    Kind.DOCUMENT: "file-text",
    Kind.OTHER: "file",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """A state as it is shown: icon, words, colours."""

    icon: str
    text: str
    badge: Badge


def approval_sign(approval: Approval, tokens: Tokens, *, lapsed: bool = False) -> Sign:
    """The sign of a review state; a lapsed approval has one of its own."""
    if lapsed:
        return Sign("triangle-alert", lapsed_text(), tokens.warning)
    badges = {
        Approval.DRAFT: tokens.neutral,
        Approval.IN_REVIEW: tokens.warning,
        Approval.APPROVED: tokens.positive,
        Approval.CHANGES_REQUESTED: tokens.info,
        Approval.REJECTED: tokens.negative,
    }
    return Sign(APPROVAL_ICONS[approval], approval_text(approval), badges[approval])


def rights_sign(state: RightsState, tokens: Tokens) -> Sign:
    """The sign of a rights state."""
    badges = {
        RightsState.OPEN: tokens.positive,
        RightsState.NOT_YET: tokens.warning,
        RightsState.ENDED: tokens.negative,
        RightsState.UNREADABLE: tokens.warning,
    }
    return Sign(RIGHTS_ICONS[state], rights_text(state), badges[state])


def pushed_sign(tokens: Tokens) -> Sign:
    """The sign of an asset that has a delivered copy."""
    return Sign("cloud-check", pushed_text(), tokens.info)


def signs(asset: Asset, at: datetime, tokens: Tokens) -> list[Sign]:
    """What is to be said of an asset on its picture: its review first, rights if they are shut."""
    rights = asset.rights.state(at)
    lapsed = asset.lapsed and asset.approval is Approval.DRAFT
    said = [approval_sign(asset.approval, tokens, lapsed=lapsed)]
    return [*said, *([rights_sign(rights, tokens)] if rights is not RightsState.OPEN else [])]


class Stamp:
    """Draws pills, icons and stars; made anew for each paint."""

    def __init__(self, painter: QPainter, theme: Theme, icons: Icons, *, dpr: float) -> None:
        self.painter = painter
        self.theme = theme
        self._icons = icons
        self._dpr = dpr
        self._font = theme.font(theme.tokens.font_px.caption, QFont.Weight.DemiBold)

    def icon(self, name: str, colour: QColor, place: QRect, *, size_px: int) -> None:
        """An icon in the middle of a place."""
        corner = place.center() - QPoint(size_px // 2 - 1, size_px // 2 - 1)
        pixmap = self._icons.pixmap(name, colour, size_px, self._dpr)
        self.painter.drawPixmap(corner, pixmap)

    def pill_width(self, sign: Sign, *, words: bool) -> int:
        """How wide `pill` will be."""
        if not words:
            return PILL_PX
        return PILL_PX + 5 + QFontMetrics(self._font).horizontalAdvance(sign.text) + 8

    def pill(self, sign: Sign, place: QRect, *, ink: QColor, fill: QColor, words: bool) -> None:
        """Icon and words on a rounded ground; `place` is as wide as `pill_width` says."""
        painter = self.painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(place), place.height() / 2, place.height() / 2)
        mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        lead = QRect(place.left() + (4 if words else 0), place.top(), PILL_PX, place.height())
        if mirrored and words:
            lead.moveRight(place.right() - 4)
        self.icon(sign.icon, ink, lead, size_px=ICON_PX)
        if not words:
            return
        text = (
            place.adjusted(8, 0, -PILL_PX - 4, 0)
            if mirrored
            else place.adjusted(PILL_PX + 4, 0, -8, 0)
        )
        painter.setFont(self._font)
        painter.setPen(ink)
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), sign.text)

    def stars_on_picture(self, rating: int, picture: QRect) -> None:
        """On a ground of their own, at the leading foot of it, or in the middle of a narrow one."""
        wide = rating * (STAR_PX + 1) + 8
        room = QRect(picture.left() + 4, picture.bottom() - 20, wide, 16)
        if wide + 8 > picture.width():
            room.moveCenter(QPoint(picture.center().x(), room.center().y()))
        room = QStyle.visualRect(self.painter.layoutDirection(), picture, room)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.theme.tokens.overlay)
        self.painter.drawRoundedRect(QRectF(room), 8, 8)
        ink = self.theme.tokens.overlay_text
        self.stars(rating, room.adjusted(4, 0, -4, 0), align=Qt.AlignmentFlag.AlignLeft, ink=ink)

    def row(self, shown: Sequence[Sign], area: QRect, *, words: bool) -> None:
        """Solid pills from the leading top corner of a picture.

        With `words` each says what it means, as far as there is room for all of them.
        """
        x = 0
        for number, sign in enumerate(shown):
            after = (len(shown) - number - 1) * (PILL_PX + 4)
            fits = x + self.pill_width(sign, words=True) + after <= area.width()
            width = self.pill_width(sign, words=words and fits)
            place = QRect(area.left() + x, area.top(), width, PILL_PX)
            if self.painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                place.moveRight(area.right() - x)
            self.pill(sign, place, ink=sign.badge.ink, fill=sign.badge.fill, words=words and fits)
            x += width + 4

    def stars(
        self, rating: int, place: QRect, *, align: Qt.AlignmentFlag, ink: QColor | None = None
    ) -> int:
        """Filled stars, one for each point, at one side of the place; returns their width."""
        width = rating * (STAR_PX + 1)
        left = align is Qt.AlignmentFlag.AlignLeft
        if self.painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = not left
        x = place.left() if left else place.right() - width + 1
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(ink or self.theme.tokens.star)
        top = place.center().y() - STAR_PX / 2 + 0.5
        for number in range(rating):
            self.painter.drawPath(_STAR.translated(x + number * (STAR_PX + 1), top))
        return width


def _star(edge: float) -> QPainterPath:
    """A five-pointed star in a square of that edge."""
    points = (
        *((0.5, 0.02), (0.64, 0.34), (0.98, 0.38), (0.73, 0.61), (0.8, 0.95)),
        *((0.5, 0.78), (0.2, 0.95), (0.27, 0.61), (0.02, 0.38), (0.36, 0.34)),
    )
    path = QPainterPath()
    path.moveTo(points[0][0] * edge, points[0][1] * edge)
    for x, y in points[1:]:
        path.lineTo(x * edge, y * edge)
    path.closeSubpath()
    return path


_STAR = _star(STAR_PX)
