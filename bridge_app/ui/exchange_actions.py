"""What a person can do between this window and other programs."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence


class ExchangeActions(QObject):
    """Made with the window's other actions; `serve_exchange` connects them.

    The keys of the clipboard act on assets alone: in fields they are the fields' own.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.copy = self._for_assets(self.tr("C&opy"), "Ctrl+C")
        self.paste = self._for_assets(self.tr("&Paste into Library"), "Ctrl+V")
        self.copy_link = QAction(self.tr("Copy &Link to Asset"), self)
        self.open_with = QAction(self.tr("Open &With"), self)
        self.new_version = QAction(self.tr("New &Version from a File…"), self)
        self.hot_folders = QAction(self.tr("Hot &Folders…"), self)
        self.drop_target = QAction(self.tr("&Drop Target"), self, checkable=True)
        self.stay = QAction(self.tr("Keep Running in the &Tray"), self, checkable=True)
        self.notices = QAction(self.tr("Desktop &Notifications"), self, checkable=True)

    @property
    def icons(self) -> dict[QAction, str]:
        """The icons of those that have one."""
        return {
            self.copy: "copy",
            self.paste: "clipboard",
            self.copy_link: "link",
            self.open_with: "app-window",
            self.new_version: "upload",
            self.hot_folders: "inbox",
        }

    def _for_assets(self, text: str, keys: str) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return action
