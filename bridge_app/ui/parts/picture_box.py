"""A place for one picture: while it is on its way, when it is there, and when it cannot come."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPainterPath, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.theme import Theme

SPIN_MS = 80
STEP_DEGREES = 30
ICON_PX = 24
PADDING_PX = 16


class PictureBox(QWidget):
    """Shows a picture whole, never enlarged, on a quiet ground; or an icon over a sentence.

    Args:
        height_px: Its fixed height in logical pixels.
    """

    def __init__(self, theme: Theme, icons: Icons, *, height_px: int) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._image: QImage | None = None
        self._icon = ""
        self._text = ""
        self._angle = 0
        self._spinner = QTimer(self, interval=SPIN_MS)
        self._spinner.timeout.connect(self._turn)
        self._spins = False
        self.setFixedHeight(height_px)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def text(self) -> str:
        """The sentence in the picture's place; "" while there is a picture."""
        return self._text

    @property
    def image(self) -> QImage | None:
        """The picture shown."""
        return self._image

    def show_image(self, image: QImage, name: str) -> None:
        """Show a picture; `name` says what it is to those who cannot see it."""
        self._set(image=image, icon="", text="", spins=False)
        self.setAccessibleName(name)

    def show_waiting(self, text: str) -> None:
        """The picture is on its way."""
        self._set(image=None, icon="loader-circle", text=text, spins=True)
        self.setAccessibleName(text)

    def show_trouble(self, icon: str, text: str) -> None:
        """There is no picture, and this is why."""
        self._set(image=None, icon=icon, text=text, spins=False)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Qt: as wide as there is room."""
        return QSize(240, self.height())

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: turn only while it can be seen."""
        super().showEvent(event)
        if self._spins:
            self._spinner.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: turn only while it can be seen."""
        super().hideEvent(event)
        self._spinner.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw the picture, or what stands for it."""
        del event
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(self.rect()), tokens.radius.control, tokens.radius.control)
        painter.fillPath(ground, tokens.placeholder)
        if self._image is not None:
            painter.setClipPath(ground)
            painter.drawImage(self._picture_place(self._image), self._image)
        elif self._icon:
            self._paint_words(painter)

    def _set(self, *, image: QImage | None, icon: str, text: str, spins: bool) -> None:
        self._image, self._icon, self._text, self._spins = image, icon, text, spins
        if spins and self.isVisible():
            self._spinner.start()
        else:
            self._spinner.stop()
        self.update()

    def _turn(self) -> None:
        self._angle = (self._angle + STEP_DEGREES) % 360
        self.update()

    def _picture_place(self, image: QImage) -> QRect:
        size = image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if size.width() > image.width():
            size = image.size()
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        return place

    def _paint_words(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        painter.setFont(self._theme.font(tokens.font_px.small))
        width = self.width() - 2 * PADDING_PX
        room = QRect(0, 0, max(1, width), self.height())
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        needed = painter.fontMetrics().boundingRect(room, int(flags), self._text).height()
        top = max(4, (self.height() - ICON_PX - 8 - needed) // 2)
        middle = QPointF(self.width() / 2, top + ICON_PX / 2)
        painter.save()
        painter.translate(middle)
        painter.rotate(self._angle if self._spins else 0)
        pixmap = self._icons.pixmap(
            self._icon, tokens.text_muted, ICON_PX, self.devicePixelRatioF()
        )
        painter.drawPixmap(QPointF(-ICON_PX / 2, -ICON_PX / 2), pixmap)
        painter.restore()
        painter.setPen(tokens.text_muted)
        below = QRect(PADDING_PX, top + ICON_PX + 8, max(1, width), self.height())
        painter.drawText(below, int(flags), self._text)
