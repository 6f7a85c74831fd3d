"""A rounded tile with an icon: the sign of a dialog, a choice or an empty place."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.theme import Badge, Theme

SIGN_PX = 40


class Sign(QWidget):
    """A rounded tile with an icon, in the accent's colours or those of a state."""

    def __init__(self, theme: Theme, icons: Icons, icon: str, *, edge_px: int = SIGN_PX) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._icon = icon
        self._badge = ""
        self._edge_px = edge_px
        self.setFixedSize(edge_px, edge_px)
        theme.changed.connect(self.update)

    def set_icon(self, icon: str, *, badge: str = "") -> None:
        """Show another icon; `badge` names a state's colours in `Tokens`, "" the accent's."""
        self._icon, self._badge = icon, badge
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: a fixed square."""
        return QSize(self._edge_px, self._edge_px)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the tile."""
        del event
        tokens = self._theme.tokens
        state: Badge | None = getattr(tokens, self._badge) if self._badge else None
        back, ink = (state.soft, state.soft_ink) if state else (tokens.selection, tokens.link)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        radius = tokens.radius.card * self._edge_px / SIGN_PX
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        size_px = self._edge_px // 2
        pixmap = self._icons.pixmap(self._icon, ink, size_px, self.devicePixelRatioF())
        margin = (self._edge_px - size_px) // 2
        painter.drawPixmap(margin, margin, pixmap)
