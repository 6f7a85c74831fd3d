"""Several values as chips that can be taken away, and a field that adds one, with completion."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import one_line
from bridge_app.ui.panels.metadata_editors import is_undo, steps
from bridge_app.ui.parts.flow_layout import FlowLayout
from bridge_app.ui.parts.recent_field import RecentField
from bridge_app.ui.parts.tab_order import lead_before
from bridge_app.ui.theme import Theme

CHIP_PX = 12
LEAST_CHIP_PX = 80
AT_ONCE = 100
"""So many chips are shown, and more when asked for: hundreds of files have thousands of words."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A value with what people read for it; `partly` if only some of the assets have it."""

    value: str
    text: str
    partly: bool = False


class TagField(RecentField):
    """Enter and what separates tags say what was typed."""

    separators = ","
    entered = Signal(str)
    stepWanted = Signal(int)  # assets on, or back

    def event(self, event: QEvent) -> bool:
        """Qt: where nothing was typed, undo is about what was said before."""
        if is_undo(event) and not self.text():
            event.ignore()
            return False
        return steps(self, event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter and separators end a tag, Escape takes back what was typed."""
        key, typed = event.key(), event.text()
        ends = bool(typed) and typed in self.separators
        if ends or key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: what was typed is said, unless it is only the list of suggestions that opens."""
        super().focusOutEvent(event)
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in passing:
            self.finish()

    def finish(self) -> None:
        """Say what was typed, if anything was."""
        text = self.text().strip(f" {self.separators}")
        if text:
            self.entered.emit(text)


class TagsEditor(QWidget):
    """Chips with a cross, then a field; `offers` is what it completes to.

    Of chips that only some assets have, the plus gives them to all.
    """

    added = Signal(str)  # what people read, or typed
    removed = Signal(str)  # the value
    typed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        *,
        placeholder: str,
        name: str,
        field: TagField | None = None,
    ) -> None:
        super().__init__()
        self._icons = icons
        self._tags: tuple[Tag, ...] = ()
        self._row = QWidget()
        self._flow = FlowLayout(self._row, spacing_px=5)
        self._chips: list[Chip] = []
        self._most = AT_ONCE
        self.more = QPushButton(autoDefault=False)
        """Shows more of them."""
        self.more.setProperty("kind", "quiet")
        self.more.clicked.connect(self._show_more)
        self.field = field or TagField(theme, icons)
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(name)
        self.field.entered.connect(self._add)
        self.field.picked.connect(self._add)
        self.field.textEdited.connect(self.typed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._row)
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self.field)
        self._row.setVisible(False)
        self.more.setVisible(False)
        self.setFocusProxy(self.field)
        theme.changed.connect(self._dress)

    def offer(self, texts: Sequence[str]) -> None:
        """What the field completes to."""
        self.field.offer(texts)

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """These are there. Chips are used again: whoever pages through assets sees no flicker."""
        if tuple(tags) != self._tags:
            self._tags = tuple(tags)
            self._most = self._most if len(tags) > AT_ONCE else AT_ONCE
            self._fill()

    def _fill(self) -> None:
        shown, made = self._tags[: self._most], len(self._chips)
        while len(self._chips) < len(shown):
            chip = Chip(self._icons)
            chip.clicked.connect(partial(self._press, chip))
            self._chips.append(chip)
            self._flow.addWidget(chip)
        if len(self._chips) > made:
            lead_before(self, *self._chips, self.more)
        for chip, tag in zip_longest(self._chips, shown):
            chip.show_tag(tag)
        left = min(AT_ONCE, len(self._tags) - len(shown))
        self.more.setVisible(left > 0)
        if left > 0:
            self.more.setText(self.tr("Show %Ln more", "", left))
        self._row.setVisible(bool(shown))
        self._row.updateGeometry()

    def _show_more(self) -> None:
        first, self._most = self._most, self._most + AT_ONCE
        self._fill()
        self._chips[first].setFocus()

    def _press(self, chip: "Chip") -> None:
        tag = chip.tag
        if tag is not None and tag.partly:
            self.added.emit(tag.text)
        elif tag is not None:
            self.removed.emit(tag.value)

    def _add(self, text: str) -> None:
        self.field.clear()
        self.added.emit(text.strip(f" {self.field.separators}"))

    def _dress(self) -> None:
        for chip in self._chips:
            chip.dress()


class Chip(QToolButton):
    """One tag: its words, then the sign of what a click does."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self.tag: Tag | None = None
        self.setProperty("chip", "true")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(CHIP_PX, CHIP_PX))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.LeftToRight
        direction = Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(direction)

    def show_tag(self, tag: Tag | None) -> None:
        """Stand for this one; for none it is not there."""
        if tag == self.tag:
            return
        before, self.tag = self.tag, tag
        self.setVisible(tag is not None)
        if tag is None:
            return
        self.setText(_plain(one_line(tag.text)))
        name = self.tr("Give “{tag}” to all") if tag.partly else self.tr("Take “{tag}” away")
        self.setToolTip(name.format(tag=one_line(tag.text)))
        self.setAccessibleName(self.toolTip())
        if before is None or before.partly is not tag.partly:
            self.setProperty("partly", tag.partly)
            self.style().unpolish(self)
            self.style().polish(self)
            self.dress()

    def minimumSizeHint(self) -> QSize:
        """Qt: a few characters are enough; a long tag must not widen what it stands in."""
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), LEAST_CHIP_PX), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: as much of a long tag as there is room for."""
        del event
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        missing = self.sizeHint().width() - self.width()
        if missing > 0 and self.tag is not None:
            text, metrics = one_line(self.tag.text), self.fontMetrics()
            room = metrics.horizontalAdvance(text) - missing
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room)
            option.text = _plain(shown)
        QStylePainter(self).drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)

    def dress(self) -> None:
        """The sign in the colours of now."""
        partly = self.tag is not None and self.tag.partly
        self.setIcon(self._icons.icon("plus" if partly else "x", size_px=CHIP_PX))


def _plain(text: str) -> str:
    """The text of a button, in which no letter is a key."""
    return text.replace("&", "&&")
