"""Keeps the settings of a running window, and writes them off the GUI thread when they change."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from bridge_app.storage.settings import Settings, SettingsFile
from bridge_app.ui.asker import Asker
from bridge_app.ui.together import Own, Together

if TYPE_CHECKING:
    from bridge_app.ui.activity.activities import Activities

SAVE_AFTER_MS = 800


@dataclass(frozen=True, slots=True)
class Beside:
    """Where a further window opens: beside which, and with what of its own."""

    window: "Remembering"
    activities: "Activities"
    own: Own


class Remembering(QObject):
    """The newest settings; saved a moment after the last change, and by `save`.

    Beside another window they are the same, but for what each has of its own.
    """

    failed = Signal(object)  # BridgeError
    changed = Signal()  # by another window
    isFirst = Signal()  # who was the first before is closed

    def __init__(
        self, file: SettingsFile | Beside, asker: Asker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        together, own = _of(file)
        self._together: Together = together
        together.join(self, own)
        self._timer = QTimer(self, interval=SAVE_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self.save)

    @property
    def folder(self) -> Path:
        """Where the profile lies."""
        return self._together.file.folder

    @property
    def settings(self) -> Settings:
        """What is remembered now."""
        return self._together.seen_by(self)

    @property
    def is_first(self) -> bool:
        """Does it stand for the program: tray, notices, drop target?"""
        return self._together.first is self

    @property
    def is_alone(self) -> bool:
        """Is there no other window?"""
        return self.is_first and not self._together.others

    def keep(self, settings: Settings) -> None:
        """Remember these from now on."""
        if settings != self.settings:
            self._together.keep(self, settings)
            self._timer.start()

    def leave(self) -> None:
        """This window is not to come back at the next start."""
        self._together.leave(self)

    def hear(self) -> None:
        """Another window has changed what all remember."""
        self.changed.emit()

    def lead(self) -> None:
        """It is the first from now on."""
        self.isFirst.emit()

    def save(self) -> None:
        """Have them written now, after what was to be written before."""
        self._timer.stop()
        self._asker.ask_in_turn(self._together.writing(), _done, self.failed.emit)


def _of(file: SettingsFile | Beside) -> tuple[Together, Own]:
    if isinstance(file, Beside):
        return file.window._together, file.own
    return Together(file), {}


def _done(_: None) -> None:
    """They are on disk."""
