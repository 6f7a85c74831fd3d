"""Keeps what is typed while the next asset is being read, and types it there: no letter is lost."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from bridge_app.ui.panels.metadata_editors import LongTextEditor, TextEditor
from bridge_app.ui.panels.metadata_tags import TagField

PATIENCE_MS = 400
"""After so long a person is told that the keys are kept."""

NOTHING: Hashable = ()
"""Where nothing is chosen."""


@dataclass(slots=True)
class _Held:
    """What is kept for one editor; `target` is None until it is known where a person goes."""

    editor: QWidget
    shown: Hashable
    target: Hashable = None
    keys: list[QEvent] = field(default_factory=list)


class KeyHold(QObject):
    """Holds the keys of one editor from `begin` until the asset is shown that a person went to.

    They are for that asset, however long it takes, and for no other.

    Args:
        within: The page of the editors; what cannot be seen or used there is not typed into.

    Signals:
        waits: It takes long.
        keeps: What was typed for an asset that is not shown now; it is kept until that is shown.
        loses: What was typed where it cannot stand.
    """

    waits = Signal()
    keeps = Signal(str)
    loses = Signal(str)

    def __init__(self, within: QWidget) -> None:
        super().__init__(within)
        self._within = within
        self._now: _Held | None = None
        self._later: dict[Hashable, _Held] = {}
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self.waits)

    @property
    def is_holding(self) -> bool:
        """Are keys held for an asset that is still to be shown?"""
        return self._now is not None

    def begin(self, editor: QWidget, shown: Hashable) -> None:
        """Hold the keys of `editor`, in which `shown` is to be seen until now."""
        self._leave()
        self._now = _Held(editor, shown)
        editor.installEventFilter(self)
        self._patience.start()

    def stay(self) -> None:
        """There is nothing to go to: the keys are for what is shown."""
        held = self._let_go()
        if held is not None:
            self._type(held)

    def head_for(self, target: Hashable) -> None:
        """This has been chosen, and is being read from now on."""
        held = self._now
        if held is None or target == held.target or (held.target is None and target == held.shown):
            return
        if held.target is None and target != NOTHING:
            held.target = target
        else:
            self._leave()

    def show(self, shown: Hashable) -> None:
        """This is to be seen from now on."""
        if self._now is not None and self._now.target == shown:
            self.stay()
        elif shown in self._later:
            self._type(self._later.pop(shown))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: keys are kept; shortcuts wait with them."""
        if self._now is None or not isinstance(event, QKeyEvent | QInputMethodEvent):
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() in (QEvent.Type.KeyPress, QEvent.Type.InputMethod):
            self._now.keys.append(event.clone())
        return True

    def _let_go(self) -> _Held | None:
        self._patience.stop()
        held, self._now = self._now, None
        if held is not None and isValid(held.editor):
            held.editor.removeEventFilter(self)
        return held

    def _leave(self) -> None:
        """A person has gone elsewhere before the asset was shown."""
        held = self._let_go()
        text = _text(held.keys) if held is not None else ""
        if held is None or not text:
            return
        if held.target is None:
            self.loses.emit(text)
        else:
            self._later[held.target] = held
            self.keeps.emit(text)

    def _type(self, held: _Held) -> None:
        """Type them, one after the other; a key that steps on again keeps the rest back."""
        keys, editor = held.keys, held.editor
        if not self._takes(editor):
            if text := _text(keys):
                self.loses.emit(text)
            return
        if keys:
            editor.setFocus()
        while keys and self._now is None and isValid(editor):
            QCoreApplication.sendEvent(editor, keys.pop(0))
            # Tab goes on to the next field, and takes the rest with it.
            before = editor
            # There may be none, whatever the stubs say.
            editor = cast("QWidget | None", self._within.window().focusWidget()) or before
            if editor is not before or not keys:
                _say(before)
        if self._now is not None:
            self._now.keys += keys

    def _takes(self, editor: QWidget) -> bool:
        return (
            isValid(editor)
            and editor.isVisibleTo(self._within)
            and editor.isEnabledTo(self._within)
        )


def _say(editor: QWidget) -> None:
    """Where nobody will leave the editor, because another window has the keyboard: say it now."""
    if isinstance(editor, TextEditor | LongTextEditor | TagField) and not editor.hasFocus():
        editor.finish()


def _text(keys: Iterable[QEvent]) -> str:
    """The letters among them; what was taken back at once is not."""
    text = ""
    for event in keys:
        if isinstance(event, QInputMethodEvent):
            text += event.commitString()
        elif isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Backspace:
                text = text[:-1]
            elif event.text().isprintable():
                text += event.text()
    return text
