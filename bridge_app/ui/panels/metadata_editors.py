"""Where a value is entered: one widget for each kind of field.

They tell what a person said, and nothing when they are filled. Ctrl+Enter says it and goes on to
the same field of the next asset, with Shift to that of the one before.
"""

from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import (
    QDate,
    QEvent,
    QLocale,
    QPoint,
    QRegularExpression,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QRegularExpressionValidator,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import one_line
from bridge_app.ui.panels.metadata_draft import Draft
from bridge_app.ui.parts.reachable_calendar import make_reachable
from bridge_app.ui.parts.still_box import StillBox
from bridge_app.ui.theme import Theme

LONG_TEXT_LINES = (2, 8)
FRAME_PX = 18
"""What the style sheet puts above and below a text: padding, border, and a little air."""
WHOLE_NUMBER = QRegularExpression("[+-]?[0-9]{0,18}")


class TextEditor(QLineEdit):
    """One line of text, or a whole number."""

    typed = Signal(str)
    said = Signal(str)
    stepWanted = Signal(int)  # assets on, or back

    def __init__(self, *, whole_number: bool = False) -> None:
        super().__init__()
        self._draft = Draft(self.text, self.setText)
        if whole_number:
            self.setValidator(QRegularExpressionValidator(WHOLE_NUMBER, self))
            self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.textEdited.connect(self.typed)
        self.editingFinished.connect(self.finish)

    @property
    def is_touched(self) -> bool:
        """Is anything else in it than what is there?"""
        return self._draft.is_touched

    def show_value(self, value: FieldValue, *, mixed: bool) -> None:
        """What is there; a person who is typing is not interrupted."""
        before = self.text()
        shown = "" if value is None else str(value)
        if not self._draft.show(shown, has_focus=self.hasFocus()):
            return
        if self.text() != before:
            self.setCursorPosition(0)
        self.setPlaceholderText(self.tr("Several values") if mixed else "")

    def event(self, event: QEvent) -> bool:
        """Qt: where nothing was typed, undo is about what was said before."""
        if is_undo(event) and not self._draft.is_touched:
            event.ignore()
            return False
        return steps(self, event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape takes back what was typed."""
        if event.key() == Qt.Key.Key_Escape and self._draft.is_touched:
            self.abandon()
            return
        super().keyPressEvent(event)

    def finish(self) -> None:
        """Say what was typed, if anything was."""
        text = self._draft.finished()
        if text is not None:
            self.said.emit(text)

    def refuse(self) -> None:
        """What was said is no value; it stays to be mended."""
        self._draft.refuse()

    def abandon(self) -> None:
        """Take back what was typed."""
        self.typed.emit(self._draft.abandon())


class LongTextEditor(QPlainTextEdit):
    """Text of several lines, as high as it needs within bounds.

    It is said when the keyboard goes elsewhere, or with Ctrl+Enter.
    """

    typed = Signal(str)
    said = Signal(str)
    stepWanted = Signal(int)  # assets on, or back

    def __init__(self) -> None:
        super().__init__()
        self._draft = Draft(self.toPlainText, self.setPlainText)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._fit)
        self._fit()

    def show_value(self, value: FieldValue, *, mixed: bool) -> None:
        """What is there; a person who is typing is not interrupted."""
        shown = "" if value is None else str(value)
        if not self._draft.show(shown, has_focus=self.hasFocus()):
            return
        self.setPlaceholderText(self.tr("Several values") if mixed else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: what was written is said."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.finish()

    def event(self, event: QEvent) -> bool:
        """Qt: Ctrl+Enter is for the text, undo where something was typed; else the window's."""
        if is_undo(event) and not self._draft.is_touched:
            event.ignore()
            return False
        return steps(self, event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape takes it back; where there is nothing to take back it is the window's."""
        if event.key() == Qt.Key.Key_Escape:
            if not self._draft.is_touched:
                event.ignore()
                return
            self.abandon()
        else:
            super().keyPressEvent(event)
            self.typed.emit(self.toPlainText())

    def finish(self) -> None:
        """Say what was typed, if anything was."""
        text = self._draft.finished()
        if text is not None:
            self.said.emit(text)

    def refuse(self) -> None:
        """What was said is no value; it stays to be mended."""
        self._draft.refuse()

    def abandon(self) -> None:
        """Take back what was typed."""
        self.typed.emit(self._draft.abandon())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: lines break at other words."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """As high as its lines, as far as they are counted."""
        least, most = LONG_TEXT_LINES
        line = self.fontMetrics().lineSpacing()
        lines, block = 0, self.document().firstBlock()
        while block.isValid() and lines <= most:
            lines += max(1, round(self.blockBoundingRect(block).height() / line))
            block = block.next()
        inside = min(max(lines, least), most) * line + 2 * round(self.document().documentMargin())
        if inside + FRAME_PX != self.minimumHeight():
            self.setFixedHeight(inside + FRAME_PX)
            policy = Qt.ScrollBarPolicy
            long = lines > most
            self.setVerticalScrollBarPolicy(
                policy.ScrollBarAsNeeded if long else policy.ScrollBarAlwaysOff
            )


def is_undo(event: QEvent) -> bool:
    """Does Qt ask whose undo or redo this key is?"""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
    return event.matches(undo) or event.matches(redo)


class Stepping(Protocol):
    """An editor from which Ctrl+Enter leads to the next asset."""

    @property
    def stepWanted(self) -> SignalInstance:
        """Tells how many assets on, or back."""

    def finish(self) -> None:
        """Say what was typed, if anything was."""


def steps(editor: Stepping, event: QEvent) -> bool:
    """Is it Ctrl+Enter? Then what was typed is said, and the neighbour's field wanted."""
    if not isinstance(event, QKeyEvent) or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    on = held == Qt.KeyboardModifier.ControlModifier
    back = held == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    if not on and not back:
        return False
    if event.type() is QEvent.Type.KeyPress:
        editor.finish()
        editor.stepWanted.emit(1 if on else -1)
    event.accept()
    return True


class DateEditor(TextEditor):
    """A day, typed as 2026-05-31 or chosen from a calendar; it can be empty."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._open = QAction(self.tr("Choose a day"), self)
        self._open.setShortcut(QKeySequence("Alt+Down"))
        self._open.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._open.triggered.connect(self._show_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        theme.changed.connect(self._dress)
        self._dress()

    def show_value(self, value: FieldValue, *, mixed: bool) -> None:
        """What is there."""
        super().show_value(value, mixed=mixed)
        if not mixed:
            self.setPlaceholderText(self.tr("Year-month-day"))

    def _show_calendar(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setLocale(QLocale())
        day = QDate.fromString(self.text(), Qt.DateFormat.ISODate)
        if day.isValid():
            calendar.setSelectedDate(day)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        make_reachable(calendar, self._open.text())
        for chosen in (calendar.clicked, calendar.activated):
            chosen.connect(self._choose)
            chosen.connect(menu.close)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        calendar.setFocus()

    def _choose(self, day: QDate) -> None:
        self.setText(day.toString(Qt.DateFormat.ISODate))
        self.finish()

    def _dress(self) -> None:
        self._open.setIcon(self._icons.icon("calendar", size_px=16))


class ChoiceEditor(StillBox):
    """One entry of a list, or none."""

    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._tell)
        self._shown: str | None = None
        self._offered: tuple[tuple[str, str], ...] | None = None

    def offer(self, entries: Iterable[tuple[str, str]]) -> None:
        """The entries that can be chosen now: identities and words; an open list stays."""
        wanted = tuple(entries)
        if self._offered == wanted or self.view().isVisible():
            return
        self._offered = wanted
        self.clear()
        self.addItem(self.tr("Nothing chosen"), "")
        for identity, words in wanted:
            self.addItem(one_line(words), identity)

    def show_value(self, value: FieldValue, *, mixed: bool) -> None:
        """What is there; an entry that cannot be chosen any more is shown all the same."""
        text = "" if value is None else str(value)
        at = self.findData(text)
        if at < 0:
            self.addItem(one_line(text), text)
            at = self.count() - 1
            self._offered = None
        self._shown = None if mixed else text
        self.setCurrentIndex(-1 if mixed else at)
        self.setPlaceholderText(self.tr("Several values") if mixed else "")

    def _tell(self, at: int) -> None:
        chosen = str(self.itemData(at))
        if chosen != self._shown:
            self._shown = chosen
            self.said.emit(chosen)


class KeyEntry(QWidget):
    """A new key of the context, and its value."""

    said = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._key, self._value = QLineEdit(), QLineEdit()
        self._key.setPlaceholderText(self.tr("New key"))
        self._key.setAccessibleName(self.tr("New key"))
        self._value.setPlaceholderText(self.tr("Value"))
        self._value.setAccessibleName(self.tr("Value of the new key"))
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._key, 2)
        line.addWidget(self._value, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        self._key.returnPressed.connect(self._value.setFocus)
        self._value.returnPressed.connect(self._tell)

    def _tell(self) -> None:
        key, value = self._key.text().strip(), self._value.text()
        if key and value:
            self._key.clear()
            self._value.clear()
            self.said.emit(key, value)
