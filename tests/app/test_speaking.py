"""Another language is spoken at once, by a new window in the place of the one before."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from bridge_app.app.speaking import SpeakingWindow
from bridge_app.ui.icons import Icons
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.theme import Scheme, Theme
from bridge_app.ui.translations import install_translations
from tests.desk import Desk


@pytest.fixture
def speaking(qapp: QApplication, qtbot: QtBot, desk: Desk) -> Iterator[SpeakingWindow]:
    before = QLocale()
    translators: list[QTranslator] = install_translations(qapp, "en")
    theme = Theme(Scheme.LIGHT)
    theme.apply(qapp)
    icons = Icons(theme)

    def made() -> MainWindow:
        parts = desk.parts
        return MainWindow(parts.worker, parts.settings, theme, icons, demo=None, now=desk.clock)

    opened = SpeakingWindow(qapp, desk.parts.settings, translators, made)
    yield opened
    opened.window.close()
    assert opened.window.ended_cleanly
    for translator in translators:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def menus(window: MainWindow) -> list[str]:
    return [menu.title().replace("&", "") for menu in window.menuBar().findChildren(QMenu)]


def test_the_language_that_is_chosen_is_spoken_at_once_and_remembered(
    qapp: QApplication, qtbot: QtBot, desk: Desk, speaking: SpeakingWindow
) -> None:
    first = speaking.window
    assert "View" in menus(first)
    assert first.core.actions.languages[""].isChecked()
    first.core.actions.languages["de"].trigger()
    qtbot.waitUntil(lambda: speaking.window is not first)
    assert first.ended_cleanly
    german = speaking.window
    assert german.isVisible()
    assert "Ansicht" in menus(german)
    assert german.core.actions.languages["de"].isChecked()
    assert desk.parts.settings.load().language == "de"
    german.core.actions.languages["ar"].trigger()
    qtbot.waitUntil(lambda: speaking.window is not german)
    assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
    arabic = speaking.window
    arabic.core.actions.languages["en"].trigger()
    qtbot.waitUntil(lambda: speaking.window is not arabic)
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert "View" in menus(speaking.window)
