"""The one window, made anew when it is to speak another language; what works goes on meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.languages import chosen_language
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.translations import install_translations


class SpeakingWindow:
    """Opens the window, and again in each language that is chosen in it.

    Its widgets keep the texts they were made with, so a new window is the one way that forgets
    none of them. What is remembered of a window (place, selection of panels) comes back.
    """

    def __init__(
        self,
        app: QApplication,
        settings: SettingsFile,
        translators: list[QTranslator],
        make: Callable[[], MainWindow],
    ) -> None:
        self._app = app
        self._settings = settings
        self._translators = translators
        self._make = make
        self.window = self._opened()

    def current(self) -> MainWindow:
        """The one that is open now."""
        return self.window

    def _opened(self) -> MainWindow:
        window = self._make()
        languages = window.core.actions.languages
        languages[chosen_language(self._settings.load().language)].setChecked(True)
        for code, action in languages.items():
            # Not from within: the window that calls goes away.
            action.triggered.connect(partial(QTimer.singleShot, 0, partial(self._speak, code)))
        window.show()
        return window

    def _speak(self, language: str) -> None:
        """Close the window, and open another one that speaks it."""
        before = self.window
        if chosen_language(self._settings.load().language) == language:
            return
        self._app.setQuitOnLastWindowClosed(False)
        if before.close():
            self._settings.save(replace(self._settings.load(), language=language))
            for translator in self._translators:
                QCoreApplication.removeTranslator(translator)
            self._app.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            self._translators[:] = install_translations(self._app, language)
            self.window = self._opened()
            before.deleteLater()
        self._app.setQuitOnLastWindowClosed(True)
