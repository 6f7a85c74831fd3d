"""Which keys do what, all of it, to be found and to be changed."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from bridge_app.ui.commands.keymap import Keymap
from bridge_app.ui.commands.keys import TAKEN, is_letter
from bridge_app.ui.commands.shortcut_rows import ShortcutRows
from bridge_app.ui.key_texts import native, portable
from bridge_app.ui.looks import Looks
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.clearing import let_clear
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.window_keys import place_of

WIDTH_PX, HEIGHT_PX = 720, 680
KEYS_PX = 210
NOT_YET = (
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_unknown,
)


class ShortcutsDialog(QDialog):
    """Changes count at once, in the whole window; whoever had a key is named before it goes.

    Args:
        ways: Each action with the menus that lead to it, in their order.
    """

    def __init__(
        self,
        keymap: Keymap,
        looks: Looks,
        ways: Sequence[tuple[QAction, tuple[str, ...]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self._holder: QAction | None = None
        self._head = DialogHead(
            looks.theme,
            looks.icons,
            "keyboard",
            title=self.tr("Keyboard shortcuts"),
            text=self.tr(
                "Single letters act while the assets have the keyboard, everything else in the "
                "whole window."
            ),
        )
        self.rows = ShortcutRows(keymap, ways, self)
        self.filter = QLineEdit()
        self.by_keys = QToolButton()
        self.view = QTreeView()
        self.of = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.recorder = QKeySequenceEdit()
        self.set_keys = QPushButton(self.tr("Use instead"), autoDefault=False)
        self.add_keys = QPushButton(self.tr("Use as well"), autoDefault=False)
        self.remove = QPushButton(self.tr("Remove"), autoDefault=False)
        self.reset = QPushButton(self.tr("Reset"), autoDefault=False)
        self.reset_all = QPushButton(self.tr("Reset all"), autoDefault=False)
        self.said = Banner(looks.theme, looks.icons)
        self._build(looks)
        self._connect()
        self._follow()
        self.filter.setFocus()

    @property
    def action(self) -> QAction | None:
        """The action that is chosen."""
        return self.rows.action(self.view.currentIndex())

    def choose(self, action: QAction) -> None:
        """Choose an action, and show it."""
        index = self.rows.index_of(action)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.view.selectionModel().setCurrentIndex(
            index, flags | QItemSelectionModel.SelectionFlag.Rows
        )
        self.view.scrollTo(index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: while it is looked for by keys, what is pressed in the field is what is looked for.

        The recorder has every key but those that lead out of it.
        """
        pressed = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if watched is self.filter and isinstance(event, QKeyEvent) and self.by_keys.isChecked():
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if pressed and event.key() not in (*NOT_YET, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._look_for(event)
                return True
        leaves = watched is self.filter and pressed
        if leaves and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            self.view.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _build(self, looks: Looks) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(WIDTH_PX, HEIGHT_PX)
        let_clear(self.filter)
        self.filter.setAccessibleName(self.tr("Find an action"))
        self.by_keys.setCheckable(True)
        self.by_keys.setIcon(looks.icons.icon("keyboard", size_px=18))
        self.by_keys.setToolTip(self.tr("Find by pressing keys"))
        self.by_keys.setAccessibleName(self.tr("Find by pressing keys"))
        self.view.setModel(self.rows)
        self.view.setAccessibleName(self.tr("Actions and their keys"))
        self.view.setUniformRowHeights(True)
        self.view.setRootIsDecorated(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.expandAll()
        self.view.header().setStretchLastSection(False)
        self.view.header().setSectionResizeMode(0, self.view.header().ResizeMode.Stretch)
        self.view.setColumnWidth(1, KEYS_PX)
        self.of.setProperty("tone", "strong")
        self._build_recorder()
        self.set_keys.setProperty("kind", "primary")
        self.said.hush()
        self._name_filter()
        self._arrange()

    def _build_recorder(self) -> None:
        self.recorder.setMaximumSequenceLength(1)
        let_clear(self.recorder)
        self.recorder.setAccessibleName(self.tr("New keys: press them"))
        field = self.recorder.findChild(QLineEdit)
        if field is not None:
            field.setPlaceholderText(self.tr("Press the new keys"))
            field.setAccessibleName(self.tr("New keys: press them"))

    def _arrange(self) -> None:
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.accept)
        find = QHBoxLayout()
        find.addWidget(self.filter, 1)
        find.addWidget(self.by_keys)
        change = QHBoxLayout()
        change.setSpacing(8)
        change.addWidget(self.recorder, 1)
        for button in (self.set_keys, self.add_keys, self.remove, self.reset):
            change.addWidget(button)
        foot = QHBoxLayout()
        foot.addWidget(self.reset_all)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._head)
        column.addLayout(find)
        column.addWidget(self.view, 1)
        column.addWidget(self.of)
        column.addLayout(change)
        column.addWidget(self.said)
        column.addSpacing(4)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.filter.installEventFilter(self)
        self.filter.textChanged.connect(self._filter)
        self.by_keys.toggled.connect(self._switch)
        self.view.selectionModel().currentChanged.connect(self._follow)
        self.view.doubleClicked.connect(self._record)
        self.view.activated.connect(self._record)
        self.recorder.keySequenceChanged.connect(self._check)
        self.set_keys.clicked.connect(self._set)
        self.add_keys.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.reset.clicked.connect(self._reset)
        self.reset_all.clicked.connect(self._reset_all)
        self._keymap.changed.connect(self._renew)

    # Finding

    def _name_filter(self) -> None:
        by_keys = self.by_keys.isChecked()
        self.filter.setPlaceholderText(
            self.tr("Press keys to see what they do") if by_keys else self.tr("Find an action…")
        )

    def _switch(self) -> None:
        self._name_filter()
        self.filter.clear()
        self.filter.setFocus()

    def _look_for(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.by_keys.setChecked(False)
            return
        self.filter.setText(native(portable(QKeySequence(event.keyCombination()))))

    def _filter(self, text: str) -> None:
        self.rows.filter(text, by_keys=self.by_keys.isChecked())
        self.view.expandAll()
        first = self.rows.first()
        if text and first.isValid():
            self.view.setCurrentIndex(first)
        self._follow()

    # Changing

    def _record(self, index: QModelIndex) -> None:
        if self.rows.action(index) is not None:
            self.recorder.setFocus()

    def _follow(self) -> None:
        action = self.action
        self.of.setText(self._keymap.name(action) if action else self.tr("Choose an action"))
        self.recorder.setEnabled(action is not None)
        self.recorder.clear()
        self._check()

    def _check(self) -> None:
        """Say whether the new keys are free."""
        action, key = self.action, portable(self.recorder.keySequence())
        self._holder = self._keymap.holder(key, but=action) if action and key else None
        is_taken = key in TAKEN
        is_own = action is not None and key in self._keymap.keys(action)
        usable = bool(action and key) and not is_taken and not is_own
        self.set_keys.setEnabled(usable)
        self.add_keys.setEnabled(usable and bool(action and self._keymap.keys(action)))
        moves = self._holder is not None and usable
        self.set_keys.setText(self.tr("Move them here") if moves else self.tr("Use instead"))
        self.remove.setEnabled(bool(action and self._keymap.keys(action)))
        self.reset.setEnabled(bool(action and self._keymap.is_changed(action)))
        self.reset_all.setEnabled(bool(self._keymap.own))
        self._say(key, is_taken=is_taken)

    def _say(self, key: str, *, is_taken: bool) -> None:
        shown = native(key)
        if is_taken:
            text = self.tr(
                "{keys} has a meaning that stays: in lists and fields, or to the system."
            )
            self.said.say(Tone.WARNING, text.format(keys=shown))
        elif self._holder is not None:
            text = self.tr("{keys} belongs to “{action}”, which would have it no longer.")
            name = self._keymap.name(self._holder)
            self.said.say(Tone.WARNING, text.format(keys=shown, action=name))
        elif key and is_letter(key) and self.action and not place_of(self.action.objectName()):
            text = self.tr("{keys} will act while the assets have the keyboard.")
            self.said.say(Tone.INFO, text.format(keys=shown))
        else:
            self.said.hush()

    def _set(self) -> None:
        if self.action is not None:
            self._keymap.give(self.action, [portable(self.recorder.keySequence())])

    def _add(self) -> None:
        if self.action is not None:
            key = portable(self.recorder.keySequence())
            self._keymap.give(self.action, [*self._keymap.keys(self.action), key])

    def _remove(self) -> None:
        if self.action is not None:
            self._keymap.give(self.action, [])

    def _reset(self) -> None:
        if self.action is not None:
            self._keymap.reset(self.action)

    def _reset_all(self) -> None:
        self._keymap.reset_all()

    def _renew(self) -> None:
        self.rows.renew()
        self._follow()
