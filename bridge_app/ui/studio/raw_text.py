"""The transformation as text: typed freely, completed, and marked where it cannot be read."""

from PySide6.QtCore import QMimeData, QStringListModel, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFontDatabase,
    QKeyEvent,
    QKeySequence,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QCompleter, QListView, QPlainTextEdit, QTextEdit, QWidget

from bridge_app.transform import parse
from bridge_app.transform.completion import Completion, complete
from bridge_app.transform.errors import TransformationError
from bridge_app.transform.spelling import doubts
from bridge_app.transform.whole_url import whole_url
from bridge_app.ui.studio.document import Document
from bridge_app.ui.theme import Badge, Theme

HEIGHT_PX = 66
MOST = 12


class RawText(QPlainTextEdit):
    """In step with the document both ways; what is typed stays, right or wrong."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._theme = theme
        self._is_filling = False
        self._refused: TransformationError | None = None
        self._found: list[Completion] = []
        self._offers = QStringListModel(self)
        self._list = QCompleter(self._offers, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setMaxVisibleItems(MOST)
        self._popup = QListView()
        self._popup.setProperty("surface", "card")
        self._list.setPopup(self._popup)
        self._list.setWidget(self)
        self._list.activated.connect(self.take)
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        mono.setPixelSize(theme.tokens.font_px.body)
        self.setFont(mono)
        self.setAccessibleName(self.tr("Transformation"))
        self.setPlaceholderText(self.tr("c_fill,h_630,w_1200/q_auto"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(HEIGHT_PX)
        self.setUndoRedoEnabled(False)
        # A transformation reads from left to right in every language.
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        self.document().setDefaultTextOption(option)
        self.textChanged.connect(self._typed)
        document.changed.connect(self._fill)
        theme.changed.connect(self._mark)

    def offers(self) -> list[str]:
        """What is offered at the cursor."""
        return self._offers.stringList()

    def refuse(self, error: TransformationError) -> None:
        """Mark what can be read but not be drawn, until something is changed."""
        self._refused = error
        self._mark()

    def take(self, choice: str) -> None:
        """Put what was offered in the place of the word at the cursor."""
        found = next((one for one in self._found if _shown(one) == choice), None)
        if found is None:
            return
        text = found.applied(self.toPlainText())
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(found.start + len(found.text))
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: the list takes its keys; Return is no character of a transformation."""
        taking = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab)
        if self._popup.isVisible() and event.key() in taking:
            event.ignore()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._document.release()
            return
        if event.matches(QKeySequence.StandardKey.Undo):
            self._document.undo.undo()
            return
        if event.matches(QKeySequence.StandardKey.Redo):
            self._document.undo.redo()
            return
        super().keyPressEvent(event)
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Space if control else event.text().isprintable():
            self._offer()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt: a delivery address that is pasted or dropped leaves its transformation here."""
        address = whole_url(source.text()) if "://" in source.text() else None
        if address is None:
            super().insertFromMimeData(source)
        else:
            self.setPlainText(str(address.transformation))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: what is typed later is another step of undo."""
        self._document.release()
        super().focusOutEvent(event)

    def _typed(self) -> None:
        if not self._is_filling:
            self._document.type(self.toPlainText().replace("\n", ""))

    def _fill(self) -> None:
        """Show the document's text, unless that is what stands here; mark what is wrong in it."""
        self._refused = None
        if self.toPlainText() != self._document.text:
            self._is_filling = True
            place = self.textCursor().position()
            self.setPlainText(self._document.text)
            cursor = self.textCursor()
            cursor.setPosition(min(place, len(self._document.text)))
            self.setTextCursor(cursor)
            self._is_filling = False
        self._mark()

    def _mark(self) -> None:
        """A wavy line below what cannot be read, or what may be misspelt."""
        error, tokens = self._document.error or self._refused, self._theme.tokens
        if error is not None:
            marks = [self._below(error.position, error.found, tokens.negative)]
        else:
            doubted = doubts(parse(self._document.text))
            marks = [self._below(doubt.position, doubt.found, tokens.warning) for doubt in doubted]
        self.setExtraSelections(marks)

    def _below(self, position: int, found: str, look: Badge) -> QTextEdit.ExtraSelection:
        looks = QTextCharFormat()
        looks.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        looks.setUnderlineColor(look.fill)
        looks.setForeground(look.soft_ink)
        mark = QTextEdit.ExtraSelection()
        cursor = self.textCursor()
        start = min(position, len(self.toPlainText()))
        end = min(start + max(1, len(found)), len(self.toPlainText()))
        cursor.setPosition(max(0, start - (start == end)))
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        mark.cursor, mark.format = cursor, looks
        return mark

    def _offer(self) -> None:
        text, place = self.toPlainText(), self.textCursor().position()
        self._found = complete(text, place)
        self._offers.setStringList([_shown(one) for one in self._found])
        if self._found:
            box = self.cursorRect()
            box.setWidth(320)
            self._list.complete(box)
        else:
            self._popup.hide()


def _shown(completion: Completion) -> str:
    about = f"   {completion.about}" if completion.about else ""
    return f"{completion.text}{about}"
