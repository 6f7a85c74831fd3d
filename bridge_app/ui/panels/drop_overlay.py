"""A veil over the window while something is dragged over it, saying what letting go will do."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from bridge_app.ui.dropping import Dropped
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import one_line
from bridge_app.ui.theme import Theme

VEIL = 215
ICON_PX = 36
EDGE_PX = 14


class DropOverlay(QWidget):
    """Covers its parent, takes no mouse events, and tells what is dragged."""

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._below = parent
        self._theme = theme
        self._icons = icons
        self._dropped: Dropped | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setVisible(False)
        parent.installEventFilter(self)

    @property
    def text(self) -> str:
        """What letting go will do."""
        return " ".join(self._words()[1:])

    def show_wait(self) -> None:
        """Something is dragged; what it is, is being found out."""
        self._dropped = None
        self._appear()

    def show_dropped(self, dropped: Dropped) -> None:
        """That is what is dragged."""
        self._dropped = dropped
        self._appear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: stay as large as the parent."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._below.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: draw veil, frame, icon and words."""
        del event
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(tokens.window)
        veil.setAlpha(VEIL)
        painter.fillRect(self.rect(), veil)
        frame = QRectF(self.rect()).adjusted(EDGE_PX, EDGE_PX, -EDGE_PX, -EDGE_PX)
        painter.setBrush(tokens.drop)
        painter.setPen(QPen(tokens.accent, 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, 16, 16)
        icon, title, text = self._words()
        pixmap = self._icons.pixmap(icon, tokens.link, ICON_PX, self.devicePixelRatioF())
        middle = self.rect().center()
        painter.drawPixmap(middle - QPoint(ICON_PX // 2, ICON_PX + 18), pixmap)
        painter.setPen(tokens.text)
        painter.setFont(self._theme.font(tokens.font_px.title, QFont.Weight.DemiBold))
        line = QRect(40, middle.y() - 6, self.width() - 80, 28)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), title)
        painter.setPen(tokens.text_muted)
        painter.setFont(self._theme.font(tokens.font_px.body))
        below = QRect(self.width() // 2 - 240, line.bottom() + 6, 480, 60)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(below, int(flags) | Qt.TextFlag.TextWordWrap, text)
        painter.end()

    def _appear(self) -> None:
        self.setGeometry(self._below.rect())
        self.show()
        self.raise_()
        self.update()

    def _words(self) -> tuple[str, str, str]:
        """Icon, title and sentence for what is dragged."""
        dropped = self._dropped
        if dropped is None:
            return "download", self.tr("Drop it here"), ""
        if dropped.is_empty:
            return "ban", self.tr("Nothing here can be taken"), ""
        if dropped.folders:
            return self._folder_words(dropped)
        if not dropped.unknown:
            title = self.tr("Push %Ln asset(s)", "", len(dropped.known))
            return "cloud-upload", title, self.tr("You will see the plan before anything leaves.")
        title = self.tr("Take in %Ln file(s)", "", len(dropped.unknown))
        text = self.tr("You will be asked where to copy them. The originals stay where they are.")
        return "folder-plus", title, text

    def _folder_words(self, dropped: Dropped) -> tuple[str, str, str]:
        text = self.tr("Its files are read where they are. Nothing is copied or changed.")
        if len(dropped.folders) > 1:
            title = self.tr("Add %Ln folders as libraries", "", len(dropped.folders))
        else:
            name = one_line(dropped.folders[0].name)
            title = self.tr("Add “{name}” as a library").format(name=name)
        return "folder-plus", title, text
