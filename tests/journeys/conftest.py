"""What a journey needs: the looks, a window on the desk, and somebody in front of it."""

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.ui.translations import install_translations
from tests.desk import Desk
from tests.journeys.person import Person

Opener = Callable[[], Person]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light looks, in British English; garbage is collected in this thread alone."""
    gc.disable()
    before = QLocale()
    translators = install_translations(qapp, "en_GB")
    made = Theme(Scheme.LIGHT)
    made.apply(qapp)
    yield made
    made.set_scheme(Scheme.SYSTEM)
    for translator in translators:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture
def opener(desk: Desk, qtbot: QtBot, theme: Theme) -> Iterator[Opener]:
    """Opens a window on the desk as it is then, and sits somebody down before it."""
    made: list[MainWindow] = []

    def opened() -> Person:
        parts = desk.parts
        window = MainWindow(
            parts.worker,
            SettingsFile(desk.home / "settings.json"),
            theme,
            Icons(theme),
            demo=None,
            now=desk.clock,
        )
        made.append(window)
        qtbot.addWidget(window)
        window.resize(1440, 900)
        window.show()
        person = Person(qtbot, window)
        person.until(lambda: not window.middle.model.is_waiting)
        return person

    yield opened
    for window in made:
        window.close()
        assert window.ended_cleanly
