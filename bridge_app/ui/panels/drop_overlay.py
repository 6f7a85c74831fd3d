"""A veil over the window while something is dragged over it, saying what letting go will do."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.dropping import Dropped, local_paths
from bridge_app.ui.icons import Icons
from bridge_app.ui.incoming import Incoming, incoming, picture_format
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import one_line
from bridge_app.ui.theme import Theme

VEIL = 190
ICON_PX = 36
EDGE_PX = 14
CARD = QSize(520, 190)


class DropOverlay(QWidget):
    """Covers its parent while files are dragged over it, and tells what is dropped.

    Args:
        look: Sorts paths by what will be done with them; blocking.
        parent: The window that takes the drop.
    """

    dropped = Signal(object)  # Dropped
    pictureDropped = Signal(object)  # Incoming: a picture without a file
    failed = Signal(object)  # BridgeError

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        asker: Asker,
        *,
        look: Callable[[Sequence[Path]], Dropped],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._below = parent
        self._theme = theme
        self._icons = icons
        self._looking = Latest(asker, self)
        self._look = look
        self._dropped: Dropped | None = None
        self._let_go = False
        parent.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setVisible(False)
        parent.installEventFilter(self)

    @property
    def text(self) -> str:
        """What letting go will do."""
        return " ".join(self._words()[1:])

    def take(self, paths: Sequence[Path]) -> None:
        """Do with these what is done with what is dropped."""
        self._dropped, self._let_go = None, True
        self._looking.ask(lambda: self._look(paths), self._know, self._fail)

    def give(self, found: Incoming) -> None:
        """Do with this what is done with what is dropped."""
        if found.paths:
            self.take(found.paths)
        else:
            self.pictureDropped.emit(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: follow what is dragged over the parent, and stay as large as it."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._below.rect())
        elif isinstance(event, QDragEnterEvent):
            self._enter(event)
            return True
        elif isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            self._drop(event)
            return True
        elif isinstance(event, QDragMoveEvent):
            event.acceptProposedAction()
            return True
        elif event.type() is QEvent.Type.DragLeave:
            self._looking.forget()
            self.hide()
            return True
        return super().eventFilter(watched, event)

    def _enter(self, event: QDragEnterEvent) -> None:
        """Something comes over the window; what comes from the window itself is not taken."""
        paths = local_paths(event.mimeData().urls())
        if event.source() is not None or not (paths or picture_format(event.mimeData())):
            event.ignore()
            return
        event.acceptProposedAction()
        self._dropped, self._let_go = None, False
        if not paths:
            self._appear()
            return
        self._appear()
        self._looking.ask(lambda: self._look(paths), self._know, self._fail)

    def _drop(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.hide()
        found = incoming(event.mimeData())
        if not found.paths:
            self.pictureDropped.emit(found)
            return
        self._let_go = True
        if self._dropped is not None:
            self._know(self._dropped)
        elif not self._looking.waiting:
            # It came over the window before this did.
            self.take(found.paths)

    def _know(self, dropped: Dropped) -> None:
        """What is dragged, or was let go meanwhile, is known."""
        self._dropped = dropped
        self.update()
        if self._let_go:
            self._let_go = False
            self.dropped.emit(dropped)

    def _fail(self, error: BridgeError) -> None:
        self.hide()
        self.failed.emit(error)

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
        card = QRectF(0, 0, min(CARD.width(), self.width() - 60), CARD.height())
        card.moveCenter(QRectF(self.rect()).center())
        painter.setBrush(tokens.panel)
        painter.setPen(QPen(tokens.border, 1))
        painter.drawRoundedRect(card, 14, 14)
        pixmap = self._icons.pixmap(icon, tokens.link, ICON_PX, self.devicePixelRatioF())
        middle = self.rect().center()
        painter.drawPixmap(middle - QPoint(ICON_PX // 2, ICON_PX + 22), pixmap)
        painter.setPen(tokens.text)
        painter.setFont(self._theme.font(tokens.font_px.title, QFont.Weight.DemiBold))
        line = QRect(int(card.left()) + 20, middle.y() - 8, int(card.width()) - 40, 28)
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.setPen(tokens.text_muted)
        painter.setFont(self._theme.font(tokens.font_px.body))
        below = QRect(line.left(), line.bottom() + 6, line.width(), 44)
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
