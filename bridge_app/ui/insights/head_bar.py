"""The bar above an answer: what it is called, how old it is, and what can be done with it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout

from bridge_app.domain.reports import ExportFormat
from bridge_app.ui.icons import Icons
from bridge_app.ui.insights.formats import format_names
from bridge_app.ui.key_texts import native
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.key_menu import KeyMenu
from bridge_app.ui.parts.rule import with_gap
from bridge_app.ui.theme import Theme

ICON_PX = 18


class HeadBar(QFrame):
    """Actions are the window's to connect; `exportWanted` carries an ExportFormat."""

    exportWanted = Signal(object)

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._title = ElidedLabel()
        self._note = ElidedLabel()
        self._icon_names: dict[QAction, str] = {}
        self.again = self._action(self.tr("Ask Again"), "refresh-cw", "F5")
        self.show_them = self._action(self.tr("Show in the Library"), "images", "Ctrl+Return")
        self.keep = self._action(self.tr("Save and Schedule…"), "bookmark", "Ctrl+S")
        self.copy = self._action(self.tr("Copy the Table"), "copy", "Ctrl+Shift+C")
        self.import_log = self._action(self.tr("Import an Access Log…"), "upload", "Ctrl+O")
        self.forget = self._action(self.tr("Forget This Saved Report…"), "trash-2")
        self.forget_log = self._action(self.tr("Count This Log No Longer…"), "trash-2")
        self.export = QPushButton(self.tr("Export"))
        self._more = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self._build()
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def title(self) -> str:
        """What the answer is called."""
        return self._title.text()

    @property
    def note(self) -> str:
        """What stands below it."""
        return self._note.text()

    def show_title(self, title: str, note: str) -> None:
        """What is shown, and how old it is."""
        self._title.setText(title)
        self._note.setText(note)

    def _action(self, text: str, icon: str, keys: str = "") -> QAction:
        action = QAction(text, self)
        self._icon_names[action] = icon
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setToolTip(f"{text.rstrip('…')} ({native(keys)})")
        self.addAction(action)
        return action

    def _build(self) -> None:
        self.setProperty("surface", "bar")
        self._title.setProperty("tone", "strong")
        self._note.setProperty("tone", "muted")
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._note)
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 14, 20, 10)
        line.setSpacing(6)
        line.addLayout(names, 1)
        for action in (self.again, self.show_them, self.keep):
            line.addWidget(self._button(action))
        line.addSpacing(6)
        line.addWidget(self.export)
        line.addWidget(self._more)
        formats = QMenu(self)
        for form, name in format_names().items():
            act = formats.addAction(f"{name}…")
            act.triggered.connect(partial(self._want_export, form))
        self.export.setMenu(formats)
        self.export.setToolTip(self.tr("Write the whole report to a file"))
        menu = KeyMenu(self)
        menu.addActions([self.copy, self.import_log])
        menu.addSeparator()
        menu.addActions([self.forget, self.forget_log])
        self._more.setMenu(menu)
        self._more.setAccessibleName(self.tr("More"))
        self._more.setToolTip(self.tr("More"))

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setAccessibleName(action.text().rstrip("…"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return button

    def _want_export(self, form: ExportFormat, *_: bool) -> None:
        self.exportWanted.emit(form)

    def _dress(self) -> None:
        for action, name in self._icon_names.items():
            action.setIcon(self._icons.icon(name, size_px=ICON_PX))
        self._more.setIcon(self._icons.icon("ellipsis", size_px=ICON_PX))
        self.export.setIcon(self._icons.icon("download", size_px=ICON_PX))
        self.export.setText(with_gap(self.tr("Export")))
