"""A picture of one asset at whatever size there is room for: the best there is so far."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bridge_app.domain.assets import Asset
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.delegates.asset_cell import draw_fitted
from bridge_app.ui.delegates.badges import KIND_ICONS
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Theme

THUMB = QSize(512, 512)
ICON_PX = 40


class Picture(QWidget):
    """Shows the thumbnail at once and the large preview when it is there; or says why not."""

    clicked = Signal()

    def __init__(
        self, theme: Theme, icons: Icons, pixels: Pixels, *, radius_px: int | None = None
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._pixels = pixels
        self._radius_px = radius_px
        self._asset: Asset | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        pixels.preview_arrived.connect(self._arrived)
        pixels.preview_failed.connect(self._failed)
        theme.changed.connect(self.update)

    @property
    def trouble(self) -> str:
        """Why there is no picture; "" if there is one, or may be."""
        if self._asset is None:
            return ""
        if self._asset.error:
            return one_line(self._asset.error)
        failure = self._pixels.failure(self._asset)
        return error_text(failure) if failure else ""

    def show_asset(self, asset: Asset | None) -> None:
        """Another asset, or none."""
        self._asset = asset
        self.setAccessibleName(
            self.tr("Preview of {name}").format(name=one_line(asset.name)) if asset else ""
        )
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a click asks for more."""
        if event.button() is Qt.MouseButton.LeftButton and self._asset is not None:
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the picture, or what stands for it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        tokens = self._theme.tokens
        radius = tokens.radius.control if self._radius_px is None else self._radius_px
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setClipPath(clip)
        if radius:
            painter.fillRect(self.rect(), tokens.placeholder)
        if self._asset is not None:
            self._draw(painter, self._asset)
        painter.end()

    def _draw(self, painter: QPainter, asset: Asset) -> None:
        large = None if asset.error else self._pixels.preview(asset)
        shown = large or self._pixels.thumb(asset, THUMB)
        if shown is not None and not shown.isNull():
            draw_fitted(painter, shown, self.rect(), self._theme, enlarge=large is None)
            return
        tokens = self._theme.tokens
        name = "file-warning" if self.trouble else KIND_ICONS[asset.kind]
        ink = tokens.negative.soft_ink if asset.error else tokens.text_muted
        pixmap = self._icons.pixmap(name, ink, ICON_PX, self.devicePixelRatioF())
        centre = self.rect().center()
        lift = 16 if self.trouble else 0
        painter.drawPixmap(centre.x() - ICON_PX // 2, centre.y() - ICON_PX // 2 - lift, pixmap)
        if self.trouble:
            painter.setFont(self._theme.font(tokens.font_px.small))
            painter.setPen(tokens.text_muted)
            below = self.rect().adjusted(16, self.height() // 2 + 14, -16, -8)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            painter.drawText(below, int(flags) | Qt.TextFlag.TextWordWrap, self.trouble)

    def _arrived(self, key: str) -> None:
        if self._asset is not None and self._asset.picture_key == key:
            self.update()

    def _failed(self, key: str, error: BridgeError) -> None:
        del error
        self._arrived(key)
