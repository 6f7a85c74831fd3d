"""The window on the demo: a local library, one at a service, and an environment."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bridge_app.app.build import utc_now
from bridge_app.app.demo import Demo
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.parts.focus_ring import FocusRing
from bridge_app.ui.theme import Theme
from tests.desk import Desk
from tests.showcase import small_recipes


@pytest.fixture
def demo_desk(decoder: DecoderPool, tmp_path: Path) -> Iterator[Desk]:
    """The demo's libraries, with small pictures; two of them are delivered."""
    desk = Desk(tmp_path, sandbox=None, decoder=decoder)
    parts = desk.parts
    demo = Demo(parts, recipes=small_recipes(tmp_path / "recipes"), now=utc_now)
    demo.connect()
    desk.open()
    demo.fill(lambda _done, _total: None, lambda: False)
    demo.fill_shelter(lambda _done, _total: None, lambda: False)
    desk.settled()
    yield desk
    demo.close()
    desk.close()


@pytest.fixture
def demo_window(
    demo_desk: Desk, qtbot: QtBot, qapp: QApplication, theme: Theme, icons: Icons, english: None
) -> Iterator[MainWindow]:
    """The window, as somebody finds it."""
    parts = demo_desk.parts
    QAccessible.setActive(True)
    ring = FocusRing(qapp, theme)
    window = MainWindow(parts.worker, parts.settings, theme, icons, demo=None, now=utc_now)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    qtbot.waitUntil(lambda: not window.middle.model.is_waiting)
    yield window
    window.close()
    assert window.ended_cleanly
    QAccessible.setActive(False)
    ring.deleteLater()
