"""What a person can do with chosen assets at Cloudinary, and how the window hears of changes."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from bridge_app.delivery.permissions import Capability
from bridge_app.domain.assets import AssetId
from bridge_app.domain.cloud import environment_of
from bridge_app.ui.actions import ICON_PX
from bridge_app.ui.icons import Icons
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.parts.key_menu import KeyMenu
from bridge_app.ui.permitting import Permitting
from bridge_app.ui.source_names import SourceNames
from bridge_app.ui.theme import Theme


class CloudActions(SourceNames):
    """The actions of the menu “At Cloudinary”; enabled where cloud assets are chosen.

    An asset that lies here counts by its delivered copy only where the mirror shows that one.
    """

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        selection: AssetSelection,
        *,
        menu: QMenu,
        opens: QAction,
        permit: Callable[[Mapping[QAction, Capability]], Permitting],
    ) -> None:
        super().__init__(menu)
        self._icons = icons
        self.selection = selection
        self.menu = menu
        self._names: dict[QAction, str] = {}
        self.rename = self._new(self.tr("&Rename…"), "pencil-line")
        self.move = self._new(self.tr("&Move to Folder…"), "folder-open")
        self.public_id = self._new(self.tr("Change &Public ID…"), "link")
        self.folder = self._new(self.tr("Rename or Move Fol&der…"), "folder-tree")
        self.folder_link = self._new(self.tr("Copy &Link to Folder, Good for a Day"), "link")
        self.versions = self._new(self.tr("&Versions…"), "history")
        self.refresh = self._new(self.tr("Refresh &Deliveries…"), "refresh-cw")
        self.copy_address = self._new(self.tr("&Copy Delivery Address"), "copy")
        self.address = self._new(self.tr("Delivery Addre&ss…"), "link")
        self.access = self._new(self.tr("Limit &Access…"), "lock")
        self.accept = self._new(self.tr("Appr&ove There…"), "circle-check")
        self.refuse = self._new(self.tr("Reject &There…"), "circle-x")
        self.delete = self._new(self.tr("D&elete…"), "trash-2")
        self.name_actions("cloud.")
        for group in (
            (self.rename, self.move, self.public_id, self.versions),
            (self.folder, self.folder_link),
            (self.copy_address, self.address, self.refresh),
            (self.access, self.accept, self.refuse),
            (self.delete,),
        ):
            menu.addActions(list(group))
            menu.addSeparator()
        self.place_menu = KeyMenu()
        self.place_menu.addActions([self.folder, self.folder_link])
        self._on_folder = False
        naming = (self.rename, self.move, self.public_id, self.folder)
        edits = (*naming, self.refresh, self.access, self.accept, self.refuse)
        self._permitting = permit(
            {
                **dict.fromkeys(edits, Capability.EDIT),
                self.versions: Capability.READ,
                self.folder_link: Capability.SEARCH,
                self.delete: Capability.DELETE,
            }
        )
        self._opens = opens
        opens.setMenu(menu)
        selection.chosen.connect(self.follow)
        theme.changed.connect(self._dress)
        self._dress()
        self.follow()

    @property
    def chosen(self) -> tuple[AssetId, ...]:
        """The chosen assets, if all of them are at Cloudinary; else none."""
        shown = self.selection.assets()
        away = shown and all(environment_of(asset.library) for asset in shown)
        return self.selection.ids if away and self.selection.is_complete else ()

    def at_folder(self, *, on: bool) -> None:
        """Is a folder of an environment shown?"""
        self._on_folder = on
        self.follow()

    def _new(self, text: str, icon: str) -> QAction:
        action = QAction(text, self)
        self._names[action] = icon
        return action

    def follow(self) -> None:
        """Switch on what makes sense with what is chosen."""
        count = len(self.chosen)
        self._opens.setEnabled(count > 0 or self._on_folder)
        for place in (self.folder, self.folder_link):
            self._permitting.enable(place, on=self._on_folder)
        for one in (
            self.rename,
            self.public_id,
            self.versions,
            self.copy_address,
            self.address,
        ):
            self._permitting.enable(one, on=count == 1)
        several = (self.move, self.refresh, self.access, self.accept, self.refuse, self.delete)
        for action in several:
            self._permitting.enable(action, on=count > 0)

    def _dress(self) -> None:
        for action, name in self._names.items():
            action.setIcon(self._icons.icon(name, size_px=ICON_PX))
