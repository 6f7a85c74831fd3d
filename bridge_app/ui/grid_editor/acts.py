"""What can be done in the grid: texts, keys and icons, once for buttons, menus and the keyboard."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from bridge_app.ui.key_texts import native
from bridge_app.ui.looks import Looks
from bridge_app.ui.parts.key_menu import KeyMenu

ICON_PX = 18


class GridActs(QWidget):
    """The actions of one grid window; whoever builds the window connects them."""

    def __init__(self, looks: Looks, window: QWidget) -> None:
        super().__init__(window)
        self.hide()
        self._window = window
        self._theme = looks.theme
        self._icons = looks.icons
        self._keys = looks.keys
        self._icon_names: dict[QAction, str] = {}
        self.leave = self._new(self.tr("Close"), "Ctrl+W", "arrow-left")
        self.undo = self._new(self.tr("Undo"), "Ctrl+Z", "undo-2")
        self.redo = self._new(self.tr("Redo"), "Ctrl+Shift+Z", "redo-2")
        self.cut = self._new(self.tr("Cut"), "Ctrl+X", "scissors")
        self.copy = self._new(self.tr("Copy"), "Ctrl+C", "copy")
        self.paste = self._new(self.tr("Paste"), "Ctrl+V", "clipboard")
        self.fill = self._new(self.tr("Fill Down"), "Ctrl+D", "arrow-down-to-line")
        self.empty = self._new(self.tr("Empty Cells"), "", "")
        self.search = self._new(self.tr("Find and Replace"), "Ctrl+F", "search", checkable=True)
        self.search.setShortcuts([QKeySequence("Ctrl+F"), QKeySequence("Ctrl+H")])
        self.template = self._new(self.tr("Apply Template…"), "Ctrl+T", "file-text")
        self.columns = self._new(self.tr("Columns…"), "Ctrl+K", "columns-3")
        self.rising = self._new(self.tr("Sort A to Z"), "Ctrl+Alt+Up", "arrow-up-narrow-wide")
        self.falling = self._new(self.tr("Sort Z to A"), "Ctrl+Alt+Down", "arrow-down-wide-narrow")
        self.hide_column = self._new(self.tr("Hide Column"), "", "")
        self.next_fault = self._new(self.tr("Next Cell That Cannot Be Kept"), "F8", "")
        self.give_up = self._new(self.tr("Give Up What Was Typed"), "Shift+F8", "")
        self.full_screen = self._new(self.tr("Full Screen"), "F11", "maximize", checkable=True)
        self._usual = {
            action: [keys.toString() for keys in action.shortcuts()] for action in self.all
        }
        looks.theme.changed.connect(self._dress)
        self._dress()

    @property
    def all(self) -> list[QAction]:
        """Each of them, named as its keys are kept."""
        found = {name: one for name, one in vars(self).items() if isinstance(one, QAction)}
        for name, action in found.items():
            action.setObjectName(f"grid/{name}")
        return list(found.values())

    def follow_keys(self) -> None:
        """Have the keys that a person chose, from now on."""
        self._keys.changed.connect(self._take_keys)
        self._take_keys()

    def _take_keys(self) -> None:
        for action, usual in self._usual.items():
            keys = self._keys.of(action.objectName(), usual)
            if keys != tuple(key.toString() for key in action.shortcuts()):
                action.setShortcuts([QKeySequence(key) for key in keys])
                name, told = action.text().rstrip("…"), native(keys[0]) if keys else ""
                action.setToolTip(f"{name} ({told})" if told else name)

    def cell_menu(self) -> QMenu:
        """What can be done with the chosen cells."""
        menu = KeyMenu(self._window)
        _fill(menu, (self.cut, self.copy, self.paste, None, self.fill, self.empty, None))
        _fill(menu, (self.search, self.template, None, self.next_fault, self.give_up))
        return menu

    def column_menu(self) -> QMenu:
        """What can be done with the column of the current cell."""
        menu = KeyMenu(self._window)
        _fill(menu, (self.rising, self.falling, None, self.hide_column, self.columns))
        return menu

    def _new(self, text: str, keys: str, icon: str, *, checkable: bool = False) -> QAction:
        action = QAction(text, self._window)
        action.setCheckable(checkable)
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setToolTip(f"{text.rstrip('…')} ({native(keys)})")
        if icon:
            self._icon_names[action] = icon
        # An action only hears its keys once it belongs to the window.
        self._window.addAction(action)
        return action

    def _dress(self) -> None:
        mirrored = self.isRightToLeft()
        for action, name in self._icon_names.items():
            shown = "arrow-right" if mirrored and name == "arrow-left" else name
            link = self._theme.tokens.link
            action.setIcon(self._icons.icon(shown, on_colour=link, size_px=ICON_PX))


def _fill(menu: QMenu, actions: Iterable[QAction | None]) -> None:
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
