"""Several values as chips that can be taken away, and a field that adds one, with completion."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import one_line
from bridge_app.ui.panels.metadata_editors import is_undo
from bridge_app.ui.parts.flow_layout import FlowLayout
from bridge_app.ui.parts.recent_field import RecentField
from bridge_app.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Tag:
    """A value with what people read for it; `partly` if only some of the assets have it."""

    value: str
    text: str
    partly: bool = False


class TagField(RecentField):
    """Enter and comma say what was typed."""

    entered = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Qt: where nothing was typed, undo is about what was said before."""
        if is_undo(event) and not self.text():
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter and comma end a tag."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Comma):
            text = self.text().strip(" ,")
            if text:
                self.entered.emit(text)
            return
        super().keyPressEvent(event)


class TagsEditor(QWidget):
    """Chips with a cross, then a field; `offers` is what it completes to.

    Of chips that only some assets have, the plus gives them to all.
    """

    added = Signal(str)  # what people read, or typed
    removed = Signal(str)  # the value
    typed = Signal(str)

    def __init__(self, theme: Theme, icons: Icons, *, placeholder: str, name: str) -> None:
        super().__init__()
        self._icons = icons
        self._theme = theme
        self._tags: tuple[Tag, ...] = ()
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, spacing_px=5)
        self.field = TagField(theme, icons)
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(name)
        self.field.entered.connect(self._add)
        self.field.picked.connect(self._add)
        self.field.textEdited.connect(self.typed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._chips)
        layout.addWidget(self.field)
        self.setFocusProxy(self.field)
        theme.changed.connect(self._dress)

    def offer(self, texts: Sequence[str]) -> None:
        """What the field completes to."""
        self.field.offer(texts)

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """These are there."""
        if tuple(tags) != self._tags or not self._flow.count():
            self._tags = tuple(tags)
            self._fill()
        self._chips.setVisible(bool(tags))

    def _fill(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.deleteLater()
        for tag in self._tags:
            self._flow.addWidget(self._chip(tag))
        self._chips.updateGeometry()

    def _chip(self, tag: Tag) -> QToolButton:
        chip = QToolButton()
        chip.setProperty("chip", "true")
        chip.setProperty("partly", tag.partly)
        chip.setText(one_line(tag.text))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # The words first, then the sign of what a click does.
        mirrored = self.layoutDirection() is Qt.LayoutDirection.LeftToRight
        direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
        chip.setLayoutDirection(direction)
        chip.setIconSize(QSize(12, 12))
        name = self.tr("Give “{tag}” to all") if tag.partly else self.tr("Take “{tag}” away")
        chip.setToolTip(name.format(tag=one_line(tag.text)))
        chip.setAccessibleName(chip.toolTip())
        chip.setIcon(self._icons.icon("plus" if tag.partly else "x", size_px=12))
        chip.clicked.connect(lambda: self._press(tag))
        return chip

    def _press(self, tag: Tag) -> None:
        if tag.partly:
            self.added.emit(tag.text)
        else:
            self.removed.emit(tag.value)

    def _add(self, text: str) -> None:
        self.field.clear()
        self.added.emit(text.strip(" ,"))

    def _dress(self) -> None:
        self._fill()
