"""The windows on the profile; made anew when they are to speak another language."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QLocale, QObject, Qt, QTimer, QTranslator
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QWidget

from bridge_app.app.text_size import AGAIN
from bridge_app.storage.settings import SettingsFile
from bridge_app.ui.languages import chosen_language
from bridge_app.ui.main_window import MainWindow
from bridge_app.ui.remembering import Beside
from bridge_app.ui.text_size import LIKE_THE_DESKTOP, text_size
from bridge_app.ui.together import Own, from_text, own_of
from bridge_app.ui.translations import install_translations

Make = Callable[[SettingsFile | Beside], MainWindow]


class Windows(QObject):
    """Opens the window, others beside it, and all again in each language that is chosen.

    A window that is closed while others stay is forgotten; those that end together are all opened
    again at the next start. Widgets keep the texts they were made with, so new windows are the one
    way to another language that forgets none of them.
    """

    def __init__(
        self,
        app: QApplication,
        settings: SettingsFile,
        translators: list[QTranslator],
        make: Make,
    ) -> None:
        super().__init__()
        self._app = app
        self._settings = settings
        self._translators = translators
        self._make = make
        self._open: list[MainWindow] = []
        self._is_ending = False
        self._sorted_in = ""
        self._drawn_at = text_size(settings.load())
        app.focusWindowChanged.connect(self._note_use)
        self._open_all()

    @property
    def open(self) -> Sequence[MainWindow]:
        """Those that are open, the one that was used last at the end."""
        return tuple(self._open)

    def current(self) -> MainWindow:
        """The one that was used last."""
        return self._open[-1]

    def _note_use(self, used: QWindow | None) -> None:
        self._open.sort(key=lambda one: used is not None and one.windowHandle() is used)
        for beside in QApplication.topLevelWidgets() if used is not None else ():
            is_window = beside.windowType() in (Qt.WindowType.Window, Qt.WindowType.Dialog)
            if is_window and not beside.isModal() and beside.windowHandle() is used:
                self._let_quit(beside)

    def _let_quit(self, beside: QWidget) -> None:
        """The keys that end the program do so in windows beside the main ones, too."""
        ends = [one.front.actions.quit for one in self._open if one.isVisible()]
        if beside not in self._open and ends and ends[-1] not in beside.actions():
            for action in ends:
                beside.removeAction(action)
            beside.addAction(ends[-1])

    def _open_all(self) -> None:
        self._is_ending = False
        first = self._opened(self._settings)
        _when_whole(first, partial(self._open_others, first))

    def _open_others(self, first: MainWindow) -> None:
        first.middle.model.counted.connect(partial(self._sort, first))
        if not first.middle.model.is_waiting:
            self._sort(first, 0)
        for own in from_text(first.core.remembering.settings.windows):
            # In turns of their own: the first can be used as soon as it is there.
            QTimer.singleShot(0, first, partial(self._opened, _beside(first, own)))

    def _sort(self, window: MainWindow, _count: int) -> None:
        """Once what is known has been shown: list it in the order of the language."""
        language = QLocale().name()
        if self._sorted_in != language:
            self._sorted_in = language
            core, failed = window.core, window.middle.browser.messages.show_error
            core.asker.ask(partial(core.worker.sort_in, language), _sorted, failed)

    def _open_beside(self, window: MainWindow) -> None:
        """Another one, which shows what this one does, as large."""
        own = own_of(replace(window.memory.now(), window_geometry=""))
        made = self._opened(_beside(window, own))
        if not window.isMaximized() and not window.isFullScreen():
            made.resize(window.size())
        made.activateWindow()

    def _opened(self, beside: SettingsFile | Beside) -> MainWindow:
        window = self._make(beside)
        taken = {one.entitling.number for one in self._open}
        window.entitling.count(next(free for free in itertools.count(1) if free not in taken))
        _when_whole(window, partial(self._hear, window))
        window.quitting.connect(partial(self._quit, window))
        window.leaving.connect(partial(self._leave, window))
        self._open.append(window)
        window.show()
        return window

    def _hear(self, window: MainWindow) -> None:
        actions = window.core.actions
        actions.languages[chosen_language(self._settings.load().language)].setChecked(True)
        for code, action in actions.languages.items():
            # Not from within: the window that calls goes away.
            action.triggered.connect(partial(QTimer.singleShot, 0, partial(self._speak, code)))
        sizes = actions.looking.text_sizes
        sizes.get(self._settings.load().text_size, sizes[LIKE_THE_DESKTOP]).setChecked(True)
        for percent, action in sizes.items():
            action.triggered.connect(partial(QTimer.singleShot, 0, partial(self._draw_at, percent)))
        actions.new_window.triggered.connect(partial(self._open_beside, window))

    def _quit(self, last: MainWindow) -> None:
        """Close all others; this one is about to close itself."""
        self._is_ending = True
        for window in self.open:
            if window is not last:
                window.close()

    def _leave(self, window: MainWindow) -> None:
        """Forget it, unless all of them end: then the loop turns no more."""
        if not self._is_ending:
            QTimer.singleShot(0, self, partial(self._forget, window))

    def _forget(self, window: MainWindow) -> None:
        if self._is_ending or window not in self._open or len(self._open) == 1:
            return
        self._open.remove(window)
        window.core.remembering.leave()
        self.current().core.remembering.save()
        window.deleteLater()

    def _speak(self, language: str) -> None:
        """Close the windows, and open others that speak it."""
        if chosen_language(self._settings.load().language) == language:
            return
        self._app.setQuitOnLastWindowClosed(False)
        before = self.open
        self._is_ending = True
        if all(window.close() for window in before):
            self._settings.save(replace(self._settings.load(), language=language))
            for translator in self._translators:
                QCoreApplication.removeTranslator(translator)
            self._app.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            self._translators[:] = install_translations(self._app, language)
            self._open.clear()
            self._open_all()
            for window in before:
                window.deleteLater()
        self._app.setQuitOnLastWindowClosed(True)

    def _draw_at(self, percent: int) -> None:
        """Keep how large letters are to be; where that is another size, begin anew with it."""
        remembering = self.current().core.remembering
        remembering.keep(replace(remembering.settings, text_size=percent))
        if text_size(remembering.settings) == self._drawn_at:
            return
        self._app.setQuitOnLastWindowClosed(False)
        self._is_ending = True
        if all(window.close() for window in self.open):
            self._app.exit(AGAIN)
        self._app.setQuitOnLastWindowClosed(True)


def _sorted(_: None) -> None:
    """The listing has heard of it by itself."""


def _when_whole(window: MainWindow, act: Callable[[], None]) -> None:
    """Now, or as soon as all of it is there."""
    if window.is_whole:
        act()
    else:
        window.becameWhole.connect(act)


def _beside(window: MainWindow, own: Own) -> Beside:
    return Beside(window.core.remembering, window.core.activities, own)
