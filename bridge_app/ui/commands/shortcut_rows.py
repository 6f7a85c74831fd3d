"""Actions with their keys as rows, by menu; what is not looked for is left out."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QSize, QSortFilterProxyModel, Qt
from PySide6.QtGui import QAction, QFont, QStandardItem, QStandardItemModel

from bridge_app.ui.commands.keymap import Keymap
from bridge_app.ui.commands.matching import Findable, match, words_of
from bridge_app.ui.commands.menu_commands import BETWEEN
from bridge_app.ui.key_texts import native
from bridge_app.ui.source_names import ENGLISH

ROW_PX = 30
ACTION = Qt.ItemDataRole.UserRole + 1


class ShortcutRows(QSortFilterProxyModel):
    """Two columns: what it is called, and its keys; what a person changed is bold."""

    def __init__(
        self,
        keymap: Keymap,
        ways: Sequence[tuple[QAction, tuple[str, ...]]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self._words: tuple[str, ...] = ()
        self._keys = ""
        self._source = QStandardItemModel(0, 2, self)
        self._source.setHorizontalHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self._rows: dict[str, tuple[QStandardItem, QStandardItem]] = {}
        known = set(keymap.actions)
        for action, way in ways:
            if action in known:
                self._add(action, BETWEEN.join(way))
        self.setSourceModel(self._source)
        self.setRecursiveFilteringEnabled(True)
        self.renew()

    def filter(self, text: str, *, by_keys: bool) -> None:
        """Leave those whose name or keys are like this."""
        self._words = () if by_keys else words_of(text)
        self._keys = text if by_keys else ""
        self.invalidate()

    def renew(self) -> None:
        """The keys as they are now."""
        for name, keys in self._rows.values():
            action: QAction = name.data(ACTION)
            keys.setText(self._keymap.shown(action))
            keys.setAccessibleText(keys.text() or self.tr("none"))
            font = QFont()
            font.setBold(self._keymap.is_changed(action))
            keys.setFont(font)
            usual = ", ".join(native(key) for key in self._keymap.usual_keys(action))
            changed = self.tr("usually {keys}").format(keys=usual or self.tr("none"))
            keys.setToolTip(changed if self._keymap.is_changed(action) else "")

    def action(self, index: QModelIndex) -> QAction | None:
        """The action of a row; None for a menu."""
        found = index.siblingAtColumn(0).data(ACTION) if index.isValid() else None
        return found if isinstance(found, QAction) else None

    def index_of(self, action: QAction) -> QModelIndex:
        """The row of an action."""
        row = self._rows.get(action.objectName())
        return self.mapFromSource(row[0].index()) if row else QModelIndex()

    def first(self) -> QModelIndex:
        """The first action that is left."""
        menu = self.index(0, 0)
        return self.index(0, 0, menu) if menu.isValid() else menu

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # type: ignore[override]
        """Qt: does it fit? Menus follow what is in them."""
        index = self._source.index(row, 0, parent)
        action = index.data(ACTION)
        if not isinstance(action, QAction):
            return False
        if self._keys:
            return self._keys in self._keymap.shown(action).split(", ")
        if not self._words:
            return True
        found_by = Findable(
            name=str(index.data()),
            also=(str(action.property(ENGLISH) or ""), self._keymap.shown(action)),
            around=str(parent.data() or ""),
        )
        return match(found_by, self._words) is not None

    def _add(self, action: QAction, way: str) -> None:
        above = self._source.findItems(way)
        menu = above[0] if above else QStandardItem(way)
        if not above:
            second = QStandardItem()
            menu.setSelectable(False)
            menu.setSizeHint(QSize(0, ROW_PX))
            font = QFont()
            font.setBold(True)
            menu.setFont(font)
            second.setSelectable(False)
            second.setAccessibleText(way)
            self._source.appendRow([menu, second])
        name, keys = QStandardItem(self._keymap.name(action)), QStandardItem()
        name.setData(action, ACTION)
        name.setSizeHint(QSize(0, ROW_PX))
        menu.appendRow([name, keys])
        self._rows[action.objectName()] = (name, keys)
