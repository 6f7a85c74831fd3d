"""A few pictures on top of one another: what stands for many."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import Asset
from bridge_app.ui.delegates.badges import KIND_ICONS
from bridge_app.ui.looks import Looks

CARD = QSize(150, 100)
TURNS = (0.0, -9.0, 8.0)
SHIFTS_PX = (0, -26, 26)
HEIGHT_PX = 148
ICON_PX = 24


class Fan(QWidget):
    """Up to three pictures, the first on top."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self._assets: Sequence[Asset] = ()
        self.setFixedHeight(HEIGHT_PX)
        looks.pixels.arrived.connect(self.update)
        looks.theme.changed.connect(self.update)

    def show_assets(self, assets: Sequence[Asset]) -> None:
        """Show the first few of these."""
        self._assets = tuple(assets[: len(TURNS)])
        self.setVisible(bool(self._assets))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the cards, the last one first."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(self.rect().center())
        places = list(zip(TURNS, SHIFTS_PX, self._assets, strict=False))
        for turn, shift_px, asset in reversed(places):
            painter.save()
            painter.translate(shift_px, 0)
            painter.rotate(turn)
            self._card(painter, asset)
            painter.restore()
        painter.end()

    def _card(self, painter: QPainter, asset: Asset) -> None:
        tokens = self._looks.theme.tokens
        place = QRect(-CARD.width() // 2, -CARD.height() // 2, CARD.width(), CARD.height())
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(place), tokens.radius.control, tokens.radius.control)
        painter.fillPath(frame, tokens.placeholder)
        dpr = self.devicePixelRatioF()
        pixmap = self._looks.pixels.thumb(asset, CARD * dpr)
        if pixmap is not None and not pixmap.isNull():
            painter.save()
            painter.setClipPath(frame)
            covering = (
                pixmap.size()
                .toSizeF()
                .scaled(place.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            )
            target = QRectF(0, 0, covering.width(), covering.height())
            target.moveCenter(QRectF(place).center())
            painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
            painter.restore()
        else:
            icon = self._looks.icons.pixmap(KIND_ICONS[asset.kind], tokens.text_muted, ICON_PX, dpr)
            painter.drawPixmap(-ICON_PX // 2, -ICON_PX // 2, icon)
        painter.setPen(QPen(tokens.panel, 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(frame)
