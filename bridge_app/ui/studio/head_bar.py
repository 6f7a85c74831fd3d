"""The head of the studio: whose rendition it is, how it is looked at, undo, copy and save."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import number_text
from bridge_app.ui.parts.drag_handle import DragHandle
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.rule import with_gap
from bridge_app.ui.studio.canvas_places import Look
from bridge_app.ui.studio.copy_menu import CopyButton
from bridge_app.ui.studio.document import Document
from bridge_app.ui.studio.keys import (
    ACTUAL,
    FARTHER,
    FIT,
    NEARER,
    PRESETS,
    REDO,
    UNDO,
    StudioKey,
)
from bridge_app.ui.theme import Theme
from bridge_app.ui.window_keys import WindowKeys

ICON_PX = 18
PERCENT_PX = 72
LOOK_ICONS = {
    Look.SPLIT: "git-compare",
    Look.BESIDE: "panel-left",
    Look.RENDITION: "image",
    Look.MASTER: "file-image",
}


class HeadBar(QFrame):
    """Buttons; what they do is told by signals."""

    lookChosen = Signal(object)  # Look
    fitWanted = Signal()
    fullSizeWanted = Signal()
    zoomWanted = Signal(bool)  # nearer
    saveWanted = Signal()
    presetsWanted = Signal()

    def __init__(self, document: Document, theme: Theme, icons: Icons, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._tools: list[tuple[QToolButton | QPushButton, str]] = []
        self._named: dict[StudioKey, QToolButton] = {}
        self.handle = DragHandle(theme, icons)
        self.copy = CopyButton()
        self.save = QPushButton(with_gap(self.tr("Save as a preset…")))
        self.save.setProperty("kind", "primary")
        self.percent = self._text_button("100 %", self.tr("100 %: each pixel as it is (1)"))
        self.looks: dict[Look, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._name = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        self._name.setProperty("tone", "strong")
        self._name.setText(name)
        self._facts = ElidedLabel()
        self._facts.setProperty("tone", "muted")
        self._build(document)
        theme.changed.connect(self._dress)
        self._dress()

    def show_look(self, look: Look) -> None:
        """This one is chosen."""
        self.looks[look].setChecked(True)

    def show_percent(self, percent: int) -> None:
        """How large the rendition is shown."""
        self.percent.setText(f"{number_text(percent)} %")

    def show_facts(self, text: str) -> None:
        """The line below the name."""
        self._facts.setText(text)

    def _build(self, document: Document) -> None:
        self.setProperty("surface", "bar")
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._facts)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 12, 8)
        line.setSpacing(4)
        line.addLayout(names, 1)
        self._add_undo(line, document)
        line.addSpacing(10)
        self._add_looks(line)
        line.addSpacing(10)
        self._add_zoom(line)
        line.addSpacing(10)
        presets = self.tr("Presets and sets (Ctrl+Shift+P)")
        shelf = self._button("library", presets, self.presetsWanted.emit)
        self._named[PRESETS] = shelf
        line.addWidget(shelf)
        line.addWidget(self.handle)
        line.addWidget(self.copy)
        line.addSpacing(4)
        line.addWidget(self.save)
        self._tools.append((self.copy, "copy"))
        self.save.clicked.connect(self.saveWanted)

    def _add_undo(self, line: QHBoxLayout, document: Document) -> None:
        stack = document.undo
        undo = self._button("undo-2", self.tr("Undo"), stack.undo)
        redo = self._button("redo-2", self.tr("Redo"), stack.redo)
        self._named |= {UNDO: undo, REDO: redo}
        for button, can in ((undo, stack.canUndoChanged), (redo, stack.canRedoChanged)):
            button.setEnabled(False)
            can.connect(button.setEnabled)
            line.addWidget(button)

    def _add_looks(self, line: QHBoxLayout) -> None:
        words = {
            Look.SPLIT: self.tr("Over each other, with a line to drag"),
            Look.BESIDE: self.tr("Beside each other"),
            Look.RENDITION: self.tr("The rendition"),
            Look.MASTER: self.tr("The master"),
        }
        for look, text in words.items():
            button = self._button(LOOK_ICONS[look], text, partial(self.lookChosen.emit, look))
            button.setCheckable(True)
            self._group.addButton(button)
            self.looks[look] = button
            line.addWidget(button)

    def _add_zoom(self, line: QHBoxLayout) -> None:
        out = self._button(
            "zoom-out",
            self.tr("Farther (-)"),
            lambda: self.zoomWanted.emit(False),  # noqa: FBT003
        )
        near = self._button(
            "zoom-in",
            self.tr("Nearer (+)"),
            lambda: self.zoomWanted.emit(True),  # noqa: FBT003
        )
        fit = self._button("maximize", self.tr("Show everything (0)"), self.fitWanted.emit)
        self.percent.setFixedWidth(PERCENT_PX)
        self.percent.clicked.connect(self.fullSizeWanted)
        self._named |= {FARTHER: out, ACTUAL: self.percent, NEARER: near, FIT: fit}
        for button in (out, self.percent, near, fit):
            line.addWidget(button)

    def name_keys(self, keys: WindowKeys) -> None:
        """Tool tips name the keys as they are."""
        for key, button in self._named.items():
            words = button.toolTip().partition(" (")[0]
            told = keys.told(key.name, key.keys)
            button.setToolTip(f"{words} ({told})" if told else words)

    def _button(self, icon: str, name: str, act: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: act())  # noqa: PLW0108 - it takes no flag
        self._tools.append((button, icon))
        return button

    def _text_button(self, text: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button

    def _dress(self) -> None:
        for button, icon in self._tools:
            button.setIcon(self._icons.icon(icon, size_px=ICON_PX))
        ink = self._theme.tokens.accent_text
        self.save.setIcon(self._icons.icon("bookmark", colour=ink, size_px=ICON_PX))
