"""A drop that waits: let go of, but held back until the files that it is to bring are there.

The target knows nothing of it: as far as it can tell, the person is still over it. So no program
gives up waiting for a file that comes late, and none gets one that is not whole.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication

LOOK_MS = 30
STILL = frozenset(
    {
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Wheel,
    }
)
"""What the pointer does after it has let go is of no interest to the drag."""


class HeldDrop(QObject):
    """Looks at the events of one drag, from within it.

    Where the system itself handles those, it sees none, and the drop is not held.

    Args:
        has_ended: Are the files there, or will they never be?
        failed: Is it the latter? Then the drop is called off.
    """

    held = Signal()

    def __init__(
        self,
        drag: QDrag,
        *,
        has_ended: Callable[[], bool],
        failed: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._has_ended = has_ended
        self._failed = failed
        self._let_go: QMouseEvent | None = None
        self._receiver: QObject | None = None
        self._accepted = False
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        drag.actionChanged.connect(self._note_action)
        # The drag looks at all events from its beginning; who begins later looks first.
        QTimer.singleShot(0, self, self._begin)

    def end(self) -> None:
        """The drag is over."""
        self._timer.stop()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: hold back the end of the drag, and what the pointer does afterwards."""
        kind = event.type()
        if kind not in STILL:
            return False
        if self._let_go is not None:
            return True
        if kind is QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            return self._hold(watched, event)
        return False

    def _begin(self) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._timer.start()

    def _note_action(self, action: Qt.DropAction) -> None:
        self._accepted = action != Qt.DropAction.IgnoreAction

    def _hold(self, watched: QObject, event: QMouseEvent) -> bool:
        """Does this drop have to wait? One that nobody would take has not."""
        outside = QApplication.topLevelAt(event.globalPosition().toPoint()) is None
        if self._has_ended() or not (self._accepted and outside):
            return self._failed() and self._call_off()
        self._let_go, self._receiver = event.clone(), watched
        self.held.emit()
        return True

    def _look(self) -> None:
        if not self._has_ended():
            return
        if self._failed():
            self._call_off()
        elif self._let_go is not None:
            self._release()

    def _release(self) -> None:
        """Let the drag have its end, where the person let go."""
        event, receiver = self._let_go, self._receiver
        self.end()
        if event is not None and receiver is not None:
            QCoreApplication.postEvent(receiver, event)

    def _call_off(self) -> bool:
        self.end()
        QDrag.cancel()
        return True
