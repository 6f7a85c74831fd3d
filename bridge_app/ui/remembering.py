"""Keeps the settings of a running window, and writes them off the GUI thread when they change."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from bridge_app.storage.settings import Settings, SettingsFile
from bridge_app.ui.asker import Asker

SAVE_AFTER_MS = 800


class Remembering(QObject):
    """The newest settings; saved a moment after the last change, and by `save`."""

    failed = Signal(object)  # BridgeError

    def __init__(self, file: SettingsFile, asker: Asker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._asker = asker
        self._settings = file.load()
        self._timer = QTimer(self, interval=SAVE_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self.save)

    @property
    def folder(self) -> Path:
        """Where the profile lies."""
        return self._file.folder

    @property
    def settings(self) -> Settings:
        """What is remembered now."""
        return self._settings

    def keep(self, settings: Settings) -> None:
        """Remember these from now on."""
        if settings != self._settings:
            self._settings = settings
            self._timer.start()

    def save(self) -> None:
        """Have them written now, after what was to be written before."""
        self._timer.stop()
        settings = self._settings
        self._asker.ask_in_turn(lambda: self._file.save(settings), _done, self.failed.emit)


def _done(_: None) -> None:
    """They are on disk."""
