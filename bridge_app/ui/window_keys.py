"""The keys of windows beside the main one: the usual ones, and what a person made of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from bridge_app.ui.key_texts import native, portable

WITHIN = "/"
"""Stands in the name of a key between its window and what it does: "review/approve"."""


def place_of(name: str) -> str:
    """The window in which a key acts; "" for the main one."""
    return name.rpartition(WITHIN)[0]


class WindowKeys(QObject):
    """Handed to every window with its looks; changed in the dialog of all keys. GUI thread only."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._own: Mapping[str, Sequence[str]] = {}

    def take(self, own: Mapping[str, Sequence[str]]) -> None:
        """These are what a person chose, by their names; everything else is as usual."""
        mine = {name: tuple(keys) for name, keys in own.items() if place_of(name)}
        if mine != self._own:
            self._own = mine
            self.changed.emit()

    def of(self, name: str, usual: Sequence[str]) -> tuple[str, ...]:
        """The keys of one act."""
        return tuple(self._own.get(name, usual))

    def told(self, name: str, usual: Sequence[str]) -> str:
        """The same as people read it."""
        return " / ".join(native(key) for key in self.of(name, usual))

    def is_pressed(self, event: QKeyEvent, name: str, usual: Sequence[str]) -> bool:
        """Does a key event mean this act? Shift may be needed to write a sign."""
        pressed = {
            portable(QKeySequence(event.keyCombination())),
            portable(QKeySequence(event.key())),
        }
        return not pressed.isdisjoint(self.of(name, usual))


class BoundKeys(QObject):
    """Shortcuts of one window, bound anew whenever their keys change.

    `bound` tells of it: who named keys names them anew.
    """

    bound = Signal()

    def __init__(self, keys: WindowKeys, window: QWidget) -> None:
        super().__init__(window)
        self._keys = keys
        self._window = window
        self._acts: list[tuple[str, tuple[str, ...], Callable[[], object]]] = []
        self._shortcuts: dict[str, list[QShortcut]] = {}
        keys.changed.connect(self._bind)

    def act(self, name: str, usual: Iterable[str], act: Callable[[], object]) -> None:
        """Let the keys of `name` do this."""
        self._acts.append((name, tuple(usual), act))
        self._bind_one(*self._acts[-1])

    def enable(self, names: Iterable[str], *, on: bool) -> None:
        """Let some of them rest, or act again."""
        for name in names:
            for shortcut in self._shortcuts.get(name, ()):
                shortcut.setEnabled(on)

    def _bind(self) -> None:
        for one in self._acts:
            self._bind_one(*one)
        self.bound.emit()

    def _bind_one(self, name: str, usual: tuple[str, ...], act: Callable[[], object]) -> None:
        before = self._shortcuts.pop(name, [])
        on = all(shortcut.isEnabled() for shortcut in before)
        for shortcut in before:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        made = []
        for key in self._keys.of(name, usual):
            shortcut = QShortcut(QKeySequence(key), self._window)
            shortcut.setEnabled(on)
            shortcut.activated.connect(act)
            made.append(shortcut)
        self._shortcuts[name] = made


def carrier(name: str, text: str, keys: Sequence[str], parent: QObject) -> QAction:
    """Stands in the list of all keys for something that another window does."""
    action = QAction(text, parent)
    action.setObjectName(name)
    action.setShortcuts([QKeySequence(key) for key in keys])
    return action
