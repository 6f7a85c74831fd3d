"""What a person can do with libraries of PhotoShelter's kind: the actions and their menus."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from bridge_app.domain.shelter import OWN_SERVICE
from bridge_app.storage.shelters import WriteBackMode
from bridge_app.ui.actions import ICON_PX
from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.key_menu import KeyMenu
from bridge_app.ui.shelter_wording import write_back_text
from bridge_app.ui.source_names import SourceNames
from bridge_app.ui.theme import Theme


class ShelterActions(SourceNames):
    """The actions of the menu “PhotoShelter”, and of the menu of a place in the sidebar.

    Args:
        connect: Connects another service; it is the window's own, for the first page has it too.
        opens: The menu bar's action that opens the menu.
        shared: What every library has: read again, skipped records, remove.
    """

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        *,
        connect: QAction,
        opens: QAction,
        shared: tuple[QAction, ...],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._icons = icons
        self._names: dict[QAction, str] = {}
        self._opens, self._own_menu = opens, opens.text()
        self._own_search = self.tr("&Search All of PhotoShelter…")
        self.search = self._new(self._own_search, "search")
        self.search.setShortcut(QKeySequence("Ctrl+Shift+H"))
        self.keep = self._new(self.tr("Keep &Offline…"), "cloud-download")
        self.let_go = self._new(self.tr("Keep &No Longer"), "cloud-off")
        self.intake = self._new(self.tr("New Items Go to &Review"), "inbox")
        self.intake.setCheckable(True)
        self.intake.setIconVisibleInMenu(False)
        self.archive = self._new(self.tr("&Archive Campaign…"), "file-archive")
        self.archives = self._new(self.tr("Archi&ves…"), "history")
        self.mapping = self._new(self.tr("Field &Mapping…"), "git-compare")
        self.retractions = self._new(self.tr("Re&tractions…"), "ban")
        self.sign_in = self._new(self.tr("Sign &In Again…"), "key-round")
        self.sign_out = self._new(self.tr("Sign O&ut…"), "log-out")
        self.write_backs = QMenu(self.tr("&Record What Is Published"))
        self.modes = self._new_modes()
        self.name_actions("shelter.")
        self.place_menu = KeyMenu()
        self._menu = KeyMenu()
        parts = (self.keep, self.let_go, self.intake, self.archive)
        self._menu.addActions([connect, self.search])
        self._menu.addSeparator()
        for menu in (self._menu, self.place_menu):
            menu.addActions(list(parts))
            menu.addSeparator()
        self._menu.addActions([self.archives, self.retractions, self.mapping])
        self._menu.addSeparator()
        for menu in (self._menu, self.place_menu):
            menu.addMenu(self.write_backs)
            menu.addActions([self.sign_in, self.sign_out])
        self.place_menu.addSeparator()
        self.place_menu.addActions(list(shared))
        opens.setMenu(self._menu)
        theme.changed.connect(self._dress)
        self._dress()
        self.enable(on_place=False, on_library=False)

    def enable(self, *, on_place: bool, on_library: bool, service: str = "") -> None:
        """What can be done: with a place that is shown, and with its library, of a service."""
        is_other = service not in ("", OWN_SERVICE)
        called = service.replace("&", "&&")
        named = self.tr("&Search All of {service}…").format(service=called)
        self.search.setText(named if is_other else self._own_search)
        self._opens.setText(called if is_other else self._own_menu)
        for action in (self.keep, self.let_go, self.intake, self.archive):
            action.setEnabled(on_place)
        for action in (self.search, self.sign_in, self.sign_out):
            action.setEnabled(on_library)
        self.write_backs.setEnabled(on_library)

    def _new_modes(self) -> dict[WriteBackMode, QAction]:
        group = QActionGroup(self)
        modes = {}
        for mode in WriteBackMode:
            action = QAction(write_back_text(mode), self)
            action.setCheckable(True)
            group.addAction(action)
            self.write_backs.addAction(action)
            modes[mode] = action
        return modes

    def _new(self, text: str, icon: str) -> QAction:
        action = QAction(text, self)
        self._names[action] = icon
        return action

    def _dress(self) -> None:
        for action, name in self._names.items():
            action.setIcon(self._icons.icon(name, size_px=ICON_PX))
