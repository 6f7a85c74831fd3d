"""A window stays where it can be reached when a screen is unplugged, or shows less than before."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QGuiApplication, QRegion, QScreen
from PySide6.QtWidgets import QMainWindow

SETTLE_MS = 400
"""Several screens change one after the other, and window managers move windows by themselves."""


class OnScreen(QObject):
    """Looks after one window; what a person moved is left alone while the screens stay."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._come_back)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.connect(lambda _: self._settle.start())
            app.screenAdded.connect(self._follow)
            for screen in app.screens():
                self._follow(screen)

    def _follow(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._settle.start)

    def _come_back(self) -> None:
        window = self._window
        if window.isMaximized() or window.isFullScreen() or window.isMinimized():
            return  # the system's own
        frame, rooms = window.frameGeometry(), [one.availableGeometry() for one in _screens()]
        if not is_seen(frame, rooms):
            place = within(frame, window.screen().availableGeometry())
            inside, edge = window.geometry(), frame.size() - window.geometry().size()
            offset = inside.topLeft() - frame.topLeft()
            window.setGeometry(QRect(place.topLeft() + offset, place.size() - edge))


def is_seen(frame: QRect, rooms: Iterable[QRect]) -> bool:
    """Is all of it on some screen?"""
    left = QRegion(frame)
    for room in rooms:
        left = left.subtracted(QRegion(room))
    return left.isEmpty()


def within(frame: QRect, room: QRect) -> QRect:
    """As near to where it was, and as large, as the room allows."""
    size = frame.size().boundedTo(room.size())
    left = max(room.left(), min(frame.left(), room.left() + room.width() - size.width()))
    top = max(room.top(), min(frame.top(), room.top() + room.height() - size.height()))
    return QRect(QPoint(left, top), size)


def _screens() -> list[QScreen]:
    return QGuiApplication.screens()
