"""Keeps what is typed while the next asset is being read, and types it there: no letter is lost."""

from collections.abc import Hashable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

PATIENCE_MS = 400
"""After so long the keys are for what is shown: there was no next asset."""


class KeyHold(QObject):
    """Holds the keys of one editor from `begin` until something else is shown in it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._editor: QWidget | None = None
        self._shown: Hashable = None
        self._keys: list[QKeyEvent] = []
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self._release)

    def begin(self, editor: QWidget, shown: Hashable) -> None:
        """Hold the keys of `editor`, in which `shown` is to be seen until now."""
        self._drop()
        self._editor, self._shown = editor, shown
        editor.installEventFilter(self)
        self._patience.start()

    def show(self, shown: Hashable) -> None:
        """This is to be seen in it from now on."""
        if self._editor is not None and shown != self._shown:
            self._release()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: keys are kept; shortcuts wait with them."""
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() is QEvent.Type.KeyPress:
            self._keys.append(event.clone())
        return True

    def _drop(self) -> None:
        self._patience.stop()
        if self._editor is not None and isValid(self._editor):
            self._editor.removeEventFilter(self)
        self._editor = None

    def _release(self) -> None:
        """Type them, one after the other; a key that steps on again keeps the rest back."""
        editor = self._editor
        self._drop()
        keys, self._keys = self._keys, []
        while keys and self._editor is None and editor is not None and isValid(editor):
            QCoreApplication.sendEvent(editor, keys.pop(0))
        self._keys += keys
