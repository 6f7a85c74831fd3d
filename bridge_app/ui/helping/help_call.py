"""F1 in every window: the help opens at what is in front of whoever asks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from bridge_app.ui.helping.help_places import section_of
from bridge_app.ui.resources import help_folder
from bridge_app.ui.window_core import Core

if TYPE_CHECKING:
    from bridge_app.ui.helping.help_window import HelpWindow

# Few starts lead to the help: it is loaded when somebody asks for it.
# ruff: noqa: PLC0415

NAME = "help key"


class HelpCall(QObject):
    """Opens the help for `call`, which has the keys; other windows get the same keys.

    A shortcut of the main window is none in its dialogs and in the windows beside it. Each gets its
    own when it comes to the front, so that nobody who makes a window has to think of it.
    """

    def __init__(self, core: Core, inside: QWidget, call: QAction) -> None:
        super().__init__(inside)
        self._core = core
        self._inside = inside
        self._call = call
        self.shown: HelpWindow | None = None
        call.triggered.connect(self.open)
        # What it stands in is put into its window only afterwards.
        QTimer.singleShot(0, self, lambda: inside.window().installEventFilter(self))

    def open(self) -> None:
        """Show what the help says of the place that has the keyboard."""
        place = section_of(QApplication.focusWidget() or QApplication.activeWindow())
        if self.shown is None:
            from bridge_app.ui.helping.help_window import HelpWindow

            core = self._core
            self.shown = HelpWindow(help_folder(), core.asker, core.looks)
            self.destroyed.connect(self.shown.deleteLater)
        self.shown.open(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: another window may be coming to the front."""
        if event.type() is QEvent.Type.WindowDeactivate:
            QTimer.singleShot(0, self, self._give_keys)
        return super().eventFilter(watched, event)

    def _give_keys(self) -> None:
        window = QApplication.activeWindow()
        if window is None or window is self.shown or window is self._inside.window():
            return
        keys = window.findChild(QShortcut, NAME)
        if not isinstance(keys, QShortcut):
            keys = QShortcut(window)
            keys.setObjectName(NAME)
            keys.activated.connect(self.open)
            window.installEventFilter(self)
        keys.setKeys(self._call.shortcuts())
