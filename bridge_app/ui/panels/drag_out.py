"""Dragging originals out of the window: which files leave, and what hangs below the pointer."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QDrag, QFont, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import CLOUD, SHELTER, Asset
from bridge_app.ui.messages import number_text
from bridge_app.ui.models.asset_list import AssetList
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme

MOST = 1000
"""Files in one drag; few programs take more, and all of them must be read."""
LATE_BYTES = 200_000_000
"""Beyond that nobody holds the mouse button until it is there: it is fetched first."""
CARD = QSize(96, 64)
FAN_PX = 8


def drag_assets(
    source: QWidget, model: AssetList, selection: AssetSelection, *, pixels: Pixels, theme: Theme
) -> Sequence[Asset] | None:
    """Drag the chosen originals as files; blocks until they are dropped. Returns what was taken.

    None if that cannot be done, because too many are chosen, or not all are read.
    """
    assets = selection.assets()
    if not assets or len(assets) != selection.count or len(assets) > MOST:
        return None
    rows = model.loaded()
    drag = QDrag(source)
    drag.setMimeData(model.mimeData([model.index(rows[asset.id], 0) for asset in assets]))
    dpr = source.devicePixelRatioF()
    drag.setPixmap(fan(assets, pixels=pixels, theme=theme, dpr=dpr))
    drag.setHotSpot(QPoint(CARD.width() // 2, CARD.height() // 2))
    taken = drag.exec(Qt.DropAction.CopyAction) != Qt.DropAction.IgnoreAction
    # A target is known of drops within this program only: those go nowhere.
    return assets if taken and drag.target() is None else ()


def originals_away(model: AssetList, selection: AssetSelection) -> tuple[Asset, ...]:
    """Those of the chosen that have to be fetched from their service before they are dragged."""
    assets = selection.assets()
    if len(assets) != selection.count or len(assets) > MOST:
        return ()
    return tuple(asset for asset in assets if not is_here(asset) and model.url_of(asset).isEmpty())


def comes_late(assets: Sequence[Asset], away: Sequence[Asset]) -> bool:
    """Are these little enough to be got ready while they are dragged, and is there a need to?

    What is elsewhere is fetched; of two files of one name, one gets another.
    """
    names = {asset.name.casefold() for asset in assets}
    needed = bool(away) or len(names) < len(assets)
    return needed and sum(asset.bytes for asset in assets) <= LATE_BYTES


def is_here(asset: Asset) -> bool:
    """Does its file lie in a folder of a library on this machine?"""
    return not asset.library.startswith((CLOUD, SHELTER))


def fan(assets: Sequence[Asset], *, pixels: Pixels, theme: Theme, dpr: float) -> QPixmap:
    """Up to three thumbnails on top of one another, and how many there are."""
    tokens = theme.tokens
    shown = assets[:3]
    size = CARD + QSize(2 * FAN_PX + 12, 2 * FAN_PX + 12)
    pixmap = QPixmap(size * dpr)
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for depth in reversed(range(len(shown))):
        place = QRectF(QPoint(depth * FAN_PX, depth * FAN_PX), CARD.toSizeF())
        clip = QPainterPath()
        clip.addRoundedRect(place, tokens.radius.small, tokens.radius.small)
        painter.fillPath(clip, tokens.placeholder)
        thumb = pixels.thumb(shown[depth], CARD * dpr)
        if thumb is not None and not thumb.isNull():
            painter.save()
            painter.setClipPath(clip)
            fitted = thumb.size().toSizeF().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRectF(0, 0, fitted.width(), fitted.height())
            target.moveCenter(place.center())
            painter.drawPixmap(target, thumb, QRectF(thumb.rect()))
            painter.restore()
        painter.setPen(tokens.border_strong)
        painter.drawPath(clip)
    if len(assets) > 1:
        _count(painter, QRect(CARD.width() - 14, CARD.height() - 12, 34, 22), len(assets), theme)
    painter.end()
    return pixmap


def _count(painter: QPainter, place: QRect, count: int, theme: Theme) -> None:
    tokens = theme.tokens
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.accent)
    painter.drawRoundedRect(place, 11, 11)
    painter.setPen(tokens.accent_text)
    painter.setFont(theme.font(tokens.font_px.caption, QFont.Weight.Bold))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), number_text(count))
