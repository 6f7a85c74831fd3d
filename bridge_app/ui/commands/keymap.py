"""Which keys do what: the usual ones, what a person made of them, and who has which."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from bridge_app.ui.commands.keys import is_letter, usual
from bridge_app.ui.key_texts import first_of, native, portable
from bridge_app.ui.source_names import TIP, plain
from bridge_app.ui.window_keys import place_of


class Keymap(QObject):
    """Gives actions their keys, in menus and tool tips too.

    A key that would write a character acts only while one of the places of `act_in` has the
    keyboard; every other acts in the whole window. Actions are known by their object names; those
    of other windows are named with these, and only stand for what is done there.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._usual: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, str] = {}
        self._changed: dict[str, tuple[str, ...]] = {}
        self._places: list[QWidget] = []
        self._letters: list[QShortcut] = []

    @property
    def actions(self) -> tuple[QAction, ...]:
        """All that can have keys."""
        return tuple(self._actions.values())

    @property
    def own(self) -> Mapping[str, tuple[str, ...]]:
        """The keys that a person chose, by the names of actions."""
        return self._changed

    def learn(self, actions: Iterable[QAction], letters: Mapping[QAction, str]) -> None:
        """Take the keys that actions have now, and these letters, as the usual ones."""
        for action in actions:
            name = action.objectName()
            if name and name not in self._actions:
                keys = [letters.get(action, ""), *(key.toString() for key in action.shortcuts())]
                self._actions[name] = action
                self._usual[name] = usual(keys)
                self._names[name] = plain(action.text())

    def act_in(self, *places: QWidget) -> None:
        """Letters act while one of these has the keyboard."""
        self._places += places
        self._set_letters()

    def take(self, own: Mapping[str, Sequence[str]]) -> None:
        """These are what a person chose; everything else is as usual."""
        self._changed = {
            name: tuple(keys)
            for name, keys in own.items()
            if name not in self._usual or tuple(keys) != self._usual[name]
        }
        self._apply()

    def keys(self, action: QAction) -> tuple[str, ...]:
        """The keys of an action, as they are kept."""
        name = action.objectName()
        return self._changed.get(name, self._usual.get(name, ()))

    def usual_keys(self, action: QAction) -> tuple[str, ...]:
        """Those it has if nobody changes them."""
        return self._usual.get(action.objectName(), ())

    def is_changed(self, action: QAction) -> bool:
        """Did a person change them?"""
        return action.objectName() in self._changed

    def shown(self, action: QAction) -> str:
        """The keys of an action as people read them."""
        return ", ".join(native(key) for key in self.keys(action))

    def first(self, action: QAction) -> str:
        """The key that is named in a sentence; the action's name where it has none."""
        keys = self.keys(action)
        return native(keys[0]) if keys else f"“{self.name(action)}”"

    def holder(self, key: str, *, but: QAction) -> QAction | None:
        """Another action that has this key, in the same window."""
        place = place_of(but.objectName())
        others = (
            one for name, one in self._actions.items() if one is not but and place_of(name) == place
        )
        return next((one for one in others if key in self.keys(one)), None)

    def lettered(self, text: str) -> QAction | None:
        """The action of the main window that a typed letter stands for."""
        wanted = "" if text.isupper() else portable(QKeySequence(text))
        mine = (one for name, one in self._actions.items() if not place_of(name))
        held = (one for one in mine if wanted in self.keys(one))
        return next(held, None) if wanted and is_letter(wanted) else None

    def name(self, action: QAction) -> str:
        """What an action is called, whatever its text counts just now."""
        return self._names.get(action.objectName(), plain(action.text()))

    def give(self, action: QAction, keys: Sequence[str]) -> None:
        """Let an action have these keys alone; who had one of them has it no longer."""
        own = dict(self._changed)
        wanted = usual(keys)
        for key in wanted:
            before = self.holder(key, but=action)
            if before is not None:
                own[before.objectName()] = tuple(k for k in self.keys(before) if k != key)
        own[action.objectName()] = wanted
        self.take(own)

    def reset(self, action: QAction) -> None:
        """Let an action have its usual keys again."""
        self.give(action, self.usual_keys(action))

    def reset_all(self) -> None:
        """Everything as usual."""
        self.take({})

    def _apply(self) -> None:
        for action in self._actions.values():
            sequences = [QKeySequence(key) for key in self.keys(action) if not is_letter(key)]
            if sequences != action.shortcuts():
                action.setShortcuts(sequences)
            self._tell(action)
        self._set_letters()
        self.changed.emit()

    def _tell(self, action: QAction) -> None:
        """The tool tip names the first key, unless it has something more important to say."""
        keys = self.keys(action)
        name = self.name(action)
        if keys:
            tip = self.tr("{action} ({letter})").format(action=name, letter=native(keys[0]))
        else:
            tip = name
        before = action.property(TIP)
        action.setProperty(TIP, tip)
        if before is None or action.toolTip() == before:
            action.setToolTip(tip)

    def _set_letters(self) -> None:
        for shortcut in self._letters:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._letters = []
        for place in self._places:
            for name, action in self._actions.items():
                if place_of(name):
                    continue
                for key in filter(is_letter, self.keys(action)):
                    shortcut = QShortcut(QKeySequence(key), place)
                    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                    shortcut.activated.connect(partial(_press, shortcut, action))
                    self._letters.append(shortcut)


def _press(shortcut: QShortcut, action: QAction) -> None:
    """Do it; a letter that is typed while a menu or a dialog is open is meant for that."""
    menu = QApplication.activePopupWidget()
    if menu is None:
        # Until the system has given a dialog the keyboard, Qt still hears letters below it.
        if QApplication.activeModalWidget() is None:
            action.trigger()
        return
    typed, text = first_of(shortcut.key()), shortcut.key().toString()
    press = QKeyEvent(QEvent.Type.KeyPress, typed.key(), typed.keyboardModifiers(), text)
    shortcut.setEnabled(False)  # or it would be this one's again
    QApplication.sendEvent(menu, press)
    if isValid(shortcut):
        shortcut.setEnabled(True)
