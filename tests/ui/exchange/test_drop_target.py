"""The small window that stays above others: it takes what the large one takes, and comes back."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bridge_app.ui.dialogs.take_in import TakeInDialog
from bridge_app.ui.dropping import file_url
from bridge_app.ui.main_window import MainWindow
from tests.desk import Desk, picture
from tests.ui.windows import Opener, dialog

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


def test_what_is_dropped_there_is_taken_by_the_window(
    qtbot: QtBot, desk: Desk, window: MainWindow, opener: Opener, tmp_path: Path
) -> None:
    action, target = window.core.actions.exchange.drop_target, window.exchange.target
    assert not target.isVisible()
    action.trigger()
    assert target.isVisible()
    assert target.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    mime = QMimeData()
    enter = QDragEnterEvent(QPoint(9, 9), COPY, mime, LEFT, PLAIN)
    QApplication.sendEvent(target, enter)
    assert not enter.isAccepted()
    mime.setUrls([file_url(picture(tmp_path / "new.jpg", 9))])
    enter = QDragEnterEvent(QPoint(9, 9), COPY, mime, LEFT, PLAIN)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    assert not target.grab().isNull()
    QApplication.sendEvent(target, QDragLeaveEvent())
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(9, 9), COPY, mime, LEFT, PLAIN))
    QApplication.sendEvent(target, QDropEvent(QPointF(9, 9), COPY, mime, LEFT, PLAIN))
    taking = dialog(qtbot, window, TakeInDialog)
    assert taking._wish.sources == (tmp_path / "new.jpg",)
    taking.reject()
    # Moved by the mouse, it stands there the next time.
    qtbot.mousePress(target, LEFT, pos=QPoint(10, 10))
    qtbot.mouseMove(target, QPoint(60, 30))
    qtbot.mouseRelease(target, LEFT, pos=QPoint(60, 30))
    place = target.pos()
    window.close()
    again = opener()
    assert again.exchange.target.isVisible()
    assert again.exchange.target.pos() == place
    qtbot.keyClick(again.exchange.target, Qt.Key.Key_Escape)
    assert not again.exchange.target.isVisible()
    assert not again.core.actions.exchange.drop_target.isChecked()
    assert not again.exchange.target.isVisible()
