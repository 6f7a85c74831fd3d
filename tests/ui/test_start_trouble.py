"""What is in the way of a window is told in one of its own, which hears when it should end."""

import os
import signal
import threading

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from bridge_app.domain.errors import DiskFullError
from bridge_app.ui.dialogs.start_trouble import StartTrouble
from bridge_app.ui.messages import error_text
from bridge_app.ui.theme import Theme

ENDED = QDialog.DialogCode


def buttons(shown: StartTrouble) -> list[str]:
    return [one.text() for one in shown.findChildren(QPushButton) if not one.isHidden()]


def test_it_says_what_happened_and_closes(qtbot: QtBot, english: None, theme: Theme) -> None:
    shown = StartTrouble(theme, error_text(DiskFullError(path="/profile")))
    qtbot.addWidget(shown)
    QTimer.singleShot(0, shown.findChildren(QPushButton)[-1].click)
    assert shown.exec() == ENDED.Rejected
    assert any("is full" in one.text() for one in shown.findChildren(QLabel))
    assert buttons(shown) == ["Close"]


def test_what_can_be_done_about_it_is_done_on_a_click_alone(
    qtbot: QtBot, english: None, theme: Theme
) -> None:
    shown = StartTrouble(theme, "Damaged.", more="There is a backup.", act="Restore the backup")
    qtbot.addWidget(shown)
    assert buttons(shown) == ["Restore the backup", "Close"]
    assert not shown.act.isDefault()
    QTimer.singleShot(0, shown.act.click)
    assert shown.exec() == ENDED.Accepted


def test_a_signal_to_end_is_heard_while_it_is_open(qtbot: QtBot, theme: Theme) -> None:
    shown = StartTrouble(theme, "Damaged.")
    qtbot.addWidget(shown)
    before = signal.signal(signal.SIGUSR1, lambda *_: shown.reject())
    sender = threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGUSR1))
    sender.start()
    try:
        assert shown.exec() == ENDED.Rejected
    finally:
        sender.join()
        signal.signal(signal.SIGUSR1, before)
