"""Who waits for an answer sees that it is waited for, and for no longer."""

import threading

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.waiting_bar import WaitingBar
from bridge_app.ui.theme import Theme


def test_a_bar_moves_while_an_answer_is_waited_for_and_goes_with_it(
    qtbot: QtBot, asker: Asker, theme: Theme, icons: Icons
) -> None:
    owner, go = QWidget(), threading.Event()
    qtbot.addWidget(owner)
    asked, heard = Latest(asker, owner), list[bool]()
    head = DialogHead(theme, icons, "images", title="Push to studio")
    qtbot.addWidget(head)
    head.wait_for(asked)
    head.show()
    (bar,) = head.findChildren(WaitingBar)
    height = head.sizeHint().height()
    asked.ask(lambda: go.wait(20), heard.append, lambda _: None)
    assert not bar.isVisible()
    qtbot.waitUntil(bar.isVisible)
    assert bar.accessibleName() == "Push to studio"
    assert head.sizeHint().height() == height
    asked.forget()  # as a dialog does that is closed
    qtbot.waitUntil(lambda: not bar.isVisible())
    go.set()
