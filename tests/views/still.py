"""Waiting for a view: until something holds, and until what is drawn does not change any more."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

PATIENCE_MS = 60_000
LOOK_MS = 20
REST_MS = 80
MOST_LOOKS = 25


def wait_until(holds: Callable[[], bool], what: str, patience_ms: int = PATIENCE_MS) -> None:
    """Let events come in until something holds. Raises TimeoutError."""
    if holds():
        return
    loop, timer, end = QEventLoop(), QTimer(interval=LOOK_MS), QTimer(singleShot=True)
    timer.timeout.connect(lambda: loop.quit() if holds() else None)
    end.timeout.connect(lambda: loop.exit(1))
    timer.start()
    end.start(patience_ms)
    if loop.exec() != 0:
        raise TimeoutError(f"waited for {what} in vain")


def pause(rest_ms: int = REST_MS) -> None:
    """Let events come in for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(rest_ms, loop.quit)
    loop.exec()


def still(widget: QWidget, rest_ms: int = REST_MS) -> QImage:
    """What it looks like when it stands still, or after a while if it never does."""
    seen = widget.grab().toImage()
    for _ in range(MOST_LOOKS):
        pause(rest_ms)
        now = widget.grab().toImage()
        if now == seen:
            return now
        seen = now
    return seen
