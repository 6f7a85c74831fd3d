"""One list of the brand kit: lines that are added, written anew, removed and put in order."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.ui.icons import Icons
from bridge_app.ui.key_texts import unmarked

ICON_PX = 16
LEAST_PX = 160


class KitList(QWidget):
    """Tells what a person does; `show_values` fills it. The last line cannot be removed.

    Args:
        title: What the lines are, with the mnemonic of the list.
        read: What was typed as it is kept; "" for what cannot be.
        sign: What stands before a line.
    """

    changed = Signal(tuple)
    addWanted = Signal()
    changeWanted = Signal(str)  # a double click, or Enter

    def __init__(
        self,
        title: str,
        icons: Icons,
        *,
        read: Callable[[str], str],
        sign: Callable[[str], QIcon],
    ) -> None:
        super().__init__()
        self._read = read
        self._sign = sign
        self._values: tuple[str, ...] = ()
        self._new: QListWidgetItem | None = None
        self.list = QListWidget()
        self.list.setMinimumWidth(LEAST_PX)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.list.setAccessibleName(unmarked(title))
        heading = QLabel(title)
        heading.setProperty("tone", "heading")
        heading.setBuddy(self.list)
        line = QHBoxLayout()
        self.add = self._button(icons, "plus", self.tr("Add"), self.addWanted.emit)
        self.remove = self._button(icons, "trash-2", self.tr("Remove"), self._remove)
        self.up = self._button(icons, "arrow-up", self.tr("Up"), lambda: self._move(-1))
        self.down = self._button(icons, "arrow-down", self.tr("Down"), lambda: self._move(1))
        for button in (self.add, self.remove, self.up, self.down):
            line.addWidget(button)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(heading)
        layout.addWidget(self.list, 1)
        layout.addLayout(line)
        self.list.itemChanged.connect(self._typed)
        self.list.itemDoubleClicked.connect(lambda item: self.changeWanted.emit(item.text()))
        self.list.currentRowChanged.connect(lambda _: self._enable())
        self.list.model().rowsMoved.connect(lambda: self._tell(self._shown()))
        self.list.itemDelegate().closeEditor.connect(self._edited)
        gone = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list)
        gone.setContext(Qt.ShortcutContext.WidgetShortcut)
        gone.activated.connect(self._remove)

    @property
    def values(self) -> tuple[str, ...]:
        """The lines."""
        return self._values

    def show_values(self, values: Sequence[str]) -> None:
        """Show these lines; nothing is told."""
        row, before = self.list.currentRow(), self._values
        self._values = tuple(values)
        added = [n for n, one in enumerate(values) if one not in before]
        self._fill(added[-1] if len(added) == 1 else min(max(row, 0), len(values) - 1))

    def type_another(self) -> None:
        """A new line to be typed; left empty, it goes again."""
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own
        self._new = self._item("")
        self.list.addItem(self._new)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.list.setCurrentItem(self._new)
        self.list.editItem(self._new)

    def type_current(self) -> None:
        """The current line is written anew."""
        self.list.editItem(self.list.currentItem())

    def put(self, value: str, instead_of: str | None = None) -> None:
        """A line more, or in the place of another."""
        value = self._read(value)
        if not value:
            return
        if instead_of is None:
            self._tell((*self._values, value))
        else:
            self._tell(value if one == instead_of else one for one in self._values)

    def _typed(self, item: QListWidgetItem) -> None:
        """A line was written, or a new one."""
        row, is_new = self.list.row(item), item is self._new
        self._new = None
        value = self._read(item.text())
        if value and is_new:
            self._tell((*self._values, value))
        elif value:
            self._tell(value if n == row else one for n, one in enumerate(self._values))
        else:
            self._fill(row)

    def _edited(self) -> None:
        """Whoever ends a new line without a word has none."""
        if self._new is not None and not self._new.text():
            self._new = None
            self._fill(len(self._values) - 1)

    def _remove(self) -> None:
        row = self.list.currentRow()
        if row >= 0 and len(self._values) > 1:
            self._tell(one for n, one in enumerate(self._values) if n != row)

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        rest = [one for n, one in enumerate(self._values) if n != row]
        rest.insert(row + by, self._values[row])
        self.list.setCurrentRow(row + by)
        self._tell(rest)

    def _tell(self, values: object) -> None:
        """Each line once; what is as it was is shown again, and not told."""
        found = tuple(dict.fromkeys(values))  # type: ignore[call-overload]
        if found == self._values:
            self._fill(self.list.currentRow())
        else:
            self.changed.emit(found)

    def _shown(self) -> tuple[str, ...]:
        return tuple(self.list.item(row).text() for row in range(self.list.count()))

    def _fill(self, row: int) -> None:
        """Lines that are there are written anew: one of them may still have its editor."""
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own
        while self.list.count() > len(self._values):
            self.list.takeItem(self.list.count() - 1)
        for number, value in enumerate(self._values):
            if number == self.list.count():
                self.list.addItem(self._item(value))
            item = self.list.item(number)
            item.setText(value)
            item.setIcon(self._sign(value))
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's own
        self._enable()

    def _item(self, value: str) -> QListWidgetItem:
        item = QListWidgetItem(self._sign(value), value)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        return item

    def _enable(self) -> None:
        row, count = self.list.currentRow(), len(self._values)
        self.remove.setEnabled(row >= 0 and count > 1)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < count - 1)

    def _button(self, icons: Icons, icon: str, words: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(icon, size_px=ICON_PX))
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.clicked.connect(lambda: act())  # noqa: PLW0108 - it takes no flag
        return button
