"""A small window that stays above all others, and takes what the large one takes."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QWidget

from bridge_app.ui.dropping import local_paths
from bridge_app.ui.incoming import incoming, picture_format
from bridge_app.ui.looks import Looks

SIZE = QSize(132, 112)
ICON_PX = 32
EDGE_PX = 10


class DropTarget(QWidget):
    """`dropped` carries what came; moved with the mouse, closed by its menu or Escape."""

    dropped = Signal(object)  # Incoming
    shown = Signal(bool)
    moved = Signal(QPoint)

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint
        super().__init__(parent, flags | Qt.WindowType.WindowStaysOnTopHint)
        self._looks = looks
        self._held_at: QPoint | None = None
        self._is_over = False
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAcceptDrops(True)
        self.setFixedSize(SIZE)
        self.setWindowTitle(self.tr("Drop target"))
        self.setAccessibleName(self.windowTitle())
        self.setAccessibleDescription(
            self.tr("Files and pictures that are dropped here go where the large window takes them")
        )
        self.setToolTip(self.accessibleDescription())
        looks.theme.changed.connect(self.update)

    def place(self, at: QPoint) -> None:
        """Stand there, as far as there is a screen."""
        screen = QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        x = min(max(at.x(), room.left()), room.right() - SIZE.width())
        y = min(max(at.y(), room.top()), room.bottom() - SIZE.height())
        self.move(x, y)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt: something comes over it; what comes from ourselves is not taken."""
        mime = event.mimeData()
        if event.source() is None and (local_paths(mime.urls()) or picture_format(mime)):
            event.acceptProposedAction()
            self._is_over = True
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Qt: it goes away again."""
        del event
        self._is_over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt: it is let go."""
        event.acceptProposedAction()
        self._is_over = False
        self.update()
        self.dropped.emit(incoming(event.mimeData()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: it is taken hold of."""
        self._held_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: it goes with the mouse."""
        if self._held_at is not None:
            self.move(event.globalPosition().toPoint() - self._held_at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: it stays where it is."""
        del event
        self._held_at = None
        self.moved.emit(self.pos())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt: it can be put away."""
        menu = QMenu(self)
        menu.addAction(self.tr("Hide")).triggered.connect(self.hide)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Qt: tells the window's menu whether it is there; Escape is its own, not the window's."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide) and not event.spontaneous():
            self.shown.emit(event.type() is QEvent.Type.Show)
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: nothing is over what cannot be seen."""
        self._is_over = False
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: a card with an icon and a word."""
        del event
        tokens, theme = self._looks.theme.tokens, self._looks.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), tokens.panel)
        edge = tokens.accent if self._is_over else tokens.border_strong
        painter.setPen(QPen(edge, 2, Qt.PenStyle.DashLine))
        painter.setBrush(tokens.drop if self._is_over else tokens.panel)
        frame = QRectF(self.rect()).adjusted(EDGE_PX, EDGE_PX, -EDGE_PX, -EDGE_PX)
        painter.drawRoundedRect(frame, tokens.radius.card, tokens.radius.card)
        pixmap = self._looks.icons.pixmap("inbox", tokens.link, ICON_PX, self.devicePixelRatioF())
        middle = self.rect().center()
        painter.drawPixmap(middle - QPoint(ICON_PX // 2, ICON_PX - 4), pixmap)
        painter.setPen(tokens.text_muted)
        painter.setFont(theme.font(tokens.font_px.small))
        below = self.rect().adjusted(EDGE_PX + 4, middle.y() + 10, -EDGE_PX - 4, -EDGE_PX - 2)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(below, int(flags) | Qt.TextFlag.TextWordWrap, self.tr("Drop here"))
        painter.end()
