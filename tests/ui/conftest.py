"""What every test of the window needs: the looks, and the way to a real worker."""

import gc
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bridge_app.delivery.accounts import NewAccount
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.cloudinary.plans import PLANS
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.server import Sandbox
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.icons import Icons
from bridge_app.ui.looks import Looks
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.pixels import Pixels
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.ui.translations import install_translations
from tests.desk import Desk, picture
from tests.ui.agencies import NAMING, OWNER, PREVIEW, STAGING
from tests.ui.windows import NAMES, Opener, Plug

SOME_TIME_AGO = 1_700_000_000


KEPT: list[Theme] = []
"""A style sheet that stays on needs its pictures, which go with its theme."""


@pytest.fixture(autouse=True)
def garbage_is_collected_in_the_gui_thread() -> Iterator[None]:
    """A widget that dies in a worker thread takes the process with it.

    What a window left behind goes as well: each style that is put on later would polish it again.
    What is left of Python's (some thousand objects of each window, which themes that are kept know)
    need not be looked through by every test after it.
    """
    gc.disable()
    yield
    for left in QApplication.topLevelWidgets():
        if left.windowType() is not Qt.WindowType.Popup:  # a completer deletes its list itself
            left.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def no_key_is_held(qapp: QApplication) -> None:
    """Qt remembers Ctrl of the last key that was pressed, in whichever test.

    The next row that is chosen without an event would be added to those that are.
    """
    if qapp.keyboardModifiers():
        QTest.keyClick(QWidget(), Qt.Key.Key_F35)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light looks. The style sheet stays on afterwards.

    Qt crashes if a sheet is taken off and another put on while widgets of the first are still
    waiting to be deleted: it keeps pointers to them that nobody clears (6.11).
    """
    made = Theme(Scheme.LIGHT)
    made.apply(qapp)
    KEPT.append(made)
    return made


@pytest.fixture
def icons(theme: Theme) -> Icons:
    """The icons in those looks."""
    return Icons(theme)


@pytest.fixture
def bridge(qapp: QApplication, desk: Desk) -> Iterator[WorkerBridge]:
    """The desk's events, in the GUI thread."""
    made = WorkerBridge()
    desk.parts.worker.listen(made.post)
    yield made
    made.close()


@pytest.fixture
def asker(qapp: QApplication, desk: Desk) -> Iterator[Asker]:
    """The window's questions to the desk's worker."""
    made = Asker(desk.parts.worker)
    yield made
    assert made.close(), "a thread of the asker did not end"


@pytest.fixture
def shelf(decoder: DecoderPool, tmp_path: Path) -> Iterator[Desk]:
    """An application that is not started: what is catalogued in it stays as it is."""
    made = Desk(tmp_path, sandbox=None, decoder=decoder)
    yield made
    made.close()


@pytest.fixture
def reader(qapp: QApplication, shelf: Desk) -> Iterator[Asker]:
    """Questions to the shelf."""
    made = Asker(shelf.parts.worker)
    yield made
    assert made.close(), "a thread of the asker did not end"


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    """British English, as the window speaks where nothing else is installed."""
    before = QLocale()
    translators = install_translations(qapp, "en_GB")
    yield
    for translator in translators:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.fixture
def opener(qtbot: QtBot, desk: Desk, theme: Theme, icons: Icons, english: None) -> Iterator[Opener]:
    made: list[MainWindow] = []

    def opened() -> MainWindow:
        parts = desk.parts
        window = MainWindow(parts.worker, parts.settings, theme, icons, demo=Plug(), now=desk.clock)
        made.append(window)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        qtbot.waitUntil(lambda: not window.middle.model.is_waiting)
        return window

    yield opened
    for window in made:
        window.close()
        assert window.ended_cleanly


@pytest.fixture
def window(desk: Desk, opener: Opener) -> MainWindow:
    """The window on a library of five pictures in two folders."""
    for number, name in enumerate(NAMES):
        place = picture(desk.folder / ("coast" if number % 2 else "hills") / name, number)
        os.utime(place, (SOME_TIME_AGO, SOME_TIME_AGO))  # at rest: read without waiting
    desk.library()
    return opener()


@pytest.fixture
def agency_cloud(decoder: DecoderPool) -> Iterator[Sandbox]:
    """A production and a staging environment, on the free plan."""
    settings = Settings(plan=PLANS["free"])
    made = Sandbox(accounts=(OWNER, STAGING), decoder=decoder, settings=settings)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def agency(desk: Desk, agency_cloud: Sandbox) -> Desk:
    """The desk, with both of them besides `studio`; production is in use."""
    for account, naming in ((STAGING, PREVIEW), (OWNER, NAMING)):
        new = NewAccount.from_url(agency_cloud.cloudinary_url(account))
        desk.parts.environments.keep(replace(new, naming=naming))
    return desk


@pytest.fixture
def agency_looks(agency: Desk, asker: Asker, theme: Theme, icons: Icons) -> Looks:
    """The looks on the agency's desk."""
    worker = agency.parts.worker
    pixels = Pixels(asker, make_thumb=worker.thumbnail, make_preview=worker.preview, parent=asker)
    return Looks(theme, icons, pixels, agency.clock)
