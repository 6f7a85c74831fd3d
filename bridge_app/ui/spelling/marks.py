"""Marks words that no dictionary knows in a field, and offers others in its menu."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit
from shiboken6 import isValid

from bridge_app.domain.spelling import words_in
from bridge_app.ui.spelling.speller import Speller
from bridge_app.ui.theme import Theme

MOST_LETTERS = 20_000
"""Longer texts are not looked through."""
Spot = tuple[int, str]
"""Where a word begins, as Qt counts, and the word."""


def wave(theme: Theme) -> QTextCharFormat:
    """How a word is underlined."""
    marked = QTextCharFormat()
    marked.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    marked.setUnderlineColor(theme.tokens.negative.soft_ink)
    return marked


def units(text: str) -> int:
    """How long Qt says a text is: a letter beyond the first plane counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class SpellingMarks(QObject):
    """For one field of one language ("" is not known); it belongs to the field."""

    def __init__(
        self, field: QLineEdit | QPlainTextEdit, speller: Speller, theme: Theme, language: str
    ) -> None:
        super().__init__(field)
        self._field = field
        self._speller = speller
        self._theme = theme
        self._language = language
        self._told: tuple[str, int, str] | None = None
        self._marked: list[tuple[int, int]] = []
        self._composing = False
        self._waves: _Waves | None = None
        if isinstance(field, QLineEdit):
            field.textChanged.connect(self._mark_line)
            field.cursorPositionChanged.connect(lambda *_: self._mark_line())
            field.installEventFilter(self)
        else:
            self._waves = _Waves(field, theme, self.spots)
            for part in (field, field.viewport()):
                part.installEventFilter(self)
            field.cursorPositionChanged.connect(self._mark_here)
        for told in (speller.learnt, theme.changed):
            told.connect(self._mark)

    @property
    def text(self) -> str:
        """What stands in the field."""
        field = self._field
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    @property
    def marked(self) -> list[tuple[int, int]]:
        """What is marked in a field of one line: where, and how long, as Qt counts."""
        return list(self._marked)

    @property
    def language(self) -> str:
        """That of the text."""
        about = self.text, self._speller.version
        if self._told is None or self._told[:2] != about:
            words = [word for _, word in words_in(about[0])]
            self._told = *about, self._speller.language_of(words, self._language)
        return self._told[2]

    def spots(self, text: str) -> list[Spot]:
        """The words of a part of the text that no dictionary knows, and where they begin."""
        if self._length() > MOST_LETTERS:
            return []
        found = list(words_in(text))
        wrong = self._speller.wrong((word for _, word in found), self.language)
        return list(_as_qt_counts(text, (spot for spot in found if spot[1] in wrong)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the field's menu has suggestions; what is composed is waited for."""
        if watched is self._field and isinstance(event, QInputMethodEvent):
            self._compose(on=bool(event.preeditString()))
        if event.type() is QEvent.Type.ContextMenu and isinstance(event, QContextMenuEvent):
            by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
            menu = self.menu_at(self._here() if by_key else self._place(event.pos()))
            if menu is not None:
                menu.aboutToHide.connect(menu.deleteLater)
                menu.popup(event.globalPos())
                return True
        return super().eventFilter(watched, event)

    def menu_at(self, place: int) -> QMenu | None:
        """The field's own menu with suggestions on top; None where no marked word is.

        `place` is in the text, as Qt counts.
        """
        text = self.text
        hit = (one for one in self.spots(text) if one[0] <= place <= one[0] + units(one[1]))
        spot = next(hit, None)
        if spot is None or self._field.isReadOnly():
            return None
        menu = self._field.createStandardContextMenu()
        first = menu.actions()[0]
        waits = menu.addAction(self.tr("Looking for suggestions…"))
        waits.setEnabled(False)
        learn = menu.addAction(self.tr("&Add to the Dictionary"))
        learn.triggered.connect(partial(self._speller.learn, spot[1], self.language))
        for action in (waits, learn, menu.addSeparator()):
            menu.removeAction(action)
            menu.insertAction(first, action)

        def show(words: tuple[str, ...]) -> None:
            if not isValid(menu):
                return
            for word in words:
                act = menu.addAction(word)
                menu.removeAction(act)
                menu.insertAction(waits, act)
                act.triggered.connect(partial(self._replace, spot, word))
            waits.setText(self.tr("No suggestions"))
            waits.setVisible(not words)

        self._speller.suggest(spot[1], self.language, show)
        return menu

    def _replace(self, spot: Spot, word: str) -> None:
        """As if a person had typed it: it can be undone."""
        start, length = spot[0], units(spot[1])
        field = self._field
        if isinstance(field, QLineEdit):
            field.setSelection(start, length)
            field.insert(word)
            return
        cursor = QTextCursor(field.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(word)

    def _here(self) -> int:
        field = self._field
        if isinstance(field, QLineEdit):
            return field.cursorPosition()
        return field.textCursor().position()

    def _place(self, point: QPoint) -> int:
        field = self._field
        if isinstance(field, QLineEdit):
            return field.cursorPositionAt(point)
        return field.cursorForPosition(point).position()

    def _length(self) -> int:
        field = self._field
        if isinstance(field, QLineEdit):
            return len(field.text())
        return field.document().characterCount()

    def _mark(self) -> None:
        if self._waves is not None:
            self._waves.dress(wave(self._theme))
        else:
            self._mark_line()

    def _mark_here(self) -> None:
        if self._waves is not None and isinstance(self._field, QPlainTextEdit):
            self._waves.rehighlightBlock(self._field.textCursor().block())

    def _compose(self, *, on: bool) -> None:
        """An input method begins or ends; what it ends with is in the field right after this."""
        if self._composing and not on:
            QTimer.singleShot(0, self, self._mark_line)
        self._composing = on

    def _mark_line(self, *_: object) -> None:
        """A line has no formats but those of input methods: they are used for it.

        Such an event ends what is being composed, so that has to be over.
        """
        field = self._field
        if not isinstance(field, QLineEdit) or self._composing:
            return
        at = field.cursorPosition()
        spots = ((start, units(word)) for start, word in self.spots(field.text()))
        # Nobody is told of a word that is being typed.
        marked = [one for one in spots if not field.hasFocus() or sum(one) != at]
        if not marked and not self._marked:
            return
        self._marked = marked
        kind = QInputMethodEvent.AttributeType.TextFormat
        shape = wave(self._theme)
        attributes = [
            QInputMethodEvent.Attribute(kind, start - at, length, shape) for start, length in marked
        ]
        QApplication.sendEvent(field, QInputMethodEvent("", attributes))


class _Waves(QSyntaxHighlighter):
    """The marks of a text of several lines."""

    def __init__(
        self, field: QPlainTextEdit, theme: Theme, spots: Callable[[str], list[Spot]]
    ) -> None:
        super().__init__(field.document())
        self._field = field
        self._spots = spots
        self._format = wave(theme)

    def dress(self, shape: QTextCharFormat) -> None:
        """Mark all anew."""
        self._format = shape
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Qt: mark one line."""
        cursor = self._field.textCursor()
        is_here = self._field.hasFocus() and cursor.block() == self.currentBlock()
        at = cursor.positionInBlock() if is_here else -1
        for start, word in self._spots(text):
            # Nobody is told of a word that is being typed.
            length = units(word)
            if start + length != at:
                self.setFormat(start, length, self._format)


def _as_qt_counts(text: str, spots: Iterable[Spot]) -> Iterator[Spot]:
    """Places in Python's text as places in Qt's; one walk along the text."""
    done = place = 0
    for start, word in spots:
        place += units(text[done:start])
        done = start
        yield place, word
