"""Where a value is entered: one widget for each kind of field.

They tell what a person said, and nothing when they are filled.
"""

from PySide6.QtCore import QDate, QEvent, QLocale, QPoint, QRegularExpression, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QRegularExpressionValidator,
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

from bridge_app.domain.metadata_fields import FieldValue, MetadataField
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import one_line
from bridge_app.ui.theme import Theme

LONG_TEXT_PX = 74
WHOLE_NUMBER = QRegularExpression("[+-]?[0-9]{0,18}")


class TextEditor(QLineEdit):
    """One line of text, or a whole number."""

    typed = Signal(str)
    said = Signal(str)

    def __init__(self, *, whole_number: bool = False) -> None:
        super().__init__()
        self._shown = ""
        if whole_number:
            self.setValidator(QRegularExpressionValidator(WHOLE_NUMBER, self))
            self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.textEdited.connect(self.typed)
        self.editingFinished.connect(self._finish)

    def show_value(self, value: FieldValue, *, mixed: bool) -> None:
        """What is there; a person who is typing is not interrupted."""
        text = "" if value is None else str(value)
        if self.hasFocus() and self.text() != self._shown:
            return
        self._shown = text
        self.setText(text)
        self.setPlaceholderText(self.tr("Several values") if mixed else "")

    def event(self, event: QEvent) -> bool:
        """Qt: where nothing was typed, undo is about what was said before."""
        if is_undo(event) and self.text() == self._shown:
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape takes back what was typed."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.setText(self._shown)
            self.typed.emit(self._shown)
            return
        super().keyPressEvent(event)

    def _finish(self) -> None:
        if self.text() != self._shown:
            self._shown = self.text()
            self.said.emit(self.text())


class LongTextEditor(QPlainTextEdit):
    """Text of several lines; said when the keyboard goes elsewhere, or with Ctrl+Enter."""

    typed = Signal(str)
    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.setFixedHeight(LONG_TEXT_PX)
        self.setTabChangesFocus(True)

    def show_value(self, value: FieldValue, *, mixed: bool) -> None:
        """What is there; a person who is typing is not interrupted."""
        text = "" if value is None else str(value)
        if self.hasFocus() and self.toPlainText() != self._shown:
            return
        if self.toPlainText() != text:
            self.setPlainText(text)
        self._shown = text
        self.setPlaceholderText(self.tr("Several values") if mixed else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: what was written is said."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._finish()

    def event(self, event: QEvent) -> bool:
        """Qt: Ctrl+Enter is for the text, undo where something was typed; else the window's."""
        if is_undo(event) and self.toPlainText() == self._shown:
            event.ignore()
            return False
        if event.type() is QEvent.Type.ShortcutOverride and _is_control_enter(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Ctrl+Enter says it, Escape takes it back."""
        if _is_control_enter(event):
            self._finish()
        elif event.key() == Qt.Key.Key_Escape and self.toPlainText() != self._shown:
            self.setPlainText(self._shown)
        else:
            super().keyPressEvent(event)
            self.typed.emit(self.toPlainText())

    def _finish(self) -> None:
        if self.toPlainText() != self._shown:
            self._shown = self.toPlainText()
            self.said.emit(self._shown)


def is_undo(event: QEvent) -> bool:
    """Does Qt ask whose undo or redo this key is?"""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
    return event.matches(undo) or event.matches(redo)


def _is_control_enter(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent):
        return False
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(control) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DateEditor(TextEditor):
    """A day, typed as 2026-05-31 or chosen from a calendar; it can be empty."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._open = QAction(self.tr("Choose a day"), self)
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
        calendar.clicked.connect(self._choose)
        calendar.clicked.connect(menu.close)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _choose(self, day: QDate) -> None:
        self.setText(day.toString(Qt.DateFormat.ISODate))
        self._finish()

    def _dress(self) -> None:
        self._open.setIcon(self._icons.icon("calendar", size_px=16))


class ChoiceEditor(QComboBox):
    """One entry of a list, or none."""

    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._tell)
        self._shown: str | None = None

    def offer(self, field: MetadataField, allowed: frozenset[str] | None) -> None:
        """The entries that can be chosen now; an open list stays as it is."""
        if self.view().isVisible():
            return
        self.clear()
        self.addItem(self.tr("Nothing chosen"), "")
        for entry in field.entries:
            if entry.active and (allowed is None or entry.external_id in allowed):
                self.addItem(one_line(entry.value), entry.external_id)

    def show_value(self, value: FieldValue, *, mixed: bool) -> None:
        """What is there; an entry that cannot be chosen any more is shown all the same."""
        text = "" if value is None else str(value)
        at = self.findData(text)
        if at < 0:
            self.addItem(one_line(text), text)
            at = self.count() - 1
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
