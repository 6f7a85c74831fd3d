"""Which columns the grid shows: chosen by group, found by name.

Below a field stand its languages, and the same of a list's next structures; others are there once
their name is typed: `alt_text[sv]`, `licensor_name#9`.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.custom_fields import CustomFields, custom_name, custom_path
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.standard_fields import (
    FIELDS,
    GROUP_LABELS,
    StandardField,
    field_of,
    path_named,
    path_of,
)
from bridge_app.domain.standard_schema import LISTED
from bridge_app.ui.grid_editor.columns import (
    DEFAULT,
    NONE,
    GridColumn,
    columns_named,
)
from bridge_app.ui.looks import Looks
from bridge_app.ui.metadata_wording import group_text
from bridge_app.ui.panels.standard_tool import LANGUAGES
from bridge_app.ui.parts.clearing import let_clear
from bridge_app.ui.parts.head import DialogHead

WIDTH_PX, HEIGHT_PX = 460, 620
NAME_ROLE = Qt.ItemDataRole.UserRole
NEXT = range(2, 5)
"""The structures of a list that are offered beside the first."""
UNTICKED, TICKED = Qt.CheckState.Unchecked, Qt.CheckState.Checked


class ColumnsDialog(QDialog):
    """Columns that stay keep their order; new ones follow at the end.

    Signals:
        chosen: tuple[GridColumn, ...]
    """

    chosen = Signal(object)

    def __init__(
        self,
        looks: Looks,
        columns: Sequence[GridColumn],
        parent: QWidget | None = None,
        *,
        custom: CustomFields = NONE,
    ) -> None:
        super().__init__(parent)
        self._custom = custom
        self._before = tuple(column.name for column in columns)
        self.search = QLineEdit()
        self.tree = QTreeWidget()
        self.accept_button = QPushButton(self.tr("Show These"), default=True)
        self._build(
            DialogHead(
                looks.theme,
                looks.icons,
                "columns-3",
                title=self.tr("Columns"),
                text=self.tr("Names and pictures always stand first. Move columns by their heads."),
            )
        )
        self._fill(self._before)

    def _build(self, head: DialogHead) -> None:
        self.setWindowTitle(self.tr("Columns"))
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.search.setPlaceholderText(self.tr("Find a field"))
        self.search.setAccessibleName(self.tr("Find a field"))
        let_clear(self.search)
        self.search.textChanged.connect(self._filter)
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(self.tr("Fields"))
        self.tree.itemChanged.connect(lambda *_: self._tell())
        usual = QPushButton(self.tr("The Usual Ones"), autoDefault=False)
        usual.clicked.connect(lambda: self._fill(DEFAULT))
        cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        cancel.clicked.connect(self.reject)
        self.accept_button.setProperty("kind", "primary")
        self.accept_button.clicked.connect(self._choose)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(usual)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.accept_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        layout.addLayout(buttons)

    def _fill(self, names: Sequence[str]) -> None:
        defined = (custom_path(name).key for name in self._custom)
        offered = {name for known in FIELDS for name in _variants(known)}
        more = (name for name in (*self._before, *names) if name not in offered)
        shown = dict.fromkeys((*(one.id for one in FIELDS), *defined, *more))
        self.tree.clear()
        tops = {group: QTreeWidgetItem([group_text(group)]) for group in GROUP_LABELS}
        others = QTreeWidgetItem([self.tr("Custom fields")])
        plain: dict[str, QTreeWidgetItem] = {}
        for column in columns_named(shown):
            own = custom_name(column.path)
            item = self._item(column, on=column.name in names)
            above = others if own else plain.get(column.field.base, tops[column.field.group])
            above.addChild(item)
            if column.name in BASES:
                plain[column.name] = item
                for one in columns_named(_variants(column.field)):
                    item.addChild(self._item(one, on=one.name in names))
        for top in (*tops.values(), *([others] if others.childCount() else [])):
            self.tree.addTopLevelItem(top)
        for top in self._tops():
            _open_ticked(top)
        self._filter(self.search.text())
        self._tell()

    def _item(self, column: GridColumn, *, on: bool) -> QTreeWidgetItem:
        item = QTreeWidgetItem([column.title])
        item.setData(0, NAME_ROLE, column.name)
        item.setToolTip(0, column.meaning)
        item.setCheckState(0, TICKED if on else UNTICKED)
        return item

    def _tops(self) -> list[QTreeWidgetItem]:
        rows = range(self.tree.topLevelItemCount())
        return [top for row in rows if (top := self.tree.topLevelItem(row)) is not None]

    def _items(self) -> list[QTreeWidgetItem]:
        return [item for top in self._tops() for item in _all_below(top)]

    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        self._offer(text)
        for top in self._tops():
            found = [_show_found(item, wanted) for item in _below(top)]
            top.setHidden(not any(found))
            if wanted:
                top.setExpanded(True)

    def _offer(self, text: str) -> None:
        """A language or a structure that is not listed, by its name."""
        try:
            path = path_named(text)
        except BridgeError:
            return
        known = field_of(path)
        held = {str(item.data(0, NAME_ROLE)): item for item in self._items()}
        if known is not None and path.key not in held:
            (column,) = columns_named([path.key])
            held[known.base].addChild(self._item(column, on=False))

    def _ticked(self) -> list[str]:
        items = [item for item in self._items() if item.checkState(0) is TICKED]
        return [str(item.data(0, NAME_ROLE)) for item in items]

    def _tell(self) -> None:
        self.accept_button.setEnabled(bool(self._ticked()))

    def _choose(self) -> None:
        ticked = self._ticked()
        kept = [name for name in self._before if name in ticked]
        self.accept()
        self.chosen.emit(columns_named((*kept, *ticked), self._custom))


def _below(top: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (top.child(row) for row in range(top.childCount()))
    return [item for item in found if item is not None]


def _all_below(top: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    for item in _below(top):
        yield item
        yield from _all_below(item)


def _open_ticked(item: QTreeWidgetItem) -> None:
    """Show what is chosen, however deep."""
    item.setExpanded(any(one.checkState(0) is TICKED for one in _all_below(item)))
    for one in _below(item):
        _open_ticked(one)


def _show_found(item: QTreeWidgetItem, wanted: str) -> bool:
    """Show what has the words in its name, and what has such below it."""
    below = [_show_found(one, wanted) for one in _below(item)]
    is_meant = wanted in f"{item.text(0)} {item.data(0, NAME_ROLE)}".casefold()
    item.setHidden(not is_meant and not any(below))
    if wanted and not is_meant and any(below):
        item.setExpanded(True)
    return is_meant or any(below)


def _variants(known: StandardField) -> Iterator[str]:
    if known.by_language:
        yield from (path_of(known.id, tag).key for tag in LANGUAGES)
    if known.group in LISTED:
        yield from (known.nth(number).id for number in NEXT)


BASES = frozenset(known.id for known in FIELDS)
"""The fields of the table; their languages and numbers stand below them."""
