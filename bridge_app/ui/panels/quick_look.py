"""One asset as large as the window allows, without leaving the place where one is."""

from PySide6.QtCore import Property, QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolButton, QWidget

from bridge_app.domain.assets import Asset
from bridge_app.ui.delegates.badges import PILL_PX, Stamp, signs
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import asset_sentence, bytes_text, one_line, pixels_text
from bridge_app.ui.motion import move
from bridge_app.ui.parts.picture import Picture

FOOT_PX = 64
HEAD_PX = 40
SIDE_PX = 64
BUTTON_PX = 40


class QuickLook(QWidget):
    """Covers its parent; arrows go on, space and Esc lead back.

    It shows what the window tells it to: `moved` asks for the next or the previous asset.
    """

    moved = Signal(int)  # +1 or -1
    closed = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._below = parent
        self._looks = looks
        self._asset: Asset | None = None
        self._shade = 1.0
        self._picture = Picture(looks.theme, looks.icons, looks.pixels, radius_px=0)
        self._picture.setParent(self)
        self._buttons = [
            self._button("chevron-left", self.tr("Previous"), lambda: self.moved.emit(-1)),
            self._button("chevron-right", self.tr("Next"), lambda: self.moved.emit(1)),
            self._button("x", self.tr("Close"), self.close_look),
        ]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVisible(False)
        parent.installEventFilter(self)
        looks.theme.changed.connect(self._dress)
        self._dress()

    def show_asset(self, asset: Asset) -> None:
        """Show this one, over everything else."""
        self._asset = asset
        self._picture.show_asset(asset)
        self.setAccessibleName(asset_sentence(asset, self._looks.now()))
        if not self.isVisible():
            self.setGeometry(self._below.rect())
            self.show()
            self.raise_()
            self.setFocus(Qt.FocusReason.PopupFocusReason)
            self._set_shade(0.0)
            move(self._looks.theme, self, "shade", 1.0, self._looks.theme.tokens.duration_ms.fast)
        self.update()

    def close_look(self) -> None:
        """Back to where one was."""
        if self.isVisible():
            self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: tell that it is over."""
        super().hideEvent(event)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: arrows go on, in reading direction; space, Enter and Esc lead back."""
        onward = -1 if self.isRightToLeft() else 1
        steps = {
            Qt.Key.Key_Right: onward,
            Qt.Key.Key_Left: -onward,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
        }
        if event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        elif event.key() in (
            Qt.Key.Key_Space,
            Qt.Key.Key_Escape,
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            self.close_look()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a click beside the picture leads back; nothing below is clicked."""
        event.accept()
        self.close_look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: stay as large as the parent."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._below.rect())
        return super().eventFilter(watched, event)

    def _get_shade(self) -> float:
        return self._shade

    def _set_shade(self, shade: float) -> None:
        self._shade = shade
        self.update()

    shade = Property(float, _get_shade, _set_shade)
    """How much of what lies below is covered: it grows from 0 to 1 as the look begins."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: picture and buttons take their places."""
        super().resizeEvent(event)
        area = self.rect()
        self._picture.setGeometry(area.adjusted(SIDE_PX, HEAD_PX, -SIDE_PX, -FOOT_PX))
        middle = (area.height() - FOOT_PX - BUTTON_PX) // 2
        first, last, close = self._buttons
        sides = (first, last) if not self.isRightToLeft() else (last, first)
        sides[0].move(12, middle)
        sides[1].move(area.width() - BUTTON_PX - 12, middle)
        close.move(12 if self.isRightToLeft() else area.width() - BUTTON_PX - 12, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: a dark ground, and the words at the foot."""
        del event
        if self._asset is None:
            return
        tokens = self._looks.theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        dark = QColor(tokens.overlay)
        dark.setAlphaF(self._shade)
        painter.fillRect(self.rect(), dark)
        stamp = Stamp(painter, self._looks.theme, self._looks.icons, dpr=self.devicePixelRatioF())
        shown = signs(self._asset, self._looks.now(), tokens)
        name = one_line(self._asset.name)
        name_font = self._looks.theme.font(tokens.font_px.strong, QFont.Weight.DemiBold)
        painter.setFont(name_font)
        foot = QRect(SIDE_PX, self.height() - FOOT_PX + 8, self.width() - 2 * SIDE_PX, 22)
        painter.setPen(tokens.overlay_text)
        elided = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, foot.width())
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignCenter), elided)
        self._draw_facts(stamp, foot.translated(0, 24), self._asset)
        width = sum(stamp.pill_width(sign, words=True) + 4 for sign in shown) - 4
        pills = QRect((self.width() - width) // 2, (HEAD_PX - PILL_PX) // 2, width + 1, PILL_PX)
        stamp.row(shown, pills, words=True)
        painter.end()

    def _draw_facts(self, stamp: Stamp, place: QRect, asset: Asset) -> None:
        size = asset.display_size
        facts = [*([pixels_text(size)] if size else []), bytes_text(asset.bytes)]
        tokens = self._looks.theme.tokens
        ink = QColor(tokens.overlay_text)
        ink.setAlpha(170)
        stamp.painter.setPen(ink)
        stamp.painter.setFont(self._looks.theme.font(tokens.font_px.small))
        stamp.painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), "  ·  ".join(facts))

    def _button(self, icon: str, name: str, act: object) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(icon)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setIconSize(QSize(22, 22))
        button.setFixedSize(BUTTON_PX, BUTTON_PX)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(act)
        return button

    def _dress(self) -> None:
        ink = self._looks.theme.tokens.overlay_text
        mirrored = self.isRightToLeft()
        swaps = {"chevron-left": "chevron-right", "chevron-right": "chevron-left"}
        for button in self._buttons:
            name = button.objectName()
            icon = swaps.get(name, name) if mirrored else name
            button.setIcon(self._looks.icons.icon(icon, colour=ink, size_px=22))
        self.update()
